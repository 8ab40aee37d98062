"""A recorded session as a live source: at its own pace, N times as fast, or as fast as possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from msgspec.structs import force_setattr, replace

from console.domain.errors import UsageError
from console.domain.events import Event, Stall, System
from console.feeds.base import API, FeedOptions, Put, Source
from console.feeds.generic import GenericCodec
from console.feeds.notice import Tally, notice
from console.wire.record import Recorded, open_recording, read_lines

SUFFIXES = (".jsonl", ".ndjson", ".json", ".log", ".gz")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+_-]+:")  # two letters at least: C: is a drive
LARGEST_BATCH = 256
STEP_MS = 1_000
"""Between two lines of a file that holds no time at all (ruling 1)."""

NOT_PLAYED = frozenset(("tick", "catalogue", "merge", "split", "proposal", "check", "action", "draft", "send"))
"""What a console wrote about its own ranking: it belongs to that ranking's numbers, not to a room that is played again."""


class FileSource:
    """Ends with the file. Garbage lines are skipped and counted, a torn last line too."""

    name = "file"

    def __init__(self, path: str, options: FeedOptions) -> None:
        self.key = path
        self._path = path
        self._world = options.world
        self._options = options
        self._speed = options.speed
        self._is_retimed = options.is_retimed and options.speed is not None
        self._codec = GenericCodec(Path(path).name, keeps_raw=options.keeps_raw)
        self._bad = Tally("bad_line")

    async def run(self, put: Put) -> None:
        """Raises UsageError where the file can't be read."""
        batch: list[Event] = []
        first_ms: int | None = None
        start_ms = self._world.monotonic_ms()
        with opened(self._path, self._options) as stream:
            for at_ms, event in self._timed(stream):
                first_ms = at_ms if first_ms is None else first_ms
                wait_ms = self._wait_ms(at_ms - first_ms, start_ms)
                if batch and (wait_ms > 0 or len(batch) >= LARGEST_BATCH):
                    put(batch)
                    batch = []
                    await self._world.sleep(0)
                if wait_ms > 0:
                    await self._world.sleep(wait_ms / 1000)
                batch.append(self._retimed(event, self._world.now_ms() - at_ms) if self._is_retimed else event)
        if self._bad.count > 1:
            batch.append(notice("bad_line", "warn", count=self._bad.count))
        if batch:
            put(batch)

    def _wait_ms(self, since_first_ms: int, start_ms: int) -> int:
        if self._speed is None:
            return 0
        return int(since_first_ms / self._speed) - (self._world.monotonic_ms() - start_ms)

    def _timed(self, stream: IO[bytes]) -> Iterator[tuple[int, Event]]:
        """Each event with the moment it belongs to, never going back."""
        now_ms: int | None = None
        for line in read_lines(stream):
            for event in self._events(line):
                told_ms = next((ms for ms in (line.at_ms, event.recv_ms, event.ts_ms) if ms is not None), None)
                if told_ms is None:
                    told_ms = 0 if now_ms is None else now_ms + STEP_MS
                now_ms = told_ms if now_ms is None else max(now_ms, told_ms)
                yield now_ms, event

    def _events(self, line: Recorded) -> Iterator[Event]:
        if line.event is not None:
            if line.event.kind not in NOT_PLAYED:
                yield line.event
        elif line.fields is not None:
            yield from self._codec.events_of(line.fields)
        elif line.bad is not None:
            yield from self._bad.one_more()

    def _retimed(self, event: Event, by_ms: int) -> Event:
        """Moved in time as a whole: ages and delays stay what they were."""
        force_setattr(event, "recv_ms", self._world.now_ms() if event.recv_ms is None else event.recv_ms + by_ms)
        if event.ts_ms is not None:
            force_setattr(event, "ts_ms", event.ts_ms + by_ms)
        if isinstance(event, Stall):
            stall = event.stall
            ended_ms = None if stall.end_ms is None else stall.end_ms + by_ms
            return replace(event, stall=replace(stall, start_ms=stall.start_ms + by_ms, end_ms=ended_ms))
        if isinstance(event, System) and event.system.from_ms is not None and event.system.to_ms is not None:
            gap = event.system
            return replace(event, system=replace(gap, from_ms=event.system.from_ms + by_ms, to_ms=event.system.to_ms + by_ms))
        return event


class FileFeed:
    """A path: with a slash, or with the ending of a recording (.jsonl, .ndjson, .json, .log, .gz)."""

    name = "file"
    api = API

    def matches(self, source: str) -> bool:
        if source.startswith("file:"):
            return True
        if source == "-" or _SCHEME.match(source):
            return False
        return source.endswith(SUFFIXES) or "/" in source or "\\" in source

    def open(self, source: str, options: FeedOptions) -> Source:
        """Raises UsageError where the file can't be read."""
        path = source.removeprefix("file:")
        path = path.removeprefix("//") if path.startswith("///") else path
        opened(path, options).close()
        return FileSource(path, options)


def opened(path: str, options: FeedOptions) -> IO[bytes]:
    try:
        return open_recording(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(options.say("feeds.no_file", path=path, reason=reason), hint=options.say("feeds.no_file_hint")) from None


FEED = FileFeed()
