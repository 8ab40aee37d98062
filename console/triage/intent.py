"""Which aspect a comment is about, and what is left of it when that is taken out."""

from __future__ import annotations

import re
from operator import itemgetter

from msgspec import Struct

from console.triage.language import Canonical
from console.triage.lexicon import Lexicon
from console.triage.rules import KIND_OF, Rule, Side

_DIGIT = re.compile(r"\d")


class Match(Struct, frozen=True):
    """One rule that fits, and where (half-open)."""

    rule: Rule
    start: int
    end: int


def worth_reading(said: Canonical, lexicon: Lexicon) -> bool:
    """Whether a comment in which nothing asks could still be a need: most chatter ends here, before any slot is read."""
    if _DIGIT.search(said.text):
        return True
    if said.language in ("zh", "mixed") and lexicon.zh.early.lit(said.text):
        return True
    return said.language in ("en", "mixed") and bool(lexicon.en.early.lit(said.text))


def candidates(side: Side, text: str, among: int) -> list[int]:
    """The places of the rules whose bits are `among` these and which could match, the last first."""
    bits = side.gate.lit(text) & among
    out: list[int] = []
    while bits:
        bit = bits.bit_length() - 1
        number = side.rule_of[bit]
        if not out or out[-1] != number:
            out.append(number)
        bits ^= 1 << bit
    return out


def sides_of(said: Canonical, lexicon: Lexicon) -> tuple[Side, ...]:
    """Whose rules can fit; what is in no language may be a lone number or slot, which Chinese rules know."""
    if said.language == "mixed":
        return lexicon.zh, lexicon.en
    return (lexicon.en,) if said.language == "en" else (lexicon.zh,)


def asks_outright(masked: str, said: Canonical, lexicon: Lexicon) -> bool:
    """Whether a rule fits that needs no other sign of asking."""
    for side in sides_of(said, lexicon):
        for number in candidates(side, masked, side.outright):
            found = side.rules[number].pattern.search(masked)
            if found is not None and found.end() > found.start():
                return True
    return False


def matches(masked: str, said: Canonical, lexicon: Lexicon) -> list[Match]:
    """Every rule that fits the text, best first: rank, then place, then the table's order."""
    out: list[tuple[int, int, int, Match]] = []
    for side in sides_of(said, lexicon):
        for number in candidates(side, masked, side.any_rule):
            rule = side.rules[number]
            found = rule.pattern.search(masked)
            if found is not None:
                start, end = found.span()
                if end > start:
                    out.append((rule.rank, start, number, Match(rule, start, end)))
    if len(out) < 2:
        return [one[3] for one in out]
    out.sort(key=_place)
    return _first_asked_first([one[3] for one in out])


_place = itemgetter(0, 1, 2)


def _first_asked_first(found: list[Match]) -> list[Match]:
    """多少钱 什么时候发货: of two whole questions side by side the first decides, whatever their ranks."""
    if len(found) > 1:
        best = found[0]
        earlier = [one for one in found[1:] if one.rule.kind == "ask" and not one.rule.keep and one.end <= best.start]
        if earlier:
            first = min(earlier, key=lambda one: one.start)
            return [first, *(one for one in found if one is not first)]
    return found


def remainder(masked: str, aspect: str, lexicon: Lexicon, language: str) -> str:
    """What the chosen aspect does not explain: its own rules' words away (except where a rule keeps them)."""
    sides = [side for lang, side in (("zh", lexicon.zh), ("en", lexicon.en)) if language in (lang, "mixed", "none")]
    left = masked
    for side in sides:
        lit = side.gate.lit(masked)
        for one in side.explained.get(aspect, ()):
            if lit & one.bits or (one.is_loose and left is not masked and one.pattern.could_match(left)):
                left = one.pattern.sub(_slots_only, left)
    return left


def _slots_only(found: re.Match[str]) -> str:
    """Taking a rule's words out must not join what stood around them."""
    return " " + "".join(char for char in found.group() if char in KIND_OF) + " "
