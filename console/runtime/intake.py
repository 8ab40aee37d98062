"""The bounded queue between receivers and the room. Giving is instant; what a full queue drops is counted."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from console.domain.events import Event, Gift, Join, Leave, Like, Message, Paid

MOST_EVENTS = 20_000
"""Ruling 17."""
_LEAST = (Like, Join, Leave)
"""What is given up first: likes and joins < gifts < chat; our own links, actions and notices never (safety.md, promise 8)."""


class Intake:
    """First in, first out, at most `most` events; on overflow the least valuable event goes, and is counted."""

    def __init__(self, most: int = MOST_EVENTS) -> None:
        self._most = most
        self._waiting: deque[Event] = deque()
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def give(self, events: Sequence[Event]) -> None:
        self._waiting.extend(events)
        over = len(self._waiting) - self._most
        if over > 0:
            self._shed(over)

    def _shed(self, over: int) -> None:
        """Drop `over` events: the newest likes and joins, then gifts, then chat. What has another kind stays, whatever comes."""
        doomed: set[int] = set()
        for kinds in (_LEAST, (Gift,), (Message, Paid)):
            for place in range(len(self._waiting) - 1, -1, -1):
                if len(doomed) == over:
                    break
                if place not in doomed and isinstance(self._waiting[place], kinds):
                    doomed.add(place)
        self._waiting = deque(event for place, event in enumerate(self._waiting) if place not in doomed)
        self.dropped += len(doomed)

    def take(self, most: int) -> list[Event]:
        return [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
