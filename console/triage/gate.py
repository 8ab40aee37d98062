"""Which characters a rule cannot do without: read off the pattern itself, so that most rules are never tried.

Only what the rule tables use of the pattern language is read: characters, classes, groups, | and the quantifiers. Anything
else counts as "could be anything", which is always safe.
"""

from __future__ import annotations

import re

# Too common in comments to say much; chosen only where a rule holds nothing rarer.
WEAK = frozenset("的了有不是吗什么这个在好能会要多少怎几哪还都一下点太很得我你看来大上到就没人天去")
_WEAK_EN = frozenset(
    ["the", "you", "are", "does", "how", "what", "for", "this", "can", "your", "with", "have", "there", "will", "any", "one"]
)
_OPTIONAL = re.compile(r"\?|\*|\{0,?\d*\}")
_QUANTIFIER = re.compile(r"[?*+]|\{\d*,?\d*\}")

Needs = frozenset[str] | None
"""A text must hold one of these; None = nothing is sure."""


def needed_characters(pattern: str) -> frozenset[str]:
    """Characters of which every text that `pattern` matches holds at least one; empty where that can't be told."""
    needs, end = _alternation(pattern, 0)
    return needs or frozenset() if end == len(pattern) else frozenset()


def needed_beginnings(pattern: str) -> frozenset[str]:
    """For English rules: word beginnings (three letters) or placeholders, one of which a text must hold; empty = can't be told."""
    keys: dict[str, None] = {}
    for one in outermost(re.sub(r"\(\?<?!(?:[^()]|\([^()]*\))*\)", "", pattern)):
        words = re.findall(r"(?<![a-z\\])[a-z]{3,}", re.sub(r"\\[bswdSW]", " ", one))
        chosen = [word[:3] for word in words if word not in _WEAK_EN] or [word[:3] for word in words]
        slots = [char for char in one if char >= "\ue000"]
        if not chosen and not slots:
            return frozenset()
        keys.update(dict.fromkeys(chosen + slots))
    return frozenset(keys)


def outermost(pattern: str) -> list[str]:
    """The pattern cut at its outermost |."""
    parts, depth, start, skip = [], 0, 0, False
    for at, char in enumerate(pattern):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _alternation(pattern: str, at: int) -> tuple[Needs, int]:
    found: list[Needs] = []
    while True:
        needs, at = _sequence(pattern, at)
        found.append(needs)
        if at >= len(pattern) or pattern[at] != "|":
            break
        at += 1
    if any(needs is None for needs in found):
        return None, at
    return frozenset().union(*(needs for needs in found if needs is not None)), at


def _sequence(pattern: str, at: int) -> tuple[Needs, int]:
    best: Needs = None
    while at < len(pattern) and pattern[at] not in "|)":
        needs, at = _atom(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier:
            at = quantifier.end()
            if at < len(pattern) and pattern[at] == "?":
                at += 1
            if _OPTIONAL.fullmatch(quantifier.group()):
                needs = None
        if needs is not None and (best is None or _weight(needs) < _weight(best)):
            best = needs
    return best, at


def _weight(needs: frozenset[str]) -> tuple[int, int]:
    return len(needs & WEAK), len(needs)


def _atom(pattern: str, at: int) -> tuple[Needs, int]:
    char = pattern[at]
    if char == "(":
        return _group(pattern, at)
    if char == "[":
        end = pattern.index("]", at + 2)
        inside = pattern[at + 1 : end]
        sure = inside[0] != "^" and "\\" not in inside and "-" not in inside
        return (frozenset(inside) if sure else None), end + 1
    if char == "\\":
        return None, at + 2
    return (None if char in ".^$" else frozenset(char)), at + 1


def _group(pattern: str, at: int) -> tuple[Needs, int]:
    opening = re.compile(r"\((?:\?(:|=|!|<=|<!))?").match(pattern, at)
    assert opening is not None
    needs, end = _alternation(pattern, opening.end())
    looks = opening.group(1) not in (None, ":")
    return (None if looks else needs), end + 1
