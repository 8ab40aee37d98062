"""What the person at the console does, and how it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.events import Action, ActionOf, Delete, Envelope, Send
from console.domain.text import SafeText
from console.domain.values import How, State, Teller
from console.room.state import Undoable
from console.triage.questions import Cluster

if TYPE_CHECKING:
    from console.room.room import Room

MOST_WAITS = 50
MOST_REMEMBERED = 20_000


class Acts:
    """Applies `action`, `send` and `delete` events."""

    def __init__(self, room: Room) -> None:
        self._room = room

    # --- actions -----------------------------------------------------------------------------------------------------

    def apply(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, Action)
        action, room = event.action, self._room
        if action.name == "undo":
            self._undo(action)
            return
        if action.name == "on_air":
            if action.text:
                room.set_on_air(room.stage(event), action.text)
                is_known = room.catalogue is None or room.catalogue.product(action.text) is not None
                room.say("act.on_air" if is_known else "act.on_air_unknown", link=action.text)
            return
        cluster = self._cluster(action.cluster)
        if cluster is None:
            if action.cluster:
                room.say("act.gone")
            return
        match action.name:
            case "answer":
                self._close(cluster, "answered", envelope, action.how or "aloud", action.text)
            case "reuse":
                self._close(cluster, "answered", envelope, action.how or "aloud", action.text or room.answers.text_of(cluster))
            case "dismiss":
                self._close(cluster, "dismissed", envelope, None, None)
            case "snooze":
                self._close(cluster, "snoozed", envelope, None, None)
            case "claim" | "accept" | "edit":
                cluster.in_hand = True
                room.queue.touch(cluster)
            case "reject":
                cluster.in_hand = False
                room.queue.touch(cluster)
            case "pin":
                cluster.host_asked = not cluster.host_asked
                room.queue.touch(cluster)

    def told(self, cluster: Cluster, envelope: Envelope, answer: SafeText, by: Teller) -> None:
        """A line in the chat answered it: closed as by a key, and taken back by the same."""
        self._close(cluster, "answered", envelope, "chat", answer)
        cluster.answered_by = by

    def _cluster(self, cluster_id: str | None) -> Cluster | None:
        """The cluster that was shown under this id."""
        return self._room.state.clusters.get(cluster_id) if cluster_id else None

    def _close(self, cluster: Cluster, to: State, envelope: Envelope, how: How | None, answer: SafeText | None) -> None:
        room, count, now_ms = self._room, self._room.state.count, self._room.state.now_ms
        if cluster.is_closed:
            room.say("act.already")
            return
        before = room.queue.close(cluster, to, now_ms, how=how, answer=answer)
        room.answers.cancel(cluster)
        cluster.in_hand = False
        if to == "answered":
            wait_ms = max(0, now_ms - cluster.first_ms)
            count.answered += 1
            count.in_time += wait_ms <= room.settings.due_ms(cluster.intent)
            count.waits_ms = [*count.waits_ms[-(MOST_WAITS - 1) :], wait_ms]
            if count.last_answer_ms is not None and now_ms > count.last_answer_ms:  # one line may answer several
                count.gaps_ms = [*count.gaps_ms[-(MOST_WAITS - 1) :], now_ms - count.last_answer_ms]
            count.last_answer_ms = now_ms
            room.say(f"act.answered_{how or 'aloud'}", text=cluster.shown, askers=len(cluster.askers))
        else:
            count.dismissed += to == "dismissed"
            room.say(f"act.{to}", text=cluster.shown)
        if to == "answered" and how != "chat":
            room.canned.given(cluster)
        undo = room.state.undo
        undo.append(Undoable(envelope.seq, cluster.id, before, to == "answered"))
        del undo[: -room.settings.most_undo]

    def _undo(self, action: ActionOf) -> None:
        """Take back a closing: the one named by seq, else the last of the named cluster, else the last of all."""
        room = self._room
        for at in range(len(room.state.undo) - 1, -1, -1):
            done = room.state.undo[at]
            if (action.undoes in (None, done.seq)) and (action.cluster in (None, done.cluster)):
                del room.state.undo[at]
                cluster = room.state.clusters.get(done.cluster)
                if cluster is None:
                    continue
                self._uncount(cluster, done)
                room.canned.taken_back(cluster)
                cluster.was_reopened = cluster.was_reopened or cluster.answered_by is not None
                cluster.answered_by = None
                room.queue.restore(cluster, done.before)
                room.say("act.undone", text=cluster.shown)
                return
        room.say("act.nothing_to_undo")

    def _uncount(self, cluster: Cluster, done: Undoable) -> None:
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

    def sent(self, envelope: Envelope) -> None:
        """A platform took, refused or echoed what we sent."""
        event = envelope.event
        assert isinstance(event, Send)
        cluster = self._cluster(event.send.cluster)
        if cluster is None:
            return
        if event.send.state == "sent" and cluster.is_open:
            self._room.queue.close(cluster, "sent", self._room.state.now_ms, answer=event.send.text)
        elif event.send.state == "echoed" and cluster.state in ("open", "sent"):
            self._room.queue.close(cluster, "confirmed", self._room.state.now_ms, answer=event.send.text or cluster.answer)

    # --- deletions ---------------------------------------------------------------------------------------------------

    def remember(self, comment: str, cluster: str, asker: str) -> None:
        """Which comment stands in which cluster, for the time after: the newest 20,000."""
        comments = self._room.state.comments
        comments[comment] = (cluster, asker)
        if len(comments) > MOST_REMEMBERED:
            del comments[next(iter(comments))]

    def deleted(self, event: Delete) -> None:
        """A moderator removed a comment or a viewer: nobody waits for an answer to it any more."""
        delete, state = event.delete, self._room.state
        if delete is None:
            return
        if delete.scope == "message" and delete.target_id:
            cluster_id, asker = state.comments.pop(delete.target_id, ("", ""))
            cluster = self._cluster(cluster_id)
            if cluster is not None:
                self._room.queue.withdraw(cluster, asker, state.now_ms)
        elif delete.scope == "user" and delete.user_id:
            for cluster in [c for c in self._room.queue.open_clusters() if delete.user_id in c.askers]:
                while delete.user_id in cluster.askers:
                    self._room.queue.withdraw(cluster, delete.user_id, state.now_ms)
