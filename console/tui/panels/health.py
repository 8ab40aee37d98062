"""The strip of lamps: one line while the picture is fine, three with cause and advice when it isn't, five by key."""

from __future__ import annotations

from console.room.view import Alert, HealthView, RoomView
from console.tui.cells import cut, spark, steady, width, wrap
from console.tui.hand import Hand
from console.tui.panels.base import Panel, Row, RowOf
from console.tui.panels.header import HEALTH_SHAPES, where
from console.tui.words import lasted, millis, seconds, spoken

DURATIONS = ("lasted_s", "down_s", "silent_s", "age_s")
"""Parameters that say how long an alert's trouble has lasted: shown once, as a clock, instead of the time since the alert."""
NO_CAUSE = ("unknown", "none", "no_probe")
_LEVELS = ("critical", "warn", "unknown", "ok")


class Health(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand

    def wanted_lines(self, cells: int) -> int:
        """1 while all is well; with an alert 3, or 4 where its advice needs two lines; 5 when the person opened it."""
        view = self.hand.view
        if self.hand.is_health_open:
            return 5
        if view is None or view.health.level not in ("warn", "critical"):
            return 1
        alert = _worst(view.health)
        return 2 + (len(self._advice(alert, cells, 2)) if alert is not None else 0)

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
        if lines >= 2:
            rows.extend(self._cause(cells, view, lines - 1 if not self.hand.is_health_open else 2))
        if self.hand.is_health_open:
            rows.extend(self._series(cells, view))
        return rows

    def _lamps(self, cells: int, view: RoomView) -> Row:
        say, health = self.hand.say, view.health
        rule, quiet = self.ink("rule"), self.ink("quiet")
        row = RowOf(cells).put("─ ", rule).put(f"{say('tui.health')} ", quiet)
        row.put(
            f"{HEALTH_SHAPES[health.level]} {say(f'tui.level.{health.level}')}",
            self.ink(f"level-{health.level}", bold=health.level != "ok"),
        )
        for place in where(health):
            row.put(" · ", rule).put(str(say(f"tui.where.{place}")), self.ink("text"))
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
        out.append((str(say("tui.complaints")), str(say("tui.complaints_n", n=f"{health.complaints}/{needed}")), colour, ""))
        if health.silent_ms >= 10_000:
            out.append((str(say("tui.silent")), lasted(health.silent_ms), "level-warn", ""))
        out.append((str(say("tui.chat")), f"{millis(health.rtt_ms):>6}", "text", ""))
        if health.receipt_ms is not None:
            out.append((str(say("tui.receipt")), f"{millis(health.receipt_ms):>6}", "text", ""))
        return out

    def _cause(self, cells: int, view: RoomView, lines: int) -> list[Row]:
        """The worst alert: what, since when, whose fault, what to try."""
        say = self.hand.say
        alert = _worst(view.health)
        pad = self.ink("text")
        if alert is None:
            return [RowOf(cells).gap(2, pad).put(str(say("tui.no_alert")), self.ink("quiet")).done(pad)]
        loud = self.ink(f"level-{alert.level}", bold=True)
        since = f"  {say('tui.since', time=self._lasted(alert))}"
        first = RowOf(cells).gap(2, pad)
        first.put(cut(f"{HEALTH_SHAPES[alert.level]} {self._headline(alert)}", first.room - width(since)), loud)
        first.put(since, self.ink("quiet"))
        cause, label = str(self._named("cause", alert.cause)), "" if alert.cause in NO_CAUSE else f"{say('tui.cause')} "
        if first.room > width(cause) + width(label) + 3:
            first.put(f"   {label}", self.ink("quiet")).put(cause, pad)
        rows = [first.done(pad)]
        for at, line in enumerate(self._advice(alert, cells, max(1, lines - 1))):
            rows.append(RowOf(cells).gap(2 if at == 0 else 4, pad).put(line, self.ink("bright")).done(pad))
        return rows[:lines]

    def _advice(self, alert: Alert, cells: int, most: int) -> list[str]:
        """What to try, in at most `most` lines; what doesn't fit hangs on the last."""
        advice = steady(f"→ {self._words('advice', alert)}")
        spans = wrap(advice, cells - 5, most)
        return [advice[first : end if at < len(spans) - 1 else len(advice)] for at, (first, end) in enumerate(spans)]

    def _headline(self, alert: Alert) -> str:
        """What is wrong, without how long: that stands beside it as a clock."""
        own = f"tui.alert.{alert.code}"
        return spoken(self.hand.say, own, alert.params, alert.code) if self.hand.say.has(own) else self._words("alert", alert)

    def _lasted(self, alert: Alert) -> str:
        known = next((value for name, value in alert.params if name in DURATIONS and isinstance(value, int)), None)
        return lasted(known * 1000 if known is not None else self.hand.now_ms - alert.since_ms)

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


def _worst(health: HealthView) -> Alert | None:
    return min(health.alerts, key=lambda one: (_LEVELS.index(one.level), one.since_ms), default=None)
