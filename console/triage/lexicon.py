"""The word tables, parsed once: what the pure floors know about language stands in data files, not in code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from console.domain.errors import ConfigError
from console.domain.values import INTENTS, Intent
from console.triage.gate import needed_beginnings, needed_characters
from console.triage.vocabulary import Words, bad, get, longest_first, parse_words, spelling, strings

Kind = Literal["ask", "topic", "bare", "request", "problem"]
KINDS: tuple[Kind, ...] = ("ask", "topic", "bare", "request", "problem")
SLOT_KINDS = (
    "link", "size", "weight", "height", "colour", "material", "volume", "age", "place",
    "courier", "date", "person", "wash", "money", "count", "product",
)  # fmt: skip
PLACEHOLDER = {kind: chr(0xE000 + n) for n, kind in enumerate(SLOT_KINDS)}
"""A slot that was read is replaced by one private character, so that rules can say `<colour>`."""
KIND_OF = {char: kind for kind, char in PLACEHOLDER.items()}

DEFAULT_RANK = 5
TABLES = ("simplified", "rewrites", "words", "aspects_zh", "aspects_en", "need")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to speak of an aspect. Lower `rank` wins; `keep`: the words found stay in the content."""

    aspect: str
    intent: Intent
    kind: Kind
    pattern: re.Pattern[str]
    rank: int
    keep: bool
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Marker:
    """One sign that something is asked (or that what looks like it asks nothing)."""

    pattern: re.Pattern[str]
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Sign:
    """All markers of one kind in one pattern; a text that holds none of `keys` need not be tried (empty: always try)."""

    pattern: re.Pattern[str]
    keys: frozenset[str]

    def search(self, text: str) -> bool:
        if self.keys and self.keys.isdisjoint(text):
            return False
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Side:
    """Everything of one language. `gate` says for a character (zh) or word beginning (en) which rules could match: bit n =
    rules[n]; `always`: the rules of which nothing is sure; `outright`: the rules that need no other sign of asking."""

    rules: tuple[Rule, ...]
    gate: Mapping[str, int]
    always: int
    masks: tuple[Marker, ...]
    questions: tuple[Marker, ...]
    requests: tuple[Marker, ...]
    statements: tuple[Marker, ...]
    outright: int
    mask: Sign
    question: Sign
    request: Sign
    statement: Sign


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, compiled."""

    simplified: dict[int, str]
    rewrites_zh: Mapping[str, tuple[tuple[str, str], ...]]
    rewrites_en: Mapping[str, str]
    fillers_zh: re.Pattern[str]
    fillers_en: frozenset[str]
    trailing_zh: tuple[str, ...]
    words: Words
    zh: Side
    en: Side
    drops: Mapping[str, frozenset[str]]
    aspects: tuple[str, ...]


def parse_lexicon(tables: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Tables by file stem → Lexicon. Raises ConfigError naming the table and the key of the first thing that can't be used."""
    for name in TABLES:
        if name not in tables:
            raise ConfigError(f"The word table {name}.toml is missing", hint="Reinstall liveroom-console")
    rewrites = tables["rewrites"]
    zh_aspects, en_aspects = tables["aspects_zh"], tables["aspects_en"]
    names = {**dict.fromkeys(zh_aspects), **dict.fromkeys(en_aspects)}
    fillers = get("rewrites", rewrites, "fillers", dict)
    names_zh = strings("rewrites", fillers, "names")
    fillers_zh = [*names_zh, *strings("rewrites", fillers, "zh")]
    return Lexicon(
        simplified=_simplified(tables["simplified"]),
        rewrites_zh=_by_first(get("rewrites", rewrites, "zh", dict)),
        rewrites_en=spelling(rewrites),
        fillers_zh=re.compile("|".join(map(re.escape, longest_first(fillers_zh)))),
        fillers_en=frozenset(strings("rewrites", fillers, "en")),
        trailing_zh=tuple(longest_first(names_zh)),
        words=parse_words(tables["words"]),
        zh=_side("zh", zh_aspects, tables["need"]),
        en=_side("en", en_aspects, tables["need"]),
        drops=_drops(zh_aspects, en_aspects),
        aspects=(*names, "other"),
    )


def _simplified(table: Mapping[str, Any]) -> dict[int, str]:
    old, new = get("simplified", table, "traditional", str), get("simplified", table, "simplified", str)
    if len(old) != len(new):
        raise bad("simplified", "simplified", f"{len(new)} characters for {len(old)} traditional ones")
    return {ord(a): b for a, b in zip(old, new, strict=True)}


