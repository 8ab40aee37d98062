"""Rules and markers of one language, compiled from its tables: what a comment can be about, and what shows that it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from console.domain.values import INTENTS, Intent
from console.triage.gate import needed_characters, needed_keys, needed_texts
from console.triage.late import Late
from console.triage.pattern import Pattern
from console.triage.vocabulary import bad, get, longest_first

Kind = Literal["ask", "topic", "bare", "request", "problem"]
KINDS: tuple[Kind, ...] = ("ask", "topic", "bare", "request", "problem")
SLOT_KINDS = (
    "link", "size", "weight", "height", "colour", "material", "volume", "age", "place",
    "courier", "date", "person", "wash", "money", "count", "product",
)  # fmt: skip
PLACEHOLDER = {kind: chr(0xE000 + n) for n, kind in enumerate(SLOT_KINDS)}
"""A slot that was read is replaced by one private character, so that rules can say `<colour>`."""
KIND_OF = {char: kind for kind, char in PLACEHOLDER.items()}

_SLOT = re.compile(r"<(\w+)>")
_NO_BRACKET = re.compile(r"\\.|\[[^\]]*\]|\(\?")

DEFAULT_RANK = 5
KEY_LENGTH = {"zh": 2, "en": 3}
"""Characters of the stretches by which a text is told what it could match."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to speak of an aspect. Lower `rank` wins; `keep`: the words found stay in the content."""

    aspect: str
    intent: Intent
    kind: Kind
    pattern: Pattern
    rank: int
    keep: bool
    example: str
    counter: str
    own: bool = False
    """A shop's own, not a shipped one."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One sign that something is asked (or that what looks like it asks nothing)."""

    pattern: Pattern
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Sign:
    """All markers of one kind: `joined` in one pattern; `parts`: each with its bit of the side's gate, to be tried where that is lit."""

    joined: Pattern
    parts: tuple[tuple[int, Pattern], ...]
    bits: int

    def search(self, text: str, lit: int) -> bool:
        """Whether one of the markers that are `lit` (bits of `intent.lit`) stands in the text."""
        if lit & self.bits:
            for bit, pattern in self.parts:
                if lit & bit and pattern.search(text) is not None:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Side:
    """Everything of one language. `gate` says for a stretch of characters what could match: bit n = rules[n], the bits above belong to
    the markers; `second_gate` says it for another stretch that a match needs too; `always`, `second_always`: that of which nothing is
    sure; `any_rule`, `any_marker`: all of them. `marked` finds something wherever an English marker could stand; `outright`: the rules
    that need no other sign of asking;
    `explained`: by aspect, what is taken out of its comments."""

    rules: tuple[Rule, ...]
    gate: Mapping[str, int]
    always: int
    second_gate: Mapping[str, int]
    second_always: int
    masks: tuple[Marker, ...]
    questions: tuple[Marker, ...]
    requests: tuple[Marker, ...]
    statements: tuple[Marker, ...]
    any_rule: int
    any_marker: int
    marked: Pattern
    outright: int
    explained: Mapping[str, tuple[Pattern, ...]]
    mask: Sign
    question: Sign
    request: Sign
    statement: Sign


def parse_pattern(table: str, key: str, pattern: Any) -> Pattern:
    if not isinstance(pattern, str) or not pattern:
        raise bad(table, key, "a pattern is a text")
    expanded = _SLOT.sub(lambda m: PLACEHOLDER.get(m.group(1), m.group()), pattern) if "<" in pattern else pattern
    if "<" in expanded.replace("(?<", ""):
        raise bad(table, key, f"unknown slot in {pattern!r}")
    made = Pattern(expanded, table, key)
    if not _looks_whole(expanded):
        made.compiled()
    return made


def _looks_whole(pattern: str) -> bool:
    """False where brackets don't pair: the gate can't read such a pattern, and most mistakes are of this kind."""
    bare = pattern.replace("\\(", "").replace("\\)", "") if "\\" in pattern else pattern
    return bare.count("(") == bare.count(")") and bare.count("[") == bare.count("]")


def _rules(table: str, aspects: Mapping[str, Any]) -> list[Rule]:
    rules: list[Rule] = []
    for name, body in aspects.items():
        intent = next((one for one in INTENTS if one == table.partition("/")[2] == name.partition(".")[0]), None)
        if intent is None:
            raise bad(table, name, "an aspect is called after its table's intent")
        for number, one in enumerate(get(table, body, "rules", list)):
            key = f"{name}.rules[{number}]"
            if one.get("kind") not in KINDS:
                raise bad(table, key, f"kind is one of {', '.join(KINDS)}")
            rank = one.get("rank", DEFAULT_RANK)
            if not isinstance(rank, int) or not 1 <= rank <= 9:
                raise bad(table, key, "rank is a whole number from 1 to 9")
            pattern, keep = parse_pattern(table, key, one.get("p")), bool(one.get("keep", False))
            example, counter = get(table, one, "example", str), get(table, one, "counter", str)
            rules.append(Rule(name, intent, one["kind"], pattern, rank, keep, example, counter, bool(one.get("own", False))))
    return rules


