"""When to try again: quickly once, then ever more patiently, and never all consoles at the same moment."""

from __future__ import annotations

from console.wire.world import World

FIRST_MS = 1_000
CAP_MS = 30_000
STABLE_MS = 30_000
"""A connection that held this long has earned a quick first retry again (docs/security.md, Reconnect)."""


class Backoff:
    """First retry after a random 0–1 s, twice the range each time, from 30 s on 30 s ± 50 %."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._range_ms = FIRST_MS
        self._up_since_ms: int | None = None

    def went_up(self) -> None:
        """The connection stands. It must hold 30 s before the next loss counts as a first one."""
        self._up_since_ms = self._world.monotonic_ms()

    def next_ms(self, at_least_ms: int = 0) -> int:
        """How long to wait before the next try, in ms; `at_least_ms` is what the server itself asked for."""
        if self._up_since_ms is not None and self._world.monotonic_ms() - self._up_since_ms >= STABLE_MS:
            self._range_ms = FIRST_MS
        self._up_since_ms = None
        if self._range_ms < CAP_MS:
            wait_ms = int(self._world.random() * self._range_ms)
            self._range_ms = min(CAP_MS, self._range_ms * 2)
        else:
            wait_ms = CAP_MS // 2 + int(self._world.random() * CAP_MS)
        return max(wait_ms, at_least_ms)
