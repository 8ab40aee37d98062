"""The comment stream as it is shown: the last lines, numbered without a gap. Not part of the truth: a replay makes it again."""

from __future__ import annotations

from collections import deque
from itertools import islice

from console.domain.events import Envelope
from console.domain.text import SafeText
from console.domain.values import Need
from console.room.view import Line

SCROLLBACK = 5_000
"""Rows kept (ruling 17)."""


class Stream:
    """A ring of lines."""

    def __init__(self, most: int = SCROLLBACK) -> None:
        self._lines: deque[Line] = deque(maxlen=most)
        self.last = 0

    def add(self, envelope: Envelope, text: SafeText, need: Need, cluster: str | None) -> None:
        event = envelope.event
        self.last += 1
        user = event.user
        line = Line(
            n=self.last, at_ms=envelope.at_ms, kind=event.kind, name=(user.name if user is not None else None) or SafeText(""),
            text=text, roles=user.roles if user is not None else (), need=need, cluster=cluster, late=event.late,
            history=event.history,
        )  # fmt: skip
        self._lines.append(line)

    def after(self, n: int) -> tuple[Line, ...]:
        """Lines newer than number `n` that are still kept, oldest first."""
        missing = self.last - n
        if missing <= 0:
            return ()
        if missing >= len(self._lines):
            return tuple(self._lines)
        newest = list(islice(reversed(self._lines), missing))
        newest.reverse()
        return tuple(newest)
