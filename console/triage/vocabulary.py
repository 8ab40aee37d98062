"""Words of the tables: what they stand for, how they are misspelt. Every complaint names the table and the key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from console.domain.errors import ConfigError
from console.triage.late import Late

ENGLISH_WORD = re.compile(r"[a-z&][a-z&\-]*")
MOST_WORDS = 3
"""Of a phrase of the table; a longer one is never found."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words by their first character (Chinese) or whole (English), each with what it stands for. `first_zh` finds the places
    where a Chinese one could begin; `longest_english`: by first word, of how many words the longest phrase consists (≤ 3)."""

    by_first: Mapping[str, tuple[tuple[str, str, str], ...]]
    english: Mapping[str, tuple[str, str]]
    first_zh: Late
    longest_english: Mapping[str, int]
    within: Mapping[str, str]


def bad(table: str, key: str, why: str) -> ConfigError:
    return ConfigError(f"{table}.toml, {key}: {why}", hint="Put the table right, or reinstall liveroom-console")


def get(table: str, values: Mapping[str, Any], key: str, kind: type) -> Any:
    value = values.get(key)
    if not isinstance(value, kind):
        raise bad(table, key, f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def strings(table: str, values: Mapping[str, Any], key: str) -> list[str]:
    found = get(table, values, key, list)
    if not all(isinstance(one, str) and one for one in found):
        raise bad(table, key, "every entry is a text of at least one character")
    return cast(list[str], found)


def longest_first(words: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))


def spelling(rewrites: Mapping[str, Any]) -> dict[str, str]:
    """Word → word: what the table says, and one-slip misspellings of its shop words (swapped, left out, doubled letter)."""
    out: dict[str, str] = {}
    said = get("rewrites", rewrites, "en", dict)
    right = strings("rewrites", get("rewrites", rewrites, "spelling", dict), "words")
    for word in right:
        for slip in _slips(word):
            out.setdefault(slip, word)
    for word in right:
        out.pop(word, None)
    for word in said:
        out[word] = get("rewrites", said, word, str)
    return out


def _slips(word: str) -> list[str]:
    swapped = [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(1, len(word) - 1)]
    if len(word) < 6:
        return swapped
    short = [word[:n] + word[n + 1 :] for n in range(1, len(word) - 1)]
    doubled = [word[:n] + word[n] + word[n:] for n in range(1, len(word))]
    return swapped + short + doubled


def parse_words(table: Mapping[str, Any]) -> Words:
    zh: dict[str, tuple[str, str]] = {}
    en: dict[str, tuple[str, str]] = {}

    def learn(word: str, kind: str, value: str) -> None:
        target = en if word.isascii() and not word[0].isdigit() else zh
        target[word] = (kind, value)

    protect = get("words", table, "protect", dict)
    for word in (*strings("words", protect, "zh"), *strings("words", protect, "en")):
        learn(word, "", word)
    for root in strings("words", get("words", table, "colour_roots", dict), "zh"):
        for tail in ("色", "色的", "的", "款", "颜色"):
            learn(root + tail, "colour", root)
    for kind in ("colour", "material", "place", "courier", "person", "wash", "date", "size"):
        for value, spoken in get("words", table, kind, dict).items():
            if not isinstance(spoken, list):
                raise bad("words", f"{kind}.{value}", "expected a list of words")
            for word in (value, *spoken):
                if len(word) > (2 if kind == "size" else 1 if kind == "colour" else 0):
                    learn(word.lower(), kind, value)
    product = get("words", table, "product", dict)
    for word in strings("words", product, "zh"):
        learn(word.lower(), "product", word.lower())
    for word in strings("words", product, "en"):
        learn(word, "product", word)
        learn(word + ("es" if word.endswith(("s", "x", "sh", "ch")) else "s"), "product", word)
    same = get("words", table, "product_same", dict)
    for name in same:
        for word in (name, *strings("words", same, name)):
            learn(word, "product", name)
    wider = get("words", table, "within", dict)
    within = {place: province for province in wider for place in strings("words", wider, province)}
    by_first: dict[str, list[tuple[str, str, str]]] = {}
    for word in longest_first(zh):
        by_first.setdefault(word[0], []).append((word, *zh[word]))
    firsts = Late("[" + "".join(map(re.escape, by_first)) + "]" if by_first else "(?!)")
    return Words({first: tuple(found) for first, found in by_first.items()}, en, firsts, _longest(en), within)


def _longest(phrases: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for phrase in phrases:
        words = ENGLISH_WORD.findall(phrase)
        if words and phrase.startswith(words[0]):
            out[words[0]] = max(out.get(words[0], 0), min(len(words), MOST_WORDS))
    return out
