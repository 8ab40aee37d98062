"""The keys and the signs, over the room that goes on behind."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from console.i18n import Speech
from console.tui.keys import KEYS, label_of, names_of
from console.tui.panels.base import Panel, Row, RowOf


class HelpPanel(Panel):
    say: Speech
    log_path: str

    def make(self, cells: int, lines: int) -> list[Row]:
        say, pad = self.say, self.ink("text", "bar")
        key, quiet, head = self.ink("accent", "bar", bold=True), self.ink("text", "bar"), self.ink("bright", "bar", bold=True)
        blank = RowOf(cells).done(pad)
        rows = [blank, RowOf(cells).gap(3, pad).put(str(say("tui.help.title")), head).done(pad)]
        shown = [one for one in KEYS if not one.id.startswith("row_") or one.id == "row_1"]
        columns = 1 if lines >= len(shown) + 12 else 2
        each = -(-len(shown) // columns)
        for at in range(each):
            row = RowOf(cells).gap(3, pad)
            for one in shown[at::each]:
                pressed = "1-9" if one.id == "row_1" else one.shown
                row.put(pressed, key, 7).put(str(say(f"tui.key.{label_of(one)}")), quiet, (cells - 6) // columns - 7)
            rows.append(row.done(pad))
        rows += [blank, RowOf(cells).gap(3, pad).put(str(say("tui.help.reading")), head).done(pad)]
        for code in ("bars", "marks", "untraced", "stream"):
            rows.append(RowOf(cells).gap(3, pad).put(str(say(f"tui.help.{code}")), quiet).done(pad))
        for code in ("log", "close"):
            rows.append(RowOf(cells).gap(3, pad).put(str(say(f"tui.help.{code}", path=self.log_path)), self.ink("quiet", "bar")).done(pad))
        return rows


class Help(ModalScreen[None]):
    BINDINGS = [Binding(",".join(("escape", "q", "enter", *names_of("question_mark"))), "app.pop_screen", show=False, id="help.close")]  # noqa: RUF012

    def __init__(self, panel: HelpPanel) -> None:
        super().__init__()
        self._panel = panel

    def compose(self) -> ComposeResult:
        yield self._panel
