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

from console.domain.text import is_harmless
from console.tui.panels.base import Panel, Row, Span


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
        dirty = [panel for panel in panels if panel.spans]
        if not dirty:
            return
        if not self.can_write():
            for panel in dirty:
                panel.refresh(*(Region(first, y, end - first, 1) for y, first, end in panel.spans))
                panel.spans.clear()
            return
        pen = self._ready_pen()
        for panel in dirty:
            left, top, cells, _ = panel.region
            if cells:
                for span in panel.spans:
                    _span(pen, panel.rows[span[0]], left, top, span)
            else:  # it stands behind another panel
                panel.forget()
            panel.spans.clear()
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
            for text, style, _ in strip:
                pen.write(text, style or Style.null())
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


def _span(pen: Pen, row: Row, left: int, top: int, span: Span) -> None:
    y, first, end = span
    at = 0
    pen.to(left + first, top + y)
    for text, style, cells in row:
        if at >= end:
            break
        if at >= first:
            if at + cells > end and not text.strip(" "):
                text = text[: end - at]
            pen.write(text, style)
            if len(text) > 1 and not text.isascii() and not is_harmless(text):
                # A terminal may hold another opinion about such a character's width: the next piece names its place.
                pen.to(left + at + cells, top + y)
        at += cells
