"""Clusters that come together or go apart: what a person says of it, and what follows for their drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.commands import CancelDraft
from console.domain.events import Action, Envelope, Merge, Split
from console.room.state import UndoMerge, UndoSplit
from console.triage.questions import Cluster
from console.triage.queue import Regrouped, Wanted

if TYPE_CHECKING:
    from console.room.room import Room


class Regrouping:
    """Applies the actions `merge` and `split` and the events of the same kinds."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.lately: list[Regrouped] = []
        """What came together or went apart by the last event and the time before it."""

    # --- by hand -----------------------------------------------------------------------------------------------------

    def act(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, Action)
        action = event.action
        if action.name == "merge":
            self._merge(envelope.seq, action.cluster, action.from_id)
        else:
            self._split(action.cluster, self._wanted(envelope.seq, action.ids, text=action.text))

    def merge(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, Merge)
        self._merge(envelope.seq, event.merge.into, event.merge.from_id)

    def split(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, Split)
        self._split(event.split.from_id, self._wanted(envelope.seq, event.split.ids, into=event.split.into))

    def _merge(self, seq: int, one_id: str | None, other_id: str | None) -> None:
        room = self._room
        one = room.queue.get(one_id) if one_id else None
        other = room.queue.get(other_id) if other_id else None
        if one is None or other is None:
            room.say("act.gone")
            return
        texts = {one.id: one.shown, other.id: other.shown}
        merged = room.queue.merge(one, other)
        if isinstance(merged, str):
            room.say(f"act.refused_{merged}")
            return
        room.undoing.remember(UndoMerge(seq, merged))
        into = room.state.clusters[merged.into_id]
        room.say("act.merged", other=texts[merged.from_id], text=texts[merged.into_id], askers=into.asker_count)

    def _split(self, cluster_id: str | None, wanted: Wanted) -> None:
        room = self._room
        cluster = room.queue.get(cluster_id) if cluster_id else None
        if cluster is None:
            room.say("act.gone")
            return
        parting = room.queue.split(cluster, wanted)
        if isinstance(parting, str):
            room.say(f"act.refused_{parting}")
            return
        room.undoing.remember(UndoSplit(wanted.number, parting))
        new = room.state.clusters[parting.into_id]
        self.moved([new])
        room.say("act.split", text=new.shown, askers=new.asker_count)

    def _wanted(self, seq: int, ids: tuple[str, ...], *, text: str | None = None, into: str | None = None) -> Wanted:
        """Comments are named by their id, those without one by their seq."""
        comments = self._room.state.comments
        seqs = [comments[one][1] if one in comments else int(one) for one in ids if one in comments or one.isdecimal()]
        return Wanted(number=seq, wordings=(text,) if text else (), seqs=frozenset(seqs), into=into)

    def ids_of(self, seqs: tuple[int, ...]) -> tuple[str, ...]:
        """Comments by the id they came with; those without one, or remembered no longer, by their seq."""
        wanted = frozenset(seqs)
        named = {seq: comment for comment, (_, seq) in self._room.state.comments.items() if seq in wanted}
        return tuple(named.get(seq, str(seq)) for seq in seqs)

    def moved(self, news: list[Cluster]) -> None:
        """Comments that are remembered by id stand in another cluster now."""
        home = {one.seq: new.id for new in news for strand in new.strands() for one in strand.comments}
        comments = self._room.state.comments
        for comment, (_, seq) in comments.items() if home else ():
            if seq in home:
                comments[comment] = (home[seq], seq)

    # --- what follows ------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Make the drafts that a merge or a split calls for. After every event and every step of time, before the ranking is looked at."""
        happened = self._room.queue.regrouped
        for what in happened:
            self.lately.append(what)
            if what.draft_asked:
                self._room.want(CancelDraft(what.from_id))
            if what.new_first:
                self.anew(what.into_id if what.kind == "merge" else what.from_id)
            if what.kind == "split":
                self.anew(what.into_id)
        happened.clear()

    def anew(self, cluster_id: str) -> None:
        """Another first comment: whatever was drafted answers something else."""
        cluster, answers = self._room.state.clusters.get(cluster_id), self._room.answers
        if cluster is None or not cluster.is_open:
            return
        answers.cancel(cluster)
        cluster.draft_asked = False
        answers.prepare(cluster, self._room.hearing.understood(cluster))
