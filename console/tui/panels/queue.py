"""The ranked questions. Read from two metres: which first (bar), how late (clock), how many people, what one key will do.

In a full room nearly everything is late. So the bar's weight is the rank, the loud red belongs to the worst few and to what
has just turned late, and what has waited beyond hope is quiet again.
"""

from __future__ import annotations

from rich.style import Style
from textual import events

from console.room.view import Row as Item
from console.tui.cells import width
from console.tui.hand import Hand
from console.tui.order import BLANK
from console.tui.panels.base import Panel, Row, RowOf
from console.tui.words import clock

BARS = ((3, "▌"), (9, "▎"))
"""The last rank that gets a bar, from the heaviest."""
JUST_MS = 3_000
"""So long a row that has just turned late is as loud as the worst."""
BEYOND_HOPE = "hopeless"
"""The core's own word for it: a term of the score (docs: urgency table)."""
GRADES = {"ok": "clock-ok", "due": "clock-due", "loud": "clock-late", "late": "clock-past", "long": "quiet"}
MARK_SIGNS = {"draft": "✓", "reuse": "↻", "no_fact": "–", "person": "!", "none": " "}
MARK_COLOURS = {"draft": "mark-draft", "reuse": "mark-reuse", "no_fact": "mark-no-fact", "person": "mark-person", "none": "quiet"}
MARKED = "◆"
CLOSED_SIGNS = {"dismissed": "×", "snoozed": "~", "expired": "·"}
ANSWER_FROM, LEAST_ANSWER = 36, 10
"""From so many cells of text a long question leaves half of them to the answer given; fewer cells than this tell nothing of it."""
SIGNS_FROM, WORDS_FROM = 30, 58
"""From so many cells a row has its mark as a sign; the intent, and the mark as a word."""


