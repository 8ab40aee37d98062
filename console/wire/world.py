"""What an I/O room is handed instead of the machine's own clock: time, chance, waiting, and one door for events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from console.domain.events import Event

Put = Callable[[Sequence[Event]], None]
"""Hands events to the runtime. Never waits; what a full queue drops is counted there."""


class World(Protocol):
    """The clock, the dice and the pause of a feed or probe. The runtime gives a real one, a test its own."""

    def now_ms(self) -> int:
        """Wall time in epoch ms. May jump: never subtract two of these to measure a duration."""
        ...

    def monotonic_ms(self) -> int:
        """Whole ms that only go up; the zero means nothing."""
        ...

    def random(self) -> float:
        """From 0 up to, but not including, 1."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; cancellable."""
        ...
