"""The word tables, parsed once: what the pure floors know about language stands in data files, not in code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from console.domain.errors import ConfigError
from console.domain.values import INTENTS, Intent
from console.triage.fillers import Fillers, any_of, parse_fillers
from console.triage.gate import needed_beginnings, needed_characters, needed_texts
from console.triage.late import Late
from console.triage.pattern import Pattern
from console.triage.vocabulary import Words, bad, get, longest_first, parse_words, spelling

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

_PLAIN = re.compile("[\0-\x7f]")

DEFAULT_RANK = 5
TABLES = ("simplified", "rewrites", "words", "need")
"""For both languages; beside them one table an intent: `zh/price`, `en/price` …"""


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
    """Everything of one language. `gate` says for a character (zh) or word beginning (en) what could match: bit n = rules[n],
    the bits above belong to the markers; `always`: that of which nothing is sure; `any_rule`, `any_marker`: all of them.
    `marked` finds something wherever an English marker could stand; `outright`: the rules that need no other sign of asking;
    `explained`: by aspect, what is taken out of its comments."""

    rules: tuple[Rule, ...]
    gate: Mapping[str, int]
    always: int
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, compiled."""

    simplified: dict[int, str]
    rewrites_zh: Mapping[str, str]
    rewritten_zh: Pattern
    rewrites_en: Mapping[str, str]
    fillers: Fillers
    asides: Pattern
    aside_signs: Late
    words: Words
    zh: Side
    en: Side
    drops: Mapping[str, frozenset[str]]
    aspects: tuple[str, ...]


