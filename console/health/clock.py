"""How late comments reach us, without trusting that two clocks agree."""

from __future__ import annotations

from msgspec import Struct, field

WINDOW_MS = 60_000
"""The clocks' difference is the smallest recv − ts of the last 60 s (docs/events.md)."""


class ReceiptDelay(Struct):
    """recv − ts − offset, in whole ms, never negative. Unknown where the platform gives no time of its own.

    `minima`: (whole second, smallest recv − ts) with both parts rising, so the first one is the running minimum;
    at most 61 pairs however many comments come."""

    minima: list[tuple[int, int]] = field(default_factory=list)
    delay_ms: int | None = None
    seen_ms: int = 0

    def add(self, at_ms: int, ts_ms: int | None, ts_src: str | None, recv_ms: int | None) -> None:
        """One comment. Without a platform's time and a receipt time it says nothing."""
        if ts_src != "platform" or ts_ms is None or recv_ms is None:
            return
        second, raw = at_ms // 1000, recv_ms - ts_ms
        while self.minima and self.minima[-1][1] >= raw:
            self.minima.pop()
        if not self.minima or self.minima[-1][0] < second:
            self.minima.append((second, raw))
        while self.minima[0][0] * 1000 <= at_ms - WINDOW_MS - 1000:
            del self.minima[0]
        self.delay_ms = raw - self.minima[0][1]
        self.seen_ms = at_ms

    def value(self, now_ms: int) -> int | None:
        """The last comment's delay in ms, or None: no such comment within 60 s."""
        return None if self.delay_ms is None or now_ms - self.seen_ms > WINDOW_MS else self.delay_ms

    def forget(self) -> None:
        """A clock jumped or a stretch was lost: what was measured before says nothing about now."""
        self.minima.clear()
        self.delay_ms = None
