"""One room's health: ok, warn, critical or unknown, with its cause, from everything that was heard.

All state is a plain struct that msgspec can write, and follows from the events and their times alone: a replay comes to the
same verdict in the same second.
"""

from __future__ import annotations

from msgspec import Struct, field

from console.domain.events import (
    Event,
    Follow,
    Gift,
    Health,
    Join,
    Leave,
    Like,
    Link,
    Member,
    Message,
    Paid,
    RoomChange,
    Share,
    Stall,
    System,
    Viewers,
)  # fmt: skip
from console.health.clock import ReceiptDelay
from console.health.complaints import ComplaintSensor, needed
from console.health.gauges import CHAT, Gauges, Links, StallLog
from console.health.reading import SEVERITY, Alert, Cause, HealthView, Level
from console.health.rules import Finding, Scene, findings, known_trouble
from console.health.silence import Rhythm

CALM_MS = 4_000
"""An alert goes after this long without its finding. Judged each second, that is gone within 5 s (docs: verdict)."""
TROUBLE_MS = 30_000
"""As long as complaints may lag: their window of 15 s and its release."""
OWN_RELEASE = ("complaints",)
"""Alerts whose sensor has its own hysteresis: gone as soon as it says so."""
VIEWERS_ACTS = (Message, Paid, Gift, Member, Join, Leave, Follow, Share, Like)


class Raised(Struct):
    """An alert that is up. `bad_ms`: when a finding last was as bad as `level`."""

    level: Level
    cause: str
    since_ms: int
    bad_ms: int
    params: tuple[tuple[str, int | str], ...] = ()