def keys_of(pattern: str, lang: str, known: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    """`needed_keys`, looked up where they were worked out before: for a thousand patterns that takes a third of a second."""
    found = known.get(pattern)
    return (frozenset(found[0]), frozenset(found[1])) if found is not None else needed_keys(pattern, KEY_LENGTH[lang])


def side_of(lang: str, tables: Mapping[str, Mapping[str, Any]], need: Mapping[str, Any], known: Mapping[str, Any]) -> Side:
    rules = tuple(rule for table, aspects in tables.items() for rule in _rules(table, aspects))
    gate = _Gate()
    explained: dict[str, tuple[Pattern, ...]] = {}
    for rule in rules:
        gate.add(*keys_of(rule.pattern.pattern, lang, known))
        if not rule.keep:
            explained[rule.aspect] = (*explained.get(rule.aspect, ()), rule.pattern)
    found = {kind: markers_of(lang, need, kind) for kind in ("mask", "question", "request", "statement")}
    signs = {kind: _sign(kind, markers, gate, lang, known) for kind, markers in found.items()}
    outright = sum(1 << number for number, rule in enumerate(rules) if rule.kind != "topic")
    return Side(
        rules, gate.keys, gate.always, gate.second, gate.second_always,
        found["mask"], found["question"], found["request"], found["statement"],
        (1 << len(rules)) - 1, sum(sign.bits for sign in signs.values()), _marked(lang, found), outright, explained,
        signs["mask"], signs["question"], signs["request"], signs["statement"],
    )  # fmt: skip


class _Gate:
    """Keys → bits, made bit by bit."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.second: dict[str, int] = {}
        self.always = self.second_always = 0
        self._next = 1

    def add(self, keys: frozenset[str], others: frozenset[str]) -> int:
        """The next bit, lit by any of `keys` together with any of `others`; by anything where there are none."""
        bit = self._next
        self._next <<= 1
        for found, gate in ((keys, self.keys), (others, self.second)):
            for key in sorted(found):
                gate[key] = gate.get(key, 0) | bit
        self.always |= 0 if keys else bit
        self.second_always |= 0 if others else bit
        return bit


def _sign(kind: str, markers: tuple[Marker, ...], gate: _Gate, lang: str, known: Mapping[str, Any]) -> Sign:
    """Chinese markers have a character each that they can't do without; English ones are tried all at once."""
    joined = all_in_one(kind, markers)
    if lang == "zh":
        parts = tuple((gate.add(*keys_of(one.pattern.pattern, lang, known)), one.pattern) for one in markers)
    else:
        parts = ((gate.add(frozenset(), frozenset()), joined),)
    return Sign(joined, parts, sum(bit for bit, _ in parts))


def _marked(lang: str, found: Mapping[str, tuple[Marker, ...]]) -> Pattern:
    """What each of the English markers can't do without, in one pattern; everything, where that can't be told of one."""
    if lang == "zh":
        return Pattern("", "need", "markers")
    needed = [needed_texts(one.pattern.pattern) for markers in found.values() for one in markers]
    words = [word for texts in needed for word in texts]
    return Pattern("|".join(map(re.escape, longest_first(words))) if all(needed) else "", "need", "markers")


def all_in_one(kind: str, markers: tuple[Marker, ...]) -> Pattern:
    """One pattern of all; back-references are moved on by the groups before them."""
    parts: list[str] = []
    groups = 0
    for one in markers:
        own = one.pattern.pattern
        shifted = re.sub(r"\\([1-9])", lambda m, by=groups: f"\\{int(m.group(1)) + by}", own)  # type: ignore[misc]
        parts.append(f"(?:{shifted})")
        groups += _NO_BRACKET.sub("", own).count("(")
    return Pattern("|".join(parts) or "(?!)", "need", kind)


def one_of(markers: tuple[Marker, ...]) -> Late:
    """Finds something wherever one of the markers could stand."""
    needed = [needed_characters(one.pattern.pattern) for one in markers]
    return Late(f"[{''.join(sorted(frozenset().union(*needed)))}]" if needed and all(needed) else "")


def markers_of(lang: str, need: Mapping[str, Any], kind: str) -> tuple[Marker, ...]:
    out = []
    for number, one in enumerate(get("need", need, kind, list)):
        key = f"{kind}[{number}]"
        if one.get("lang") not in ("zh", "en"):
            raise bad("need", key, "lang is zh or en")
        if one["lang"] == lang:
            out.append(Marker(parse_pattern("need", key, one.get("p")), get("need", one, "example", str), get("need", one, "counter", str)))
    return tuple(out)
