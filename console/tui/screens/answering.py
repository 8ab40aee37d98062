"""Choosing a question, answering it, writing: what the keys of the room do to the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widget import Widget

from console.domain.events import ActionName, ActionOf
from console.domain.text import SafeText, clean, trusted
from console.domain.values import How
from console.room.view import Row
from console.tui.cells import cut
from console.tui.hand import Hand, ReadAloud, Writing
from console.tui.panels.composer import Composer
from console.tui.panels.foot import Prompt
from console.tui.panels.stream import Stream

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp


class Answering(Screen[None]):
    """The half of the room's screen that acts; the other half (screens/room.py) shows."""

    console: ConsoleApp
    hand: Hand
    composer: Composer
    prompt: Prompt
    stream: Stream

    def repaint(self) -> None:
        """A person did something: show it at once."""
        self.console.paint(whole=True)

    # --- choosing -------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self.hand.order.move(by, self.hand.now_ms)
        self._chose()

    def action_first(self) -> None:
        self.hand.order.first(self.hand.now_ms)
        self._chose()

    def action_last(self) -> None:
        self.hand.order.last(self.hand.now_ms)
        self._chose()

    def action_row(self, number: int) -> None:
        at = self.hand.order.top + number - 1
        if at < len(self.hand.order.ids) and self.hand.order.ids[at]:
            self.hand.order.choose(self.hand.order.ids[at], self.hand.now_ms)
        else:
            self._note("tui.no_such_row", n=number)
        self._chose()

    def _chose(self) -> None:
        if self.hand.reading is not None:
            self._put_down(self.hand.reading.cluster)
        self.hand.reading = None
        self.repaint()

    def _chosen(self) -> Row | None:
        """The open item under the cursor; says why there is none."""
        row = self.hand.chosen
        if row is None:
            self._note("tui.nothing_chosen")
        elif not self.hand.is_open(row.id):
            self._note("tui.already_closed")
        else:
            return row
        self.repaint()
        return None

    # --- answering ------------------------------------------------------------------------------------------------

    def action_take(self) -> None:
        """Enter: choose the most urgent, take its draft into the composer, reuse an answer, or confirm what was pasted."""
        hand = self.hand
        if hand.reading is not None:
            self._close_reading("copied")
            return
        row = hand.chosen
        if row is None or not hand.is_open(row.id):
            hand.order.release()
            hand.order.choose(hand.ranked[0] if hand.ranked else None, hand.now_ms)
            self._chose()
            return
        card = hand.card if hand.card is not None and hand.card.row.id == row.id else None
        if row.mark == "reuse" and card is not None and card.reuse_text:
            self._act("reuse", row.id, text=card.reuse_text)
            self._finished(row.id)
            return
        if not hand.texts.get(row.id) and not (card is not None and card.drafts):
            self._note("tui.write_yourself")
        if card is not None and card.drafts and not hand.texts.get(row.id):
            hand.texts[row.id] = card.drafts[0].text
            self._act("accept", row.id, text=card.drafts[0].text)
        self._write("answer", row.id, hand.texts.get(row.id, ""))

    def action_reply(self) -> None:
        row = self.hand.chosen
        cluster = row.id if row is not None and self.hand.is_open(row.id) else None
        self._write("answer", cluster, self.hand.texts.get(cluster or "", ""))

    def action_said(self) -> None:
        hand = self.hand
        if hand.reading is not None:
            self._close_reading("aloud")
            return
        row = self._chosen()
        if row is None:
            return
        card = hand.card if hand.card is not None and hand.card.row.id == row.id else None
        if row.mark == "reuse" and card is not None and card.reuse_text:
            self._act("reuse", row.id, text=card.reuse_text, how="aloud")
        else:
            text = card.drafts[0].text if card is not None and card.drafts else None
            self._act("answer", row.id, text=text, how="aloud")
        self._finished(row.id)

    def _close_reading(self, how: How) -> None:
        reading = self.hand.reading
        self.hand.reading = None
        if reading is not None and reading.cluster is not None:
            self._act("answer", reading.cluster, text=reading.text, how=how)
            self._finished(reading.cluster)
        self.repaint()

    def _finished(self, cluster: str) -> None:
        self.hand.texts.pop(cluster, None)
        self.hand.done(cluster)
        self.repaint()

    def action_close_question(self, name: ActionName) -> None:
        row = self._chosen()
        if row is not None:
            self._act(name, row.id)
            self._finished(row.id)

    def action_undo(self) -> None:
        """Back from the read-aloud card to its text; else take back what was done to the item under the cursor last, or here."""
        hand = self.hand
        if hand.reading is not None:
            self._write("answer", hand.reading.cluster, hand.reading.text)
            return
        row, card = hand.chosen, hand.card
        is_his = card is not None and row is not None and card.row.id == row.id and card.can_undo
        if row is not None and (is_his or not hand.is_open(row.id)):
            cluster: str | None = row.id
        else:
            cluster = hand.last_done
        if cluster is None:
            self._note("tui.nothing_to_undo")
        else:
            hand.undone(cluster)
            self._act("undo", cluster)
        self.repaint()

    def action_copy(self) -> None:
        row = self.hand.chosen
        card = self.hand.card
        if row is None or card is None or card.row.id != row.id:
            self._note("tui.nothing_chosen")
        else:
            text = card.reuse_text if row.mark == "reuse" else card.drafts[0].text if card.drafts else card.holding
            if text:
                tool = self._copy(text)
                self._note("tui.copied" if tool else "tui.copied_by_terminal", text=cut(text, 40))
            else:
                self._note("tui.nothing_to_copy")
        self.repaint()

    def _copy(self, text: SafeText) -> str | None:
        tool = self.console.session.copy(text)
        if tool is None:
            self.console.copy_to_clipboard(text)
        return tool

    # --- writing --------------------------------------------------------------------------------------------------

    def _write(self, what: Writing, cluster: str | None, text: str) -> None:
        hand = self.hand
        hand.writing, hand.writing_for, hand.reading = what, cluster, None
        self.prompt.styles.width = self.prompt.wanted_cells
        self.prompt.forget()
        self.composer.placeholder = str(hand.say(f"tui.placeholder.{what}"))
        self.composer.value = text
        self.composer.cursor_position = len(text)
        self.add_class("writing")
        self.composer.focus()
        self.repaint()

    def _typed(self, value: str) -> None:
        hand = self.hand
        if hand.writing == "answer":
            was_blank, hand.texts[hand.writing_for or ""] = hand.is_blank, value
            if hand.is_blank != was_blank or (hand.note is not None and value):
                hand.note = None if value else hand.note
                self.repaint()
        elif hand.writing == "filter":
            self._filter_by(value.strip())
            self.repaint()

    def _echo(self, box: Widget) -> None:
        self.console.painter.show(box)

    def _submitted(self, value: str) -> None:
        hand = self.hand
        text = clean(value).strip()
        if hand.writing == "on_air":
            if not text.isdecimal():
                self._note("tui.no_link_number")
                self.repaint()
                return
            self._act("on_air", None, text=clean(text))
        elif hand.writing == "answer":
            if not text:
                self._note("tui.nothing_written")
                self.repaint()
                return
            hand.reading = ReadAloud(hand.writing_for, clean(text), self._copy(clean(text)))
            if hand.writing_for is None:
                hand.texts.pop("", None)
        self._stop_writing()

    def _filter_by(self, text: str) -> None:
        """Another filter: a choice that it doesn't show, or that is dealt with already, is given up."""
        hand = self.hand
        hand.filter = text
        row = hand.chosen
        if row is not None and text and not (hand.is_open(row.id) and text.casefold() in row.text.casefold()):
            hand.order.give_up()
        hand.order.release()
        self.stream.refresh_rows()

    def _stop_writing(self) -> None:
        self.hand.writing = None
        self.remove_class("writing")
        self.set_focus(None)
        self.repaint()

    def action_filter(self) -> None:
        self._write("filter", None, self.hand.filter)

    def action_on_air(self) -> None:
        self._write("on_air", None, "")

    def action_back(self) -> None:
        """Esc: leave the composer (its text stays), the read-aloud card, the filter."""
        hand = self.hand
        if hand.writing == "answer" and hand.texts.get(hand.writing_for or "", "").strip():
            self._note("tui.kept")
        if hand.reading is not None:
            self._put_down(hand.reading.cluster)
        elif hand.writing in (None, "answer"):
            self._put_down(hand.writing_for if hand.writing == "answer" else hand.order.cursor)
        if hand.writing == "filter" or (hand.writing is None and hand.reading is None):
            self._filter_by("")
        hand.reading = None
        self._stop_writing()

    def _put_down(self, cluster: str | None) -> None:
        """Nobody is answering it any more: it may be merged and split again."""
        row = self.hand.known.get(cluster or "")
        if row is not None and row.in_hand and self.hand.is_open(row.id):
            self._act("reject", row.id)

    # --- saying ---------------------------------------------------------------------------------------------------

    def _note(self, code: str, **params: str | int) -> None:
        self.hand.tell(self.hand.say(code, **params))

    def _act(
        self, name: ActionName, cluster: str | None, *, text: str | None = None, how: How | None = None, from_id: str | None = None
    ) -> None:
        self.console.session.act(
            ActionOf(
                name=name, cluster=SafeText(cluster) if cluster is not None else None, text=trusted(text) if text else None, how=how,
                from_id=SafeText(from_id) if from_id is not None else None,
            )
        )  # fmt: skip
        self.hand.order.release()
