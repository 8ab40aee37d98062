"""Why a comment was taken for what it was: its deciding words, in the comment as it was typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from words import lexicon, reading

from console.domain.text import clean
from console.runtime.tables import trained_model
from console.triage.evidence import LONGEST, POINTS_AT, evidence
from console.triage.language import canonical, folded_of
from console.triage.slots import read_slots

SAMPLES = sorted((Path(__file__).parents[2] / "sample_feeds").glob("*.jsonl"))


def told(text: str) -> str:
    """[what asks] and {what gave a slot}."""
    out, at, text = "", 0, clean(text)
    for one in evidence(clean(text), lexicon(), trained_model()):
        left, right = "{}" if one.slots else "[]"
        out += text[at : one.start] + left + text[one.start : one.end] + right
        at = one.end
    return out + text[at:]


@pytest.mark.parametrize(
    "marked",
    [
        "{160斤}[能穿吗]",
        "{一百六十斤}[能穿不]",
        "{１６０斤}[穿什麼碼]",
        "[能不能穿]{160斤}",
        "{三号链接}[咋卖]",
        "{这个}[多少钱]",
        "[有没有]{S码}",
        "{海南}[能发么]",
        "{红色}和{黑色}[有货吗]",
        "{六号}[什么价]",
        "[DOES] {it} [fit] {160LBS} in {blue}[?]",
        "[声音没了]+1",
    ],
)
def test_the_words_that_decide_are_told_where_they_stand(marked: str) -> None:
    assert told("".join(char for char in marked if char not in "[]{}")) == marked


def test_slots_that_only_together_say_what_they_are_are_told_together() -> None:
    (both, _) = evidence(clean("165 120斤穿什么码"), lexicon(), trained_model())
    assert (both.start, both.end, both.slots) == (0, 8, ("height_mm", "weight_g"))


def test_a_reason_around_a_question_tells_nothing() -> None:
    assert told("我家里人都高，这个多少钱") == "我家里人都高，{这个}[多少钱]"


@pytest.mark.parametrize("text", ["来啦来啦", "666", "", "哈哈哈", "3号多少钱" + "啊" * LONGEST])
def test_what_needs_no_answer_or_is_a_long_story_tells_nothing(text: str) -> None:
    assert evidence(clean(text), lexicon(), trained_model()) == ()


def sample_lines() -> list[str]:
    lines = (json.loads(line) for path in SAMPLES for line in path.read_text(encoding="utf-8").splitlines())
    return list(dict.fromkeys(line["text"] for line in lines if line["kind"] == "message"))


def test_on_every_line_of_the_samples_the_words_lie_in_order_and_alone_say_what_they_say_in_company() -> None:
    alone = in_company = 0
    words = lexicon()
    for line in sample_lines():
        text, at = clean(line), 0
        slots = reading(line).slots
        for one in evidence(text, words, trained_model()):
            assert at <= one.start < one.end <= len(text)
            at = one.end
            if not one.slots or one.slots == POINTS_AT:
                continue
            said = canonical(folded_of(text[one.start : one.end], words), words)
            _, read = read_slots(said.text, said.language if said.language != "none" else "mixed", words.words)
            for name in one.slots:
                in_company += 1
                value, mine = getattr(slots, name), getattr(read, name)
                alone += mine is not None and set(_all(mine)) <= set(_all(value))
    assert in_company > 500
    # The others need company: 300 of 满300减50, 两 of 两支包邮吗.
    assert alone * 100 >= in_company * 95, f"{alone} of {in_company}"


def _all(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)
