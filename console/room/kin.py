"""Questions in other words: which of the questions that are known mean the same as a new one, by what the network makes of them.

Slots dispose: only where the link, what measures, and unheard names are equal (`triage/kin.py`) are meanings compared at all. All who mean
the same come together, whoever was first, so the order in which they come does not decide."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Slots
from console.triage.kin import LEAST_ALIKE, Key, key_of, mean_the_same, traits

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Rules

MOST_OTHERS = 256
"""Wordings that one is compared with: the newest of its shelf."""
MOST_KNOWN = 20_000
"""Wordings remembered; those of the shelf that took none for longest go first."""
REMEMBERED_TEXTS = 4_096


class _Known(Struct, frozen=True):
    key: Key
    text: SafeText
    slots: Slots
    under: str
    """The id of the cluster that took it then."""


class _Shelf(Struct):
    """Wordings that only their meaning can keep apart, the newest last. `met`: what was found for a text and its exact key, until a new
    wording comes: who types what was typed before is not compared again."""

    known: list[_Known]
    meanings: bytearray
    """Theirs, one after another."""
    met: dict[tuple[str, str], tuple[_Known, ...]] = {}


class Kin:
    """`_shelves`: wordings by all that must be equal, the shelf that took one last at the end; each wording of a cluster once. Only a
    memory: whoever goes on from a snapshot makes it anew of the comments."""

    def __init__(self, room: Room, rules: Rules) -> None:
        self._room, self._rules = room, rules
        self._shelves: dict[str, _Shelf] = {}
        self._count = 0
        self._traits = lru_cache(REMEMBERED_TEXTS)(lambda folded: traits(folded, rules.contrasts))
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
        same = shelf.met.get((text, key.exact))
        if same is None:
            same = shelf.met[text, key.exact] = self._compared(key, shelf)
        return tuple(dict.fromkeys(known.under for known in same if self._still_holds(known)))

    def _compared(self, key: Key, shelf: _Shelf) -> tuple[_Known, ...]:
        network = self._rules.model.net
        assert network is not None, "a key holds what a network heard"
        near = [(shelf.known[place], both) for place, both in network.near(key.meaning, bytes(shelf.meanings), LEAST_ALIKE[0])]
        return tuple(
            known for known, both in reversed(near) if known.key.exact == key.exact or mean_the_same(key, known.key, both, self._traits)
        )

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
        if any(known.under == under and known.text == text for known in shelf.known):
            return
        shelf.met.clear()
        shelf.known.append(_Known(key, text, slots, under))
        shelf.meanings += key.meaning
        self._count += 1
        if len(shelf.known) > MOST_OTHERS:
            del shelf.meanings[: len(shelf.known.pop(0).key.meaning)]
            self._count -= 1
        while self._count > MOST_KNOWN and len(self._shelves) > 1:
            self._count -= len(self._shelves.pop(next(iter(self._shelves))).known)
