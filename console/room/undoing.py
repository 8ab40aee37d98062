"""What was done by hand, and how the last act of a cluster is taken back (ruling 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.events import ActionOf
from console.room.state import Undoable, UndoClosing, UndoMerge, UndoSplit
from console.triage.questions import Cluster

if TYPE_CHECKING:
    from console.room.room import Room


class Undoing:
    """A stack for the whole room, read per cluster: what was done to one later is taken back first."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def remember(self, done: Undoable) -> None:
        undo = self._room.state.undo
        undo.append(done)
        del undo[: -self._room.settings.most_undo]

    def can_undo(self, cluster: Cluster) -> bool:
        return any(cluster.id in self._touched(done) for done in self._room.state.undo)

    def _touched(self, done: Undoable) -> tuple[str, ...]:
        """The clusters, as they stand now, that an act was done to. None: it was merged away by the rules, or is forgotten."""
        get, gone = self._room.queue.get, self._room.state.ties.gone
        match done:
            case UndoClosing():
                found = [get(done.cluster)] if done.cluster not in gone else []
            case UndoMerge():
                found = [get(end) for end in done.merged.link]
            case UndoSplit():
                found = [get(done.parting.into_id), *(get(home) for _, home in done.parting.homes)]
        return tuple(dict.fromkeys(one.id for one in found if one is not None))

    def undo(self, action: ActionOf) -> None:
        """Take back the act named by seq, else the last of the named cluster, else the last of all."""
        room, undo = self._room, self._room.state.undo
        cluster = room.queue.get(action.cluster) if action.cluster is not None else None
        for at in range(len(undo) - 1, -1, -1):
            done, touched = undo[at], self._touched(undo[at])
            if action.undoes not in (None, done.seq):
                continue
            if action.cluster is None and action.undoes is None and isinstance(done, UndoMerge) and done.is_proposed:
                continue
            if action.cluster is not None and (cluster is None or cluster.id not in touched):
                continue
            if not touched:
                del undo[at]
                continue
            if any(one in touched for later in undo[at + 1 :] for one in self._touched(later)):
                room.say("act.undo_later_first")
            elif self._take_back(done, touched):
                undo.remove(done)
                self._follow(done, touched)
            return
        room.say("act.nothing_to_undo")

    def _follow(self, done: Undoable, touched: tuple[str, ...]) -> None:
        """What was on air may have turned out to be something else while the act held them."""
        found = [self._room.queue.get(one) for one in dict.fromkeys((*touched, *self._touched(done)))]
        self._room.airing.look_again([one for one in found if one is not None], self._room.state.seq)

    def _take_back(self, done: Undoable, touched: tuple[str, ...]) -> bool:
        """Returns whether it was done."""
        room = self._room
        if isinstance(done, UndoClosing):
            self._reopen(done)
            return True
        if any(room.state.clusters[one].in_hand for one in touched):
            room.say("act.refused_in_hand")
            return False
        return self._unmerge(done) if isinstance(done, UndoMerge) else self._unsplit(done)

    def _reopen(self, done: UndoClosing) -> None:
        cluster = self._room.state.clusters.get(done.cluster)
        if cluster is None:
            return
        self._uncount(cluster, done)
        self._room.canned.taken_back(cluster)
        cluster.reopened()
        self._room.say("act.undone", text=cluster.shown)
        self._close_empty(self._room.queue.restore(cluster, done.before))

    def _close_empty(self, cluster: Cluster) -> None:
        """Its comments were deleted meanwhile: nobody waits there."""
        if cluster.is_open and not cluster.comments:
            self._room.queue.close(cluster, "expired", self._room.state.now_ms)

    def _unmerge(self, done: UndoMerge) -> bool:
        room = self._room
        alone = room.queue.unmerge(done.merged)
        if len(alone) < 2:
            room.say("act.still_one", text=alone[0].shown if alone else "")
            return True
        for cluster in alone:
            self._close_empty(cluster)
        room.say("act.unmerged", text=alone[0].shown, other=alone[-1].shown)
        return True

    def _unsplit(self, done: UndoSplit) -> bool:
        home = self._room.queue.unsplit(done.parting)
        if isinstance(home, str):
            self._room.say("act.refused_closed")
            return False
        self._room.say("act.unsplit", text=home.shown if home is not None else "")
        return True

    def _uncount(self, cluster: Cluster, done: UndoClosing) -> None:
        count = self._room.state.count
        if cluster.state == "dismissed":
            count.dismissed -= 1
        if not done.was_answer or cluster.closed_ms is None:
            return
        wait_ms = max(0, cluster.closed_ms - cluster.first_ms)
        count.answered -= 1
        count.in_time -= wait_ms <= self._room.settings.due_ms(cluster.intent)
        if wait_ms in count.waits_ms:
            count.waits_ms.remove(wait_ms)
