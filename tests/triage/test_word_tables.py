"""Every rule of the word tables carries one line that it must find and one that it must leave alone."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from words import by_rule, lexicon, tables

from console.domain.errors import ConfigError
from console.domain.text import clean, fold
from console.triage.gate import could_match, needed_characters, ways_of
from console.triage.intent import candidates, matches
from console.triage.keys import Gate, digest, keys_of
from console.triage.language import canonical
from console.triage.lexicon import check_lexicon, parse_lexicon
from console.triage.rules import Marker, Rule, Side, known_keys
from console.triage.slots import read_slots
from console.triage.understand import understand

SIDES = {"zh": lexicon().zh, "en": lexicon().en}
RULES = [pytest.param(rule, id=f"{rule.aspect}-{rule.kind}-{rule.example}") for side in SIDES.values() for rule in side.rules]


def markers(kind: str) -> list[Any]:
    return [pytest.param(marker, id=marker.example) for side in SIDES.values() for marker in getattr(side, kind)]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_example_and_leaves_its_counter(rule: Rule) -> None:
    assert by_rule(rule.example).aspect == rule.aspect
    assert by_rule(rule.counter).aspect != rule.aspect


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.values[0].kind in ("request", "problem")])
def test_requests_and_problems_are_called_so(rule: Rule) -> None:
    assert by_rule(rule.example).need == rule.kind


@pytest.mark.parametrize("marker", markers("masks"))
def test_what_only_looks_like_a_question_is_none_and_real_ones_stay(marker: Marker) -> None:
    assert by_rule(marker.example).need == "none"
    assert by_rule(marker.counter).need == "question"


@pytest.mark.parametrize("marker", markers("questions"))
def test_a_question_marker_makes_a_question(marker: Marker) -> None:
    assert by_rule(marker.example).need == "question"
    assert by_rule(marker.counter).need == "none"


@pytest.mark.parametrize("marker", markers("requests"))
def test_a_request_marker_makes_a_request(marker: Marker) -> None:
    assert by_rule(marker.example).need == "request"
    assert by_rule(marker.counter).need == "none"


@pytest.mark.parametrize("marker", markers("statements"))
def test_a_statement_is_no_need(marker: Marker) -> None:
    assert by_rule(marker.example).need == "none"
    assert by_rule(marker.counter).need == "none"


@pytest.mark.parametrize("marker", markers("settled"))
def test_a_trouble_that_is_over_is_no_need_and_one_that_is_asked_about_stays(marker: Marker) -> None:
    assert by_rule(marker.example).need == "none"
    assert by_rule(marker.counter).need != "none"


@pytest.mark.parametrize("aside", tables()["need"]["aside"], ids=lambda aside: aside["example"])
def test_why_somebody_asks_is_no_part_of_what_he_asks(aside: dict[str, str]) -> None:
    plain = by_rule("3号多少钱")
    for said in (f"3号多少钱 {aside['example']}", f"{aside['example']}，3号多少钱"):
        assert (by_rule(said).aspect, by_rule(said).slots, by_rule(said).content) == (plain.aspect, plain.slots, plain.content)
    assert lexicon().asides.fullmatch(aside["counter"]) is None


def test_an_aside_alone_is_the_comment_itself() -> None:
    assert by_rule("怎么没人回我").aspect == "after_sale.contact"


def test_a_place_of_a_rule_is_one_that_the_tables_know() -> None:
    known = {str(value) for kind, value in known_words() if kind == "place"}
    named = {place for side in SIDES.values() for rule in side.rules for place in rule.places}
    assert named and named - known == set()


def known_words() -> list[tuple[str | None, Any]]:
    return [(kind, value) for found in lexicon().words.by_first.values() for _, kind, value in found]


def every_line() -> list[str]:
    return [line for side in SIDES.values() for rule in side.rules for line in (rule.example, rule.counter)]


def test_trying_fewer_rules_finds_the_same_ones() -> None:
    """The gate is only a shortcut: no rule matches a line that the gate would have kept from it."""
    words = lexicon()
    for line in every_line():
        said = canonical(fold(clean(line), words.simplified), words)
        masked, _ = read_slots(said.text, said.language, words.words)
        for lang, side in SIDES.items():
            if said.language in (lang, "mixed"):
                lit = candidates(side, masked, side.any_rule)
                missed = [rule.aspect for n, rule in enumerate(side.rules) if rule.pattern.search(masked) and n not in lit]
                assert missed == [], line


def test_where_several_aspects_overlap_the_lower_rank_is_chosen() -> None:
    words = lexicon()
    said = canonical("退货运费谁出", words)
    masked, _ = read_slots(said.text, said.language, words.words)
    ranks = [match.rule.rank for match in matches(masked, said, words)]
    assert ranks == sorted(ranks) and len(ranks) > 1


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("怎么退(?:货)?", "退"),
        ("(?:券|优惠)怎么用", "券用"),
        ("退款?|换货", "退换"),
        ("(?:能)?退?", ""),
        (r"\d+折", "折"),
        ("[厚薄]吗", "厚薄"),
    ],
)
def test_a_rule_is_tried_only_on_texts_that_hold_what_it_cannot_do_without(pattern: str, needed: str) -> None:
    found = needed_characters(pattern)
    assert found <= frozenset(pattern) and (found & frozenset(needed) or (not needed and not found))


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("怎么退(?:货)?", ((("怎么退",),),)),
        ("退款?|换货", ((("换货", "退"),),)),
        ("[红黑]色?的", ((("红的", "红色的", "黑的", "黑色的"),),)),
        (r"(?:最低|到底)\d+|(?=.*券).*怎么用", ((("到底", "最低"),), (("怎么用",), ("券",)))),
        (r"\bhow (?:long|soon)\b(?! ago)", ((("how long", "how soon"),),)),
        ("(?:能|可以)*退?", ((),)),
        ("(?<=暗)[^券]{0,20}", ((("暗",),),)),
        ("(?P<name>退)", ((),)),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, ways: tuple[object, ...]) -> None:
    found = ways_of(pattern)
    assert len(found) == len(ways) and [set(way) for way in found] == [set(way) for way in ways]  # type: ignore[call-overload]


def test_a_text_could_match_where_it_holds_what_one_way_needs() -> None:
    ways = ways_of(r"(?:最低|到底)\d+|(?=.*券).*怎么用")
    assert [could_match(ways, text) for text in ("最低", "怎么用", "券怎么用", "用券")] == [True, False, True, False]


def test_only_the_patterns_whose_keys_a_text_holds_are_lit() -> None:
    gate = Gate(by_words=True)
    bits = [gate.add(keys_of(pattern, "en")) for pattern in ("how long", "ship(?:ping)? to", "(?:a|b)?")]
    gate.close()
    lit = gate.lit("you ship to 加拿大 for how long")
    assert [bool(lit & bit) for bit in bits] == [True, True, True]
    lit = gate.lit("how it ships")
    assert [bool(lit & bit) for bit in bits] == [False, False, True]


def broken(change: Any) -> dict[str, Any]:
    made = copy.deepcopy(tables())
    change(made)
    return made


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t.pop("words"), "words.toml"),
        (lambda t: t.update({"zh/prize": {}}), "zh/prize.toml"),
        (lambda t: t["simplified"].update(simplified="x"), "simplified.toml, simplified"),
        (lambda t: t["zh/price"]["price.now"]["rules"][0].update(p="(多少"), "zh/price.toml, price.now.rules[0]"),
        (lambda t: t["zh/price"]["price.now"]["rules"][0].update(p="<colr>"), "<colr>"),
        (lambda t: t["en/price"]["price.now"]["rules"][0].update(kind="perhaps"), "kind is one of"),
        (lambda t: t["en/price"]["price.now"]["rules"][0].update(rank=0), "rank is a whole number"),
        (lambda t: t["en/price"].update({"prize.now": {"rules": []}}), "prize"),
        (lambda t: t["need"].pop("mask"), "need.toml, mask"),
        (lambda t: t["words"]["place"].update(北京="Peking"), "words.toml, place.北京"),
        (lambda t: t["rewrites"]["en"].update(u=1), "rewrites.toml, u"),
    ],
)
def test_a_bad_table_is_refused_by_name_and_key(change: Any, named: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_lexicon(broken(change))
    assert named in refused.value.message and refused.value.hint


def test_every_shipped_pattern_is_one() -> None:
    check_lexicon(lexicon())


def test_a_pattern_that_is_none_is_refused_by_name_and_key_when_it_is_checked_and_when_it_is_used() -> None:
    words = parse_lexicon(broken(lambda t: t["zh/price"]["price.now"]["rules"][1].update(p="价格**")))
    with pytest.raises(ConfigError, match=r"zh/price\.toml, price\.now\.rules\[1\]"):
        check_lexicon(words)
    with pytest.raises(ConfigError, match=r"zh/price\.toml, price\.now\.rules\[1\]"):
        understand(clean("价格呢"), words)


def test_the_table_of_characters_leads_nowhere_twice() -> None:
    table = lexicon().simplified
    assert [old for old, new in table.items() if ord(new) in table] == []


def test_sides_know_their_own_language_only() -> None:
    assert all(isinstance(side, Side) and side.rules for side in SIDES.values())


def test_what_was_worked_out_beforehand_is_what_the_patterns_need() -> None:
    for lang, side in SIDES.items():
        known = tables()["keys"][lang]
        for one in (*side.rules, *side.masks, *side.questions, *side.requests, *side.statements, *side.settled):
            pattern = one.pattern.pattern
            assert digest(pattern) in known, "out of date: run bench/keys.py"
            assert list(known_keys(pattern, lang, {})) == known[digest(pattern)]


def test_a_comment_tries_few_of_a_thousand_rules() -> None:
    words = lexicon()
    tried, lines = 0, every_line()
    for line in lines:
        said = canonical(fold(clean(line), words.simplified), words)
        masked, _ = read_slots(said.text, said.language, words.words)
        tried += sum(len(candidates(side, masked, side.any_rule)) for lang, side in SIDES.items() if said.language in (lang, "mixed"))
    assert tried <= 10 * len(lines)
