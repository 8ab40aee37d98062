"""Which characters a rule cannot do without: read off the pattern itself, so that most rules are never tried.

Only what the rule tables use of the pattern language is read: characters, classes, groups, | and the quantifiers. Anything
else counts as "could be anything", which is always safe.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Too common in comments to say much; chosen only where a rule holds nothing rarer.
WEAK = frozenset("的了有不是吗什么这个在好能会要多少怎几哪还都一下点太很得我你看来大上到就没人天去")
_WEAK_EN = frozenset(
    ["the", "you", "are", "does", "how", "what", "for", "this", "can", "your", "with", "have", "there", "will", "any", "one"]
)
_COMMON_EN = frozenset(" eatoins")
_OPTIONAL = re.compile(r"\?|\*|\{0,?\d*\}")
_QUANTIFIER = re.compile(r"[?*+]|\{\d*,?\d*\}")
_OPENING = re.compile(r"\((?:\?(:|=|!|<=|<!))?")
# What is no character that stands for itself.
_SIGNS = frozenset("([\\.^$")
_COUNTED = frozenset("?*+{")

Needs = frozenset[str] | None
"""A text must hold one of these; None = nothing is sure."""
Weigh = Callable[[frozenset[str]], tuple[int, int]]
"""Of several needs of one sequence the lightest is kept, the first of equals."""


def needed_characters(pattern: str) -> frozenset[str]:
    """Characters of which every text that `pattern` matches holds at least one; empty where that can't be told."""
    return _needed(pattern, _weight, whole=False)


def needed_texts(pattern: str) -> tuple[str, ...]:
    """Runs of characters of which every text that `pattern` matches holds at least one; empty where that can't be told."""
    found = sorted(_needed(pattern, _weight_of_texts, whole=True))
    return tuple(one for one in found if not any(other in one for other in found if other != one))


def needed_keys(pattern: str, length: int) -> tuple[frozenset[str], frozenset[str]]:
    """Two sets of runs of at most `length` characters: every text that `pattern` matches holds at least one of each. A set is empty where
    that can't be told; the two are the same where the pattern needs one thing only.

    A needed text stands for itself where it is that short, else one stretch of it does: the one of the rarest characters."""
    first = _needed(pattern, _weight_of_texts, whole=True)

    def other(needs: frozenset[str]) -> tuple[int, int]:
        return _weight_of_texts(needs)[0] + (0 if first.isdisjoint(needs) else 10_000), 0

    second = _needed(pattern, other, whole=True) if first else first
    return frozenset(_key(one, length) for one in first), frozenset(_key(one, length) for one in second)


def _key(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    stretches = [text[at : at + length] for at in range(len(text) - length + 1)]
    return min(stretches, key=lambda one: (sum(char in WEAK or char in _COMMON_EN for char in one), stretches.index(one)))


def _needed(pattern: str, weigh: Weigh, *, whole: bool) -> frozenset[str]:
    needs, end = _alternation(pattern, 0, weigh, whole)
    return needs or frozenset() if end == len(pattern) else frozenset()


def _alternation(pattern: str, at: int, weigh: Weigh, whole: bool) -> tuple[Needs, int]:
    found: list[Needs] = []
    while True:
        needs, at = _sequence(pattern, at, weigh, whole)
        found.append(needs)
        if at >= len(pattern) or pattern[at] != "|":
            break
        at += 1
    if len(found) == 1:
        return found[0], at
    if None in found:
        return None, at
    return frozenset().union(*(needs for needs in found if needs is not None)), at


def _sequence(pattern: str, at: int, weigh: Weigh, whole: bool) -> tuple[Needs, int]:
    """The lightest need of all its parts. `whole`: characters side by side are one text, else each is a need of its own."""
    parts: list[frozenset[str]] = []
    run = ""
    while at < len(pattern) and (char := pattern[at]) not in "|)":
        if char in _SIGNS:
            needs, at = _atom(pattern, at, weigh, whole)
        else:
            needs, at = frozenset(char), at + 1
            if whole and pattern[at : at + 1] not in _COUNTED:
                run += char
                continue
        if run:
            parts.append(frozenset((run,)))
            run = ""
        if at < len(pattern) and pattern[at] in _COUNTED:
            needs, at = _quantified(needs, pattern, at)
        if needs is not None:
            parts.append(needs)
    if run:
        parts.append(frozenset((run,)))
    return (min(parts, key=weigh) if len(parts) > 1 else parts[0] if parts else None), at


def _quantified(needs: Needs, pattern: str, at: int) -> tuple[Needs, int]:
    quantifier = _QUANTIFIER.match(pattern, at)
    if quantifier is None:
        return needs, at
    at = quantifier.end()
    if at < len(pattern) and pattern[at] == "?":
        at += 1
    return None if _OPTIONAL.fullmatch(quantifier.group()) else needs, at


def _weight(needs: frozenset[str]) -> tuple[int, int]:
    return len(needs & WEAK), len(needs)


def _weight_of_texts(needs: frozenset[str]) -> tuple[int, int]:
    """Few, long and unusual ones say most."""
    said = [one.strip() for one in needs]
    common = sum(one in WEAK or one in _WEAK_EN for one in said) + 9 * said.count("")
    return len(said) + 2 * common - 2 * min(4, *map(len, said)), 0


def _atom(pattern: str, at: int, weigh: Weigh, whole: bool) -> tuple[Needs, int]:
    char = pattern[at]
    if char == "(":
        return _group(pattern, at, weigh, whole)
    if char == "[":
        end = pattern.index("]", at + 2)
        inside = pattern[at + 1 : end]
        sure = inside[0] != "^" and "\\" not in inside and "-" not in inside
        return (frozenset(inside) if sure else None), end + 1
    return None, at + (2 if char == "\\" else 1)


def _group(pattern: str, at: int, weigh: Weigh, whole: bool) -> tuple[Needs, int]:
    opening = _OPENING.match(pattern, at)
    assert opening is not None
    needs, end = _alternation(pattern, opening.end(), weigh, whole)
    looks = opening.group(1) not in (None, ":")
    return (None if looks else needs), end + 1
