"""Text in terminal cells: measured, cut between characters, wrapped. Nothing here knows a widget.

Everything is measured as it is drawn: in the form that `steady()` gives it, on whose width all terminals agree.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len, split_graphemes

ELLIPSIS = "…"
_SPARKS = "▁▂▃▄▅▆▇█"
# After these a line may end; CJK may break anywhere else too, but never before closing punctuation.
_NEVER_FIRST = frozenset("×，。！？；：、）》」』”’…～,.!?;:)]}%％")

# Every terminal gives these the same cells: Latin, Greek, Cyrillic, our own signs, CJK, kana, Hangul, full width, and the emoji
# that East Asian Width has called wide since Unicode 9.
_AGREED = re.compile(
    "[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0556\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff\u231a\u231b"
    "\u23e9-\u23ec\u2460-\u25fc\u2605\u2606\u2640\u2642\u2660-\u2667\u26a1\u2705\u2713\u2728\u274c\u274e\u2753-\u2755\u2757\u2b50\u2b55"
    "\u3001-\u3029\u3030-\u3096\u309b-\u30ff\u3131-\u3163\u3200-\u321e\u3220-\u3247\u3250-\u32fe\u3300-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufad9\uff01-\uff9d"
    "\U0001f300-\U0001f320\U0001f32d-\U0001f335\U0001f337-\U0001f37c\U0001f37e-\U0001f393\U0001f3a0-\U0001f3ca\U0001f3e0-\U0001f3f0"
    "\U0001f3f4\U0001f400-\U0001f43e\U0001f440\U0001f442-\U0001f4fc\U0001f4ff-\U0001f53d\U0001f595\U0001f596\U0001f5a4"
    "\U0001f5fb-\U0001f64f\U0001f680-\U0001f6c5\U0001f910-\U0001f91e\U0001f920-\U0001f927\U0001f933-\U0001f93a\U0001f940-\U0001f945"
    "\U0001f950-\U0001f95e\U0001f980-\U0001f991]*"
)
_ZWJ = "\u200d"
_SEXES = "\u2640\u2642"
# Variation selectors, the keycap's frame, and marks that belong to no script in particular.
_DROPPED = re.compile("[\ufe00-\ufe0f\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u180b-\u180f\U000e0100-\U000e01ef]+")
_FIRST_FLAG, _LAST_FLAG = 0x1F1E6, 0x1F1FF
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


def is_agreed(text: str) -> bool:
    """Whether every terminal gives `text` the same cells. Of what is not, the painter names the place of the next piece."""
    return text.isascii() or _AGREED.fullmatch(text) is not None


@lru_cache(8192)
def steady(text: str) -> str:
    """`text` without the sequences on whose width terminals disagree. Idempotent.

    A family shows its members, a flag its two letters, a keycap its digit; hearts and clouds their text form; skin colours
    and stacked marks that no letter takes in vanish. Copying and sending never use this form.
    """
    if is_agreed(text):
        return text
    kept: list[str] = []
    before = ""
    for char in _DROPPED.sub("", unicodedata.normalize("NFC", text)):
        code = ord(char)
        if _FIRST_FLAG <= code <= _LAST_FLAG:
            kept.append(chr(ord("A") + code - _FIRST_FLAG))
        elif not (char == _ZWJ or (char in _SEXES and before == _ZWJ) or (char in _TONES and kept and kept[-1] != " ")):
            kept.append(char)
        before = char
    return unicodedata.normalize("NFC", "".join(kept))


def clusters(text: str) -> list[tuple[int, int, int]]:
    """What may not be cut apart: first and end code point, cells. Of a steady text.

    A vowel sign that stands beside its letter counts one cell: some terminals give it one, the others leave it blank.
    """
    spans, _ = split_graphemes(text)
    if is_agreed(text):
        return spans
    return [(first, end, cells + _beside(text[first:end])) for first, end, cells in spans]


def _beside(cluster: str) -> int:
    return sum(unicodedata.category(char) == "Mc" for char in cluster[1:]) if len(cluster) > 1 else 0


@lru_cache(8192)
def width(text: str) -> int:
    """Cells that `text` occupies when it is drawn."""
    if text.isascii():
        return len(text)
    text = steady(text)
    return cell_len(text) if is_agreed(text) else sum(cells for _, _, cells in clusters(text))


@lru_cache(8192)
def fit(text: str, most: int) -> tuple[str, int]:
    """`text` as it is drawn in at most `most` cells, and its cells; what is left away shows as …

    No character is cut in its middle. Blanks at the end fill what some terminals would leave empty.
    """
    if most <= 0:
        return "", 0
    if is_agreed(text):  # most texts: looked at once
        used = cell_len(text)
        if used <= most:
            return text, used
    else:
        text = steady(text)
        used = width(text)
        if used <= most:
            return _filled(text, used), used
    if text.isascii():
        return text[: most - 1] + ELLIPSIS, most
    used = end = 0
    for _, stop, cells in clusters(text):
        if used + cells > most - 1:
            break
        used += cells
        end = stop
    shown = text[:end].rstrip() + ELLIPSIS
    used = width(shown)
    return _filled(shown, used), used


def _filled(text: str, cells: int) -> str:
    return text if is_agreed(text) else text + " " * (cells - cell_len(text))


def cut(text: str, most: int) -> str:
    """`text` in at most `most` cells; what is left away shows as …, and no character is cut in its middle."""
    return fit(text, most)[0]


def without_middle(text: str, most: int) -> str:
    """`text` in at most `most` cells, its end whole as far as there is room: of a path, the file's name stays."""
    text = steady(text)
    if width(text) <= most:
        return text
    spans = clusters(text)
    tail, used = len(text), 0
    for first, _, cells in reversed(spans):
        if used + cells > most * 2 // 3:
            break
        tail, used = first, used + cells
    return cut(text, most - used) + text[tail:]


def left(text: str, cells: int) -> str:
    """`text` cut and padded on the right to exactly `cells`."""
    shown, used = fit(text, cells)
    return shown + " " * (cells - used)


def right(text: str, cells: int) -> str:
    """`text` cut and padded on the left to exactly `cells`: numbers stand still."""
    shown, used = fit(text, cells)
    return " " * (cells - used) + shown


def wrap(text: str, cells: int, lines: int) -> list[tuple[int, int]]:
    """Break a steady `text` into at most `lines` spans (code points, half-open) of at most `cells` each.

    Breaks after a blank where one stands in the line's last third, else between any two graphemes; closing punctuation
    never starts a line. What doesn't fit is simply not covered: the caller shows that.
    """
    spans = clusters(text)
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


_WIDE = re.compile(r"(?<=[\u3001-\u9fff\uac00-\ud7a3\uff01-\uff60])(?=\S)|(?<=[!-~])(?=[\u3001-\u9fff\uac00-\ud7a3\uff01-\uff60])")
_TIGHT = re.compile(r" (?=[，。！？；：、）》」』”’…～])")


def spaced(text: str) -> str:
    """CJK characters with a blank between them, so that a text reads larger; words and numbers stay whole."""
    return _TIGHT.sub("", _WIDE.sub(" ", text))


def spark(values: tuple[int, ...], cells: int) -> str:
    """The last `cells` values as bars of eight heights.

    The scale starts at 0 and ends at the highest value, or at twice the lowest where all are alike: a steady row runs
    along the middle, and only a real change stands out.
    """
    shown = values[-cells:]
    top = max(max(shown, default=0), 2 * min(shown, default=0))
    bars = "".join(_SPARKS[0 if top <= 0 else max(0, value) * 7 // top] for value in shown)
    return right(bars, cells)
