"""What the probes, the links and the stall log last said. Plain structs, so that a snapshot of the room holds them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from console.domain.events import HealthOf, LinkOf, StallOf

STALE_MS = 15_000
"""A reading older than this is no reading: never "ok" on old data (SECURITY.md, promise 3)."""
MOST_SOURCES = 16
MOST_METRICS = 64
MOST_STALLS = 200
STALLS_MS = 300_000
LATENCIES = 60
CHAT = "chat"
"""The one source of health samples that does not look at the picture."""


class Reading(Struct, frozen=True):
    value: int
    at_ms: int


class Gauges(Struct):
    """The last value of every metric of every source, and the latency curve. Bounded: 16 sources of 64 metrics."""

    sources: dict[str, dict[str, Reading]] = field(default_factory=dict)
    latencies: list[int] = field(default_factory=list)

    def add(self, sample: HealthOf, at_ms: int) -> None:
        metrics = self.sources.get(sample.source)
        if metrics is None:
            if len(self.sources) >= MOST_SOURCES:
                return
            metrics = self.sources[sample.source] = {}
        if sample.source != CHAT and sample.metric in ("latency", "live_edge"):
            self._draw(sample)
        if sample.metric in metrics or len(metrics) < MOST_METRICS:
            metrics[sample.metric] = Reading(sample.value, at_ms)

    def _draw(self, sample: HealthOf) -> None:
        curve = self._curve()
        if sample.metric == "latency" and curve != "latency":
            self.latencies.clear()
        if sample.metric in ("latency", curve):
            self.latencies.append(sample.value)
            del self.latencies[:-LATENCIES]

    def _curve(self) -> str:
        """One curve, one quantity: the player's latency where anybody measures it, else the playlist's edge."""
        return "latency" if any("latency" in metrics for metrics in self.sources.values()) else "live_edge"

    def knows(self, source: str, metric: str) -> bool:
        """Whether the source ever told that metric."""
        return metric in self.sources.get(source, {})

    def fresh(self, source: str, metric: str, now_ms: int) -> int | None:
        """The value, if it is at most 15 s old."""
        reading = self.sources.get(source, {}).get(metric)
        return None if reading is None or now_ms - reading.at_ms > STALE_MS else reading.value

    def first(self, metric: str, now_ms: int) -> int | None:
        """The fresh value of the first picture source that has one."""
        for source in self.pictures():
            value = self.fresh(source, metric, now_ms)
            if value is not None:
                return value
        return None

    def pictures(self) -> list[str]:
        """Sources that look at the picture, in the order they first spoke."""
        return [source for source in self.sources if source != CHAT]

    def age_ms(self, source: str) -> int:
        """When the source last spoke at all (epoch ms)."""
        return max((reading.at_ms for reading in self.sources[source].values()), default=0)


class LinkState(Struct):
    state: Literal["connecting", "live", "silent", "down", "resumed"]
    since_ms: int
    lost_ms: int | None = None
    """Since when nothing can come through; None while the link carries."""
    reason: str = ""


class Links(Struct):
    """Our connections to the chat's sources."""

    by_source: dict[str, LinkState] = field(default_factory=dict)

    def add(self, link: LinkOf, at_ms: int) -> int | None:
        """Take one change of state. Returns since when the link had been lost, where it has just come back."""
        before = self.by_source.get(link.source)
        if before is None and len(self.by_source) >= MOST_SOURCES:
            return None
        lost_ms = before.lost_ms if before else None
        carries = link.state in ("live", "resumed", "silent")
        # Down, connecting, down again is one loss, counted from its beginning.
        now_lost_ms = None if carries else at_ms if lost_ms is None else lost_ms
        reason = str(link.reason or (before.reason if before and not carries else ""))
        self.by_source[link.source] = LinkState(link.state, at_ms, now_lost_ms, reason)
        return lost_ms if carries else None

    @property
    def is_heard(self) -> bool:
        """Whether at least one link carries, or nobody ever told us of links (a recording without them)."""
        return not self.by_source or any(link.lost_ms is None for link in self.by_source.values())

    @property
    def is_all_well(self) -> bool:
        return all(link.lost_ms is None and link.state != "silent" for link in self.by_source.values())


class StallLog(Struct):
    """Start and end of every stall of the last five minutes, as the events told them."""

    stalls: list[StallOf] = field(default_factory=list)

    def add(self, stall: StallOf) -> None:
        """A stall that ends is the one that began with the same source and start; told twice it counts once."""
        for place, known in enumerate(self.stalls):
            if (known.source, known.start_ms) == (stall.source, stall.start_ms):
                self.stalls[place] = stall if known.end_ms is None else known
                return
        self.stalls.append(stall)
        del self.stalls[:-MOST_STALLS]

    def advance(self, now_ms: int) -> None:
        """Drop what ended more than five minutes ago."""
        if self.stalls and any(_is_over(stall, now_ms) for stall in self.stalls):
            self.stalls = [stall for stall in self.stalls if not _is_over(stall, now_ms)]

    def count(self, now_ms: int) -> int:
        """Stalls that began, or went on, within the last five minutes."""
        return sum(not _is_over(stall, now_ms) for stall in self.stalls)

    def open(self) -> StallOf | None:
        """The oldest stall that hasn't ended."""
        return next((stall for stall in self.stalls if stall.end_ms is None), None)


def _is_over(stall: StallOf, now_ms: int) -> bool:
    return stall.end_ms is not None and stall.end_ms <= now_ms - STALLS_MS
