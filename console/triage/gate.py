"""What a text must hold before a pattern can match: read off the pattern itself, so that most patterns are never tried.

Only what the rule tables use of the pattern language is read: characters, classes, groups, look-arounds, | and the quantifiers.
Anything else counts as "could be anything", which is always safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# Too common in comments to say much; chosen only where a rule holds nothing rarer.
WEAK = frozenset("的了有不是吗什么这个在好能会要多少怎几哪还都一下点太很得我你看来大上到就没人天去")
WEAK_EN = frozenset(
    ["the", "you", "are", "does", "how", "what", "for", "this", "can", "your", "with", "have", "there", "will", "any", "one"]
)
_COMMON_EN = frozenset(" eatoinsrhldu")
MOST_TEXTS = 48
"""Texts that are told apart; where a stretch of a pattern stands for more of them, it is cut in two."""
MOST_WAYS = 12
"""Ways that are told apart; where a part of a pattern has more of them, only what is common to all is kept."""
_LONGEST_RANGE = 12

_OPENING = re.compile(r"\((?:\?(?P<kind>:|=|!|<=|<!|>))?")
_QUANTIFIER = re.compile(r"(?:(?P<maybe>\?|\*|\{0,?\d*\})|\+|\{\d*,?\d*\})[?+]?")
_ESCAPE = re.compile(r"\\(?:u[\da-f]{4}|x[\da-f]{2}|.)", re.IGNORECASE | re.DOTALL)
# What stands between characters and takes none of them.
_EDGES = frozenset("bBAZ")
# No characters that stand for themselves; where a quantifier has nothing to count, the pattern is none, and is tried to find out.
_STRAY = frozenset(".*+?{")
_UNREAD = re.compile(r"\(\?(?![:=!>]|<[=!])")

Clause = tuple[str, ...]
"""Texts of which one must stand there, in code point order."""
Way = tuple[Clause, ...]
"""One way to match: a text must fulfil every clause. The one that fewest texts fulfil first."""
Ways = tuple[Way, ...]
"""A text that a pattern matches fulfils one of them. A way without a clause = nothing is sure."""

_NOTHING_SURE: Ways = ((),)


class _Part(NamedTuple):
    """A piece of a pattern: the texts for which alone it can stand (None: too many, or not told), and what must be there besides."""

    texts: frozenset[str] | None
    ways: Ways


_EMPTY = frozenset(("",))
_ANYTHING = _Part(None, _NOTHING_SURE)
_NO_CHARACTER = _Part(_EMPTY, _NOTHING_SURE)


def ways_of(pattern: str) -> Ways:
    """What the texts hold that `pattern` matches."""
    if _UNREAD.search(pattern):
        return _NOTHING_SURE
    reading = _Reading(pattern)
    whole = reading.alternatives()
    return _said(whole) if reading.at == len(pattern) else _NOTHING_SURE


def needed_characters(pattern: str) -> frozenset[str]:
    """Characters of which every text that `pattern` matches holds at least one; empty where that can't be told."""
    return frozenset(min(text, key=_share) for clause in _common(ways_of(pattern)) for text in clause)


def could_match(ways: Ways, text: str) -> bool:
    """Whether the text fulfils one of them."""
    for way in ways:
        for clause in way:
            for one in clause:
                if one in text:
                    break
            else:
                break
        else:
            return True
    return False


