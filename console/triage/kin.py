"""The same question in other words: what the network hears in two comments, and what must be equal whatever it hears.

It was trained to tell near misses apart (pockets and a hood, a return and an exchange), but numbers are all one to it, and a name that
it never heard says nothing. So what counts or measures, the link and such names must be equal; nothing else that both say may differ,
nor words of one group of contrasts (左 / 右). What only one of them says ("电饭锅保修几年", "质保多久") is a doubt, and so is
another subject: the more doubts, the nearer the meanings must be."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from msgspec import Struct

from console.domain.values import Need, Slots, Understanding
from console.triage.contrasts import Contrasts
from console.triage.impression import Network, alike, product
from console.triage.near import are_worded_alike, differ, known_aspect, numbers_of, words_of
from console.triage.same import spoken

LEAST_ALIKE = (800, 870, 910)
"""Permille of the cosine: without a doubt, with one, with more. Chosen on bench/training/pairs.jsonl, families.tsv and rooms.jsonl
(`subjects.py`, `rooms.py`)."""
REMEMBERED_TEXTS = 4_096

_SOFT = frozenset(("product", "date", "count", "negated"))
"""Slots whose words the network hears."""
_OF_A_THING = frozenset(("price", "stock", "link"))
"""Here the product is the question, and a number may be the thing that is meant."""
_OPEN = frozenset(("material.pocket", "material.lining", "host.show", "host.measure", "host.compare"))
"""Subjects that say only that some detail is asked for: the detail is the question (pockets and hood, inside and label)."""


class Key(Struct, frozen=True):
    """All by which a question is found in other words. `shelf`: what must be equal before meanings are compared; `exact`: need, aspect,
    slots and content, equal where the rules alone say that two are one."""

    shelf: str
    exact: str
    need: Need
    soft: dict[str, frozenset[Any]]
    """What both may not say differently, and one may leave out."""
    aspect: str
    is_clear: bool
    is_of_a_thing: bool
    folded: str
    meaning: bytes
    squared: int


class Traits(Struct, frozen=True):
    """What a text says whoever asks it where."""

    said: tuple[str, ...]
    contrasts: tuple[str, ...]
    alone: tuple[str, ...]
    """Those of them that make another question even beside one that says nothing of their group."""


def traits(folded: str, contrasts: Contrasts) -> Traits:
    said = contrasts.of(folded)
    return Traits(words_of(folded), said, tuple(one for one in said if one in contrasts.alone))


def key_of(room: str, slots: Slots, understood: Understanding) -> Key | None:
    """None where no network has read it."""
    if not understood.meaning:
        return None
    said, aspect = spoken(slots), known_aspect(understood)
    numbers = numbers_of(understood.content)
    is_of_a_thing = understood.intent in _OF_A_THING
    may_lack = _SOFT - {"product"} if is_of_a_thing else _SOFT
    hard = [one for one in said if one[0] not in may_lack]
    soft = {name: _values(value) for name, value in said if name in may_lack}
    if numbers and is_of_a_thing:
        hard.append(("numbers", numbers))
    elif numbers:
        soft["numbers"] = frozenset((numbers,))
    return Key(
        shelf=repr((room, hard, understood.strange)),
        exact=f"{understood.need}\n{understood.aspect}\n{said!r}\n{understood.content}",
        need=understood.need,
        soft=soft,
        aspect=aspect,
        is_clear=aspect != "other" and not understood.content,
        is_of_a_thing=is_of_a_thing,
        folded=understood.folded,
        meaning=understood.meaning,
        squared=product(understood.meaning, understood.meaning),
    )


def _values(value: Any) -> frozenset[Any]:
    return frozenset(value if isinstance(value, tuple) else (value,))


class Kinship:
    """Whether one answer settles two questions."""

    def __init__(self, network: Network, contrasts: Contrasts) -> None:
        self._network = network
        self._traits = lru_cache(REMEMBERED_TEXTS)(lambda folded: traits(folded, contrasts))

    def are_one(self, a: Key, b: Key) -> bool:
        return a.shelf == b.shelf and (a.exact == b.exact or self.mean_the_same(a, b, product(a.meaning, b.meaning)))

    def near(self, key: Key, meanings: bytes) -> list[tuple[int, int]]:
        """Of meanings, which stand one after another, those that may be of the same question: place, scalar product."""
        return self._network.near(key.meaning, meanings, LEAST_ALIKE[0])

    def mean_the_same(self, a: Key, b: Key, both: int) -> bool:
        """Two of one shelf. `both`: the product of their meanings."""
        nearness = alike(both, a.squared, b.squared)
        if nearness < LEAST_ALIKE[0] or _gainsay(a, b) or nearness < LEAST_ALIKE[min(_doubts(a, b), 2)]:
            return False
        its, others = self._traits(a.folded), self._traits(b.folded)
        if its.alone != others.alone or differ(its.contrasts, others.contrasts):
            return False
        asks_for_a_detail = its.contrasts and others.contrasts and (a.aspect in _OPEN or b.aspect in _OPEN)
        if asks_for_a_detail and set(its.contrasts).isdisjoint(others.contrasts):
            return False
        return not are_worded_alike(its.said, others.said)


def _gainsay(a: Key, b: Key) -> bool:
    """Whether both say a thing of one kind, and neither says all that the other says."""
    return any(name in b.soft and not (values <= b.soft[name] or b.soft[name] <= values) for name, values in a.soft.items())


def _doubts(a: Key, b: Key) -> int:
    """What only one of them says, and that one asks and the other complains, or that they ask about two subjects; two subjects of which
    nothing is left over count twice, and so does one in which the product is the question beside one in which it isn't."""
    said = sum(a.soft.get(name) != b.soft.get(name) for name in a.soft.keys() | b.soft.keys())
    are_two = a.aspect != b.aspect and "other" not in (a.aspect, b.aspect)
    are_far = a.is_of_a_thing != b.is_of_a_thing
    return said + (a.need != b.need) + are_two + (are_two and a.is_clear and b.is_clear) + are_far
