"""The comments. They don't scroll: a write line walks down and wraps, so a comment stands still while it is read.

▸ marks the newest; under it a short rule, and under that the oldest.
"""

from __future__ import annotations

from collections import deque

from console.room.view import Line
from console.tui.cells import width
from console.tui.hand import Hand
from console.tui.panels.base import Panel, Row, RowOf

SCROLLBACK = 5_000
"""Ruling 17."""
NAME_CELLS = 14
BOUNDARY = f" {'╍' * 4}"
"""Where the newest ends and the oldest begins. Short: it is written with every comment."""
ROLES = ("host", "mod", "buyer", "vip", "member", "first_time", "bot")
"""The first one a viewer has is shown, as a word."""


class Stream(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand
        self.back: deque[Line] = deque(maxlen=SCROLLBACK)
        self._shown = 0
        """Lines written since the ring was laid out: the next one goes to row `_shown % height`."""
        self._missed = 0
        self._page = 0
        self._has_told = False
        """Whether the foot has said once how the comments run."""

    @property
    def last_line(self) -> int:
        return self.back[-1].n if self.back else 0

    def take(self, lines: tuple[Line, ...]) -> None:
        """New lines; a burst is painted only as far as it is still in sight."""
        if not lines:
            return
        self.back.extend(lines)
        height = self.size.height - 1
        if self.hand.is_paused:
            self._missed += len(lines)
            if self._is_laid_out:
                self.set_row(0, self._title(self.size.width))
            return
        if height < 1 or not self.display or not self._is_laid_out:
            return
        wanted = [line for line in lines[-4 * height :] if self._is_wanted(line)] if self.hand.filter else lines
        if len(wanted) >= height:
            self._shown += len(wanted) - height + 1
            wanted = wanted[-height + 1 :] if height > 1 else wanted[-1:]
        if wanted:
            self._write(tuple(wanted), height)

    @property
    def _is_laid_out(self) -> bool:
        return self._made_for == (self.size.width, self.size.height) and len(self.rows) == self.size.height

    def _write(self, lines: tuple[Line, ...], height: int) -> None:
        cells = self.size.width
        before = (self._shown - 1) % height
        for line in lines[:-1]:
            self.set_row(1 + self._shown % height, self._line(cells, line, is_newest=False))
            self._shown += 1
        self.set_row(1 + self._shown % height, self._line(cells, lines[-1], is_newest=True))
        if self._shown % height != before:
            self._unmark(1 + before)
        self._shown += 1
        if height > 2:
            self.set_row(1 + self._shown % height, self._boundary(cells))
        if self._shown >= height and not self._has_told and self.hand.note is None:
            self._has_told = True
            self.hand.tell(self.hand.say("tui.ring"))

    def _unmark(self, y: int) -> None:
        row = self.rows[y]
        if len(row) > 1 and row[1][0] == "▸":
            self.set_row(y, (row[0], (" ", self.ink("text"), 1), *row[2:]))

    def make(self, cells: int, lines: int) -> list[Row]:
        """The whole panel anew: after a resize, a filter, a pause."""
        height = max(0, lines - 1)
        fit = max(1, height - 1)
        if self.hand.is_paused and self._page:
            end = len(self.back) - self._page * fit
            shown = [line for line in list(self.back)[max(0, end - fit) : max(fit, end)] if self._is_wanted(line)]
        elif self.hand.filter:
            shown = [line for line in self.back if self._is_wanted(line)][-fit:]
        else:
            shown = list(self.back)[-fit:]
        self._shown = len(shown)
        rows = [self._line(cells, line, is_newest=at == len(shown) and not self._page) for at, line in enumerate(shown, 1)]
        if rows and height > 2 and not self._page:
            rows.append(self._boundary(cells))
        elif self.hand.filter and height and not rows:
            text = str(self.hand.say("tui.stream_filtered_empty"))
            rows.append(RowOf(cells).put("│", self.ink("rule")).put(f"  {text}", self.ink("quiet")).done(self.ink("text")))
        rows.extend([self._blank(cells)] * (height - len(rows)))
        return [self._title(cells), *rows]

    def refresh_rows(self) -> None:
        if not self.hand.is_paused:
            self._missed = self._page = 0
        super().refresh_rows()

    def page(self, by: int) -> None:
        """Back (−1) or forth (1) a page of the scrollback; looking back pauses the stream."""
        fit = max(1, self.size.height - 2)
        self._page = max(0, min(self._page - by, max(0, len(self.back) - 1) // fit))
        self.hand.is_paused = self.hand.is_paused or self._page > 0
        self.refresh_rows()

    def _is_wanted(self, line: Line) -> bool:
        wanted = self.hand.filter.casefold()
        return not wanted or wanted in line.text.casefold() or wanted in line.name.casefold()

    def _title(self, cells: int) -> Row:
        say, rule = self.hand.say, self.ink("rule")
        row = RowOf(cells).put("┬─ ", rule).put(str(say("tui.stream_title")), self.ink("quiet", bold=True)).put(" ", rule)
        if self.hand.is_paused:
            text = say("tui.paused_page", page=self._page) if self._page else say("tui.paused", n=self._missed)
            row.put(f"{text} ", self.ink("level-warn", bold=True))
        elif row.room > width(legend := str(say("tui.stream_legend"))) + 2:
            row.put("─ ", rule).put(f"{legend} ", self.ink("quiet"))
        return row.put("─" * row.room, rule).done(rule)

    def _boundary(self, cells: int) -> Row:
        return RowOf(cells).put("│", self.ink("rule")).put(BOUNDARY, self.ink("quiet")).done(self.ink("text"))

    def _blank(self, cells: int) -> Row:
        return RowOf(cells).put("│", self.ink("rule")).done(self.ink("text"))

    def _line(self, cells: int, line: Line, *, is_newest: bool) -> Row:
        pad = self.ink("text")
        name_cells = NAME_CELLS if cells >= 56 else 12 if cells >= 44 else 9
        row = RowOf(cells).put("│", self.ink("rule"))
        row.put("▸" if is_newest else " ", self.ink("newest") if is_newest else pad)
        row.put(line.name, self.ink("viewer-name"), name_cells).gap(1, pad)
        role = next((role for role in ROLES if role in line.roles), None)
        if role is not None:
            row.put(f"{self.hand.say(f'tui.role.{role}')} ", self.ink("viewer-role"))
        if line.history or line.late:
            row.put(f"{self.hand.say('tui.history' if line.history else 'tui.late')} ", self.ink("quiet"))
        if line.text:
            return row.put(line.text, self.ink("text" if line.need != "none" else "quiet")).done(pad)
        code = f"tui.kind.{line.kind}"
        return row.put(str(self.hand.say(code)), self.ink("quiet")).done(pad)
