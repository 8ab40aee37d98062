"""The same question in other words: what the network hears in two comments, and what must be equal whatever it hears.

It was trained to tell near misses apart (pockets and a hood, a return and an exchange), but numbers are all one to it, and a name that
it never heard says nothing: slots, numbers and such names must be equal, and words of one group of contrasts (左 / 右) must not differ.
Whether it is said as a question, a request or a complaint (没链接啊, 链接在哪, 上链接) changes nothing, unless the subjects differ too."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from console.domain.values import Need, Slots, Understanding
from console.triage.contrasts import Contrasts
from console.triage.impression import alike, product
from console.triage.near import are_worded_alike, differ, known_aspect, numbers_of, words_of
from console.triage.same import spoken

LEAST_ALIKE = 800
LEAST_ALIKE_ACROSS = 860
LEAST_ALIKE_CLEAR = 900
"""Permille of the cosine; across = where the rules read two different aspects, or only one of them says not; clear = where they read two
and nothing is left over. Chosen on bench/training/pairs.jsonl and rooms.jsonl (`subjects.py`, `rooms.py`)."""

_OPEN = frozenset(("material.pocket", "material.lining", "host.show", "host.measure", "host.compare"))
"""Subjects that say only that some detail is asked for: the detail is the question (pockets and hood, inside and label)."""


class Key(Struct, frozen=True):
    """All by which a question is found in other words. `shelf`: what must be equal before meanings are compared; `exact`: aspect, slots and
    content, equal where the rules alone say that two are one."""

    shelf: str
    exact: str
    need: Need
    aspect: str
    is_clear: bool
    folded: str
    negated: bool
    meaning: bytes
    squared: int


class Traits(Struct, frozen=True):
    """What a text says whoever asks it where."""

    said: tuple[str, ...]
    contrasts: tuple[str, ...]


def traits(folded: str, contrasts: Contrasts) -> Traits:
    return Traits(words_of(folded), contrasts.of(folded))


def key_of(room: str, slots: Slots, understood: Understanding) -> Key | None:
    """None where no network has read it."""
    if not understood.meaning:
        return None
    said, aspect = spoken(slots), known_aspect(understood)
    meant = tuple(one for one in said if one[0] != "negated")
    return Key(
        shelf=repr((room, meant, numbers_of(understood.content), understood.strange)),
        exact=f"{understood.aspect}\n{said!r}\n{understood.content}",
        need=understood.need,
        aspect=aspect,
        is_clear=aspect != "other" and not understood.content,
        folded=understood.folded,
        negated=bool(slots.negated),
        meaning=understood.meaning,
        squared=product(understood.meaning, understood.meaning),
    )


def are_one(a: Key, b: Key, traits_of: Callable[[str], Traits]) -> bool:
    """Whether one answer settles both. `traits_of`: the traits of a folded text."""
    if a.shelf != b.shelf:
        return False
    return a.exact == b.exact or mean_the_same(a, b, product(a.meaning, b.meaning), traits_of)


def mean_the_same(a: Key, b: Key, both: int, traits_of: Callable[[str], Traits]) -> bool:
    """Two of one shelf. `both`: the product of their meanings."""
    nearness = alike(both, a.squared, b.squared)
    are_clear, are_two = a.is_clear and b.is_clear, a.aspect != b.aspect and "other" not in (a.aspect, b.aspect)
    if nearness < (LEAST_ALIKE_CLEAR if are_clear else LEAST_ALIKE) or (are_two and a.need != b.need):
        return False
    its, others = traits_of(a.folded), traits_of(b.folded)
    if differ(its.contrasts, others.contrasts):
        return False
    if (a.aspect in _OPEN or b.aspect in _OPEN) and its.contrasts and others.contrasts and set(its.contrasts).isdisjoint(others.contrasts):
        return False
    is_doubtful = are_two or a.negated != b.negated
    return not (is_doubtful and nearness < LEAST_ALIKE_ACROSS) and not are_worded_alike(its.said, others.said)
