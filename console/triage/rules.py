"""Rules and markers of one language, compiled from its tables: what a comment can be about, and what shows that it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from console.domain.values import INTENTS, Intent
from console.triage.early import early_keys
from console.triage.gate import needed_characters
from console.triage.keys import Gate, Keys, digest, keys_of
from console.triage.late import Late
from console.triage.pattern import Pattern
from console.triage.vocabulary import bad, get, strings

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
MARKERS = ("mask", "question", "request", "statement", "settled")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to speak of an aspect. Lower `rank` wins; `keep`: the words found stay in the content; `places`: those with which alone it
    holds, with what lies within them; none = with all."""

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
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marker:
    """One sign that something is asked (or that what looks like it asks nothing)."""

    pattern: Pattern
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Sign:
    """All markers of one kind: `joined` in one pattern; `parts`: each with its bits of the side's gate, to be tried where one is lit."""

    joined: Pattern
    parts: tuple[tuple[int, Pattern], ...]
    bits: int

    def search(self, text: str, lit: int) -> bool:
        """Whether one of the markers that are `lit` stands in the text."""
        if lit & self.bits:
            for bits, pattern in self.parts:
                if lit & bits and pattern.search(text) is not None:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Explained:
    """What an aspect's rule explains. `is_loose`: it may match beside what another one took out, though it did not before."""

    bits: int
    pattern: Pattern
    is_loose: bool


@dataclass(frozen=True, slots=True)
class Side:
    """Everything of one language. `gate` says which bits a text lights; `rule_of`: the place in `rules` of each bit that belongs to one,
    the bits above belong to the markers; `any_rule`, `any_marker`: all of them; `outright`: the rules that
    need no other sign of asking; `early`: what the rules that need
    no other sign of asking light at a first look; `explained`: by aspect, what is taken out of its comments."""

    rules: tuple[Rule, ...]
    gate: Gate
    early: Gate
    rule_of: tuple[int, ...]
    masks: tuple[Marker, ...]
    questions: tuple[Marker, ...]
    requests: tuple[Marker, ...]
    statements: tuple[Marker, ...]
    settled: tuple[Marker, ...]
    any_rule: int
    outright: int
    any_marker: int
    explained: Mapping[str, tuple[Explained, ...]]
    mask: Sign
    question: Sign
    request: Sign
    statement: Sign
    over: Sign


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
            places = frozenset(strings(table, one, "places")) if "places" in one else frozenset[str]()
            rules.append(Rule(name, intent, one["kind"], pattern, rank, keep, example, counter, bool(one.get("own", False)), places))
    return rules


Known = Mapping[str, tuple[Keys, Keys]]
"""By digest of a pattern: `keys_of` and `early_keys`."""


def known_keys(pattern: str, lang: str, known: Known) -> tuple[Keys, Keys]:
    """Looked up where they were worked out before: for a thousand patterns that takes a second."""
    return known.get(digest(pattern)) or (keys_of(pattern, lang), early_keys(pattern, lang))


def _is_loose(keys: Keys) -> bool:
    """Whether a key of it holds a blank, or two slots side by side: nothing else comes into a text where words are taken out."""
    return any(" " in key or sum(map(KIND_OF.__contains__, key)) > 1 for way in keys for clause in way for key in clause)


def side_of(lang: str, tables: Mapping[str, Mapping[str, Any]], need: Mapping[str, Any], known: Known) -> Side:
    rules = tuple(rule for table, aspects in tables.items() for rule in _rules(table, aspects))
    gate, early = Gate(by_words=lang == "en"), Gate(by_words=False)
    explained: dict[str, tuple[Explained, ...]] = {}
    rule_of: list[int] = []
    outright = 0
    for number, rule in enumerate(rules):
        keys, coarse = known_keys(rule.pattern.pattern, lang, known)
        bits = gate.add(keys)
        rule_of += [number] * bits.bit_count()
        if rule.kind != "topic":
            early.add(coarse)
            outright |= bits
        if not rule.keep:
            explained[rule.aspect] = (*explained.get(rule.aspect, ()), Explained(bits, rule.pattern, _is_loose(keys)))
    found = {kind: markers_of(lang, need, kind) for kind in MARKERS}
    signs = {kind: _sign(kind, markers, gate, lang, known) for kind, markers in found.items()}
    gate.close()
    early.close()
    return Side(
        rules, gate, early, tuple(rule_of),
        found["mask"], found["question"], found["request"], found["statement"], found["settled"],
        (1 << len(rule_of)) - 1, outright, sum(sign.bits for sign in signs.values()), explained,
        signs["mask"], signs["question"], signs["request"], signs["statement"], signs["settled"],
    )  # fmt: skip


def _sign(kind: str, markers: tuple[Marker, ...], gate: Gate, lang: str, known: Known) -> Sign:
    parts = tuple((gate.add(known_keys(one.pattern.pattern, lang, known)[0]), one.pattern) for one in markers)
    return Sign(all_in_one(kind, markers), parts, sum(bits for bits, _ in parts))


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
