"""Text in terminal cells: measured, cut between characters, wrapped. Nothing here knows a widget."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, split_graphemes

ELLIPSIS = "…"
_SPARKS = "▁▂▃▄▅▆▇█"
# After these a line may end; CJK may break anywhere else too, but never before closing punctuation.
_NEVER_FIRST = frozenset("×，。！？；：、）》」』”’…,.!?;:)]}%％")


def width(text: str) -> int:
    """Cells that `text` occupies."""
    return len(text) if text.isascii() else cell_len(text)


@lru_cache(4096)
def cut(text: str, most: int) -> str:
    """`text` in at most `most` cells; what is left away shows as …, and no character is cut in its middle."""
    if width(text) <= most:
        return text
    if most <= 0:
        return ""
    if text.isascii():
        return text[: most - 1] + ELLIPSIS
    spans, _ = split_graphemes(text)
    used = 0
    end = 0
    for _, stop, cells in spans:
        if used + cells > most - 1:
            break
        used += cells
        end = stop
    return text[:end].rstrip() + ELLIPSIS


def left(text: str, cells: int) -> str:
    """`text` cut and padded on the right to exactly `cells`."""
    shown = cut(text, cells)
    return shown + " " * (cells - width(shown))


def right(text: str, cells: int) -> str:
    """`text` cut and padded on the left to exactly `cells`: numbers stand still."""
    shown = cut(text, cells)
    return " " * (cells - width(shown)) + shown


def wrap(text: str, cells: int, lines: int) -> list[tuple[int, int]]:
    """Break `text` into at most `lines` spans (code points, half-open) of at most `cells` each.

    Breaks after a blank where one stands in the line's last third, else between any two graphemes; closing punctuation
    never starts a line. What doesn't fit is simply not covered: the caller shows that.
    """
    spans, _ = split_graphemes(text)
    out: list[tuple[int, int]] = []
    first = 0
    while first < len(spans) and len(out) < lines:
        used = 0
        stop = first
        while stop < len(spans) and used + spans[stop][2] <= cells:
            used += spans[stop][2]
            stop += 1
        if stop == first:
            break
        if stop < len(spans):
            stop = _good_break(text, spans, first, stop)
        out.append((spans[first][0], spans[stop - 1][1]))
        first = stop
    return out


def _good_break(text: str, spans: list[tuple[int, int, int]], first: int, stop: int) -> int:
    for back in range(stop, first + (stop - first) * 2 // 3, -1):
        if text[spans[back - 1][0]] == " ":
            return back
    if stop - first > 2 and text[spans[stop][0]] in _NEVER_FIRST:
        return stop - 1
    return stop


def spark(values: tuple[int, ...], cells: int) -> str:
    """The last `cells` values as bars of eight heights.

    The scale starts at 0 and ends at the highest value, or at twice the lowest where all are alike: a steady row runs
    along the middle, and only a real change stands out.
    """
    shown = values[-cells:]
    top = max(max(shown, default=0), 2 * min(shown, default=0))
    bars = "".join(_SPARKS[0 if top <= 0 else max(0, value) * 7 // top] for value in shown)
    return right(bars, cells)
