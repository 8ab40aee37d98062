"""Recordings as envelopes: ours with `seq` and `at_ms`, other people's logs without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from console.domain.events import Envelope, Event, Header, Tick
from console.wire.record import Recorded, read_lines

Foreign = Callable[[dict[str, Any]], Event | None]
"""Makes an event of a line of somebody else's log; None where it holds none."""

STEP_MS = 1_000
"""Where a line has no time at all, it came one second after the one before (ruling 1)."""


class Reader:
    """Iterate over it for envelopes in order. Afterwards `header`, `bad` (lines that were no events) and `torn` are known.

    A file keeps its own `seq` and `at_ms` where they are there and ascend; else the line before decides.
    """

    def __init__(self, stream: IO[bytes], foreign: Foreign) -> None:
        self._stream = stream
        self._foreign = foreign
        self.header: Header | None = None
        self.bad = 0
        self.first_bad: int | None = None
        self.is_torn = False
        self.has_checks = False
        self.counts: Counter[str] = Counter()
        self._seq = 0
        self._at_ms: int | None = None

    def __iter__(self) -> Iterator[Envelope]:
        return self.envelopes(read_lines(self._stream))

    def envelopes(self, lines: Iterable[Recorded]) -> Iterator[Envelope]:
        for line in lines:
            if line.header is not None:
                self.header = self.header or line.header
            elif line.event is not None:
                yield self._stamp(line)
            elif line.fields is not None:
                yield from self._foreign_line(line)
            else:
                self._count_bad(line)

    def _count_bad(self, line: Recorded) -> None:
        if line.torn:
            self.is_torn = True
            return
        self.bad += 1
        self.first_bad = self.first_bad or line.line_no

    def _foreign_line(self, line: Recorded) -> Iterator[Envelope]:
        event = self._foreign(line.fields or {})
        if event is None:
            self._count_bad(line)
            return
        yield self._stamp(Recorded(line.line_no, line.seq, line.at_ms, event))

    def _stamp(self, line: Recorded) -> Envelope:
        event = line.event if line.event is not None else Tick()
        self._seq = line.seq if line.seq is not None and line.seq > self._seq else self._seq + 1
        at_ms = line.at_ms
        if at_ms is None:
            at_ms = event.recv_ms if event.recv_ms is not None else event.ts_ms
        if at_ms is None:
            at_ms = 0 if self._at_ms is None else self._at_ms + STEP_MS
        self._at_ms = at_ms if self._at_ms is None else max(at_ms, self._at_ms)
        self.counts[event.kind] += 1
        self.has_checks = self.has_checks or event.kind == "check"
        return Envelope(self._seq, self._at_ms, event)
