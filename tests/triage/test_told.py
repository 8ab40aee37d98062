"""Rules of what is told: a host's line closes what it answers and nothing else. Precision before recall."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from words import answered_by, reading

LINES = tomllib.loads((Path(__file__).parent / "told.toml").read_text("utf-8"))
SETTLES, OPEN, SETTLES_NOTHING = LINES["settles"], LINES["nothing"]["open"], LINES["nothing"]["lines"]


def test_the_fixture_is_large_enough_to_mean_something() -> None:
    assert len(SETTLES) >= 60 and len(SETTLES_NOTHING) >= 60


@pytest.mark.parametrize("told", SETTLES, ids=lambda told: told["line"])
def test_a_line_settles_the_questions_whose_value_it_states_and_no_other(told: dict[str, Any]) -> None:
    assert [question for question in told["asked"] if not answered_by(told["line"], question)] == []
    assert [question for question in told["others"] if answered_by(told["line"], question)] == []


@pytest.mark.parametrize("line", SETTLES_NOTHING)
def test_questions_calls_greetings_and_other_values_settle_nothing(line: str) -> None:
    assert [question for question in OPEN if answered_by(line, question)] == []


def test_every_question_of_the_fixture_needs_an_answer() -> None:
    every = [*OPEN, *(question for told in SETTLES for question in (*told["asked"], *told["others"]))]
    assert [question for question in every if reading(question).need == "none"] == []