def parse_lexicon(tables: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Tables by file stem → Lexicon. Raises ConfigError naming the table and the key of the first thing that can't be used.

    Patterns are compiled when they are first tried; `check_lexicon` tries them all.
    """
    for name in TABLES:
        if name not in tables:
            raise ConfigError(f"The word table {name}.toml is missing", hint="Reinstall liveroom-console")
    rewrites = tables["rewrites"]
    by_language = {lang: _tables_of(lang, tables) for lang in ("zh", "en")}
    names = [name for side in by_language.values() for aspects in side.values() for name in aspects]
    asides = _markers("zh", tables["need"], "aside")
    rewrites_zh = {word: get("rewrites", said, word, str) for said in (get("rewrites", rewrites, "zh", dict),) for word in said}
    return Lexicon(
        simplified=_simplified(tables["simplified"]),
        rewrites_zh=rewrites_zh,
        rewritten_zh=any_of(rewrites_zh, "zh"),
        rewrites_en=spelling(rewrites),
        fillers=parse_fillers(rewrites, PLACEHOLDER["person"]),
        asides=_joined("aside", asides),
        aside_signs=_one_of(asides),
        words=parse_words(tables["words"]),
        zh=_side("zh", by_language["zh"], tables["need"]),
        en=_side("en", by_language["en"], tables["need"]),
        drops=_drops(aspects for side in by_language.values() for aspects in side.values()),
        aspects=(*dict.fromkeys(names), "other"),
    )


def _tables_of(lang: str, tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The tables of one language, in the order of the intents. Raises ConfigError for one that is named after none."""
    stray = [name for name in tables if name.startswith(f"{lang}/") and name.partition("/")[2] not in INTENTS]
    if stray:
        raise ConfigError(f"{stray[0]}.toml: no intent is called {stray[0].partition('/')[2]!r}", hint=f"There are: {', '.join(INTENTS)}")
    return {name: tables[name] for name in (f"{lang}/{intent}" for intent in INTENTS) if name in tables}


def _simplified(table: Mapping[str, Any]) -> dict[int, str]:
    old, new = get("simplified", table, "traditional", str), get("simplified", table, "simplified", str)
    if len(old) != len(new):
        raise bad("simplified", "simplified", f"{len(new)} characters for {len(old)} traditional ones")
    made = {ord(a): b for a, b in zip(old, new, strict=True)}
    if _PLAIN.search(old) or not set(old).isdisjoint(new):
        raise bad("simplified", "traditional", "no plain letter, and no character that stands in `simplified` too")
    return made


def check_lexicon(lexicon: Lexicon) -> None:
    """Compile every pattern. Raises ConfigError naming the table and the key of the first that is none."""
    lexicon.rewritten_zh.compiled()
    lexicon.fillers.zh.compiled()
    lexicon.asides.compiled()
    for side in (lexicon.zh, lexicon.en):
        markers = (*side.masks, *side.questions, *side.requests, *side.statements)
        signs = (side.mask, side.question, side.request, side.statement)
        for pattern in (*(one.pattern for one in side.rules), *(one.pattern for one in markers), *(one.joined for one in signs)):
            pattern.compiled()


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
            rules.append(Rule(name, intent, one["kind"], pattern, rank, keep, example, counter))
    return rules


def _side(lang: str, tables: Mapping[str, Mapping[str, Any]], need: Mapping[str, Any]) -> Side:
    rules = tuple(rule for table, aspects in tables.items() for rule in _rules(table, aspects))
    gate = _Gate()
    explained: dict[str, tuple[Pattern, ...]] = {}
    for rule in rules:
        gate.add(needed_characters(rule.pattern.pattern) if lang == "zh" else needed_beginnings(rule.pattern.pattern))
        if not rule.keep:
            explained[rule.aspect] = (*explained.get(rule.aspect, ()), rule.pattern)
    found = {kind: _markers(lang, need, kind) for kind in ("mask", "question", "request", "statement")}
    signs = {kind: _sign(kind, markers, gate, lang) for kind, markers in found.items()}
    outright = sum(1 << number for number, rule in enumerate(rules) if rule.kind != "topic")
    return Side(
        rules, gate.keys, gate.always, found["mask"], found["question"], found["request"], found["statement"],
        (1 << len(rules)) - 1, sum(sign.bits for sign in signs.values()), _marked(lang, found), outright, explained,
        signs["mask"], signs["question"], signs["request"], signs["statement"],
    )  # fmt: skip


class _Gate:
    """Keys → bits, made bit by bit."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.always = 0
        self._next = 1

    def add(self, keys: frozenset[str]) -> int:
        """The next bit, lit by any of `keys`, or always where there are none."""
        bit = self._next
        self._next <<= 1
        for key in sorted(keys):
            self.keys[key] = self.keys.get(key, 0) | bit
        if not keys:
            self.always |= bit
        return bit


def _sign(kind: str, markers: tuple[Marker, ...], gate: _Gate, lang: str) -> Sign:
    """Chinese markers have a character each that they can't do without; English ones are tried all at once."""
    joined = _joined(kind, markers)
    if lang == "zh":
        parts = tuple((gate.add(needed_characters(one.pattern.pattern)), one.pattern) for one in markers)
    else:
        parts = ((gate.add(frozenset()), joined),)
    return Sign(joined, parts, sum(bit for bit, _ in parts))


def _marked(lang: str, found: Mapping[str, tuple[Marker, ...]]) -> Pattern:
    """What each of the English markers can't do without, in one pattern; everything, where that can't be told of one."""
    if lang == "zh":
        return Pattern("", "need", "markers")
    needed = [needed_texts(one.pattern.pattern) for markers in found.values() for one in markers]
    words = [word for texts in needed for word in texts]
    return Pattern("|".join(map(re.escape, longest_first(words))) if all(needed) else "", "need", "markers")


def _joined(kind: str, markers: tuple[Marker, ...]) -> Pattern:
    """One pattern of all; back-references are moved on by the groups before them."""
    parts: list[str] = []
    groups = 0
    for one in markers:
        own = one.pattern.pattern
        shifted = re.sub(r"\\([1-9])", lambda m, by=groups: f"\\{int(m.group(1)) + by}", own)  # type: ignore[misc]
        parts.append(f"(?:{shifted})")
        groups += _NO_BRACKET.sub("", own).count("(")
    return Pattern("|".join(parts) or "(?!)", "need", kind)


def _one_of(markers: tuple[Marker, ...]) -> Late:
    """Finds something wherever one of the markers could stand."""
    needed = [needed_characters(one.pattern.pattern) for one in markers]
    return Late(f"[{''.join(sorted(frozenset().union(*needed)))}]" if needed and all(needed) else "")


def _markers(lang: str, need: Mapping[str, Any], kind: str) -> tuple[Marker, ...]:
    out = []
    for number, one in enumerate(get("need", need, kind, list)):
        key = f"{kind}[{number}]"
        if one.get("lang") not in ("zh", "en"):
            raise bad("need", key, "lang is zh or en")
        if one["lang"] == lang:
            out.append(Marker(parse_pattern("need", key, one.get("p")), get("need", one, "example", str), get("need", one, "counter", str)))
    return tuple(out)


def _drops(tables: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for table in tables:
        for name, body in table.items():
            out[name] = out.get(name, frozenset()) | frozenset(body.get("drop", ()))
    return out
