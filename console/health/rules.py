"""One rule an alert: what is wrong right now, how bad, and where it sits. No memory; hysteresis is the board's.

Thresholds are whole ms. Sources of the numbers: RFC 8216 §6.2.2 (a new playlist no later than 1.5 × TARGETDURATION after the
last), RFC 8216bis and hls.js (a player holds 3 × TARGETDURATION), Apple's HLS authoring guide (target duration 6 s).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from console.health.gauges import CHAT, STALE_MS, Gauges, Links, StallLog
from console.health.reading import SEVERITY, Cause, Level
from console.health.silence import Rhythm

USUAL_TARGET_MS = 6_000
"""Taken where no probe says TARGETDURATION: a playlist then counts as frozen after 9 s."""
LINK_CRITICAL_MS = 5_000
UNREACHABLE_CRITICAL_MS = 5_000
LEAST_LATENCY_WARN_MS = 10_000
LEAST_LATENCY_CRITICAL_MS = 30_000
LATENCY_STEP_MS = 4_000
"""Latency twice its own recent best and 4 s over it is worth a word, whatever the target."""
BUFFER_WARN_MS = 500
NO_ANSWER, EXPIRED = 0, 403
GIVEN_UP = "given_up"
"""Reason of a link that is not tried again: the platform refused us."""


class Finding(Struct, frozen=True, kw_only=True):
    code: str
    level: Level
    cause: Cause
    params: tuple[tuple[str, int | str], ...] = ()


class Scene(Struct, frozen=True, kw_only=True):
    """All that a rule may look at. `since_ms`: alert code → when it was raised."""

    now_ms: int
    gauges: Gauges
    links: Links
    stalls: StallLog
    rhythm: Rhythm
    online: int | None
    is_live: bool
    complaints: int
    complaints_needed: int
    is_complaint_alarm: bool
    since_ms: dict[str, int]
    trouble: Cause = "none"
    """What was last known to be wrong with the picture, for 30 s after: complaints and dry buffers come later than their cause."""

    def lasted_ms(self, code: str) -> int:
        return self.now_ms - self.since_ms.get(code, self.now_ms)


def picture_rules(scene: Scene, source: str) -> Finding | None:
    """The first thing wrong with one probe's picture; a blind probe has no opinion about the rest."""
    for rule in (_stale, _unreachable, _ended, _frozen, _sequence_back, _buffer, _latency):
        found = rule(scene, source)
        if found is not None:
            return found
    return None


