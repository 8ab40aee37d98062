"""Saying that two questions are one, or that one is two: `m` marks and merges, `x` picks a wording and splits it off."""

from __future__ import annotations

from console.tui.hand import Picking
from console.tui.screens.answering import Answering

NO_LINES = 1 << 62
"""After this line none follows: the stream has its own, cheaper look."""


class Grouping(Answering):
    """While a wording is picked, the keys that choose a question choose a wording instead."""

    # --- merging --------------------------------------------------------------------------------------------------

    def action_merge(self) -> None:
        """The first time mark the chosen question, the second time merge it with the one chosen then."""
        hand, row = self.hand, self._chosen()
        if row is None:
            return
        hand.picking = None
        if hand.marked is None:
            hand.marked = row
        elif hand.marked.id == row.id:
            hand.marked = None
        else:
            self._act("merge", row.id, from_id=hand.marked.id)
            if self._was_done("act.merged"):
                hand.move_text(hand.marked.id, row.id)
                hand.done(row.id)
            hand.marked = None
        self.repaint()

    def _was_done(self, code: str) -> bool:
        """Whether the room did what it was asked for, or said why not."""
        notice = self.console.session.view(chosen=None, after_line=NO_LINES, most_rows=1).notice
        return notice is not None and notice.code == code

    # --- splitting ------------------------------------------------------------------------------------------------

    def action_split(self) -> None:
        """Split off the other one of two wordings; of more, the one that is picked."""
        hand = self.hand
        if hand.picking is not None:
            self._split_off(hand.picking.cluster, hand.picking.wordings[hand.picking.at])
            return
        row, card = self._chosen(), hand.card
        if row is None or card is None or card.row.id != row.id:
            return
        wordings = tuple(one.text for one in card.wordings)
        others = [at for at, text in enumerate(wordings) if text != row.text]
        if len(wordings) < 2:
            self._note("tui.nothing_to_split")
            self.repaint()
        elif len(wordings) == 2:
            self._split_off(row.id, wordings[others[0]])
        else:
            hand.marked, hand.picking = None, Picking(row.id, wordings, others[0])
            self.repaint()

    def _split_off(self, cluster: str, text: str) -> None:
        self.hand.picking = None
        self._act("split", cluster, text=text)
        if self._was_done("act.split"):
            self.hand.done(cluster)
        self.repaint()

    # --- the keys of the list -------------------------------------------------------------------------------------

    def _pick(self, to: int) -> bool:
        """Move to a wording; False while none is picked."""
        if self.hand.picking is None:
            return False
        self.hand.picking = self.hand.picking.moved(to)
        self.repaint()
        return True

    def action_move(self, by: int) -> None:
        if not self._pick(self.hand.picking.at + by if self.hand.picking is not None else 0):
            super().action_move(by)

    def action_first(self) -> None:
        if not self._pick(0):
            super().action_first()

    def action_last(self) -> None:
        if not self._pick(len(self.hand.picking.wordings) if self.hand.picking is not None else 0):
            super().action_last()

    def action_row(self, number: int) -> None:
        if not self._pick(number - 1):
            super().action_row(number)

    def action_take(self) -> None:
        if self.hand.picking is not None:
            self.action_split()
        else:
            super().action_take()

    def action_back(self) -> None:
        """Esc gives up what `x` or `m` began before it closes anything else."""
        hand = self.hand
        if hand.writing is None and hand.reading is None and (hand.picking is not None or hand.marked is not None):
            hand.picking = hand.marked = None
            self.repaint()
        else:
            super().action_back()
