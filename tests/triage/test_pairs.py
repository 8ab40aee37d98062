"""Pairs written by someone who had not seen the rules: what must stay apart, what one answer settles."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from words import are_one_question, reading

PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text("utf-8"))
APART, TOGETHER = PAIRS["apart"], PAIRS["together"]


def test_the_fixture_is_large_enough_to_mean_something() -> None:
    assert len(APART) >= 60 and len(TOGETHER) >= 60


@pytest.mark.parametrize("on_air", [None, "3"])
def test_no_two_questions_with_different_answers_are_merged(on_air: str | None) -> None:
    merged = [f"{one['a']} | {one['b']}" for one in APART if are_one_question(one["a"], one["b"], on_air)]
    assert merged == []


@pytest.mark.parametrize("on_air", [None, "3"])
def test_most_rewordings_of_one_question_are_merged(on_air: str | None) -> None:
    split = [f"{one['a']} | {one['b']}" for one in TOGETHER if not are_one_question(one["a"], one["b"], on_air)]
    rate = 100 * (len(TOGETHER) - len(split)) // len(TOGETHER)
    print(f"together: {rate} % of {len(TOGETHER)}; split: {split}")
    assert rate >= 70, split


def test_every_line_of_the_pairs_needs_an_answer() -> None:
    lines = [one[side] for one in (*APART, *TOGETHER) for side in "ab"]
    assert [line for line in lines if reading(line).need == "none"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pairs_that_share_an_intent_are_read_with_one_intent(lang: str) -> None:
    torn = [f"{one['a']} | {one['b']}" for one in TOGETHER if one["lang"] == lang and reading(one["a"]).intent != reading(one["b"]).intent]
    assert torn == []
