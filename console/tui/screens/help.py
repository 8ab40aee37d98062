"""The keys and the signs, over the room that goes on behind."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from console.i18n import Speech
from console.tui.cells import width
from console.tui.keys import KEYS, label_of, names_of
from console.tui.panels.base import Panel, Row, RowOf


class HelpPanel(Panel):
    say: Speech
    log_path: str

    def make(self, cells: int, lines: int) -> list[Row]:
        say, pad = self.say, self.ink("text", "bar")
        key, quiet, head = self.ink("accent", "bar", bold=True), self.ink("text", "bar"), self.ink("bright", "bar", bold=True)
        blank = RowOf(cells).done(pad)
        rows = [blank, RowOf(cells).gap(3, pad).put(str(say("tui.help.title")), head).done(pad), blank]
        shown = [one for one in KEYS if not one.id.startswith("row_") or one.id == "row_1"]
        for one in shown:
            pressed = "1-9" if one.id == "row_1" else one.shown
            rows.append(RowOf(cells).gap(3, pad).put(pressed, key, 8).put(str(say(f"tui.key.{label_of(one)}")), quiet).done(pad))
        rows += [blank, RowOf(cells).gap(3, pad).put(str(say("tui.help.reading")), head).done(pad)]
        for code in ("bars", "marks", "untraced", "stream"):
            rows.append(RowOf(cells).gap(3, pad).put(str(say(f"tui.help.{code}")), quiet).done(pad))
        log = str(say("tui.help.log", path=self.log_path))
        rows += [RowOf(cells).gap(3, pad).put(log, self.ink("quiet", "bar")).done(pad)]
        close = str(say("tui.help.close"))
        rows.append(RowOf(cells).gap(max(3, cells - width(close) - 3), pad).put(close, self.ink("quiet", "bar")).done(pad))
        return rows if len(rows) <= lines else [*rows[1:2], *[row for row in rows[3:] if row is not blank]]


class Help(ModalScreen[None]):
    BINDINGS = [Binding(",".join(("escape", "q", "enter", *names_of("question_mark"))), "app.pop_screen", show=False, id="help.close")]  # noqa: RUF012

    def __init__(self, panel: HelpPanel) -> None:
        super().__init__()
        self._panel = panel

    def compose(self) -> ComposeResult:
        yield self._panel
