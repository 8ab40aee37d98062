"""Questions in other words: which of the questions that are known mean the same as a new one, by what the network makes of them.

Slots dispose: only where the link, what measures, and unheard names are equal (`triage/kin.py`) are meanings compared at all. All who mean
the same come together, whoever was first, so the order in which they come does not decide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Slots
from console.triage.kin import Key, Kinship, key_of

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Rules

MOST_OTHERS = 256
"""Wordings that one is compared with: the newest of its shelf."""
MOST_KNOWN = 20_000
"""Wordings remembered; those of the shelf that took none for longest go first."""
MOST_MET = 4_096
"""Wordings of which it is remembered which others mean the same."""


class _Known(Struct, frozen=True, gc=False):
    key: Key
    text: SafeText
    slots: Slots
    under: str
    """The id of the cluster that took it then."""


class _Shelf(Struct, gc=False):
    """Wordings that only their meaning can keep apart, the newest last. They are numbered as they came: the first here is `first`."""

    known: list[_Known]
    meanings: bytearray
    """Theirs, one after another."""
    first: int = 0


class _Met(Struct, gc=False):
    """Which wordings of a shelf mean what one text means, by their numbers, the newest first, of those that came before `upto`."""

    shelf: _Shelf
    same: tuple[int, ...] = ()
    upto: int = 0


class Kin:
    """`_shelves`: wordings by all that must be equal, the shelf that took one last at the end; each wording of a cluster once. `_met`: who
    types what was typed before is compared with what came since. Only a memory: whoever goes on from a snapshot makes it anew of the
    comments."""

    def __init__(self, room: Room, rules: Rules) -> None:
        self._room = room
        self._shelves: dict[str, _Shelf] = {}
        self._met: dict[tuple[str, str, str], _Met] = {}
        self._count = 0
        network = rules.model.net
        self._kinship = Kinship(network, rules.contrasts) if network is not None else None
        said = [
            (min(one.seq for one in strand.comments), strand, atom)
            for cluster in room.state.clusters.values()
            for atom in cluster.atoms
            for strand in atom.strands()
            if strand.comments
        ]
        for _, strand, atom in sorted(said, key=lambda each: each[0]):
            key = key_of(atom.room, strand.slots, room.hearing.read_again(strand))
            self.remember(key, strand.text, strand.slots, atom.id)

    def of(self, key: Key | None, text: SafeText) -> tuple[str, ...]:
        """Ids of clusters that hold a wording of the same meaning, each once, the newest wording first."""
        shelf = self._shelves.get(key.shelf) if key is not None else None
        if key is None or shelf is None:
            return ()
        met = self._meet(key, text, shelf)
        ids: dict[str, None] = {}
        for number in met.same:
            known = shelf.known[number - shelf.first]
            if known.under not in ids and self._still_holds(known):
                ids[known.under] = None
        return tuple(ids)

    def _meet(self, key: Key, text: SafeText, shelf: _Shelf) -> _Met:
        at, upto = (key.shelf, text, key.exact), shelf.first + len(shelf.known)
        met = self._met.get(at)
        if met is None or met.shelf is not shelf:
            met = self._met[at] = _Met(shelf)
            if len(self._met) > MOST_MET:
                del self._met[next(iter(self._met))]
        if met.upto < upto:
            old = [number for number in met.same if number >= shelf.first]
            met.same = (*self._compared(key, shelf, max(met.upto, shelf.first)), *old)
            met.upto = upto
        return met

    def _compared(self, key: Key, shelf: _Shelf, begin: int) -> Iterator[int]:
        """The numbers of those that mean the same, the newest first; those before `begin` aside."""
        kinship = self._kinship
        assert kinship is not None, "a key holds what a network heard"
        skipped = begin - shelf.first
        near = kinship.near(key, bytes(shelf.meanings[skipped * len(key.meaning) :]))
        for place, both in reversed(near):
            known = shelf.known[skipped + place]
            if known.key.exact == key.exact or kinship.mean_the_same(key, known.key, both):
                yield begin + place

    def _still_holds(self, known: _Known) -> bool:
        """Not where it turned out that the comment meant another product."""
        cluster = self._room.queue.get(known.under)
        return cluster is not None and cluster.holds(known.text, known.slots)

    def remember(self, key: Key | None, text: SafeText, slots: Slots, under: str) -> None:
        """A cluster took a wording."""
        if key is None:
            return
        shelf = self._shelves.pop(key.shelf, None)
        self._shelves[key.shelf] = shelf = shelf if shelf is not None else _Shelf([], bytearray())
        if self._has(key, text, under, shelf):
            return
        shelf.known.append(_Known(key, text, slots, under))
        shelf.meanings += key.meaning
        self._count += 1
        if len(shelf.known) > MOST_OTHERS:
            del shelf.meanings[: len(shelf.known.pop(0).key.meaning)]
            shelf.first += 1
            self._count -= 1
        while self._count > MOST_KNOWN and len(self._shelves) > 1:
            self._count -= len(self._shelves.pop(next(iter(self._shelves))).known)

    def _has(self, key: Key, text: SafeText, under: str, shelf: _Shelf) -> bool:
        """Whether the shelf holds a wording of that cluster already: if so, nearly always among those that mean the same."""
        met = self._met.get((key.shelf, text, key.exact))
        same = met.same if met is not None and met.shelf is shelf else ()
        near = (shelf.known[number - shelf.first] for number in same if number >= shelf.first)
        return any(known.under == under and known.text == text for known in chain(near, shelf.known))
