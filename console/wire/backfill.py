"""Which events a platform sends again after a gap: by its own clock, they happened before we were back."""

from __future__ import annotations

WINDOW_MS = 60_000
"""How long after a resume an event can count as backfill, and the clock offset's window (events.md)."""
SLACK_MS = 500
"""A fresh event may be this much slower than the fastest one before it is taken for an old one."""


class Backfill:
    """Puts the platform's clock beside ours: the offset is the lowest of recv − ts over the last one to two windows.

    Windows, not the minimum for ever: after a jump of our wall clock an old minimum would call everything late.
    """

    def __init__(self) -> None:
        self._resumed_ms = 0
        self._until_ms = 0
        self._lowest_ms: int | None = None
        self._before_ms: int | None = None
        self._window_start_ms = 0

    def resumed(self, now_ms: int) -> None:
        """The line is back after a gap."""
        self._resumed_ms, self._until_ms = now_ms, now_ms + WINDOW_MS

    def is_late(self, ts_ms: int, now_ms: int) -> bool:
        """Whether an event of `ts_ms` (platform) that arrives at `now_ms` (ours) fell into the gap. Learns the offset."""
        offset_ms = now_ms - ts_ms
        if self._lowest_ms is None or not 0 <= now_ms - self._window_start_ms < WINDOW_MS:
            self._before_ms, self._lowest_ms, self._window_start_ms = self._lowest_ms, offset_ms, now_ms
        else:
            self._lowest_ms = min(self._lowest_ms, offset_ms)
        if now_ms >= self._until_ms:
            return False
        best_ms = self._lowest_ms if self._before_ms is None else min(self._lowest_ms, self._before_ms)
        return ts_ms + best_ms < self._resumed_ms - SLACK_MS
