"""How changed spans reach the terminal: straight, while nothing lies over the room's screen, else through Textual's compositor.

One row through the compositor costs about 1.5 ms (it composes the whole screen around it); written straight, some 50 µs.
Both show the same cells, because the compositor later asks the panels for the same rows. Textual is pinned exactly for this.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.color import ColorSystem
from rich.style import Style
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.app import App
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from console.tui.cells import is_agreed
from console.tui.panels.base import Panel, Row, Span, is_risky


class Pen:
    """Writes styled text and says only what differs from the style before: most of a frame's bytes are colours."""

    def __init__(self, system: ColorSystem) -> None:
        self._system = system
        self._parts: dict[Style, tuple[str, str, str]] = {}
        self._now: tuple[str, str, str] | None = None
        self.out: list[str] = []

    def to(self, x: int, y: int) -> None:
        self.out.append(f"\x1b[{y + 1};{x + 1}H")

    def write(self, text: str, style: Style) -> None:
        wanted = self._parts.get(style)
        if wanted is None:
            wanted = self._parts[style] = self._split(style)
        now = self._now
        if wanted is not now:
            attributes, front, back = wanted
            if now is None or attributes != now[0]:
                self.out.append(f"\x1b[0{attributes}{front}{back}m")
                self._now = wanted
            elif back != now[2]:
                self.out.append(f"\x1b[{(front + back)[1:]}m")
                self._now = wanted
            elif front != now[1] and not (text.isspace() and not attributes):
                self.out.append(f"\x1b[{front[1:]}m")
                self._now = wanted
        self.out.append(text)

    def piece(self, text: str, style: Style, x: int, y: int, cells: int) -> bool:
        """Write `text` where the pen stands, at (x, y); True = this terminal may hold another opinion about its width.

        Then: where it draws less, the cells are painted before; where it draws more, the pieces after it are written over its
        end, and it never reaches the next line.
        """
        if is_agreed(text):
            self.write(text, style)
            return False
        self.write(" " * cells, style)
        self.to(x, y)
        self.out.append("\x1b[?7l")
        self.write(text.rstrip(" "), style)
        self.out.append("\x1b[?7h")
        self.to(x + cells, y)
        return True

    def _split(self, style: Style) -> tuple[str, str, str]:
        """Attributes, foreground, background as SGR parameters, each with a leading semicolon."""
        front = Style(color=style.color)
        back = Style(bgcolor=style.bgcolor)
        attributes = style.without_color
        return tuple(";" + made if (made := Strip.render_ansi(one, self._system)) else "" for one in (attributes, front, back))  # type: ignore[return-value]

    def done(self) -> str:
        self.out.append("\x1b[0m")
        text = "".join(self.out)
        self.out.clear()
        self._now = None
        return text


class Painter:
    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._pen: Pen | None = None

    def flush(self, panels: Iterable[Panel]) -> None:
        """Paint every noted span."""
        everyone = tuple(panels)
        dirty = [panel for panel in everyone if panel.spans]
        if not dirty:
            return
        if not self.can_write():
            for panel in dirty:
                panel.refresh(*(Region(first, y, end - first, 1) for y, first, end in panel.spans))
                panel.spans.clear()
            return
        pen = self._ready_pen()
        risky: list[tuple[int, int]] = []
        for panel in dirty:
            left, top, cells, _ = panel.region
            if cells:
                risky += [(top + span[0], left + cells) for span in panel.spans if _span(pen, panel.rows[span[0]], left, top, span)]
            else:  # it stands behind another panel
                panel.forget()
            panel.spans.clear()
        for y, x in risky:
            _line(pen, everyone, y, x)
        self._send(pen)

    def settle(self, panels: Iterable[Panel]) -> None:
        """After the compositor wrote whole lines: where a text may have shifted one, write it again, each piece at its place."""
        if not self.can_write():
            return
        everyone = tuple(panels)
        shown = [panel for panel in everyone if panel.display and panel.size.width]
        lines = {panel.region.y + y for panel in shown for y, row in enumerate(panel.rows[: panel.size.height]) if is_risky(row)}
        if lines:
            pen = self._ready_pen()
            for y in sorted(lines):
                _line(pen, everyone, y, 0)
            self._send(pen)

    def show(self, widget: Widget) -> None:
        """Paint a one-row widget of fixed size at once, instead of in Textual's next frame: the echo of a key.

        Textual would lay out the whole screen anew, because an Input's scrollable width grew by a letter; its place doesn't change.
        """
        region = widget.region
        if not region.width or not self.can_write():
            return
        pen = self._ready_pen()
        pen.to(region.x, region.y)
        for strip in widget.render_lines(Region(0, 0, region.width, 1)):
            x = region.x
            for segment in strip:
                pen.piece(segment.text, segment.style or Style.null(), x, region.y, segment.cell_length)
                x += segment.cell_length
        self._send(pen)
        widget._layout_required = widget._repaint_required = False
        widget._exchange_repaint_regions()

    def can_write(self) -> bool:
        """Nothing but the room's screen is in sight, and its layout stands."""
        app = self._app
        driver = app._driver
        if driver is None or driver.is_headless or app._batch_count or len(app.screen_stack) != 1:
            return False
        screen = app.screen
        return (
            not screen._layout_required
            and not screen._compositor._full_map_invalidated
            and all(isinstance(one, ANSIToTruecolor) for one in screen.get_line_filters())
        )

    def _ready_pen(self) -> Pen:
        if self._pen is None:
            self._pen = Pen(self._app.console._color_system or ColorSystem.TRUECOLOR)
        return self._pen

    def _send(self, pen: Pen) -> None:
        app = self._app
        x, y = app.screen.outer_size.clamp_offset(app.cursor_position)
        frame = f"{pen.done()}\x1b[{y + 1};{x + 1}H"
        assert app._driver is not None
        app._driver.write(f"{SYNC_START}{frame}{SYNC_END}" if app._sync_available else frame)


def _span(pen: Pen, row: Row, left: int, top: int, span: Span) -> bool:
    """Write one span; True = with a text that may have reached beyond its place."""
    y, first, end = span
    at = 0
    is_loose = False
    pen.to(left + first, top + y)
    for text, style, cells in row:
        if at >= end:
            break
        if at >= first:
            if at + cells > end and not text.strip(" "):
                text = text[: end - at]
            if pen.piece(text, style, left + at, top + y, cells):
                is_loose = True
                end = sum(one[2] for one in row)
        at += cells
    return is_loose


def _line(pen: Pen, panels: Iterable[Panel], y: int, from_x: int) -> None:
    """One line of the screen anew, from the panel that begins at `from_x` or right of it."""
    for panel in panels:
        left, top, cells, height = panel.region
        if panel.display and cells and left >= from_x and top <= y < top + min(height, len(panel.rows)):
            _span(pen, panel.rows[y - top], left, top, (y - top, 0, cells))
