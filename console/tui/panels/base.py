"""A panel: rows of styled text, each as wide as the panel, of which only the changed part is painted again."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from console.tui.cells import fit, is_agreed, right
from console.tui.themes import Ink

Piece = tuple[str, Style, int]
"""Text, its style, its width in cells."""
Row = tuple[Piece, ...]
Span = tuple[int, int, int]
"""Row, first cell, end cell (half-open)."""


class RowOf:
    """Builds one row from left to right and never past `cells`."""

    __slots__ = ("_pieces", "at", "cells")

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self.at = 0
        self._pieces: list[Piece] = []

    @property
    def room(self) -> int:
        return self.cells - self.at

    def put(self, text: str, style: Style, cells: int | None = None) -> RowOf:
        """Append `text`; with `cells` it is cut or padded to exactly so many. What has no room is cut with …."""
        most = self.room if cells is None else min(cells, self.room)
        if most <= 0:
            return self
        shown, used = fit(text, most)
        if cells is not None and used < most:
            shown += " " * (most - used)
            used = most
        if used:
            self._pieces.append((shown, style, used))
            self.at += used
        return self

    def put_right(self, text: str, style: Style, cells: int) -> RowOf:
        return self.put(right(text, cells), style)

    def gap(self, cells: int, style: Style) -> RowOf:
        return self.put(" " * min(cells, max(0, self.room)), style)

    def done(self, pad: Style) -> Row:
        if self.room > 0:
            self._pieces.append((" " * self.room, pad, self.room))
            self.at = self.cells
        return tuple(self._pieces)


def content_end(row: Row) -> int:
    """The cell after the last piece that isn't the padding at the row's end."""
    total = sum(cells for _, _, cells in row)
    return total - row[-1][2] if row and not row[-1][0].strip(" ") else total


def changed(old: Row, new: Row) -> tuple[int, int]:
    """The span of cells that must be painted to turn `old` into `new`, at piece borders: what is equal at either end is left alone."""
    total = sum(cells for _, _, cells in new)
    if sum(cells for _, _, cells in old) != total:
        return 0, total
    head = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        head += 1
    tail = 0
    for one, other in zip(reversed(old[head:]), reversed(new[head:]), strict=False):
        if one != other:
            break
        tail += 1
    first = sum(cells for _, _, cells in new[:head])
    end = total - sum(cells for _, _, cells in new[len(new) - tail :])
    if not tail and old and new and old[-1][1] is new[-1][1]:
        end = min(end, max(content_end(old), content_end(new)))
    return first, max(first, end)


def is_risky(row: Row) -> bool:
    """Whether terminals may disagree about the width of something in it."""
    return not all(is_agreed(text) for text, _, _ in row)


class Panel(Widget):
    """`make(cells, lines)` of a subclass gives all rows for its size; `refresh_rows()` paints what differs.

    Rows reach the terminal in two ways that show the same: through Textual's compositor, and, while nothing lies over the
    screen, straight as the changed span (console/tui/painter.py).
    """

    can_focus = False
    ALLOW_SELECT = False

    def __init__(self, ink: Callable[[], Ink], *, id: str) -> None:
        super().__init__(id=id)
        self._ink = ink
        self.rows: list[Row] = []
        self._strips: dict[int, Strip] = {}
        self._made_for: tuple[int, int] | None = None
        self._made_from: tuple[object, ...] | None = None
        self.spans: list[Span] = []
        """What changed and isn't painted yet."""

    @property
    def ink(self) -> Ink:
        return self._ink()

    def inputs(self) -> tuple[object, ...] | None:
        """Everything that `make` looks at, where comparing it is cheaper than making; equal inputs are not made twice."""
        return None

    def make(self, cells: int, lines: int) -> list[Row]:
        raise NotImplementedError

    def refresh_rows(self) -> None:
        """Make all rows again and note what differs."""
        size = self.size
        if not size.width or not size.height or not self.display:
            return
        inputs = self.inputs()
        if inputs is not None and inputs == self._made_from and self._made_for == (size.width, size.height):
            return
        self._made_from = inputs
        made = self.make(size.width, size.height)
        del made[size.height :]
        blank = RowOf(size.width).done(self.ink("text"))
        made.extend([blank] * (size.height - len(made)))
        if self._made_for != (size.width, size.height):
            self._replace(made)
            return
        for y, row in enumerate(made):
            self.set_row(y, row)

    def _replace(self, rows: list[Row]) -> None:
        self._made_for = (self.size.width, self.size.height)
        self.rows = rows
        self._strips.clear()
        self.spans.clear()
        self.refresh()

    def set_row(self, y: int, row: Row) -> None:
        """Put one row; nothing happens where it is the same."""
        old = self.rows[y]
        if old == row:
            return
        self.rows[y] = row
        self._strips.pop(y, None)
        first, end = changed(old, row)
        if end > first:
            self.spans.append((y, first, end))

    def forget(self) -> None:
        """The next paint makes everything anew (another theme, another language)."""
        self._made_for = None

    def strip(self, y: int) -> Strip:
        found = self._strips.get(y)
        if found is None:
            found = Strip([Segment(text, style) for text, style, _ in self.rows[y]], sum(cells for _, _, cells in self.rows[y]))
            for line_filter in self.get_line_filters():
                if not isinstance(line_filter, ANSIToTruecolor):  # our styles hold no ANSI colours
                    found = found.apply_filter(line_filter, self.background_colors[1])
            self._strips[y] = found
        return found

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual asks for these when it composes the screen; the size may have changed since the last paint."""
        if self._made_for != (self.size.width, self.size.height):
            self.refresh_rows()
        blank = Strip.blank(crop.width, self.ink("text"))
        whole = crop.x == 0 and crop.width == self.size.width
        out: list[Strip] = []
        for y in crop.line_range:
            if not 0 <= y < len(self.rows):
                out.append(blank)
            else:
                strip = self.strip(y)
                out.append(strip if whole else strip.crop(crop.x, crop.right))
        return out

    def render_line(self, y: int) -> Strip:
        return self.strip(y) if 0 <= y < len(self.rows) else Strip.blank(self.size.width)

    def on_resize(self) -> None:
        self.refresh_rows()
