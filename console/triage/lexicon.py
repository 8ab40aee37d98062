"""The word tables, parsed once: what the pure floors know about language stands in data files, not in code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.errors import ConfigError
from console.domain.values import INTENTS
from console.triage.fillers import Fillers, any_of, parse_fillers
from console.triage.late import Late
from console.triage.pattern import Pattern
from console.triage.rules import PLACEHOLDER, Rule, Side, all_in_one, markers_of, one_of, side_of
from console.triage.vocabulary import Words, bad, get, longest_first, parse_words
from console.triage.vocabulary import spelling as spelling_of

_PLAIN = re.compile("[\0-\x7f]")

TABLES = ("simplified", "rewrites", "words", "need")
"""For both languages; beside them one table an intent: `zh/price`, `en/price` …; and, where there are such, `own` (a shop's spellings) and
`keys`: by language and pattern, what a text must hold (`gate.needed_keys`), worked out beforehand."""


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
    own: tuple[Rule, ...]
    """The shop's own rules among them: no model says that what they find needs no answer."""
    own_spelling: Mapping[str, str]
    own_spelt: Late | None
    """What the shop's viewers write otherwise; None = nothing."""

    def respelt(self, folded: str) -> str:
        """A folded text in the shop's own spelling."""
        return self.own_spelt.sub(lambda m: self.own_spelling[m.group()], folded) if self.own_spelt is not None else folded


def parse_lexicon(tables: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Tables by file stem → Lexicon. Raises ConfigError naming the table and the key of the first thing that can't be used.

    Patterns are compiled when they are first tried; `check_lexicon` tries them all.
    """
    for name in TABLES:
        if name not in tables:
            raise ConfigError(f"The word table {name}.toml is missing", hint="Reinstall liveroom-console")
    rewrites, keys = tables["rewrites"], tables.get("keys", {})
    by_language = {lang: _tables_of(lang, tables) for lang in ("zh", "en")}
    names = [name for side in by_language.values() for aspects in side.values() for name in aspects]
    asides = markers_of("zh", tables["need"], "aside")
    zh, en = (side_of(lang, side, tables["need"], keys.get(lang, {})) for lang, side in by_language.items())
    spelling = get("own", tables["own"], "spelling", dict) if "own" in tables else {}
    rewrites_zh = {word: get("rewrites", said, word, str) for said in (get("rewrites", rewrites, "zh", dict),) for word in said}
    return Lexicon(
        simplified=simplified_of(tables["simplified"]),
        rewrites_zh=rewrites_zh,
        rewritten_zh=any_of(rewrites_zh, "zh"),
        rewrites_en=spelling_of(rewrites),
        fillers=parse_fillers(rewrites, PLACEHOLDER["person"]),
        asides=all_in_one("aside", asides),
        aside_signs=one_of(asides),
        words=parse_words(tables["words"]),
        zh=zh,
        en=en,
        drops=_drops(aspects for side in by_language.values() for aspects in side.values()),
        aspects=(*dict.fromkeys(names), "other"),
        own=tuple(rule for side in (zh, en) for rule in side.rules if rule.own),
        own_spelling=spelling,
        own_spelt=_spelt(spelling),
    )


def _spelt(spelling: Iterable[str]) -> Late | None:
    """The longest that stands at a place; Latin ones as whole words only."""
    words = [rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word) for word in longest_first(spelling)]
    return Late("|".join(words)) if words else None


def _tables_of(lang: str, tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The tables of one language, in the order of the intents. Raises ConfigError for one that is named after none."""
    stray = [name for name in tables if name.startswith(f"{lang}/") and name.partition("/")[2] not in INTENTS]
    if stray:
        raise ConfigError(f"{stray[0]}.toml: no intent is called {stray[0].partition('/')[2]!r}", hint=f"There are: {', '.join(INTENTS)}")
    return {name: tables[name] for name in (f"{lang}/{intent}" for intent in INTENTS) if name in tables}


def simplified_of(table: Mapping[str, Any]) -> dict[int, str]:
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
        markers = (*side.masks, *side.questions, *side.requests, *side.statements, *side.settled)
        signs = (side.mask, side.question, side.request, side.statement, side.over)
        for pattern in (*(one.pattern for one in side.rules), *(one.pattern for one in markers), *(one.joined for one in signs)):
            pattern.compiled()


def _drops(tables: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for table in tables:
        for name, body in table.items():
            out[name] = out.get(name, frozenset()) | frozenset(body.get("drop", ()))
    return out
