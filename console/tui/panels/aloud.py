"""The card to read out: the answer alone in a box, as large as a terminal can make it, and what to press when it was said."""

from __future__ import annotations

import re

from console.tui.cells import spaced, steady, width, wrap
from console.tui.hand import Hand
from console.tui.panels.base import Row, RowOf
from console.tui.themes import Ink

ON = "lift"
MARGIN = 3
"""Cells between the box and what stands in it."""


_BREATH = re.compile(r"(?<=[，。！？；：,.!?;:]) ")
Line = tuple[str, str, bool]
"""Text, its colour, whether it is bold."""
BLANK: Line = ("", "text", False)


def read_aloud(hand: Hand, ink: Ink, cells: int, lines: int) -> list[Row]:
    """A box of `cells` by `lines`: the question small, the answer bold and wide, what to press. Empty while nothing is read."""
    reading = hand.reading
    if reading is None or lines < 1:
        return []
    say = hand.say
    inner = max(1, cells - 2 * (1 + MARGIN))
    row = hand.known.get(reading.cluster) if reading.cluster is not None else None
    head = _lines(str(say("tui.asked_by", n=row.askers, text=row.text)), inner, 1) if row is not None else []
    tool = say("tui.copied_with", tool=reading.copied_with) if reading.copied_with else say("tui.copied_osc52")
    keys = _lines(str(say("tui.read_aloud_keys" if reading.cluster is not None else "tui.read_aloud_keys_free")), inner, 1)
    foot = _lines(str(tool), inner, 2)
    room = max(1, lines - 2)
    if room < 8:
        head, foot = head if room > 4 else [], []
    text, step = _answer(reading.text, inner, max(1, room - len(head) - len(foot) - len(keys)))
    free = max(0, room - len(head) - len(foot) - len(keys) - (len(text) - 1) * step - 1)
    margin = min(1, free // 4)
    above = (free - 2 * margin) // 2
    body: list[Line] = [BLANK] * margin
    body += [(one, "quiet", False) for one in head] + [BLANK] * above
    for at, one in enumerate(text):
        body += [BLANK] * (step - 1 if at else 0) + [(one, "bright", True)]
    body += [BLANK] * (free - 2 * margin - above)
    body += [(one, "quiet", False) for one in foot] + [(one, "accent", True) for one in keys] + [BLANK] * margin
    return _boxed(ink, cells, str(say("tui.read_aloud")), body[:room])[:lines]


def _boxed(ink: Ink, cells: int, title: str, body: list[Line]) -> list[Row]:
    frame, pad = ink("accent", bold=True), ink("text", ON)
    top = RowOf(cells).put("┏━ ", frame).put(title, frame).put(" ", frame)
    rows = [top.put("━" * max(0, top.room - 1), frame).put("┓", frame).done(frame)]
    for text, colour, is_bold in body:
        row = RowOf(cells).put("┃", frame).gap(MARGIN, pad).put(text, ink(colour, ON, bold=is_bold), max(0, cells - 2 * (1 + MARGIN)))
        rows.append(row.gap(row.room - 1, pad).put("┃", frame).done(frame))
    return [*rows, RowOf(cells).put("┗" + "━" * max(0, cells - 2) + "┛", frame).done(frame)]


def _answer(text: str, cells: int, room: int) -> tuple[list[str], int]:
    """The answer's lines and their distance: spaced out, a phrase to a line, on every second line, as far as there is room."""
    phrases = _phrased(spaced(steady(text)), cells)
    for step in (2, 1):
        if len(phrases) * step + 2 <= room:
            return phrases, step
    return _lines(text, cells, max(1, room)), 1


def _phrased(text: str, cells: int) -> list[str]:
    """Lines that end where a breath is taken, if they can."""
    lines: list[str] = []
    for phrase in _BREATH.split(text):
        if lines and width(lines[-1]) + 1 + width(phrase) <= cells:
            lines[-1] += f" {phrase}"
        else:
            lines += _lines(phrase, cells, len(phrase))
    return lines


def _lines(text: str, cells: int, most: int) -> list[str]:
    """`text` wrapped; what doesn't fit ends in …"""
    text = steady(text)
    spans = wrap(text, cells, max(1, most))
    return [text[first : end if at < len(spans) - 1 else len(text)].strip() for at, (first, end) in enumerate(spans)]
