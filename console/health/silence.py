"""The room's own rhythm, and when nothing for this long can no longer be chance."""

from __future__ import annotations

from msgspec import Struct, field

WINDOW_S = 300
LEAST_WINDOW_MS = 30_000
"""Five greetings in the first second are no rhythm: λ is taken over 30 s at least."""
LEAST_COMMENTS = 5
LEAST_SILENCE_MS = 10_000
SURPRISE_PERMILLE = 6908
"""P(silence) = e^(−λΔt) < 0.001 ⇔ λΔt > 6.908 (product.md: silent feed)."""
RATE_S = 10
SERIES_S = 60


class Rhythm(Struct):
    """Comments a second over the last five minutes. A lost stretch is neither comments nor silence: it is cut out of time,
    so all times in here are `at_ms − lost_ms`. At most 300 numbers, however busy the room."""

    counts: list[int] = field(default_factory=list)
    """One whole second each; the last one is that of the last sign of life."""
    total: int = 0
    second: int = 0
    first_ms: int | None = None
    heard_ms: int | None = None
    lost_ms: int = 0
    lost_upto_ms: int = 0

    def hear(self, at_ms: int, *, is_comment: bool) -> None:
        """A viewer did something. Gifts and likes end a silence too, but only comments make the rhythm."""
        own_ms = max(at_ms - self.lost_ms, self.heard_ms or 0)
        if self.first_ms is None:
            self.first_ms, self.second, self.counts = own_ms, own_ms // 1000, [0]
        self._roll(own_ms // 1000)
        self.heard_ms = own_ms
        if is_comment:
            self.counts[-1] += 1
            self.total += 1

    def lose(self, from_ms: int, to_ms: int, at_ms: int) -> None:
        """We were deaf from … to (epoch ms): unknown, never zero. The same stretch told twice counts once."""
        from_ms = max(from_ms, self.lost_upto_ms)
        if self.heard_ms is not None and to_ms > from_ms:
            self.lost_upto_ms = to_ms
            self.lost_ms = min(self.lost_ms + to_ms - from_ms, at_ms - self.heard_ms)

    def _roll(self, second: int) -> None:
        if second <= self.second:
            return
        self.counts.extend([0] * min(second - self.second, WINDOW_S))
        self.second = second
        for gone in self.counts[:-WINDOW_S]:
            self.total -= gone
        del self.counts[:-WINDOW_S]

    def silent_ms(self, now_ms: int) -> int:
        """Since the last sign of a viewer, lost stretches not counted. 0 before the first."""
        return 0 if self.heard_ms is None else max(0, now_ms - self.lost_ms - self.heard_ms)

    def is_silent(self, now_ms: int, *, times: int = 1) -> bool:
        """Whether P(silence) < 0.001 (`times` = 3: below 0.001³), at least 10 s, in a room that has a rhythm at all."""
        gap_ms = self.silent_ms(now_ms)
        if self.total < LEAST_COMMENTS or gap_ms < LEAST_SILENCE_MS * times:
            return False
        return self.total * gap_ms * 1000 > SURPRISE_PERMILLE * times * self._window_ms()

    def _window_ms(self) -> int:
        # Up to the last sign of life: the silence itself is what is judged, not part of the rhythm.
        known_ms = (self.heard_ms or 0) - (self.first_ms or 0)
        return min(WINDOW_S * 1000, max(LEAST_WINDOW_MS, known_ms))

    def rate_x10(self, now_ms: int) -> int:
        """Comments a second × 10 over the last 10 whole seconds (the running second isn't over yet)."""
        return sum(self._last(RATE_S, now_ms)) * 10 // RATE_S

    def series(self, now_ms: int) -> tuple[int, ...]:
        """Comments a second × 10, one value a whole second, newest last, at most 60."""
        return tuple(count * 10 for count in self._last(SERIES_S, now_ms))

    def _last(self, seconds: int, now_ms: int) -> list[int]:
        if self.first_ms is None:
            return []
        quiet = min(seconds, (now_ms - self.lost_ms) // 1000 - self.second - 1)
        known = self.counts[:-1] if quiet < 0 else self.counts + [0] * quiet
        return known[-seconds:]
