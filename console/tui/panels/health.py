"""The strip of lamps: one line while the picture is fine, three with cause and advice when it isn't, five by key."""

from __future__ import annotations

from console.room.view import Alert, HealthView, RoomView
from console.tui.cells import spark, width, wrap
from console.tui.hand import Hand
from console.tui.panels.base import Panel, Row, RowOf
from console.tui.panels.header import HEALTH_SHAPES
from console.tui.words import millis, seconds, spoken

_LEVELS = ("critical", "warn", "unknown", "ok")


class Health(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand

    @property
    def wanted_lines(self) -> int:
        """1 while all is well, 3 with an alert, 5 when the person opened it."""
        view = self.hand.view
        if self.hand.is_health_open:
            return 5
        return 3 if view is not None and view.health.level in ("warn", "critical") else 1

    def inputs(self) -> tuple[object, ...] | None:
        view = self.hand.view
        if view is None:
            return None
        return (view.health, view.dropped, self.hand.is_health_open, bool(view.health.alerts) and self.hand.now_ms // 1_000)

    def make(self, cells: int, lines: int) -> list[Row]:
        view = self.hand.view
        if view is None:
            return []
        rows = [self._lamps(cells, view)]
        if lines >= 3:
            rows.extend(self._cause(cells, view, lines - 1 if not self.hand.is_health_open else 2))
        if self.hand.is_health_open:
            rows.extend(self._series(cells, view))
        return rows

    def _lamps(self, cells: int, view: RoomView) -> Row:
        say, health = self.hand.say, view.health
        rule, quiet = self.ink("rule"), self.ink("quiet")
        row = RowOf(cells).put("─ ", rule).put(f"{say('tui.picture')} ", quiet)
        row.put(
            f"{HEALTH_SHAPES[health.level]} {say(f'tui.level.{health.level}')}",
            self.ink(f"level-{health.level}", bold=health.level != "ok"),
        )
        if view.dropped:
            row.put(" ─ ", rule).put(str(say("tui.dropped", n=view.dropped)), self.ink("level-critical", bold=True))
        for text, value, colour, bars in self._readings(health):
            if row.room < 6 + width(text) + width(value) + width(bars):
                break
            row.put(" ─ ", rule).put(f"{text} ", quiet).put(value, self.ink(colour)).put(bars, quiet)
        row.put(" ", rule)
        return row.put("─" * row.room, rule).done(rule)

    def _readings(self, health: HealthView) -> list[tuple[str, str, str, str]]:
        """Label, value, the value's colour, bars beside it."""
        say = self.hand.say
        out: list[tuple[str, str, str, str]] = []
        if health.has_probe:
            label = say("tui.live_edge") if health.latency_kind == "live_edge" else say("tui.delay")
            out.append((str(label), f"{seconds(health.latency_ms):>6}", "text", f" {spark(health.latency_series, 12).strip()}".rstrip()))
            colour = "level-warn" if health.stalls_5min else "text"
            out.append((str(say("tui.stalls")), str(say("tui.stalls_5min", n=health.stalls_5min)), colour, ""))
        else:
            out.append((str(say("tui.probe")), str(say("tui.no_probe")), "quiet", ""))
        needed = max(1, health.complaints_needed)
        colour = "level-critical" if health.complaints >= needed else "text"
        out.append((str(say("tui.complaints")), f"{health.complaints}/{needed} {say('tui.people')}", colour, ""))
        if health.silent_ms >= 10_000:
            out.append((str(say("tui.silent")), seconds(health.silent_ms), "level-warn", ""))
        out.append((str(say("tui.chat")), f"{millis(health.rtt_ms):>6}", "text", ""))
        if health.receipt_ms is not None:
            out.append((str(say("tui.receipt")), f"{millis(health.receipt_ms):>6}", "text", ""))
        return out

    def _cause(self, cells: int, view: RoomView, lines: int) -> list[Row]:
        """The worst alert: what, since when, whose fault, what to try."""
        say = self.hand.say
        alert = min(view.health.alerts, key=lambda one: (_LEVELS.index(one.level), one.since_ms), default=None)
        pad = self.ink("text")
        if alert is None:
            return [RowOf(cells).gap(2, pad).put(str(say("tui.no_alert")), self.ink("quiet")).done(pad)]
        loud = self.ink(f"level-{alert.level}", bold=True)
        since = seconds(max(0, self.hand.now_ms - alert.since_ms) // 1000 * 1000)
        first = RowOf(cells).gap(2, pad).put(f"{HEALTH_SHAPES[alert.level]} {self._words('alert', alert)}", loud)
        first.put(f"  {say('tui.since', time=since)}", self.ink("quiet"))
        cause = str(self._named("cause", alert.cause))
        if first.room > width(cause) + 10:
            first.put(f"   {say('tui.cause')} ", self.ink("quiet")).put(cause, pad)
        advice = f"→ {self._words('advice', alert)}"
        rows = [first.done(pad)]
        spans = wrap(advice, cells - 5, max(1, lines - 1))
        for at, (start, end) in enumerate(spans):
            shown = advice[start:] if at == len(spans) - 1 else advice[start:end]
            rows.append(RowOf(cells).gap(2 if at == 0 else 4, pad).put(shown, self.ink("bright")).done(pad))
        return rows[:lines]

    def _words(self, area: str, alert: Alert) -> str:
        return spoken(self.hand.say, f"{area}.{alert.code}", alert.params, alert.code)

    def _named(self, area: str, name: str) -> str:
        return spoken(self.hand.say, f"{area}.{name}", (), name)

    def _series(self, cells: int, view: RoomView) -> list[Row]:
        say, pad = self.hand.say, self.ink("text")
        rows: list[Row] = []
        for code, values in (("tui.delay", view.health.latency_series), ("tui.comments", view.health.rate_series)):
            row = RowOf(cells).gap(2, pad).put(str(say(code)), self.ink("quiet"), 10)
            top = max(values, default=0)
            label = seconds(top) if code == "tui.delay" else f"{top // 10}/s"
            row.put(spark(values, min(60, cells - 24)) if values else "–", self.ink("accent")).put(
                f"  ≤ {label}" if values else "", self.ink("quiet")
            )
            rows.append(row.done(pad))
        return rows
