"""The room's screen: panels side by side, and what every key does there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from console.tui.hand import Hand
from console.tui.keys import bindings
from console.tui.panels.base import Panel
from console.tui.panels.card import Card
from console.tui.panels.composer import Composer
from console.tui.panels.foot import Hints, Notice, Prompt
from console.tui.panels.header import Header
from console.tui.panels.health import Health
from console.tui.panels.queue import Queue
from console.tui.panels.stream import Stream
from console.tui.screens.grouping import NO_LINES, Grouping
from console.tui.words import next_step

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

MOST_ROWS = 120
"""Ranked rows asked for at a time: three screens of the tallest terminal."""


class RoomScreen(Grouping):
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(self, console: ConsoleApp, hand: Hand) -> None:
        super().__init__(id="room")
        self.console = console
        self.hand = hand
        self._leaving = False
        ink = console.get_ink
        self.header = Header(hand, ink, id="header")
        self.queue = Queue(hand, ink, id="queue")
        self.card = Card(hand, ink, id="card")
        self.stream = Stream(hand, ink, id="stream")
        self.health = Health(hand, ink, id="health")
        self.notice = Notice(hand, ink, id="notice")
        self.prompt = Prompt(hand, ink, id="prompt")
        self.hints = Hints(hand, ink, id="hints")
        self.composer = Composer(self._submitted, self._typed, self._echo, id="composer")
        for binding in bindings(hand.say):
            for one in binding.make_bindings([binding]):
                self._bindings.key_to_bindings[one.key] = [one]

    def compose(self) -> ComposeResult:
        yield self.header
        with Container(id="middle"):
            with Container(id="left"):
                yield self.queue
                yield self.card
            yield self.stream
        yield self.health
        yield self.notice
        with Container(id="writing"):
            yield self.prompt
            yield self.composer
        yield self.hints

    @property
    def panels(self) -> Iterable[Panel]:
        return (self.header, self.queue, self.card, self.stream, self.health, self.notice, self.prompt, self.hints)

    # --- painting -------------------------------------------------------------------------------------------------

    def pull_stream(self) -> None:
        """Only the comments: cheap, for frames between two whole ones."""
        view = self.console.session.view(chosen=None, after_line=self.stream.last_line, most_rows=0)
        self.stream.take(view.lines)

    def pull(self) -> None:
        """One view, shown everywhere."""
        hand = self.hand
        wanted = hand.wanted_card if hand.filter or hand.order.cursor else None
        view = self.console.session.view(chosen=wanted, after_line=NO_LINES, most_rows=MOST_ROWS)
        hand.take(view)
        lines = self.health.wanted_lines(self.size.width)
        self.set_class(lines in (2, 3, 4), "alarmed")
        self.set_class(lines == 4, "long-advice")
        self.set_class(hand.reading is not None, "reading")
        self.set_class(hand.picking is not None, "picking")
        for panel in (self.header, self.queue, self.card, self.health, self.notice, self.hints):
            panel.refresh_rows()

    def next_tick_ms(self) -> int | None:
        """When a clock in sight, or the order under the hand, next moves by itself; None = nothing ticks."""
        hand, view = self.hand, self.hand.view
        if view is None:
            return None
        steps = [
            next_step(hand.now_ms - hand.known[one].wait_from_ms) for one in hand.order.window(self.queue.size.height) if hand.is_open(one)
        ]
        if view.health.level in ("warn", "critical") or any(link.state not in ("live", "resumed") for link in view.links):
            steps.append(1_000)
        if hand.note is not None and hand.note_until_ms is not None:
            steps.append(hand.note_until_ms - hand.now_ms)
        if still := hand.order.still_for(hand.now_ms):
            steps.append(still)
        if view.live_since_ms is not None:
            steps.append(60_000 - (hand.now_ms - view.live_since_ms) % 60_000)
        return max(20, min(steps)) if steps else None

    def on_screen_resume(self) -> None:
        self.console.wake()

    # --- looking --------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        self.hand.is_paused = not self.hand.is_paused
        self.stream.refresh_rows()
        self.repaint()

    def action_page(self, by: int) -> None:
        self.stream.page(by)
        self.repaint()

    def action_switch(self) -> None:
        if self.has_class("-small"):
            self.toggle_class("stream-in-front")
            for panel in (self.stream, self.queue, self.card):
                panel.forget()
                panel.refresh()
        else:
            self._note("tui.same_screen")
        self.repaint()

    def action_health(self) -> None:
        self.hand.is_health_open = not self.hand.is_health_open
        self.set_class(self.hand.is_health_open, "health-open")
        self.repaint()

    def action_theme(self) -> None:
        self.console.next_theme()

    def action_help(self) -> None:
        self.console.show_help()

    def action_leave(self) -> None:
        """Quit; with unsent texts only when asked twice in a row."""
        if self.hand.unsent and not self._leaving:
            self._leaving = True
            self.hand.tell(self.hand.say("tui.unsent", n=self.hand.unsent), lasting=True)
            self.repaint()
        else:
            self.console.exit()

    def on_key(self, event: events.Key) -> None:
        self.hand.note = None
        if event.key not in ("q", "ｑ", "ctrl+q"):
            self._leaving = False
