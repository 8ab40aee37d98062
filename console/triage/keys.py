"""Which patterns a text could match: told by the stretches of characters that it holds, all patterns at once.

Each way to match (`gate.Ways`) is a bit, lit where the text holds a key of each of the way's two best clauses. Of a Chinese text every
stretch is looked up. Another one is looked at word by word, because the same words come again and again, and in long stretches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, reduce
from hashlib import blake2b
from itertools import chain
from operator import add, or_

from console.triage.gate import Clause, ways_of, weight

Keys = list[list[list[str]]]
"""Of one pattern: for each way the keys of up to two clauses. A way without: nothing is sure."""

MOST_CLAUSES = 2
LONGEST_ZH = 3
LONG_EN = 7
"""A key that goes over the end of a word has just so many characters, one inside a word fewer."""
REMEMBERED_WORDS = 4096

_HAN = re.compile("[\u3400-\u9fff]+")
_ANY_HAN = "一"
"""Stands for all Chinese characters side by side, of which no English pattern knows any."""
_WORDS = re.compile(f" ?[^ {_ANY_HAN}]+ ?")


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
    """The rarest stretch of a text that is looked up; empty where no English text can be told by it."""
    length = LONGEST_ZH if lang == "zh" else LONG_EN
    if lang == "en":
        if _HAN.search(text):
            return ""
        if len(text) < length:
            text, length = min(_words(text), key=_weight_of_one, default=""), length - 1
    return min((text[at : at + length] for at in range(max(1, len(text) - length + 1))), key=_weight_of_one)


def _words(text: str) -> list[str]:
    """Each word with the blanks beside it."""
    return _WORDS.findall(text.replace(" ", "  "))


def _weight_of_one(text: str) -> int:
    clause: Clause = (text,)
    return weight(clause)


class Gate:
    """Keys → bits. Patterns are added, then it is closed, then asked. `by_words`: for the keys of English patterns."""

    def __init__(self, *, by_words: bool) -> None:
        self._look = self._by_words if by_words else self._by_stretches
        self._count = 0
        self._places: tuple[dict[str, list[int]], ...] = tuple({} for _ in range(MOST_CLAUSES))
        self._unsure: tuple[list[int], ...] = tuple([] for _ in range(MOST_CLAUSES))
        self._bits: dict[str, int] = {}
        self._always = 0
        self._text, self._lit = "", 0
        self._word = lru_cache(REMEMBERED_WORDS)(self._bits_of_word)

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
        # Most keys light what another one lights.
        same: dict[int, int] = {}
        self._bits = {key: same.setdefault(bits, bits) for key, bits in self._bits.items()}

    def lit(self, text: str) -> int:
        """The bits of what could match; what is not lit cannot. The same text again is not looked at again."""
        if text != self._text:
            lit = self._look(text)
            self._text, self._lit = text, lit & lit >> self._count & (1 << self._count) - 1
        return self._lit

    def _by_stretches(self, text: str) -> int:
        pairs = list(map(add, text, text[1:]))
        found = map(self._bits.get, chain(text, pairs, map(add, pairs, text[2:])))
        return reduce(or_, filter(None, found), self._always)

    def _by_words(self, text: str) -> int:
        if not text.isascii():
            text = _HAN.sub(_ANY_HAN, text)
        # The end of a text counts as a blank: that lights more, never less.
        lit = reduce(or_, map(self._word, _words(f" {text} ")), self._always)
        found = map(self._bits.get, [text[at : at + LONG_EN] for at in range(len(text) - LONG_EN + 1)])
        return reduce(or_, filter(None, found), lit)

    def _bits_of_word(self, word: str) -> int:
        stretches = (word[at : at + length] for length in range(1, LONG_EN) for at in range(len(word) - length + 1))
        return reduce(or_, filter(None, map(self._bits.get, stretches)), 0)


def _number(bits: Iterable[int]) -> int:
    out = 0
    for bit in bits:
        out |= 1 << bit
    return out