class _Reading:
    """One walk through a pattern."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.at = 0

    def alternatives(self) -> _Part:
        """… up to the bracket that closes them, or the end."""
        found = [self._sequence()]
        while self._next() == "|":
            self.at += 1
            found.append(self._sequence())
        return found[0] if len(found) == 1 else _either(found)

    def _next(self) -> str:
        return self._pattern[self.at : self.at + 1]

    def _sequence(self) -> _Part:
        texts, ways, is_told = _EMPTY, _NOTHING_SURE, True
        while self._next() not in ("", "|", ")"):
            part = self._quantified(self._atom())
            ways = _both(ways, part.ways)
            joined = {one + other for one in texts for other in part.texts} if part.texts is not None else None
            if joined is not None and len(joined) <= MOST_TEXTS:
                texts = frozenset(joined)
                continue
            ways, is_told = _both(ways, _ways_of_texts(texts)), False
            texts = part.texts if part.texts is not None else _EMPTY
        return _Part(texts, ways) if is_told else _Part(None, _both(ways, _ways_of_texts(texts)))

    def _quantified(self, part: _Part) -> _Part:
        quantifier = _QUANTIFIER.match(self._pattern, self.at)
        if quantifier is None:
            return part
        self.at = quantifier.end()
        if quantifier.group("maybe") is None:
            return _Part(None, _said(part))
        if quantifier.group("maybe") == "?" and part.texts is not None and part.ways == _NOTHING_SURE:
            return _Part(part.texts | _EMPTY, _NOTHING_SURE)
        return _ANYTHING

    def _atom(self) -> _Part:
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escape()
        self.at += 1
        if char in "^$":
            return _NO_CHARACTER
        return _ANYTHING if char in _STRAY else _Part(frozenset(char), _NOTHING_SURE)

    def _escape(self) -> _Part:
        found = _ESCAPE.match(self._pattern, self.at)
        if found is None:
            self.at += 2
            return _ANYTHING
        self.at = found.end()
        escaped = found.group()[1:]
        if escaped in _EDGES:
            return _NO_CHARACTER
        return _ANYTHING if escaped[0].isalnum() else _Part(frozenset(escaped), _NOTHING_SURE)

    def _class(self) -> _Part:
        end = self._pattern.index("]", self.at + 2)
        inside = self._pattern[self.at + 1 : end]
        self.at = end + 1
        if inside[0] == "^" or "\\" in inside:
            return _ANYTHING
        chars = set(inside)
        for first, last in re.findall("(.)-(.)", inside):
            if ord(last) - ord(first) > _LONGEST_RANGE:
                return _ANYTHING
            chars.update(map(chr, range(ord(first), ord(last) + 1)))
        return _Part(frozenset(chars), _NOTHING_SURE)

    def _group(self) -> _Part:
        opening = _OPENING.match(self._pattern, self.at)
        assert opening is not None
        self.at = opening.end()
        inside = self.alternatives()
        self.at += 1
        kind = opening.group("kind")
        if kind in ("!", "<!"):
            return _NO_CHARACTER
        return _Part(_EMPTY, _said(inside)) if kind in ("=", "<=") else inside


def _either(parts: list[_Part]) -> _Part:
    texts: set[str] = set()
    for part in parts:
        if part.texts is None or part.ways != _NOTHING_SURE:
            break
        texts |= part.texts
    else:
        return _Part(frozenset(texts), _NOTHING_SURE) if len(texts) <= MOST_TEXTS else _Part(None, _ways_of_texts(texts))
    ways = [way for part in parts for way in _said(part)]
    if not all(ways):
        return _ANYTHING
    # Ways of one clause each are one way: one of all their texts.
    single = [text for way in ways if len(way) == 1 for text in way[0]]
    return _Part(None, (*(_ways_of_texts(single) if single else ()), *dict.fromkeys(way for way in ways if len(way) > 1)))


def _said(part: _Part) -> Ways:
    """All that must be there."""
    return part.ways if part.texts is None else _both(part.ways, _ways_of_texts(part.texts))


def _ways_of_texts(texts: Iterable[str]) -> Ways:
    """One of these texts must be there; one that holds another says no more than that."""
    said = sorted(set(texts))
    return ((tuple(one for one in said if not any(other in one for other in said if other != one)),),) if "" not in said else _NOTHING_SURE


def _both(ways: Ways, others: Ways) -> Ways:
    if ways == _NOTHING_SURE or others == _NOTHING_SURE:
        return others if ways == _NOTHING_SURE else ways
    if len(ways) * len(others) > MOST_WAYS:
        others = (_common(others),)
        ways = (_common(ways),) if len(ways) > MOST_WAYS else ways
    return tuple(tuple(sorted(dict.fromkeys((*way, *other)), key=weight)) for way in ways for other in others)


def _common(ways: Ways) -> Way:
    """What holds whichever way it goes: the best clause of each, as one."""
    if not all(ways):
        return ()
    return _ways_of_texts(text for way in ways for text in min(way, key=weight))[0]


def weight(clause: Clause) -> int:
    """About how many of a hundred million texts fulfil it, by the rule of thumb of a man with a pencil; the lighter says more."""
    return sum(map(_texts_with, clause))


def _texts_with(text: str) -> int:
    out = 100_000_000
    for char in text:
        out = out * _share(char) // 100
    return max(out, 5_000_000) if text.strip() in WEAK_EN else out


def _share(char: str) -> int:
    """Of a hundred places, how many this character takes."""
    if char.isascii():
        return 30 if char in _COMMON_EN else 10
    return 15 if char in WEAK else 2
