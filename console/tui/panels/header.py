"""The head: the room, our link to it, how answering goes, and a lamp for the picture."""

from __future__ import annotations

from console.room.view import HealthView, LinkView, RoomView
from console.tui.cells import cut, spark, width
from console.tui.hand import Hand
from console.tui.panels.base import Panel, Row, RowOf
from console.tui.words import count, lasted, per_second, percent, seconds

TWO_LINES_FROM = 100
LINK_SHAPES = {"live": "●", "resumed": "●", "connecting": "◌", "silent": "◐", "down": "✕"}
LINK_LEVELS = {"live": "ok", "resumed": "ok", "connecting": "unknown", "silent": "warn", "down": "critical"}
HEALTH_SHAPES = {"ok": "●", "warn": "▲", "critical": "■", "unknown": "○"}
WHERE = {"feed_silent": "chat", "link_down": "chat", "link_refused": "chat", "probe_stale": "probe"}
"""What an alert is about, by its code; all others are about the picture."""
BACKLOG_SHAPES = {"growing": "▲", "steady": "=", "shrinking": "▼"}
_WORST_FIRST = ("down", "silent", "connecting", "resumed", "live")

Field = tuple[tuple[str, str], ...]
"""Texts with the names of their colours."""


class Header(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand

    def inputs(self) -> tuple[object, ...] | None:
        view = self.hand.view
        if view is None:
            return None
        health = view.health
        is_cut = any(link.state not in ("live", "resumed") for link in view.links)
        return (
            view.title, view.links, view.online, view.comments_per_s_x10, view.on_air, view.tally, health.level, where(health),
            health.latency_ms, health.rate_series, is_cut and self.hand.now_ms // 1_000,
            view.live_since_ms is not None and (self.hand.now_ms - view.live_since_ms) // 60_000,
        )  # fmt: skip

    def make(self, cells: int, lines: int) -> list[Row]:
        view = self.hand.view
        if view is None:
            return []
        if lines < 2:
            fields = (
                self._room(view, 14, with_time=False),
                self._short_queue(view),
                self._short_speed(view),
                self._wait(view),
                self._share(view),
            )
            return [self._row(cells, fields, (self._lamp(view),), gap=2)]
        first = (self._room(view, 26), self._viewers(view), self._rate(view))
        second = (self._queue(view), self._speed(view), self._share(view), self._wait(view), self._backlog(view))
        return [self._row(cells, first, (self._health(view),)), self._row(cells, second, (self._on_air(view),))]

    def _row(self, cells: int, fields: tuple[Field, ...], right: tuple[Field, ...], gap: int = 3) -> Row:
        """Fields from the left as many as fit, the right ones always, pushed to the edge (cut where they must be)."""
        bar = self.ink("text", "bar")
        row = RowOf(cells).gap(1, bar)
        right_cells = min(sum(_wide(field) for field in right), max(0, cells * 2 // 5))
        for field in fields:
            if not field:
                continue
            if row.at + _wide(field) + right_cells + 2 > cells:
                break
            self._put(row, field)
            row.gap(gap, bar)
        row.gap(cells - 1 - right_cells - row.at, bar)
        for field in right:
            self._put(row, field)
        return row.done(bar)

    def _put(self, row: RowOf, field: Field) -> None:
        for text, colour in field:
            row.put(text, self.ink(colour, "bar", bold=colour in ("bright", "level-warn", "level-critical")))

    def _room(self, view: RoomView, most: int, *, with_time: bool = True) -> Field:
        say = self.hand.say
        title = cut(view.title or view.rooms[0] if view.title or view.rooms else str(say("tui.no_room")), most)
        link = min(view.links, key=lambda one: _WORST_FIRST.index(one.state), default=None)
        if link is None:
            return ((title, "bright"),)
        level = f"level-{LINK_LEVELS[link.state]}"
        lamp = f"{LINK_SHAPES[link.state]} {say(f'tui.link.{link.state}')}"
        return ((title, "bright"), ("  ", "text"), (lamp, level), (self._since(view, link) if with_time else "", "quiet"))

    def _since(self, view: RoomView, link: LinkView) -> str:
        """How long it is live in whole minutes (a second's hand in the corner of the eye tires), else how long the link has been gone."""
        if link.state in ("live", "resumed"):
            if view.live_since_ms is None:
                return ""
            minutes = max(0, self.hand.now_ms - view.live_since_ms) // 60_000
            return f" {minutes // 60}h{minutes % 60:02}" if minutes >= 60 else f" {minutes} min"
        return " " + lasted(self.hand.now_ms - link.since_ms)

    def _viewers(self, view: RoomView) -> Field:
        return ((f"{self.hand.say('tui.viewers')} ", "quiet"), (f"{count(view.online):>7}", "text"))

    def _rate(self, view: RoomView) -> Field:
        bars = spark(tuple(view.health.rate_series), 16) if view.health.rate_series else ""
        return (
            (f"{self.hand.say('tui.comments')} ", "quiet"),
            (f"{per_second(view.comments_per_s_x10):>7}", "text"),
            (f"  {bars}", "quiet"),
        )

    def _queue(self, view: RoomView) -> Field:
        tally = view.tally
        return (
            *self._numbered("tui.open_n", f"{tally.open_clusters:>3}"),
            ("  ", "quiet"),
            *self._numbered("tui.askers_n", f"{tally.waiting_askers:>4}"),
        )

    def _short_queue(self, view: RoomView) -> Field:
        tally = view.tally
        return (
            *self._numbered("tui.open_short", str(tally.open_clusters)),
            (" ", "quiet"),
            *self._numbered("tui.askers_short_n", str(tally.waiting_askers)),
        )

    def _numbered(self, code: str, number: str) -> Field:
        """A string with its number bright, wherever the language puts it."""
        before, _, after = str(self.hand.say(code, n="#")).partition("#")
        return ((before, "quiet"), (number, "bright"), (after, "quiet"))

    def _speed(self, view: RoomView) -> Field:
        tally = view.tally
        return (
            (f"{self.hand.say('tui.answering')} ", "quiet"),
            ("p50 ", "quiet"),
            (f"{seconds(tally.answer_p50_ms):>6}  ", "text"),
            ("p90 ", "quiet"),
            (f"{seconds(tally.answer_p90_ms):>6}", "text"),
        )

    def _short_speed(self, view: RoomView) -> Field:
        return (("p90 ", "quiet"), (f"{seconds(view.tally.answer_p90_ms):>5}", "text"))

    def _share(self, view: RoomView) -> Field:
        return ((f"{self.hand.say('tui.within_target')} ", "quiet"), (f"{percent(view.tally.within_target_permille):>4}", "text"))

    def _wait(self, view: RoomView) -> Field:
        return ((f"{self.hand.say('tui.expected_wait')} ", "quiet"), (f"{seconds(view.tally.expected_wait_ms):>6}", "text"))

    def _backlog(self, view: RoomView) -> Field:
        backlog = view.tally.backlog
        colour = {"growing": "level-warn", "steady": "quiet", "shrinking": "level-ok"}[backlog]
        return (
            (f"{self.hand.say('tui.backlog')} ", "quiet"),
            (f"{BACKLOG_SHAPES[backlog]} {self.hand.say(f'tui.backlog_{backlog}')}", colour),
        )

    def _lamp(self, view: RoomView) -> Field:
        level = view.health.level
        return ((f"{HEALTH_SHAPES[level]} {self.hand.say(f'tui.level.{level}')}", f"level-{level}"),)

    def _health(self, view: RoomView) -> Field:
        say, health = self.hand.say, view.health
        delay: Field = ()
        if health.latency_ms is not None:
            delay = ((f"  {say('tui.delay')} ", "quiet"), (f"{seconds(health.latency_ms):>6}", "text"))
        places = where(health)
        what: Field = ((f" · {'/'.join(str(say(f'tui.where.{one}')) for one in places)}", "text"),) if places else ()
        return ((f"{say('tui.health')} ", "quiet"), *self._lamp(view), *what, *delay)

    def _on_air(self, view: RoomView) -> Field:
        say = self.hand.say
        if view.on_air is None:
            return ((str(say("tui.nothing_on_air")), "quiet"),)
        link, name = view.on_air
        return ((f"{say('tui.on_air')} ", "quiet"), (f"{say('tui.link_no', no=link)} ", "accent"), (cut(name, 24), "text"))


def where(health: HealthView) -> tuple[str, ...]:
    """What the level is about, worst first: picture, chat, probe; () while all is well."""
    return tuple(dict.fromkeys(WHERE.get(alert.code, "picture") for alert in health.alerts if alert.level == health.level))


def _wide(field: Field) -> int:
    return sum(width(text) for text, _ in field)
