"""Questions in other words: what an encoder is asked of a new cluster, and what the Room makes of its answer."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct

from console.domain.commands import ProposeMerge
from console.domain.events import Envelope, Proposal
from console.room.state import UndoMerge
from console.triage.near import Facets, facets, may_be_one
from console.triage.questions import Cluster

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Rules

MOST_OTHERS = 64
"""Clusters that one question is compared with, the newest first (docs/architecture.md, step 6)."""
MOST_KEPT = 2 * MOST_OTHERS
MOST_SHELVES = 4_096
MOST_A_SECOND = 200
"""New clusters of one second of feed time that are compared: some 70 ms of work, and half of what an encoder could answer. In a flood of
unique questions the others stand alone."""


class _Known(Struct, frozen=True):
    cluster: str
    facets: Facets


class Likeness:
    """`_shelves`: clusters by all that must be equal (`Facets.key`), the newest last. Only a memory of whom to ask about: what is
    decided is decided from the clusters themselves, so a replay needs none of it."""

    def __init__(self, room: Room, rules: Rules) -> None:
        self._room = room
        self._rules = rules
        self._shelves: dict[str, deque[_Known]] = {}
        self._second, self._compared = 0, 0
        if room.settings.alike_permille is not None:
            for cluster in room.state.clusters.values():
                self._keep(_Known(cluster.id, self._facets(cluster)))

    def _facets(self, cluster: Cluster) -> Facets:
        return facets(cluster.room, cluster.slots, self._room.hearing.understood(cluster), self._rules.lexicon, self._rules.contrasts)

    # --- asking ------------------------------------------------------------------------------------------------------

    def opened(self, cluster: Cluster) -> None:
        """A new cluster: which of those that slots, numbers and words don't keep apart from it means the same?"""
        if self._room.settings.alike_permille is None or self._is_flooded():
            return
        new = _Known(cluster.id, self._facets(cluster))
        others = self._others(new.facets)
        self._keep(new)
        if others:
            self._room.want(ProposeMerge(cluster.id, new.facets.text, others))

    def _is_flooded(self) -> bool:
        second = self._room.state.now_ms // 1000
        if second != self._second:
            self._second, self._compared = second, 0
        self._compared += 1
        return self._compared > MOST_A_SECOND

    def _others(self, wanted: Facets) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for known in reversed(self._shelves.get(wanted.key, ())):
            other = self._room.state.clusters.get(known.cluster)
            if other is not None and self._can_take(other) and may_be_one(wanted, known.facets):
                found.append((known.cluster, known.facets.text))
                if len(found) == MOST_OTHERS:
                    break
        return tuple(found)

    def _can_take(self, cluster: Cluster) -> bool:
        if cluster.is_open:
            return not cluster.in_hand
        return self._room.queue.can_reuse(cluster, self._room.state.now_ms)

    def _keep(self, known: _Known) -> None:
        shelf = self._shelves.pop(known.facets.key, None)
        self._shelves[known.facets.key] = shelf = deque(maxlen=MOST_KEPT) if shelf is None else shelf
        shelf.append(known)
        if len(self._shelves) > MOST_SHELVES:
            del self._shelves[next(iter(self._shelves))]

    # --- deciding ----------------------------------------------------------------------------------------------------

    def came(self, envelope: Envelope) -> None:
        """The nearest that is near enough and still fits takes the question. All is looked at again: the room went on meanwhile."""
        event, least = envelope.event, self._room.settings.alike_permille
        assert isinstance(event, Proposal)
        cluster = self._room.queue.get(event.proposal.cluster)
        if least is None or cluster is None or not cluster.is_open or cluster.in_hand:
            return
        mine = self._facets(cluster)
        for near in event.proposal.near:
            other = self._room.queue.get(near.cluster) if near.permille >= least else None
            if other is None or other is cluster or not self._can_take(other) or not may_be_one(mine, self._facets(other)):
                continue
            if self._take(envelope.seq, cluster, other):
                return

    def _take(self, seq: int, cluster: Cluster, other: Cluster) -> bool:
        """Into an open cluster, or to the answer that was given to a closed one: a person sees that before he gives it again."""
        room = self._room
        if other.is_open:
            merged = room.queue.merge(cluster, other)
            if isinstance(merged, str):
                return False
            room.undoing.remember(UndoMerge(seq, merged, is_proposed=True))
            return True
        if cluster.reuse_of is not None or cluster.drafts:
            return False
        cluster.reuse_of = other.id
        room.queue.touch(cluster)
        return True
