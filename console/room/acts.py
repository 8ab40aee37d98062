"""What the person at the console does to a cluster, what a platform says of what was sent, and what a moderator deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.events import Action, Delete, Envelope, Send
from console.domain.text import SafeText
from console.domain.values import How, State, Teller
from console.room.state import UndoClosing
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
            room.undoing.undo(action)
            return
        if action.name in ("merge", "split"):
            room.regrouping.act(envelope)
            return
        if action.name == "on_air":
            if action.text:
                room.airing.by_hand(room.stage(event), action.text, envelope.seq)
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
                room.queue.take_in_hand(cluster)
            case "reject":
                room.airing.look_again([room.queue.put_down(cluster)], envelope.seq)
            case "pin":
                cluster.host_asked = not cluster.host_asked
                room.queue.touch(cluster)

    def told(self, cluster: Cluster, envelope: Envelope, answer: SafeText, by: Teller) -> None:
        """A line in the chat answered it: closed as by a key, and taken back by the same."""
        self._close(cluster, "answered", envelope, "chat", answer)
        cluster.answered_by = by

    def _cluster(self, cluster_id: str | None) -> Cluster | None:
        """The cluster that was shown under this id, whatever it was merged into since."""
        return self._room.queue.get(cluster_id) if cluster_id else None

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
            room.say(f"act.answered_{how or 'aloud'}", text=cluster.shown, askers=cluster.asker_count)
        else:
            count.dismissed += to == "dismissed"
            room.say(f"act.{to}", text=cluster.shown)
        if to == "answered" and how != "chat":
            room.canned.given(cluster)
        room.undoing.remember(UndoClosing(envelope.seq, cluster.id, before, to == "answered"))

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

    def remember(self, comment: str, cluster: str, seq: int) -> None:
        """Which comment stands in which cluster, for the time after: the newest 20,000."""
        comments = self._room.state.comments
        comments[comment] = (cluster, seq)
        if len(comments) > MOST_REMEMBERED:
            del comments[next(iter(comments))]

    def deleted(self, event: Delete) -> None:
        """A moderator removed a comment or a viewer: nobody waits for an answer to it any more."""
        delete, state = event.delete, self._room.state
        if delete is None:
            return
        if delete.scope == "message" and delete.target_id:
            cluster_id, seq = state.comments.pop(delete.target_id, ("", 0))
            cluster = self._cluster(cluster_id)
            if cluster is not None:
                self._room.queue.withdraw(cluster, state.now_ms, seq=seq)
        elif delete.scope == "user" and delete.user_id:
            for cluster in [c for c in self._room.queue.open_clusters() if c.has_asker(delete.user_id)]:
                self._room.queue.withdraw(cluster, state.now_ms, asker=delete.user_id)
