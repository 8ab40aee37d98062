"""Runs a stand-in for a platform in a thread of its own, so that a test can type and look while the server talks."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from servers.local import LocalServer

S = TypeVar("S", bound=LocalServer)
LONGEST_WAIT_S = 20


class Backstage(Generic[S]):
    def __init__(self, server: S, loop: asyncio.AbstractEventLoop) -> None:
        self.server, self._loop = server, loop

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something of the server's to its end: `backstage.do(server.say(line))`."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(LONGEST_WAIT_S)

    def cut(self) -> None:
        """The connection breaks without a word."""
        self._loop.call_soon_threadsafe(self.server.cut)


@contextmanager
def standing(server: S) -> Iterator[Backstage[S]]:
    """The server stands while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="backstage", daemon=True)
    thread.start()
    backstage = Backstage(server, loop)
    backstage.do(server.__aenter__())
    try:
        yield backstage
    finally:
        backstage.do(server.__aexit__(None, None, None))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(LONGEST_WAIT_S)


def journal_of(folder: Path) -> Path:
    """The one session that was recorded under `--journal FOLDER`."""
    (path,) = folder.glob("*/session.jsonl")
    return path


def recorded(path: Path, kind: str) -> list[dict[str, Any]]:
    """The events of one kind, in order; every line must be whole."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["kind"] == kind]
