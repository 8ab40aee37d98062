"""The foot: one line that says what happened, one that says what the keys do now."""

from __future__ import annotations

from console.i18n import Speech
from console.tui.cells import cut, width
from console.tui.hand import Hand
from console.tui.panels.base import Panel, Row, RowOf

# What an open question can have done to it beside being answered, and what always goes.
_PUT_BY = ("snooze", "dismiss", "undo", "merge", "split")
_ALWAYS = ("filter", "pause", "health", "on_air", "quit")
# By what the cursor stands on, in order of use: what doesn't fit stands on the line above, while that has nothing to say.
HINTS = {
    "none": ("next", "filter", "pause", "health", "on_air", "theme", "quit"),
    "draft": ("next", "take", "reply", "copy", "said", *_PUT_BY, *_ALWAYS),
    "reuse": ("next", "reuse", "reply", "copy", *_PUT_BY, *_ALWAYS),
    "bare": ("next", "write", "said", *_PUT_BY, *_ALWAYS),
    "merging": ("next", "merge_here", "filter", "give_up"),
    "picking": ("next", "split_off", "give_up"),
    "closed": ("most_urgent", "undo", "next", *_ALWAYS),
    "reading": ("said_it", "pasted", "edit", "not_yet", "quit"),
    "answer": ("copy_it", "keep"),
    "answer_blank": ("type", "leave"),
    "filter": ("apply", "clear"),
    "on_air": ("set_link", "leave"),
}
FEWEST_ABOVE = 3
"""For one or two keys no second line is begun; `?` knows them."""
Hint = tuple[str, str]
"""The key, and what it does."""


def mode_of(hand: Hand) -> str:
    """Which keys matter now: a name of HINTS."""
    if hand.writing is not None:
        return "answer_blank" if hand.writing == "answer" and hand.is_blank else hand.writing
    if hand.reading is not None:
        return "reading"
    if hand.picking is not None or hand.marked is not None:
        return "picking" if hand.picking is not None else "merging"
    row = hand.chosen
    if row is None:
        return "none"
    if not hand.is_open(row.id):
        return "closed"
    return row.mark if row.mark in ("draft", "reuse") else "bare"


def hints_of(say: Speech, mode: str, cells: int) -> tuple[list[Hint], list[Hint]]:
    """The hints that fit into `cells`, and the others."""
    shown: list[Hint] = []
    others: list[Hint] = []
    for name in HINTS[mode]:
        key, _, does = str(say(f"tui.hint.{name}")).partition(" ")
        cells -= width(key) + width(does) + 3
        (shown if cells >= 0 and not others else others).append((key, does))
    return shown, others


def first_cells(hand: Hand, cells: int) -> int:
    """Cells that the lower line has for hints."""
    help_cells = width(str(hand.say("tui.hint.help"))) + 1 if hand.writing is None else 0
    note = hand.note if hand.writing is not None and hand.note else ""
    return cells - 1 - help_cells - (width(note) + 4 if note else 0)


class OfHand(Panel):
    """A line about what the hand is doing."""

    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand


class KeyLine(OfHand):
    """A line of keys: another one only where the mode or the note changes."""

    def inputs(self) -> tuple[object, ...] | None:
        return (mode_of(self.hand), self.hand.note, self.hand.marked)


class Notice(KeyLine):
    """What happened; while nothing did, the keys for which the last line had no room."""

    def make(self, cells: int, lines: int) -> list[Row]:
        hand, pad, quiet = self.hand, self.ink("text"), self.ink("quiet")
        row = RowOf(cells).gap(1, pad)
        note = hand.note
        if not note and hand.marked is not None:
            note = hand.say("tui.merging", text=cut(hand.marked.text, 30))
        if note:
            return [row.put("› ", self.ink("accent")).put(note, self.ink("text")).done(pad)]
        _, others = hints_of(hand.say, mode_of(hand), first_cells(hand, cells))
        for key, does in others if len(others) >= FEWEST_ABOVE else ():
            if width(key) + width(does) + 3 > row.room:
                break
            row.put(key, pad).put(f" {does}", quiet).gap(2, pad)
        return [row.done(pad)]


class Prompt(OfHand):
    """What the text being written is for."""

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


class Hints(KeyLine):
    def make(self, cells: int, lines: int) -> list[Row]:
        hand, say = self.hand, self.hand.say
        bar, key, quiet = self.ink("text", "bar"), self.ink("accent", "bar", bold=True), self.ink("quiet", "bar")
        row = RowOf(cells).gap(1, bar)
        shown, _ = hints_of(say, mode_of(hand), first_cells(hand, cells))
        for pressed, does in shown:
            row.put(pressed, key).put(f" {does}", quiet).gap(2, bar)
        if hand.writing is not None:
            if hand.note:
                row.put("› ", self.ink("accent", "bar")).put(hand.note, bar)
        else:
            help_key, _, help_word = str(say("tui.hint.help")).partition(" ")
            row.gap(row.room - width(help_key) - width(help_word) - 2, bar).put(help_key, key).put(f" {help_word}", quiet)
        return [row.done(bar)]
