"""Every way to answer in the table carries one line that answers its question and one that does not."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from words import answered_by, lexicon, reading, tables, telling

from console.domain.errors import ConfigError
from console.domain.text import SafeText, clean
from console.triage.telling import Says, check_telling, parse_telling
from console.triage.told import read_line

WAYS = [
    pytest.param(aspect, says, id=f"{aspect}-{says.example}") for aspect, answering in telling().answers.items() for says in answering.says
]


@pytest.mark.parametrize(("aspect", "says"), WAYS)
def test_a_way_to_answer_answers_its_question_and_leaves_its_counter(aspect: str, says: Says) -> None:
    assert reading(says.asks).aspect == aspect
    assert answered_by(says.example, says.asks), "the example answers nothing"
    line = read_line(clean(says.example), lexicon(), telling(), lambda slots: slots)
    assert says in [way for _, way in line.stated.get(aspect, ())], "the example is answered by another way"
    assert not answered_by(says.counter, says.asks), "the counter-example answers"


@pytest.mark.parametrize("quiet", telling().quiet, ids=lambda quiet: quiet.example)
def test_a_clause_that_tells_nobody_anything_is_quiet(quiet: Any) -> None:
    def roles(text: str) -> list[str]:
        return [one.role for one in read_line(SafeText(text), lexicon(), telling(), lambda slots: slots).clauses]

    assert "quiet" in roles(quiet.example)
    assert "tells" in roles(quiet.counter)
    assert quiet.pattern.search(quiet.counter) is None


def test_every_pattern_is_one() -> None:
    check_telling(telling())


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t["price.now"]["says"][0].update(p="(多少"), "told.toml, price.now.says[0]"),
        (lambda t: t["price.now"]["says"][0].update(topic=True), "either a pattern p, or topic = true"),
        (lambda t: t["price.now"]["says"][0].pop("example"), "example"),
        (lambda t: t["price.now"].update(narrows=["colr"]), "price.now.narrows"),
        (lambda t: t["stock.have"]["says"][2].update(of="sise"), "stock.have.says[2]"),
        (lambda t: t["quiet"][0].update(p=3), "quiet[0]"),
        (lambda t: t.pop("quiet"), "quiet"),
    ],
)
def test_a_mistake_in_the_table_is_named(change: Any, named: str) -> None:
    made = copy.deepcopy(tables()["told"])
    change(made)
    with pytest.raises(ConfigError) as caught:
        check_telling(parse_telling(made))
    assert named in caught.value.message
