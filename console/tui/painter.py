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
from textual.geometry import Region
from textual.strip import Strip

from console.domain.text import is_harmless
from console.tui.panels.base import Panel, Row


class Painter:
    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._sgr: dict[Style, str] = {}
        self.frames = 0

    def flush(self, panels: Iterable[Panel], *, is_covered: bool) -> None:
        """Paint every noted span. `is_covered`: another screen lies on top."""
        dirty = [panel for panel in panels if panel.spans]
        if not dirty:
            return
        self.frames += 1
        if is_covered or not self._can_write():
            for panel in dirty:
                panel.refresh(*(Region(first, y, end - first, 1) for y, first, end in panel.spans))
                panel.spans.clear()
            return
        out: list[str] = []
        for panel in dirty:
            left, top, _, _ = panel.region
            for y, first, end in panel.spans:
                self._span(out, panel.rows[y], left, top + y, first, end)
            panel.spans.clear()
        self._write(out)

    def _can_write(self) -> bool:
        app = self._app
        screen = app.screen
        return (
            app._driver is not None
            and not app._driver.is_headless
            and not app._batch_count
            and not screen._layout_required
            and not screen._compositor._full_map_invalidated
            and not screen.get_line_filters()
        )

    def _write(self, out: list[str]) -> None:
        app = self._app
        x, y = app.screen.outer_size.clamp_offset(app.cursor_position)
        out.append(f"\x1b[{y + 1};{x + 1}H")
        if app._sync_available:
            out.insert(0, SYNC_START)
            out.append(SYNC_END)
        assert app._driver is not None
        app._driver.write("".join(out))

    def _span(self, out: list[str], row: Row, left: int, y: int, first: int, end: int) -> None:
        at = 0
        out.append(f"\x1b[{y + 1};{left + first + 1}H")
        for text, style, cells in row:
            if at >= end:
                break
            if at >= first:
                if at + cells > end and not text.strip(" "):
                    text = text[: end - at]
                out.append(self._styled(style))
                out.append(text)
                if not text.isascii() and not is_harmless(text):
                    # A terminal may hold another opinion about such a character's width: the next piece names its place.
                    out.append(f"\x1b[{y + 1};{left + at + cells + 1}H")
            at += cells
        out.append("\x1b[0m")

    def _styled(self, style: Style) -> str:
        found = self._sgr.get(style)
        if found is None:
            system = self._app.console._color_system or ColorSystem.TRUECOLOR
            found = self._sgr[style] = f"\x1b[0;{Strip.render_ansi(style, system)}m"
        return found
