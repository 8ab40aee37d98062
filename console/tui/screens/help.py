"""The keys and the signs, over the room that goes on behind."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from console.i18n import Speech
from console.tui.cells import steady, width, without_middle, wrap
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
        dim, room = self.ink("quiet", "bar"), cells - 6
        for line in (*self._log_lines(room, lines - len(rows) - 1), str(say("tui.help.close"))):
            rows.append(RowOf(cells).gap(3, pad).put(line, dim).done(pad))
        return rows

    def _log_lines(self, cells: int, lines: int) -> list[str]:
        """Where the log stands: whole, on several lines where there are such, else without its middle: the file's name stays."""
        whole = steady(str(self.say("tui.help.log", path=self.log_path)))
        if width(whole) <= cells:
            return [whole]
        spans = wrap(whole, cells, lines) if lines > 1 else []
        if spans and spans[-1][1] == len(whole):
            return [whole[first:end] for first, end in spans]
        return [str(self.say("tui.help.log", path=without_middle(self.log_path, cells - width(whole) + width(self.log_path))))]


class Help(ModalScreen[None]):
    BINDINGS = [Binding(",".join(("escape", "q", "enter", *names_of("question_mark"))), "app.pop_screen", show=False, id="help.close")]  # noqa: RUF012

    def __init__(self, panel: HelpPanel) -> None:
        super().__init__()
        self._panel = panel

    def compose(self) -> ComposeResult:
        yield self._panel
