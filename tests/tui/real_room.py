"""The screen on a real room: what a key does is what the room makes of it."""

from __future__ import annotations

from collections.abc import Callable

from playbook import Playbook

from console.domain.events import Action, ActionOf
from console.room.view import RoomView


class RealRoom:
    """A Session over a Playbook: `room.said("多少钱 from a")`, then look at the screen."""

    def __init__(self, *lines: str, lang: str = "zh") -> None:
        self.lang, self.theme, self.log_path = lang, "midnight", "liveroom.log"
        self.play = Playbook().said(*lines)
        self.actions: list[ActionOf] = []
        self._wake: Callable[[], None] = lambda: None

    @property
    def at_ms(self) -> int:
        return self.play.at_ms

    @at_ms.setter
    def at_ms(self, at_ms: int) -> None:
        self.play.at_ms = at_ms
        self.play.room.pass_time(at_ms)

    def said(self, *lines: str) -> None:
        self.play.said(*lines)
        self._wake()

    def view(self, *, chosen: str | None, after_line: int, most_rows: int) -> RoomView:
        return self.play.show.view(chosen=chosen, after_line=after_line, most_rows=most_rows)

    def act(self, action: ActionOf) -> None:
        self.actions.append(action)
        self.play.give(Action(action=action))
        self._wake()

    def now_ms(self) -> int:
        return self.at_ms

    def on_dirty(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    async def run(self) -> None:
        """Quiet: the test says what happens."""

    def copy(self, text: str) -> str | None:
        return "wl-copy"
