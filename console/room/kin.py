"""Questions in other words: which of the questions that are known mean the same as a new one, by what the network makes of them.

Slots dispose: only where need, slots, numbers and contrasts are equal (`triage/kin.py`) are meanings compared at all. All who mean
the same come together, whoever was first, so the order in which they come does not decide."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Slots, Understanding
from console.triage.kin import Key, key_of, mean_the_same, traits

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Rules

MOST_OTHERS = 64
"""Wordings that one is compared with, the newest first."""
MOST_SHELVES = 4_096
REMEMBERED_TEXTS = 4_096


class _Known(Struct, frozen=True):
    key: Key
    text: SafeText
    slots: Slots
    under: str
    """The id of the cluster that took it then."""


class _Shelf(Struct):
    """Wordings that only their meaning can keep apart, the newest last. `version`: how many it took; `met`: text → what was found for it
    at which version: nothing has to be compared again until something new comes."""

    known: deque[_Known]
    version: int = 0
    met: dict[str, tuple[int, tuple[_Known, ...]]] = {}


class Kin:
    """`_shelves`: wordings by all that must be equal; each wording of a cluster once. Made of the comments alone, so that whoever goes on
    from a snapshot knows the same."""

    def __init__(self, room: Room, rules: Rules) -> None:
        self._room, self._rules = room, rules
        self._shelves: dict[str, _Shelf] = {}
        self._traits = lru_cache(REMEMBERED_TEXTS)(lambda folded: traits(folded, rules.contrasts))
        said = [
            (min(one.seq for one in strand.comments), strand, atom)
            for cluster in room.state.clusters.values()
            for atom in cluster.atoms
            for strand in atom.strands()
            if strand.comments
        ]
        for _, strand, atom in sorted(said, key=lambda each: each[0]):
            key = self.key(atom.room, strand.slots, room.hearing.read_again(strand))
            self.remember(key, strand.text, strand.slots, atom.id)

    def key(self, room: str, slots: Slots, understood: Understanding) -> Key | None:
        return key_of(room, slots, understood, self._traits(understood.folded)) if understood.meaning else None

    def of(self, key: Key | None, text: SafeText) -> tuple[str, ...]:
        """Ids of clusters that hold a wording of the same meaning, each once, the newest wording first."""
        shelf = self._shelves.get(key.shelf) if key is not None else None
        if key is None or shelf is None:
            return ()
        version, same = shelf.met.get(text, (-1, ()))
        if version != shelf.version:
            same = self._compared(key, shelf)
            if len(shelf.met) >= REMEMBERED_TEXTS:
                shelf.met.clear()
            shelf.met[text] = (shelf.version, same)
        return tuple(dict.fromkeys(known.under for known in same if self._still_holds(known)))

    def _compared(self, key: Key, shelf: _Shelf) -> tuple[_Known, ...]:
        network = self._rules.model.net
        assert network is not None, "a key holds what a network heard"
        newest = [known for known, _ in zip(reversed(shelf.known), range(MOST_OTHERS), strict=False)]
        products = network.products(key.meaning, b"".join(known.key.meaning for known in newest))
        return tuple(
            known
            for known, both in zip(newest, products, strict=True)
            if key.exact == known.key.exact or mean_the_same(key, known.key, both)
        )

    def _still_holds(self, known: _Known) -> bool:
        """Not where it turned out that the comment meant another product."""
        cluster = self._room.queue.get(known.under)
        return cluster is not None and cluster.holds(known.text, known.slots)

    def remember(self, key: Key | None, text: SafeText, slots: Slots, under: str) -> None:
        """A cluster took a wording."""
        if key is None:
            return
        shelf = self._shelves.get(key.shelf)
        if shelf is None:
            shelf = self._shelves[key.shelf] = _Shelf(deque(maxlen=2 * MOST_OTHERS))
            if len(self._shelves) > MOST_SHELVES:
                del self._shelves[next(iter(self._shelves))]
        if not any(known.under == under and known.text == text for known in shelf.known):
            shelf.known.append(_Known(key, text, slots, under))
            shelf.version += 1
