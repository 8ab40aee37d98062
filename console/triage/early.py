"""A coarser look at what a pattern can't do without: by it a comment in which nothing asks is read no further.

`gate.py` reads more off a pattern; but a comment that this look passes over was never read, and reading it would change what is
understood. Only what the rule tables use of the pattern language is read; anything else counts as "could be anything".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from console.triage.gate import WEAK, WEAK_EN
from console.triage.keys import Keys

_COMMON_EN = frozenset(" eatoins")
_OPTIONAL = re.compile(r"\?|\*|\{0,?\d*\}")
_QUANTIFIER = re.compile(r"[?*+]|\{\d*,?\d*\}")
_OPENING = re.compile(r"\((?:\?(:|=|!|<=|<!))?")
# What is no character that stands for itself.
_SIGNS = frozenset("([\\.^$")
_COUNTED = frozenset("?*+{")
_LENGTH = {"zh": 2, "en": 3}
"""Most characters of a key."""

Needs = frozenset[str] | None
"""A text must hold one of these; None = nothing is sure."""
Weigh = Callable[[frozenset[str]], int]
"""Of several needs of one sequence the lightest is kept, the first of equals."""


def early_keys(pattern: str, lang: str) -> Keys:
    """Two sets of runs: every text that `pattern` matches holds at least one of each. A set is missing where that can't be told; the two
    are the same where the pattern needs one thing only.

    A needed text stands for itself where it is short enough, else one stretch of it does: the one of the rarest characters."""
    first = _needed(pattern, _weight)

    def other(needs: frozenset[str]) -> int:
        return _weight(needs) + (0 if first.isdisjoint(needs) else 10_000)

    second = _needed(pattern, other) if first else first
    return [[sorted({_key(one, _LENGTH[lang]) for one in needs}) for needs in (first, second) if needs]]


def _key(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    stretches = [text[at : at + length] for at in range(len(text) - length + 1)]
    return min(stretches, key=lambda one: (sum(char in WEAK or char in _COMMON_EN for char in one), stretches.index(one)))


def _needed(pattern: str, weigh: Weigh) -> frozenset[str]:
    needs, end = _alternation(pattern, 0, weigh)
    return needs or frozenset() if end == len(pattern) else frozenset()


def _alternation(pattern: str, at: int, weigh: Weigh) -> tuple[Needs, int]:
    found: list[Needs] = []
    while True:
        needs, at = _sequence(pattern, at, weigh)
        found.append(needs)
        if at >= len(pattern) or pattern[at] != "|":
            break
        at += 1
    if len(found) == 1:
        return found[0], at
    if None in found:
        return None, at
    return frozenset().union(*(needs for needs in found if needs is not None)), at


def _sequence(pattern: str, at: int, weigh: Weigh) -> tuple[Needs, int]:
    """The lightest need of all its parts."""
    parts: list[frozenset[str]] = []
    run = ""
    while at < len(pattern) and (char := pattern[at]) not in "|)":
        if char in _SIGNS:
            needs, at = _atom(pattern, at, weigh)
        else:
            needs, at = frozenset(char), at + 1
            if pattern[at : at + 1] not in _COUNTED:
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


def _weight(needs: frozenset[str]) -> int:
    """Few, long and unusual ones say most."""
    said = [one.strip() for one in needs]
    common = sum(one in WEAK or one in WEAK_EN for one in said) + 9 * said.count("")
    return len(said) + 2 * common - 2 * min(4, *map(len, said))


def _atom(pattern: str, at: int, weigh: Weigh) -> tuple[Needs, int]:
    char = pattern[at]
    if char == "(":
        return _group(pattern, at, weigh)
    if char == "[":
        end = pattern.index("]", at + 2)
        inside = pattern[at + 1 : end]
        sure = inside[0] != "^" and "\\" not in inside and "-" not in inside
        return (frozenset(inside) if sure else None), end + 1
    return None, at + (2 if char == "\\" else 1)


def _group(pattern: str, at: int, weigh: Weigh) -> tuple[Needs, int]:
    opening = _OPENING.match(pattern, at)
    assert opening is not None
    needs, end = _alternation(pattern, opening.end(), weigh)
    looks = opening.group(1) not in (None, ":")
    return (None if looks else needs), end + 1
