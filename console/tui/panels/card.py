"""The chosen question, whole: what was asked and by whom, why it stands here, and the draft with what it was traced to."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style

from console.domain.text import SafeText
from console.domain.values import Draft, Fact, Slots
from console.room.view import Card as View
from console.room.view import Row as Item
from console.tui.cells import steady, width, wrap
from console.tui.hand import Hand, Picking
from console.tui.panels.aloud import read_aloud
from console.tui.panels.base import Panel, Row, RowOf
from console.tui.panels.telltales import marked, read_as, value_of
from console.tui.words import clock, spoken

UNTRACED = ("[?", "]")
"""Signs around a span nobody could trace: seen without colour too."""
LABELS = ("also_asked", "read_as", "why", "who", "draft", "facts", "holding", "reuse")
"""Strings that stand left of a text; `draft` and `reuse` with a sign and a blank before them."""
Part = tuple[str, Style]


class Card(Panel):
    def __init__(self, hand: Hand, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hand = hand

    def inputs(self) -> tuple[object, ...] | None:
        hand, view = self.hand, self.hand.card
        if view is None:
            return (hand.reading,)
        asked, answered = view.row.wait_from_ms, view.reuse_ms
        return (
            hand.reading, hand.picking, view, hand.is_open(view.row.id), hand.order.cursor is None, clock(hand.now_ms - asked),
            answered is not None and clock(hand.now_ms - answered),
        )  # fmt: skip

    def make(self, cells: int, lines: int) -> list[Row]:
        if self.hand.reading is not None:
            return read_aloud(self.hand, self.ink, cells, lines)
        view = self.hand.card
        if view is None:
            return [self._title(cells, (str(self.hand.say("tui.card_empty")),))]
        if self.hand.picking is not None:
            return self._picking(cells, lines, view, self.hand.picking)
        return self._fitted(cells, lines, view)

    def _fitted(self, cells: int, lines: int, view: View) -> list[Row]:
        """Everything in order of worth; where the panel is small, whys and wordings give way to the draft (screen.md)."""
        head = [self._title(cells, self._summary(view))]
        question = self._block(cells, "", marked(view, self._telling), 2 if lines > 9 else 1)
        answer = self._answer(cells, view, 4 if lines > 11 else 3 if lines > 7 else 2)
        extras: list[Callable[[int], list[Row]]] = [
            lambda room: self._wordings(cells, view, 2 if lines > 11 else 1),
            lambda room: self._read_as(cells, view, 2 if lines > 11 else 1),
            lambda room: self._why(cells, view),
            lambda room: self._names(cells, view),
        ]
        room = lines - len(head) - len(question) - len(answer)
        more: list[Row] = []
        for extra in extras:
            if room > len(more):
                more.extend(extra(room)[: room - len(more)])
        gap = [RowOf(cells).done(self.ink("text"))] if room > len(more) and more else []
        return [*head, *question, *more, *gap, *answer][:lines]

    def _picking(self, cells: int, lines: int, view: View, picking: Picking) -> list[Row]:
        """Its wordings one below the other, the one that would be split off marked; scrolls just so far that this one is in sight."""
        counts = {one.text: one.count for one in view.wordings}
        rows = [self._title(cells, (str(self.hand.say("tui.pick_wording", n=len(picking.wordings))),))]
        room = max(1, lines - 1)
        top = max(0, min(picking.at - room // 2, len(picking.wordings) - room))
        for at, text in enumerate(picking.wordings[top : top + room], top):
            is_picked = at == picking.at
            on = "lift" if is_picked else "surface"
            row = RowOf(cells).gap(1, self.ink("text", on)).put("▸" if is_picked else " ", self.ink("accent", on, bold=True))
            row.put(str(at + 1) if at < 9 else " ", self.ink("accent" if is_picked else "quiet", on)).gap(2, self.ink("text", on))
            row.put_right(f"×{counts.get(text, 0)}", self.ink("quiet", on), 5).gap(2, self.ink("text", on))
            row.put(text, self.ink("bright" if is_picked else "text", on, bold=is_picked))
            rows.append(row.done(self.ink("text", on)))
        return rows

    def _title(self, cells: int, parts: tuple[str, ...]) -> Row:
        rule = self.ink("rule")
        row = RowOf(cells).put("─ ", rule)
        for at, part in enumerate(parts):
            if at:
                row.put(" · ", rule)
            row.put(part, self.ink("quiet", bold=at == 0))
        row.put(" ", rule)
        return row.put("─" * row.room, rule).done(rule)

    def _summary(self, view: View) -> tuple[str, ...]:
        say, row = self.hand.say, view.row
        parts = [
            str(say("tui.card_title" if self.hand.order.cursor is not None else "tui.card_top")),
            str(say("tui.n_askers", n=row.askers)),
        ]
        if self.hand.is_open(row.id):
            parts.append(str(say("tui.waited", clock=clock(self.hand.now_ms - row.wait_from_ms))))
        else:
            parts.append(str(say(f"tui.state.{row.state}" if row.state != "open" else "tui.state.gone")))
        parts.append(str(say(f"tui.intent.{row.intent}")))
        parts.extend(self._slots(row.slots))
        return tuple(parts)

    def _slots(self, slots: Slots) -> list[str]:
        """What the question is about, as far as it fits in a title: link, size, weight, height, colour."""
        say = self.hand.say
        fields = ("link", "size", "colour", "weight_g", "height_mm")
        return [value_of(name, value, say) for name in fields if (value := getattr(slots, name)) is not None]

    def _label_cells(self) -> int:
        """One column for all labels, wide enough for the widest and a gap."""
        return max(width(str(self.hand.say(f"tui.{one}"))) + 2 * (one in ("draft", "reuse")) for one in LABELS) + 2

    def _block(self, cells: int, label: str, parts: list[Part], most: int) -> list[Row]:
        """A label and wrapped text beside it; what doesn't fit ends in …"""
        quiet, pad = self.ink("quiet"), self.ink("text")
        label_cells = self._label_cells() if label else 0
        room = cells - 3 - label_cells
        parts = [(steady(part), style) for part, style in parts]
        text = "".join(part for part, _ in parts)
        spans = wrap(text, room, most)
        rows: list[Row] = []
        for at, (first, end) in enumerate(spans):
            is_last = at == len(spans) - 1 and end < len(text)
            row = RowOf(cells).gap(2, pad)
            if label_cells:
                row.put(label if at == 0 else "", quiet, label_cells)
            stop = 0
            for part, style in parts:
                start, stop = stop, stop + len(part)
                shown = part[max(0, first - start) : max(0, (len(text) if is_last else end) - start)]
                row.put(shown, style)
            rows.append(row.done(pad))
        return rows or [RowOf(cells).done(pad)]

    def _wordings(self, cells: int, view: View, most: int) -> list[Row]:
        others = [one for one in view.wordings if one.text != view.row.text]
        if not others:
            return []
        text, quiet = self.ink("text"), self.ink("quiet")
        parts: list[Part] = []
        for at, one in enumerate(others):
            parts.extend([(" · ", quiet)] if at else [])
            parts.append((one.text, text))
            parts.extend([(f"×{one.count}", quiet)] if one.count > 1 else [])
        return self._block(cells, str(self.hand.say("tui.also_asked")), parts, most)

    def _telling(self, what: str) -> Style:
        """How words of the question are drawn, by what they did."""
        match what:
            case "asks":
                return self.ink("bright", bold=True, underline=True)
            case "slot":
                return self.ink("accent", bold=True, underline=True)
            case _:
                return self.ink("quiet" if what == "quiet" else "bright", bold=what == "said")

    def _read_as(self, cells: int, view: View, most: int) -> list[Row]:
        """Which words made it what it was taken for, and what they were read as."""
        plain = {"said": self.ink("text"), "quiet": self.ink("quiet"), "asks": self.ink("text"), "slot": self.ink("accent")}
        parts = read_as(view, self.hand.say, plain.__getitem__) if view.evidence else []
        return self._block(cells, str(self.hand.say("tui.read_as")), parts, most) if parts else []

    def _names(self, cells: int, view: View) -> list[Row]:
        if not view.names:
            return []
        shown = " · ".join(view.names)
        return self._block(cells, str(self.hand.say("tui.who")), [(shown, self.ink("viewer-name"))], 1)

    def _why(self, cells: int, view: View) -> list[Row]:
        """`waiting 30 + askers 17 − effort 2 = 45`: every term of the score, and their sum."""
        say, quiet = self.hand.say, self.ink("quiet")
        parts: list[Part] = []
        for at, why in enumerate(view.row.why):
            sign = " − " if why.points < 0 else " + "
            parts.extend([(sign if at or why.points < 0 else "", quiet)])
            parts.append((f"{spoken(say, f'tui.signal.{why.signal}', (), why.signal)} ", quiet))
            parts.append((str(abs(why.points)), quiet))
        parts.append((" = ", quiet))
        parts.append((str(view.row.score), self.ink("text")))
        return self._block(cells, str(say("tui.why")), parts, 2)

    def _answer(self, cells: int, view: View, most: int) -> list[Row]:
        say = self.hand.say
        if view.row.mark == "reuse" and view.reuse_text:
            ago = clock(self.hand.now_ms - view.reuse_ms) if view.reuse_ms is not None else "–"
            return [
                *self._block(cells, f"↻ {say('tui.reuse')}", [(view.reuse_text, self.ink("bright"))], most),
                *self._block(cells, " ", [(str(say("tui.reuse_hint", ago=ago)), self.ink("mark-reuse"))], 1),
            ]
        if view.row.answer and not self.hand.is_open(view.row.id):
            return self._answered(cells, view.row, view.row.answer, most)
        if view.drafts:
            return self._draft(cells, view, view.drafts[0], most)
        if view.awaiting_draft:
            return self._block(cells, str(say("tui.draft")), [(str(say("tui.draft_coming")), self.ink("quiet"))], 1)
        return self._no_draft(cells, view)

    def _answered(self, cells: int, row: Item, answer: SafeText, most: int) -> list[Row]:
        """What was answered to a closed one: the chat's own words are the evidence."""
        say, quiet = self.hand.say, self.ink("quiet")
        text = say(f"tui.told_{row.answered_by}", answer=answer) if row.answered_by is not None else answer
        rows = self._block(cells, "✓", [(text, self.ink("bright"))], most)
        if row.echoes:
            rows += self._block(cells, " ", [(str(say("tui.echoed", n=row.echoes)), self.ink("mark-reuse"))], 1)
        if row.answered_by is not None:
            rows += self._block(cells, " ", [(str(say("tui.told_hint")), quiet)], 1)
        return rows

    def _draft(self, cells: int, view: View, draft: Draft, most: int) -> list[Row]:
        say = self.hand.say
        rows = self._block(cells, f"✓ {say('tui.draft')}", self._marked(draft), most)
        if draft.facts:
            rows += self._block(cells, str(say("tui.facts")), [(" · ".join(self._fact(one) for one in draft.facts), self.ink("quiet"))], 1)
        if draft.marks:
            verdict: Part = (f"! {say('tui.untraced', n=len(draft.marks))}", self.ink("untraced", bold=True))
        else:
            verdict = (f"✓ {say('tui.traced')}", self.ink("mark-draft"))
        good_for: Part = (f"   {say('tui.good_for', n=view.row.askers)}", self.ink("quiet"))
        rows += self._block(cells, " ", [verdict, good_for, *self._given(draft)], 1)
        also = next((one for one in view.drafts[1:] if one.given_ms is not None), None)
        if also is not None:
            rows += self._block(cells, "↻", [(also.text, self.ink("text")), *self._given(also)], 1)
        return rows

    def _given(self, draft: Draft) -> list[Part]:
        """How long ago a person gave this very answer in an earlier session."""
        if draft.given_ms is None:
            return []
        hours = max(1, (self.hand.now_ms - draft.given_ms) // 3_600_000)
        said = self.hand.say("tui.canned_days", n=hours // 24) if hours >= 24 else self.hand.say("tui.canned_hours", n=hours)
        return [(f"   ↻ {said}", self.ink("mark-reuse"))]

    def _marked(self, draft: Draft) -> list[Part]:
        """The draft, with untraced spans underlined and between signs."""
        plain, loud = self.ink("bright"), self.ink("untraced", bold=True, underline=True)
        parts: list[Part] = []
        at = 0
        for first, end in sorted(draft.marks):
            if not at <= first < end <= len(draft.text):
                continue
            parts.extend([(draft.text[at:first], plain), (UNTRACED[0] + draft.text[first:end] + UNTRACED[1], loud)])
            at = end
        return [*parts, (draft.text[at:], plain)]

    def _fact(self, fact: Fact) -> str:
        return f"{fact.path} = {fact.value}"

    def _no_draft(self, cells: int, view: View) -> list[Row]:
        say = self.hand.say
        if view.refusal is None:
            return self._block(cells, str(say("tui.draft")), [(str(say("tui.no_draft")), self.ink("quiet"))], 1)
        what = say(f"tui.refused.{view.refusal.reason}", missing=view.refusal.missing or "")
        rows = self._block(cells, "–", [(what.rstrip(" :："), self.ink("mark-person"))], 1)
        if view.holding:
            rows += self._block(cells, str(say("tui.holding")), [(view.holding, self.ink("bright"))], 2)
        return rows