def _stale(scene: Scene, source: str) -> Finding | None:
    age_ms = scene.now_ms - scene.gauges.age_ms(source)
    if age_ms <= STALE_MS:
        return None
    return Finding(code="probe_stale", level="unknown", cause="unknown", params=(("source", source), ("age_s", age_ms // 1000)))


def _unreachable(scene: Scene, source: str) -> Finding | None:
    fresh = scene.gauges.fresh
    if fresh(source, "reachable", scene.now_ms) != 0:
        return None
    status = fresh(source, "status", scene.now_ms) or NO_ANSWER
    if status == EXPIRED:
        return Finding(code="url_expired", level="warn", cause="probe_url", params=(("source", source), ("status", status)))
    level: Level = "critical" if scene.lasted_ms("playlist_unreachable") >= UNREACHABLE_CRITICAL_MS else "warn"
    return Finding(
        code="playlist_unreachable", level=level, cause=_who_fails(scene, status), params=(("source", source), ("status", status))
    )


def _who_fails(scene: Scene, status: int) -> Cause:
    if status != NO_ANSWER:
        return "origin"
    # No usable answer. Where the chat is in trouble too, what both share is our own line.
    if scene.links.is_all_well and not _is_heartbeat_lost(scene):
        return "cdn" if scene.links.by_source else "unknown"
    return "our_network"


def _ended(scene: Scene, source: str) -> Finding | None:
    if not scene.is_live or scene.gauges.fresh(source, "ended", scene.now_ms) != 1:
        return None
    return Finding(code="stream_ended", level="critical", cause="encoder", params=(("source", source),))


def _frozen(scene: Scene, source: str) -> Finding | None:
    age_ms = scene.gauges.fresh(source, "age", scene.now_ms)
    target_ms = _target_ms(scene, source)
    if not scene.is_live or age_ms is None or 2 * age_ms <= 3 * target_ms:
        return None
    # After three targets the usual player has played all it held: viewers see a standing picture.
    level: Level = "critical" if age_ms > 3 * target_ms else "warn"
    params = (("source", source), ("age_s", age_ms // 1000), ("target_s", target_ms // 1000))
    return Finding(code="playlist_frozen", level=level, cause="origin", params=params)


def _target_ms(scene: Scene, source: str) -> int:
    return scene.gauges.fresh(source, "target", scene.now_ms) or USUAL_TARGET_MS


def _sequence_back(scene: Scene, source: str) -> Finding | None:
    if scene.gauges.fresh(source, "sequence_back", scene.now_ms) != 1:
        return None
    return Finding(code="sequence_back", level="warn", cause="cdn", params=(("source", source),))


def _buffer(scene: Scene, source: str) -> Finding | None:
    buffer_ms = scene.gauges.fresh(source, "buffer", scene.now_ms)
    if not scene.is_live or buffer_ms is None or buffer_ms >= BUFFER_WARN_MS:
        return None
    level: Level = "critical" if buffer_ms <= 0 else "warn"
    return Finding(code="buffer_low", level=level, cause=_told(scene, "unknown"), params=(("source", source), ("buffer_ms", buffer_ms)))


def _latency(scene: Scene, source: str) -> Finding | None:
    fresh, now_ms, target_ms = scene.gauges.fresh, scene.now_ms, _target_ms(scene, source)
    latency_ms = fresh(source, "latency", now_ms)
    by_player = latency_ms is not None
    if latency_ms is None:
        if fresh(source, "clock_untrusted", now_ms) == 1:
            return None
        latency_ms = fresh(source, "live_edge", now_ms)
    if latency_ms is None:
        return None
    best_ms = min(scene.gauges.latencies, default=latency_ms)
    level: Level = "ok"
    if latency_ms > max(5 * target_ms, LEAST_LATENCY_WARN_MS) or (
        # The edge of a playlist saws up and down by a whole target: only a player's latency has a best of its own.
        by_player and latency_ms > 2 * best_ms and latency_ms > best_ms + LATENCY_STEP_MS
    ):
        level = "warn"
    if latency_ms > max(10 * target_ms, LEAST_LATENCY_CRITICAL_MS):
        level = "critical"
    if level == "ok":
        return None
    return Finding(code="latency_high", level=level, cause="unknown", params=(("source", source), ("latency_s", latency_ms // 1000)))


def _told(scene: Scene, cause: Cause) -> Cause:
    """A cause that isn't known yet, or no more, is that of the trouble it came from."""
    return scene.trouble if cause == "unknown" and scene.trouble != "none" else cause


def stall_rule(scene: Scene, picture: Finding | None) -> Finding | None:
    """A stall that hasn't ended. Its cause is whatever else is wrong with the picture."""
    stall = scene.stalls.open()
    if stall is None or not scene.is_live:
        return None
    lasted_s = max(0, scene.now_ms - stall.start_ms) // 1000
    cause = picture.cause if picture is not None else "unknown"
    return Finding(code="stall", level="critical", cause=_told(scene, cause), params=(("source", stall.source), ("lasted_s", lasted_s)))


def complaint_rule(scene: Scene, picture: Finding | None) -> Finding | None:
    """k viewers say that the picture or the sound is bad. With every probe fine, the trouble sits on their side."""
    if not scene.is_complaint_alarm:
        return None
    cause: Cause = "unknown"
    if picture is not None:
        cause = _told(scene, picture.cause)
    elif scene.trouble != "none":
        cause = scene.trouble
    elif scene.gauges.pictures():
        cause = "viewers"
    level: Level = "critical" if scene.complaints >= 3 * scene.complaints_needed else "warn"
    params = (("viewers", scene.complaints), ("needed", scene.complaints_needed))
    return Finding(code="complaints", level=level, cause=cause, params=params)


def link_rule(scene: Scene) -> Finding | None:
    """The chat's link that has been lost longest."""
    lost = [(link.lost_ms, source, link) for source, link in scene.links.by_source.items() if link.lost_ms is not None]
    if not lost:
        return None
    lost_ms, source, link = min(lost, key=lambda item: item[:2])
    since_ms = scene.now_ms - lost_ms
    if link.reason == GIVEN_UP:
        return Finding(code="link_refused", level="critical", cause="platform", params=(("source", source),))
    if link.state == "connecting" and since_ms < LINK_CRITICAL_MS:
        return None
    reached = [scene.gauges.fresh(name, "reachable", scene.now_ms) for name in scene.gauges.pictures()]
    cause: Cause = "our_network" if 0 in reached else "platform" if 1 in reached else "unknown"
    level: Level = "critical" if since_ms >= LINK_CRITICAL_MS else "warn"
    return Finding(code="link_down", level=level, cause=cause, params=(("source", source), ("down_s", since_ms // 1000)))


def silence_rule(scene: Scene) -> Finding | None:
    """The link carries, viewers are there, and nothing comes. A lost link is `link_down`, not silence."""
    if not scene.is_live or not scene.links.is_heard or scene.online == 0:
        return None
    no_pulse = any(link.state == "silent" for link in scene.links.by_source.values())
    if not no_pulse and not scene.rhythm.is_silent(scene.now_ms):
        return None
    cause: Cause = "our_network" if no_pulse or _is_heartbeat_lost(scene) else "unknown"
    level: Level = "critical" if scene.rhythm.is_silent(scene.now_ms, times=3) else "warn"
    silent_s = scene.rhythm.silent_ms(scene.now_ms) // 1000
    return Finding(code="feed_silent", level=level, cause=cause, params=(("silent_s", silent_s),))


def _is_heartbeat_lost(scene: Scene) -> bool:
    return scene.gauges.knows(CHAT, "rtt") and scene.gauges.fresh(CHAT, "rtt", scene.now_ms) is None


PICTURE_CODES = ("playlist_unreachable", "stream_ended", "playlist_frozen", "sequence_back", "buffer_low", "latency_high")


def known_trouble(found: Iterable[Finding]) -> Cause:
    """The cause of what is wrong with the picture, where a finding knows one; else "none"."""
    return next((finding.cause for finding in found if finding.code in PICTURE_CODES and finding.cause != "unknown"), "none")


def findings(scene: Scene) -> list[Finding]:
    """Everything wrong now: at most one finding a code, the worst source's."""
    pictures = [found for source in scene.gauges.pictures() if (found := picture_rules(scene, source)) is not None]
    worst = max(pictures, key=lambda found: SEVERITY[found.level], default=None)
    rest: tuple[Callable[[], Finding | None], ...] = (
        lambda: stall_rule(scene, worst),
        lambda: complaint_rule(scene, worst),
        lambda: link_rule(scene),
        lambda: silence_rule(scene),
    )
    by_code: dict[str, Finding] = {}
    for found in [*pictures, *(rule() for rule in rest)]:
        if found is not None and (found.code not in by_code or SEVERITY[found.level] > SEVERITY[by_code[found.code].level]):
            by_code[found.code] = found
    return list(by_code.values())
