"""Which patterns a text could match: told by the stretches of characters that it holds, all patterns at once.

Each way to match (`gate.Ways`) is a bit, lit where the text holds a key of each of the way's two best clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain
from operator import add

from console.triage.gate import Clause, ways_of, weight

Keys = list[list[list[str]]]
"""Of one pattern: for each way the keys of up to two clauses. A way without: nothing is sure."""

MOST_CLAUSES = 2
LENGTHS = {"zh": (1, 2, 3), "en": (1, 2, 3, 4, 7)}
"""Characters of a key."""

_HAN = re.compile("[\u3400-\u9fff]+")
_ANY_HAN = "一"
"""Stands for all Chinese characters side by side, of which no English pattern knows any."""


def digest(pattern: str) -> str:
    """Under which name the keys of a pattern are kept."""
    return blake2b(pattern.encode(), digest_size=6).hexdigest()


def keys_of(pattern: str, lang: str) -> Keys:
    """What the text of a language must hold before the pattern is tried."""
    ways = []
    for way in ways_of(pattern):
        clauses = [sorted({_key(text, lang) for text in clause}) for clause in sorted(way, key=weight)[:MOST_CLAUSES]]
        ways.append([keys for keys in clauses if "" not in keys])
    return ways


def _key(text: str, lang: str) -> str:
    """The rarest stretch of a text that has a length for keys; empty where no English text can be told by it."""
    if lang == "en" and _HAN.search(text):
        return ""
    length = max(one for one in LENGTHS[lang] if one <= len(text))
    return min((text[at : at + length] for at in range(len(text) - length + 1)), key=_weight_of_one)


def _weight_of_one(text: str) -> int:
    clause: Clause = (text,)
    return weight(clause)


class Gate:
    """Keys → bits. Patterns are added, then it is closed, then asked."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._count = 0
        self._places: tuple[dict[str, list[int]], ...] = tuple({} for _ in range(MOST_CLAUSES))
        self._unsure: tuple[list[int], ...] = tuple([] for _ in range(MOST_CLAUSES))
        self._bits: dict[str, int] = {}
        self._always = 0
        self._text, self._lit = "", 0

    def add(self, ways: Keys) -> int:
        """Returns the bits of a pattern with these keys, one a way: the next ones."""
        first = self._count
        for bit, clauses in enumerate(ways, first):
            for number, places in enumerate(self._places):
                if number < len(clauses):
                    for key in clauses[number]:
                        places.setdefault(key, []).append(bit)
                else:
                    self._unsure[number].append(bit)
        self._count += len(ways)
        return (1 << self._count) - (1 << first)

    def close(self) -> None:
        """All patterns are in: each key's bits as one number, those of the second clauses above those of the first."""
        for number, places in enumerate(self._places):
            shift = number * self._count
            for key, bits in places.items():
                self._bits[key] = self._bits.get(key, 0) | _number(bits) << shift
            self._always |= _number(self._unsure[number]) << shift
        self._lit = self._always & self._always >> self._count
        for places in self._places:
            places.clear()

    def lit(self, text: str) -> int:
        """The bits of what could match; what is not lit cannot. The same text again is not looked at again."""
        if text == self._text:
            return self._lit
        lit = self._always
        stretches = _stretches(text) if self._lang == "zh" else _longer_stretches(text if text.isascii() else _HAN.sub(_ANY_HAN, text))
        for bits in filter(None, map(self._bits.get, stretches)):
            lit |= bits
        self._text, self._lit = text, lit & lit >> self._count & (1 << self._count) - 1
        return self._lit


def _stretches(text: str) -> Iterator[str]:
    """All of one, two and three characters."""
    pairs = list(map(add, text, text[1:]))
    return chain(text, pairs, map(add, pairs, text[2:]))


def _longer_stretches(text: str) -> Iterator[str]:
    """All of one, two, three, four and seven characters."""
    pairs = list(map(add, text, text[1:]))
    threes = list(map(add, pairs, text[2:]))
    fours = list(map(add, pairs, pairs[2:]))
    return chain(text, pairs, threes, fours, map(add, fours, threes[4:]))


def _number(bits: Iterable[int]) -> int:
    out = 0
    for bit in bits:
        out |= 1 << bit
    return out
