"""The console in a terminal: wires a session to the room's screen and decides when to paint."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from console.domain.errors import LiveroomError
from console.i18n import Speech
from console.tui.driver import filtering
from console.tui.hand import Hand
from console.tui.keys import KEYS, label_of
from console.tui.painter import Painter
from console.tui.screens.room import RoomScreen
from console.tui.session import Session
from console.tui.themes import Ink, for_textual, shipped_themes

if TYPE_CHECKING:
    from textual.driver import Driver

WHOLE_EVERY_S = 0.08
"""Between two whole frames only the stream is painted: nobody reads a ranking more than 12 times a second."""
SLOW_TERMINAL_S = 0.002
"""How soon to look again whether the last frame has been written."""


class ConsoleApp(App[None]):
    CSS_PATH = Path(__file__).with_name("console.tcss")
    TITLE = "liveroom"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS = [  # noqa: RUF012  (Textual's own declaration)
        Binding("ctrl+q", "quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+c", "interrupt", show=False, priority=True, id="app.interrupt"),
    ]

    def __init__(self, session: Session) -> None:
        self.session = session
        self._themes = shipped_themes()
        self._chosen_theme = self._themes.get(session.theme) or next(one for one in self._themes.values() if one.dark)
        self._ink = Ink(self._chosen_theme)
        super().__init__()
        self.animation_level = "none"
        for theme in self._themes.values():
            self.register_theme(for_textual(theme))
        self.theme = self._chosen_theme.name
        self.failure: BaseException | None = None
        """What ended the console against its will; the command line says it in one line."""
        self.quit_by_ctrl_c = False
        """Whether Ctrl-C ended it: the command then exits as an interrupted one does."""
        self.say = Speech(session.lang)
        self.room = RoomScreen(self, Hand(say=self.say, clock=session.now_ms))
        self.painter = Painter(self)
        self._is_due = self._wants_whole = False
        self._not_before = 0.0
        self._whole_at = 0.0
        self._tick: asyncio.TimerHandle | None = None
        self._late_whole: asyncio.TimerHandle | None = None

    def get_ink(self) -> Ink:
        return self._ink

    def get_driver_class(self) -> type[Driver]:
        return filtering(super().get_driver_class())

    def post_display_hook(self) -> None:
        """Textual wrote whole lines."""
        self.painter.settle(self.room.panels)

    def get_default_screen(self) -> Screen[None]:
        return self.room

    def on_mount(self) -> None:
        self.session.on_dirty(self.wake)
        self.call_after_refresh(self._begin)
        self.wake()

    def _begin(self) -> None:
        """A frame stands already: the session reads its tables now, and whoever types waits for nothing."""
        self.run_worker(self._run(), exclusive=True)

    async def _run(self) -> None:
        try:
            await self.session.run()
        except LiveroomError as error:
            self.failure = error
            self.exit()
            return
        self.room.hand.tell(self.say("tui.link_ended"), lasting=True)
        self.wake()

    def _fatal_error(self) -> None:
        """Never Textual's crash screen: it prints local variables, tokens among them. The caller gets `failure`."""
        self.failure = self.failure or self._exception
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Ctrl-Q, wherever one is: as q in the room."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self.room.action_leave()

    def action_interrupt(self) -> None:
        """Ctrl-C, wherever one is: at once, without asking about unsent texts."""
        self.quit_by_ctrl_c = True
        self.exit()

    # --- painting -------------------------------------------------------------------------------------------------

    def wake(self) -> None:
        """Something changed: at most one paint is on its way, however often this is called."""
        if self._is_due or not self._running:
            return
        self._is_due = True
        loop = asyncio.get_running_loop()
        wait = self._not_before - loop.time()
        if wait > 0:
            loop.call_later(wait, self._due)
        else:
            loop.call_soon(self._due)

    def _due(self) -> None:
        self._is_due = False
        if self._running:
            self.paint(whole=False)

    def paint(self, *, whole: bool) -> None:
        """One frame. `whole`: everything at once (a key was pressed); else the stream now and the rest when it is due.

        While the terminal still writes the frame before last, nothing is painted: what came meanwhile goes into one later frame.
        """
        self._wants_whole = self._wants_whole or whole
        if not self.room.is_mounted:
            return
        loop = asyncio.get_running_loop()
        if getattr(self._driver, "backlog", int)() > 1:
            if not self._is_due:
                self._is_due = True
                loop.call_later(SLOW_TERMINAL_S, self._due)
            return
        began = loop.time()
        self.room.pull_stream()
        self.painter.flush((self.room.stream,))
        if self._wants_whole or began - self._whole_at >= WHOLE_EVERY_S:
            self._whole_at, self._wants_whole = began, False
            self.room.pull()
            self.painter.flush(self.room.panels)
            self._arm_tick(loop)
        elif self._late_whole is None:
            self._late_whole = loop.call_later(self._whole_at + WHOLE_EVERY_S - began, self._whole_late)
        # Painting takes at most half of the time, so that a flood never starves the feed.
        ended = loop.time()
        self._not_before = ended + (ended - began)

    def _whole_late(self) -> None:
        self._late_whole = None
        if self._running:
            self.paint(whole=True)

    def _arm_tick(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._tick is not None:
            self._tick.cancel()
        wait = self.room.next_tick_ms()
        self._tick = loop.call_later(wait / 1000, self._ticked) if wait is not None else None

    def _ticked(self) -> None:
        self._tick = None
        if self._running:
            self.paint(whole=True)

    # --- themes, help, palette ------------------------------------------------------------------------------------

    def next_theme(self) -> None:
        names = list(self._themes)
        self._chosen_theme = self._themes[names[(names.index(self._chosen_theme.name) + 1) % len(names)]]
        self._ink = Ink(self._chosen_theme)
        self.theme = self._chosen_theme.name
        labels = self._chosen_theme.labels
        self.room.hand.tell(self.say("tui.now_theme", name=labels.get(self.say.lang, self._chosen_theme.name)))
        for panel in self.room.panels:
            panel.forget()
        self.paint(whole=True)
        self.room.stream.refresh_rows()

    def show_help(self) -> None:
        from console.tui.screens.help import Help, HelpPanel

        panel = HelpPanel(self.get_ink, id="help")
        panel.say, panel.log_path = self.say, self.session.log_path
        self.push_screen(Help(panel))

    def action_command_palette(self) -> None:
        from console.tui.screens.palette import Palette

        if len(self.screen_stack) == 1:
            self.push_screen(Palette(self.say))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the same table as the keys, in the room's language."""
        if screen is not self.room:
            return
        for key in KEYS:
            if key.id.startswith("row_") or key.id == "back":
                continue
            label = str(self.say(f"tui.key.{label_of(key)}"))
            yield SystemCommand(label, key.shown, self._runner(key.action))

    def _runner(self, action: str):  # type: ignore[no-untyped-def]
        async def run() -> None:
            await self.room.run_action(action)

        return run
