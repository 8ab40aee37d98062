"""What a row of polls of one media playlist means: how old it is, how far behind, whose clock can't be trusted."""

from __future__ import annotations

from msgspec import Struct, field

from console.health.playlist import MediaPlaylist

FUTURE_MS = 1_000
"""Media from more than this in the future: one of the two clocks is wrong (docs/health.md)."""
SKEW_MS = 1_000
"""The origin's clock may wander this far from its own durations before it is not believed."""


class EdgeReading(Struct, frozen=True, kw_only=True):
    """One poll, in ms. `live_edge_ms` is None where the origin tells no time or its clock can't be trusted."""

    age_ms: int
    target_ms: int
    live_edge_ms: int | None
    is_clock_untrusted: bool | None
    """None = the origin tells no time at all."""
    is_ended: bool
    is_back: bool


class EdgeWatch(Struct):
    """Remembers the newest edge. Ages come from a monotonic clock; wall time meets only the origin's PROGRAM-DATE-TIME."""

    best: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    advanced_ms: int = 0
    skew_ms: int = 0
    """How far the origin's clock has jumped against the durations it serves, summed."""
    known_pdt: list[tuple[int, int]] = field(default_factory=list)
    """(sequence, pdt_ms) of the segments of the last poll."""

    def see(self, playlist: MediaPlaylist, monotonic_ms: int, wall_ms: int) -> EdgeReading:
        """Take one poll."""
        is_back = self._follow(playlist.edge, monotonic_ms)
        self._weigh_clock(playlist, is_back)
        live_edge_ms, is_untrusted = None, None
        if playlist.edge_pdt_ms is not None:
            behind_ms = wall_ms - playlist.edge_pdt_ms
            is_untrusted = behind_ms < -FUTURE_MS or abs(self.skew_ms) > SKEW_MS
            live_edge_ms = None if is_untrusted else max(0, behind_ms)
        return EdgeReading(
            age_ms=monotonic_ms - self.advanced_ms,
            target_ms=playlist.target_ms,
            live_edge_ms=live_edge_ms,
            is_clock_untrusted=is_untrusted,
            is_ended=playlist.is_ended,
            is_back=is_back,
        )

    def _follow(self, edge: tuple[int, int], monotonic_ms: int) -> bool:
        """Whether the edge stands behind one already seen. Two CDN nodes in turn never count as progress; a stream that
        began anew does, from its second step on."""
        best, last = self.best, self.last
        self.last = edge
        if best is None or edge > best or (last is not None and last < edge < best):
            self.best, self.advanced_ms = edge, monotonic_ms
            return False
        return edge < best

    def _weigh_clock(self, playlist: MediaPlaylist, is_back: bool) -> None:
        known = dict(self.known_pdt)
        told = [segment for segment in playlist.segments if segment.pdt_ms is not None]
        new = [segment for segment in told if segment.sequence not in known]
        if is_back or any(segment.is_discontinuity for segment in new):
            self.skew_ms = 0  # The origin said itself that its time begins anew.
        elif known and told:
            self.skew_ms += self._jump_ms(playlist, known)
        self.known_pdt = [(segment.sequence, segment.pdt_ms) for segment in told if segment.pdt_ms is not None]

    @staticmethod
    def _jump_ms(playlist: MediaPlaylist, known: dict[int, int]) -> int:
        """How far the newest segment's time stands from the one that the last poll and the durations since lead to."""
        common = [segment for segment in playlist.segments if segment.sequence in known]
        if not common or playlist.segments[-1].pdt_ms is None:
            return 0
        expected_ms = known[common[-1].sequence]
        expected_ms += sum(segment.duration_ms for segment in playlist.segments if common[-1].sequence <= segment.sequence)
        expected_ms -= playlist.segments[-1].duration_ms
        return playlist.segments[-1].pdt_ms - expected_ms
