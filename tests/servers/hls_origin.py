"""A live HLS origin on loopback, in pure Python, that breaks the way real ones do. Its time is handed in.

async with HlsOrigin(clock.now_ms) as origin:
    origin.freeze()              # the playlist stands still from now on
    origin.status = 403          # every answer is a refusal
    origin.pdt_offset_ms = 5000  # its clock runs five seconds ahead
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class HlsOrigin:
    """Segments of `segment_ms` each become visible when they are complete; the playlist keeps the last `window` of them."""

    def __init__(self, now_ms: Callable[[], int], *, segment_ms: int = 2_000, window: int = 5, has_pdt: bool = True, port: int = 0) -> None:
        self._now_ms = now_ms
        self.segment_ms = segment_ms
        self.window = window
        self.has_pdt = has_pdt
        self.start_ms = now_ms() - 10 * segment_ms
        self.status = 200
        self.master_status = 200
        self.is_ended = False
        self.hangs = False
        self.drips = False
        self.cuts_off = False
        self.back = 0
        """How many segments the playlist went back."""
        self.pdt_offset_ms = 0
        self.redirect_to: str | None = None
        self.body: bytes | None = None
        """Sent instead of a playlist."""
        self.encoding: str | None = None
        self.variants: tuple[tuple[int, str], ...] = ((2_000_000, "high.m3u8"), (400_000, "low.m3u8"))
        self.requests: list[tuple[str, dict[str, str]]] = []
        self._frozen_ms: int | None = None
        self._released = asyncio.Event()
        self._server: asyncio.Server | None = None
        self.port = port

    async def __aenter__(self) -> HlsOrigin:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._released.set()
        if self._server is not None:
            self._server.close()

    def url(self, path: str = "live.m3u8") -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def freeze(self) -> None:
        self._frozen_ms = self._now_ms()

    def thaw(self) -> None:
        self._frozen_ms = None

    def media(self) -> str:
        """The media playlist as it stands now."""
        now_ms = self._now_ms() if self._frozen_ms is None else self._frozen_ms
        after = (now_ms - self.start_ms) // self.segment_ms - self.back
        first = max(0, after - self.window)
        lines = ["#EXTM3U", "#EXT-X-VERSION:6", f"#EXT-X-TARGETDURATION:{-(-self.segment_ms // 1000)}", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
        for number in range(first, after):
            if self.has_pdt:
                at = EPOCH + timedelta(milliseconds=self.start_ms + number * self.segment_ms + self.pdt_offset_ms)
                lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{at.isoformat(timespec='milliseconds')}")
            lines += [f"#EXTINF:{self.segment_ms // 1000}.{self.segment_ms % 1000:03d},", f"seg{number}.ts"]
        if self.is_ended:
            lines.append("#EXT-X-ENDLIST")
        return "\n".join(lines) + "\n"

    def master(self) -> str:
        lines = ["#EXTM3U"]
        for bandwidth, uri in self.variants:
            lines += [f"#EXT-X-STREAM-INF:BANDWIDTH={bandwidth},RESOLUTION=1280x720", uri]
        return "\n".join(lines) + "\n"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                path, headers = await self._request(reader)
                self.requests.append((path, headers))
                if not await self._answer(path, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    @staticmethod
    async def _request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        return head[0].split(" ")[1], headers

    async def _answer(self, path: str, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection may be used again."""
        if self.hangs:
            await self._released.wait()
            return False
        is_master = path.startswith("/master")
        status = self.master_status if is_master else self.status
        body = (self.master() if is_master else self.media()).encode() if self.body is None else self.body
        head = f"Content-Length: {len(body)}\r\nSet-Cookie: seen=1; Path=/\r\n"
        if self.redirect_to is not None:
            status, head = 302, head + f"Location: {self.redirect_to}\r\n"
        if self.encoding is not None:
            head += f"Content-Encoding: {self.encoding}\r\n"
        writer.write(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode())
        if self.drips:
            writer.write(body[:10])
            await writer.drain()
            await self._released.wait()
            return False
        if self.cuts_off:
            writer.write(body[: len(body) // 2])
            await writer.drain()
            return False
        writer.write(body)
        await writer.drain()
        return True


FAULTS: dict[str, Callable[[HlsOrigin, bool], None]] = {
    "none": lambda origin, is_on: None,
    "freeze": lambda origin, is_on: origin.freeze() if is_on else origin.thaw(),
    "403": lambda origin, is_on: setattr(origin, "status", 403 if is_on else 200),
    "404": lambda origin, is_on: setattr(origin, "status", 404 if is_on else 200),
    "503": lambda origin, is_on: setattr(origin, "status", 503 if is_on else 200),
    "hang": lambda origin, is_on: setattr(origin, "hangs", is_on),
    "drip": lambda origin, is_on: setattr(origin, "drips", is_on),
    "cut": lambda origin, is_on: setattr(origin, "cuts_off", is_on),
    "back": lambda origin, is_on: setattr(origin, "back", 3 if is_on else 0),
    "ended": lambda origin, is_on: setattr(origin, "is_ended", is_on),
    "ahead": lambda origin, is_on: setattr(origin, "pdt_offset_ms", 60_000 if is_on else 0),
}


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--segment-ms", type=int, default=2_000)
    parser.add_argument("--fault", choices=list(FAULTS), default="none")
    parser.add_argument("--after", type=float, default=10.0, help="seconds of good streaming before the fault")
    parser.add_argument("--for", type=float, default=10.0, dest="lasts", help="seconds that the fault lasts")
    args = parser.parse_args()
    async with HlsOrigin(lambda: int(time.time() * 1000), segment_ms=args.segment_ms, port=args.port) as origin:
        print(origin.url(), flush=True)
        await asyncio.sleep(args.after)
        FAULTS[args.fault](origin, True)
        await asyncio.sleep(args.lasts)
        FAULTS[args.fault](origin, False)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
