"""`-`: JSON Lines from standard input, live, plain or gzip: what a relay or a script writes as it happens."""

from __future__ import annotations

import asyncio
import sys
import threading
import zlib
from collections.abc import Callable
from typing import BinaryIO

from msgspec.structs import force_setattr

from console.domain.events import Event
from console.feeds.base import API, FeedOptions, Put, Source
from console.feeds.generic import GenericCodec
from console.wire.limits import MOST_FRAME_BYTES

CHUNK_BYTES = 65_536
CHUNKS_AHEAD = 4
LINES_A_TURN = 256


class Lines:
    """Chunks of bytes → whole lines. Gzip is told by its first two bytes; a line beyond 1 MiB is cut and so counts as garbage."""

    def __init__(self) -> None:
        self._rest = b""
        self._inflate: zlib._Decompress | None = None
        self._is_first = True

    def feed(self, chunk: bytes) -> list[str]:
        """The lines that this chunk completes. An empty chunk is the end: what is left comes out as the last line."""
        text = self._inflated(chunk) if chunk else b""
        *lines, self._rest = (self._rest + text).split(b"\n")
        if self._rest and (not chunk or len(self._rest) > MOST_FRAME_BYTES):
            lines.append(self._rest[:MOST_FRAME_BYTES])
            self._rest = b""
        return [said for line in lines if (said := line.decode("utf-8", "replace").strip("\ufeff\r ")) != ""]

    def _inflated(self, chunk: bytes) -> bytes:
        if self._is_first:
            self._is_first = False
            if chunk.startswith(b"\x1f\x8b"):
                self._inflate = zlib.decompressobj(31)
        if self._inflate is None:
            return chunk
        out: list[bytes] = []
        try:
            while chunk:
                out.append(self._inflate.decompress(chunk, MOST_FRAME_BYTES))
                chunk = self._inflate.unconsumed_tail
                if self._inflate.eof:
                    chunk, self._inflate = self._inflate.unused_data, zlib.decompressobj(31)
        except zlib.error:
            out.append(b"\n(broken gzip)\n")
        return b"".join(out)


class StdinSource:
    """Ends with the pipe. Reads in a thread of its own: a pipe can't be waited for on every system, a terminal neither."""

    name = "stdin"
    key = "-"

    def __init__(self, options: FeedOptions) -> None:
        self._world = options.world
        self._stream = options.stream
        self._codec = GenericCodec("-", keeps_raw=options.keeps_raw)

    async def run(self, put: Put) -> None:
        inbox: asyncio.Queue[bytes] = asyncio.Queue()
        room = threading.Semaphore(CHUNKS_AHEAD)
        loop = asyncio.get_running_loop()
        # A daemon: a read from a terminal can't be interrupted, and quitting must not wait for the next line.
        threading.Thread(
            target=_pump,
            args=(unbuffered(self._stream or sys.stdin.buffer), room, lambda chunk: loop.call_soon_threadsafe(inbox.put_nowait, chunk)),
            name="liveroom-stdin",
            daemon=True,
        ).start()
        lines = Lines()
        chunk = b" "
        while chunk:
            chunk = await inbox.get()
            await self._hand_over(lines.feed(chunk), put)
            room.release()

    async def _hand_over(self, lines: list[str], put: Put) -> None:
        for start in range(0, len(lines), LINES_A_TURN):
            now_ms = self._world.now_ms()
            events: list[Event] = []
            for line in lines[start : start + LINES_A_TURN]:
                events += self._codec.receive(line)
            for event in events:
                if event.recv_ms is None:
                    force_setattr(event, "recv_ms", now_ms)
            if events:
                put(events)
            await self._world.sleep(0)


def unbuffered(stream: BinaryIO) -> BinaryIO:
    """Reads that return what is there, without the buffer's lock: a thread that holds it at exit brings the interpreter down."""
    raw: BinaryIO = getattr(stream, "raw", stream)
    return raw


def _pump(stream: BinaryIO, room: threading.Semaphore, hand_over: Callable[[bytes], object]) -> None:
    chunk = b" "
    while chunk:
        room.acquire()
        try:
            chunk = stream.read(CHUNK_BYTES) or b""
        except (OSError, ValueError):  # the terminal is gone, the stream was closed
            chunk = b""
        try:
            hand_over(chunk)
        except RuntimeError:  # the loop has ended before us
            return


class StdinFeed:
    """`-`."""

    name = "stdin"
    api = API

    def matches(self, source: str) -> bool:
        return source == "-"

    def open(self, source: str, options: FeedOptions) -> Source:
        return StdinSource(options)


FEED = StdinFeed()