class Queue(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand
        self._known: dict[str, tuple[tuple[object, ...], Row]] = {}
        """The row last made of each item in sight, and what it was made from."""
        self._late_from: dict[str, int | None] = {}
        """When an item in sight was seen to turn late (feed's ms); None = it isn't, 0 = it was when it came in sight."""

    def make(self, cells: int, lines: int) -> list[Row]:
        height = max(1, lines - 1)
        ids = self.hand.order.window(height)
        rows = [self._title(cells, height)]
        for at, one in enumerate(ids, 1):
            item = self.hand.known.get(one)
            rows.append(self._item(cells, at, item) if item is not None and one != BLANK else RowOf(cells).done(self.ink("text")))
        self._known = {one: self._known[one] for one in ids if one in self._known}
        self._late_from = {one: self._late_from[one] for one in ids if one in self._late_from}
        if not ids:
            rows.extend(self._empty(cells, height))
        return rows

    def _title(self, cells: int, height: int) -> Row:
        say, rule = self.hand.say, self.ink("rule")
        row = RowOf(cells).put("─ ", rule).put(str(say("tui.queue_title")), self.ink("quiet", bold=True)).put(" ", rule)
        if self.hand.filter:
            row.put(str(say("tui.filtered", text=self.hand.filter)), self.ink("accent")).put(" ", rule)
        more = self.hand.order.out_of_sight(self.hand.ranked, height)
        below = len(self.hand.order.ids) - self.hand.order.top - height
        end = ""
        if more:
            end = f" {say('tui.more_urgent', n=more)} "
        elif below > 0:
            end = f" {say('tui.more_below', n=below)} "
        row.put("─" * max(0, row.room - width(end) - 1), rule)
        row.put(end, self.ink("clock-late" if more else "quiet", bold=bool(more)))
        return row.put("─", rule).done(rule)

    def _empty(self, cells: int, height: int) -> list[Row]:
        pad = self.ink("text")
        blank = RowOf(cells).done(pad)
        code = "tui.queue_filtered_empty" if self.hand.filter else "tui.queue_empty"
        return [blank] * min(2, height - 1) + [RowOf(cells).gap(4, pad).put(str(self.hand.say(code)), self.ink("quiet")).done(pad)]

    def _item(self, cells: int, at: int, item: Item) -> Row:
        """One row, made again only where something in it changed."""
        is_chosen, is_open = item.id == self.hand.order.cursor, self.hand.is_open(item.id)
        waited = clock(self.hand.now_ms - item.wait_from_ms) if is_open else ""
        ago = clock(self.hand.now_ms - item.answered_ms) if item.mark == "reuse" and item.answered_ms is not None else ""
        grade = self._grade(item)
        inputs = (item, at, is_chosen, is_open, waited, ago, cells, self.ink, grade, self._is_marked(item))
        known = self._known.get(item.id)
        if known is not None and known[0] == inputs:
            return known[1]
        row = self._make_item(cells, at, item, waited, ago, grade)
        self._known[item.id] = (inputs, row)
        return row

    def _is_marked(self, item: Item) -> bool:
        """Whether it waits for the other one that it is to be merged with."""
        return self.hand.marked is not None and self.hand.marked.id == item.id

    def _grade(self, item: Item) -> str:
        """How loud its clock is: a key of GRADES."""
        now_ms = self.hand.now_ms
        if item.clock != "late":
            self._late_from[item.id] = None
            return item.clock
        before = self._late_from.setdefault(item.id, 0)
        if before is None:
            before = self._late_from[item.id] = now_ms
        if item.rank <= BARS[0][0] or now_ms - before < JUST_MS:
            return "loud"
        return "long" if any(why.signal == BEYOND_HOPE for why in item.why) else "late"

    def _make_item(self, cells: int, at: int, item: Item, waited: str, ago: str, grade: str) -> Row:
        hand = self.hand
        is_chosen = item.id == hand.order.cursor
        is_open = hand.is_open(item.id)
        on = "lift" if is_chosen else "surface"
        wide = cells >= WORDS_FROM
        pad = self.ink("text", on)
        late = GRADES[grade] if is_open else "quiet"
        bar = next((sign for last, sign in BARS if item.rank <= last), " ")
        row = RowOf(cells)
        row.put(bar if is_open else " ", self.ink(late, on))
        row.put(MARKED if self._is_marked(item) else "▸" if is_chosen else " ", self.ink("accent", on, bold=True))
        row.put(str(at) if at < 10 else " ", self.ink("accent" if is_chosen else "quiet", on))
        row.put_right(
            str(item.askers), self.ink("bright" if is_open and item.askers > 1 else "text", on, bold=is_open and item.askers > 2), 5
        )
        row.put(f"{hand.say('tui.askers_short')} ", self.ink("quiet", on))
        row.put_right(waited, self.ink(late, on, bold=is_open and grade == "loud"), 6)
        row.gap(2, pad)
        mark_cells = 18 if cells >= 84 else 13 if cells >= 66 else 10 if wide else 1 if cells >= SIGNS_FROM else 0
        intent_cells = (9 if hand.say.lang == "en" else 5) if wide else 0
        text_cells = max(4, row.room - mark_cells - intent_cells - (2 if mark_cells else 0))
        self._text(row, item, is_chosen, text_cells, ago)
        if intent_cells:
            row.gap(1, pad).put(str(hand.say(f"tui.intent.{item.intent}")), self.ink("quiet", on), intent_cells)
        if mark_cells:
            row.gap(1, pad).put(self._mark(item, is_open, mark_cells, ago), self.ink(self._mark_colour(item, is_open), on), mark_cells)
        return row.done(pad)

    def _text(self, row: RowOf, item: Item, is_chosen: bool, cells: int, ago: str) -> None:
        """The question; behind it, as far as there is room, the answer that was given."""
        is_open, on = self.hand.is_open(item.id), "lift" if is_chosen else "surface"
        style = self._text_style(item, is_open, is_chosen, on)
        answer = self._answer(item, is_open, ago)
        room = min(max(0, cells - width(item.text) - 2), width(answer)) if answer else 0
        if answer and cells >= ANSWER_FROM:
            room = max(room, min(width(answer), cells // 2))
        if room < LEAST_ANSWER:
            row.put(item.text, style, cells)
            return
        end = row.at + cells
        row.put(item.text, style, min(width(item.text), cells - room - 2)).gap(2, self.ink("text", on))
        row.put(answer, self.ink("mark-reuse" if is_open else "quiet", on), end - row.at)

    def _answer(self, item: Item, is_open: bool, ago: str) -> str:
        """What was answered, and how: offered again, or by whom in the chat."""
        if not item.answer:
            return ""
        say = self.hand.say
        if is_open:
            return str(say("tui.reuse_row", ago=ago, answer=item.answer)) if item.mark == "reuse" else ""
        return str(say(f"tui.told_row_{item.answered_by}", answer=item.answer)) if item.answered_by is not None else item.answer

    def _text_style(self, item: Item, is_open: bool, is_chosen: bool, on: str) -> Style:
        if not is_open:
            return self.ink("quiet", on, strike=True)
        return self.ink("bright" if is_chosen else "text", on, bold=is_chosen)

    def _mark_colour(self, item: Item, is_open: bool) -> str:
        if self._is_marked(item):
            return "accent"
        return MARK_COLOURS[item.mark] if is_open else "quiet"

    def _mark(self, item: Item, is_open: bool, cells: int, ago: str) -> str:
        say = self.hand.say
        if self._is_marked(item):
            return f"{MARKED} {say('tui.mark.merging')}" if cells >= 4 else MARKED
        if not is_open:
            code = f"tui.state.{item.state}" if item.state != "open" else "tui.state.gone"
            closed = CLOSED_SIGNS.get(item.state, "✓")
            echo = f" {say('tui.echoes', n=item.echoes)}" if item.echoes else ""
            return f"{closed}{echo}" if echo and 4 <= cells < 16 else f"{closed} {say(code)}{echo}" if cells >= 4 else closed
        sign = MARK_SIGNS[item.mark]
        if cells < 4 or item.mark == "none":
            return sign
        if item.mark == "reuse" and ago and not item.answer and cells >= 16:
            return f"{sign} {say('tui.mark.reuse_ago', ago=ago)}"
        return f"{sign} {say(f'tui.mark.{item.mark}')}"

    def on_click(self, event: events.Click) -> None:
        """A click chooses, as a number key does."""
        at = self.hand.order.top + event.y - 1
        if 0 <= at < len(self.hand.order.ids):
            self.hand.order.choose(self.hand.order.ids[at], self.hand.now_ms)
            self.screen.repaint()  # type: ignore[attr-defined]
