"""Textual's palette of commands, with its two sentences in the room's language."""

from __future__ import annotations

from rich.align import Align
from rich.text import Text
from textual.command import CommandList, CommandPalette
from textual.widgets.option_list import Option

from console.i18n import Speech


class Palette(CommandPalette):
    def __init__(self, say: Speech) -> None:
        super().__init__(placeholder=str(say("tui.palette.placeholder")), id="--command-palette")
        self._no_match = str(say("tui.palette.no_match"))

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Textual's own says it in English."""
        self._stop_no_matches_countdown()

        def show() -> None:
            if search_value:
                self.query_one(CommandList).add_option(
                    Option(Align.center(Text(self._no_match, style="not bold")), disabled=True, id=self._NO_MATCHES)
                )
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show)