def _by_first(pairs: Mapping[str, Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    out: dict[str, list[tuple[str, str]]] = {}
    for word in longest_first(pairs):
        out.setdefault(word[0], []).append((word, get("rewrites", pairs, word, str)))
    return {first: tuple(found) for first, found in out.items()}


def _compile(table: str, key: str, pattern: Any) -> re.Pattern[str]:
    if not isinstance(pattern, str) or not pattern:
        raise bad(table, key, "a pattern is a text")
    expanded = re.sub(r"<(\w+)>", lambda m: PLACEHOLDER.get(m.group(1), m.group()), pattern)
    if "<" in expanded.replace("(?<", ""):
        raise bad(table, key, f"unknown slot in {pattern!r}")
    try:
        return re.compile(expanded)
    except re.error as error:
        raise bad(table, key, f"not a pattern ({error})") from error


def _rules(table: str, aspects: Mapping[str, Any]) -> list[Rule]:
    rules: list[Rule] = []
    for name, body in aspects.items():
        intent = next((one for one in INTENTS if one == name.split(".")[0]), None)
        if intent is None:
            raise bad(table, name, f"no intent is called {name.split('.')[0]!r}")
        for number, one in enumerate(get(table, body, "rules", list)):
            key = f"{name}.rules[{number}]"
            if one.get("kind") not in KINDS:
                raise bad(table, key, f"kind is one of {', '.join(KINDS)}")
            rank = one.get("rank", DEFAULT_RANK)
            if not isinstance(rank, int) or not 1 <= rank <= 9:
                raise bad(table, key, "rank is a whole number from 1 to 9")
            pattern, keep = _compile(table, key, one.get("p")), bool(one.get("keep", False))
            example, counter = get(table, one, "example", str), get(table, one, "counter", str)
            rules.append(Rule(name, intent, one["kind"], pattern, rank, keep, example, counter))
    return rules


def _side(lang: str, aspects: Mapping[str, Any], need: Mapping[str, Any]) -> Side:
    rules = tuple(_rules(f"aspects_{lang}", aspects))
    gate: dict[str, int] = {}
    always = 0
    for number, rule in enumerate(rules):
        keys = needed_characters(rule.pattern.pattern) if lang == "zh" else needed_beginnings(rule.pattern.pattern)
        for key in sorted(keys):
            gate[key] = gate.get(key, 0) | 1 << number
        if not keys:
            always |= 1 << number
    found = {kind: _markers(lang, need, kind) for kind in ("mask", "question", "request", "statement")}
    joined = {kind: _joined(markers, lang) for kind, markers in found.items()}
    outright = sum(1 << number for number, rule in enumerate(rules) if rule.kind != "topic")
    return Side(
        rules, gate, always, found["mask"], found["question"], found["request"], found["statement"], outright,
        joined["mask"], joined["question"], joined["request"], joined["statement"],
    )  # fmt: skip


def _joined(markers: tuple[Marker, ...], lang: str) -> Sign:
    """One pattern of all; back-references are moved on by the groups before them."""
    parts: list[str] = []
    keys: dict[str, None] = {}
    groups = 0
    sure = lang == "zh"
    for one in markers:
        needed = needed_characters(one.pattern.pattern)
        sure = sure and bool(needed)
        keys.update(dict.fromkeys(sorted(needed)))
        shifted = re.sub(r"\\([1-9])", lambda m, by=groups: f"\\{int(m.group(1)) + by}", one.pattern.pattern)  # type: ignore[misc]
        parts.append(f"(?:{shifted})")
        groups += one.pattern.groups
    return Sign(re.compile("|".join(parts) or "(?!)"), frozenset(keys if sure else ()))


def _markers(lang: str, need: Mapping[str, Any], kind: str) -> tuple[Marker, ...]:
    out = []
    for number, one in enumerate(get("need", need, kind, list)):
        key = f"{kind}[{number}]"
        if one.get("lang") not in ("zh", "en"):
            raise bad("need", key, "lang is zh or en")
        if one["lang"] == lang:
            out.append(Marker(_compile("need", key, one.get("p")), get("need", one, "example", str), get("need", one, "counter", str)))
    return tuple(out)


def _drops(*tables: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for table in tables:
        for name, body in table.items():
            out[name] = out.get(name, frozenset()) | frozenset(body.get("drop", ()))
    return out