class HealthBoard(Struct):
    """Feed it events in order (`apply`), let a second pass (`advance`), ask for a `view`. Reads no clock."""

    delay: ReceiptDelay = field(default_factory=ReceiptDelay)
    rhythm: Rhythm = field(default_factory=Rhythm)
    complaints: ComplaintSensor = field(default_factory=ComplaintSensor)
    gauges: Gauges = field(default_factory=Gauges)
    links: Links = field(default_factory=Links)
    stalls: StallLog = field(default_factory=StallLog)
    raised: dict[str, Raised] = field(default_factory=dict)
    online: int | None = None
    is_live: bool = True
    trouble: Cause = "none"
    trouble_ms: int = 0
    """What was last known to be wrong with the picture, and when."""

    def apply(self, event: Event, at_ms: int, *, complaint: bool = False) -> None:
        """One event of this room at its `at_ms`. `complaint`: the caller understood the comment as a picture or sound problem.

        Kinds that say nothing about health are harmless."""
        if isinstance(event, VIEWERS_ACTS):
            self._hear(event, at_ms, complaint)
            if not complaint:
                return
        elif isinstance(event, Health):
            self.gauges.add(event.health, at_ms)
            if event.health.metric != "reachable" and self.gauges.knows(event.health.source, "reachable"):
                return  # Half a poll: `reachable`, told last, says what the rest means. The next second looks anyway.
        elif isinstance(event, Stall):
            self.stalls.add(event.stall)
        elif isinstance(event, Link):
            lost_ms = self.links.add(event.link, at_ms)
            if lost_ms is not None:
                self.rhythm.lose(lost_ms, at_ms, at_ms)
        elif isinstance(event, Viewers):
            if event.viewers is not None and event.viewers.online is not None:
                self.online = event.viewers.online
            return
        elif isinstance(event, RoomChange):
            self._change(event)
        elif isinstance(event, System):
            self._notice(event, at_ms)
        else:
            return
        self._judge(at_ms)

    def _hear(self, event: Event, at_ms: int, complaint: bool) -> None:
        if event.history or event.late:  # Told again later: no sign that anybody is there now.
            return
        is_comment = isinstance(event, Message | Paid)
        self.rhythm.hear(at_ms, is_comment=is_comment)
        if is_comment:
            self.delay.add(at_ms, event.ts_ms, event.ts_src, event.recv_ms)
        if complaint:
            self.complaints.add(event.asker, at_ms)

    def _change(self, event: RoomChange) -> None:
        if event.change is None:
            return
        if event.change.state in ("ended", "paused", "cut_off"):
            self.is_live = False
        elif event.change.state in ("live", "reconnect"):
            self.is_live = True

    def _notice(self, event: System, at_ms: int) -> None:
        notice = event.system
        if notice.code == "gap":
            self.delay.forget()
            if notice.from_ms is not None:
                self.rhythm.lose(notice.from_ms, notice.to_ms or at_ms, at_ms)

    def advance(self, now_ms: int) -> None:
        """A second has passed: silences grow, readings age, alerts calm down. Call it each second, before the events of it."""
        self.stalls.advance(now_ms)
        self._judge(now_ms)

    def _judge(self, now_ms: int) -> None:
        is_alarm = self.complaints.advance(now_ms, self.online)
        found = {finding.code: finding for finding in findings(self._scene(now_ms, is_alarm))}
        cause = known_trouble(found.values())
        if cause != "none":
            self.trouble, self.trouble_ms = cause, now_ms
        for finding in found.values():
            self._raise(finding, now_ms)
        for code in [code for code in self.raised if code not in found]:
            if code in OWN_RELEASE or now_ms - self.raised[code].bad_ms >= CALM_MS:
                del self.raised[code]

    def _scene(self, now_ms: int, is_alarm: bool) -> Scene:
        return Scene(
            now_ms=now_ms,
            gauges=self.gauges,
            links=self.links,
            stalls=self.stalls,
            rhythm=self.rhythm,
            online=self.online,
            is_live=self.is_live,
            complaints=self.complaints.count(now_ms),
            complaints_needed=needed(self.online),
            is_complaint_alarm=is_alarm,
            since_ms={code: alert.since_ms for code, alert in self.raised.items()},
            trouble=self.trouble if now_ms - self.trouble_ms <= TROUBLE_MS else "none",
        )

    def _raise(self, finding: Finding, now_ms: int) -> None:
        known = self.raised.get(finding.code)
        since_ms = now_ms if known is None else known.since_ms
        if known is not None and SEVERITY[finding.level] < SEVERITY[known.level] and now_ms - known.bad_ms < CALM_MS:
            known.params = finding.params  # It got better; the lower level must last before it is believed.
            return
        self.raised[finding.code] = Raised(finding.level, finding.cause, since_ms, now_ms, finding.params)

    def alerts(self) -> tuple[Alert, ...]:
        """Alerts that are up, worst first, then in the order they were raised."""
        up = [
            Alert(code=code, level=alert.level, cause=alert.cause, since_ms=alert.since_ms, params=alert.params)
            for code, alert in self.raised.items()
        ]
        return tuple(sorted(up, key=lambda alert: (-SEVERITY[alert.level], alert.since_ms, alert.code)))

    def verdict(self) -> tuple[Level, str]:
        """The worst alert's level and cause. Without a probe nobody knows that the picture is fine: unknown, not ok."""
        alerts = self.alerts()
        if alerts:
            return alerts[0].level, alerts[0].cause
        return ("ok", "none") if self.gauges.pictures() else ("unknown", "no_probe")

    def view(self, now_ms: int) -> HealthView:
        """What the screen shows; the alerts are those of the last `advance`."""
        level, cause = self.verdict()
        latency_ms = self.gauges.first("latency", now_ms)
        is_edge = latency_ms is None and self.gauges.first("clock_untrusted", now_ms) != 1
        edge_ms = self.gauges.first("live_edge", now_ms) if is_edge else None
        return HealthView(
            level=level,
            cause=cause,
            alerts=self.alerts(),
            latency_ms=latency_ms if latency_ms is not None else edge_ms,
            latency_kind="latency" if latency_ms is not None else "live_edge" if edge_ms is not None else "unknown",
            playlist_age_ms=self.gauges.first("age", now_ms),
            rtt_ms=self.gauges.fresh(CHAT, "rtt", now_ms),
            receipt_ms=self.delay.value(now_ms),
            complaints=self.complaints.count(now_ms),
            complaints_needed=needed(self.online),
            stalls_5min=self.stalls.count(now_ms),
            silent_ms=self.rhythm.silent_ms(now_ms),
            has_probe=bool(self.gauges.pictures()),
            latency_series=tuple(self.gauges.latencies),
            rate_series=self.rhythm.series(now_ms),
        )

    def rate_x10(self, now_ms: int) -> int:
        """Comments a second × 10 over the last 10 whole seconds."""
        return self.rhythm.rate_x10(now_ms)
