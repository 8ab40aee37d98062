"""The foot: one line that says what happened, one that says what the keys do now."""

from __future__ import annotations

from console.tui.cells import cut, width
from console.tui.hand import Hand
from console.tui.panels.base import Panel, Row, RowOf

# By what the cursor stands on; in order of use, because the end is cut first at 80 cells.
HINTS = {
    "none": ("next", "filter", "pause", "health", "on_air", "theme", "quit"),
    "draft": ("next", "take", "reply", "copy", "said", "snooze", "dismiss", "undo", "filter"),
    "reuse": ("next", "reuse", "reply", "copy", "snooze", "dismiss", "undo", "filter"),
    "bare": ("next", "reply", "said", "snooze", "dismiss", "undo", "filter", "pause"),
    "closed": ("most_urgent", "undo", "next", "filter", "pause"),
    "reading": ("said_it", "pasted", "not_yet"),
    "answer": ("copy_it", "keep"),
    "filter": ("apply", "clear"),
    "on_air": ("set_link", "clear"),
}


class Notice(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand

    def make(self, cells: int, lines: int) -> list[Row]:
        pad = self.ink("text")
        row = RowOf(cells).gap(1, pad)
        if self.hand.note:
            row.put("› ", self.ink("accent")).put(self.hand.note, self.ink("text"))
        return [row.done(pad)]


class Prompt(Panel):
    """What the text being written is for."""

    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand

    @property
    def label(self) -> str:
        hand, say = self.hand, self.hand.say
        if hand.writing == "answer":
            row = hand.known.get(hand.writing_for or "")
            return f"{say('tui.answer_to')} {cut(row.text, 22)}" if row is not None else str(say("tui.answer_free"))
        return str(say(f"tui.prompt.{hand.writing}")) if hand.writing else ""

    @property
    def wanted_cells(self) -> int:
        return width(self.label) + 4

    def make(self, cells: int, lines: int) -> list[Row]:
        pad = self.ink("text", "lift")
        return [
            RowOf(cells).gap(1, pad).put(self.label, self.ink("accent", "lift", bold=True)).put(" › ", self.ink("accent", "lift")).done(pad)
        ]


class Hints(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand

    def inputs(self) -> tuple[object, ...] | None:
        return (self.mode, self.hand.note)

    @property
    def mode(self) -> str:
        hand = self.hand
        if hand.writing is not None:
            return hand.writing
        if hand.reading is not None:
            return "reading"
        row = hand.chosen
        if row is None:
            return "none"
        if not hand.is_open(row.id):
            return "closed"
        return row.mark if row.mark in ("draft", "reuse") else "bare"

    def make(self, cells: int, lines: int) -> list[Row]:
        say = self.hand.say
        bar, key, quiet = self.ink("text", "bar"), self.ink("accent", "bar", bold=True), self.ink("quiet", "bar")
        row = RowOf(cells).gap(1, bar)
        note = self.hand.note if self.hand.writing is not None and self.hand.note else ""
        help_key, _, help_word = str(say("tui.hint.help")).partition(" ")
        help_cells = width(help_key) + width(help_word) + 2 if self.hand.writing is None else 0
        for name in HINTS[self.mode]:
            pressed, _, does = str(say(f"tui.hint.{name}")).partition(" ")
            if width(pressed) + width(does) + 3 > row.room - help_cells - (width(note) + 4 if note else 0):
                break
            row.put(pressed, key).put(f" {does}", quiet).gap(2, bar)
        if note:
            row.put("› ", self.ink("accent", "bar")).put(note, bar)
        if help_cells:
            row.gap(row.room - help_cells, bar).put(help_key, key).put(f" {help_word}", quiet)
        return [row.done(bar)]
