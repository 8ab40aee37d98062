"""A relay program's stand-in: a WebSocket that broadcasts JSON. `python tests/servers/json_ws.py --port 0 [--rate 20] [--file FILE]`."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if __package__:
    from servers.local import LocalServer
else:
    from local import LocalServer  # run as a program


def comment(number: int, text: str = "", **fields: Any) -> dict[str, Any]:
    """One canonical comment."""
    return {
        "v": 1,
        "kind": "message",
        "id": f"relay:{number}",
        "platform": "relay",
        "room": "1",
        "user": {"id": f"u{number % 50}", "name": f"观众{number % 50}"},
        "text": text or f"{number % 9 + 1}号链接多少钱",
        **fields,
    }


class JsonServer(LocalServer):
    """Sends what it is told to, one JSON value a frame."""

    path = "/chat"

    async def tell(self, *values: Any) -> None:
        await self.send(*(json.dumps(value, ensure_ascii=False) for value in values))


def _lines(file: str | None) -> Iterator[str]:
    if file:
        yield from itertools.cycle(Path(file).read_text(encoding="utf-8").splitlines())
    for number in itertools.count(1):
        yield json.dumps(comment(number, ts_ms=int(time.time() * 1000), ts_src="platform"), ensure_ascii=False)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--rate", type=float, default=20.0, help="frames a second")
    parser.add_argument("--file", help="send these lines, over and over, instead of made-up comments")
    args = parser.parse_args()
    async with JsonServer(args.port) as server:
        print(server.port, flush=True)
        for line in _lines(args.file):
            for connection in [one for one in server.connections if one.close_code is None]:
                connection.transport.is_closing() or await connection.send(line)
            await asyncio.sleep(1 / args.rate)


if __name__ == "__main__":
    asyncio.run(main())
