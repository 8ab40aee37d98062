"""The offset map: the text is the one that is understood, and every stretch of it stood somewhere in the comment."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words import lexicon

from console.domain.text import clean
from console.triage.language import canonical, folded_of
from console.triage.tracing import Trace, canonical_trace, folded_trace, untouched

SAMPLES = sorted((Path(__file__).parents[2] / "sample_feeds").glob("*.jsonl"))
WRITTEN = st.lists(
    st.sampled_from(
        [
            "三号",
            "链接",
            "咋卖",
            "多少钱",
            "能不能",
            "穿",
            "吗",
            "？",
            "一百六十斤",
            "１６０",
            "斤",
            "哈哈哈哈",
            "[doge]",
            "@小李 ",
            "碼",
            "how ",
            "much ",
        ]
    )
    | st.text(max_size=6),
    max_size=12,
).map("".join)


def sample_lines() -> list[str]:
    found: dict[str, None] = {}
    for path in SAMPLES:
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["kind"] == "message":
                found[event["text"]] = None
    return list(found)


def is_sound(trace: Trace) -> None:
    """Spans lie in the comment, in its order."""
    assert len(trace.spans) == len(trace.text)
    before = 0
    for start, end in trace.spans:
        assert before <= start <= end <= len(trace.original)
        before = start
    whole = trace.span(0, len(trace.text))
    assert whole is None or trace.original[slice(*whole)] == trace.original[slice(*whole)].strip()


def keeps_characters(trace: Trace) -> None:
    """What was only folded is the same character in another dress."""
    simplified = lexicon().simplified
    for (start, end), char in zip(trace.spans, trace.text, strict=True):
        if end - start == 1 and char != " ":
            assert char in unicodedata.normalize("NFKC", trace.original[start]).lower().translate(simplified)


def test_the_text_is_the_one_that_is_understood_on_every_line_of_the_samples() -> None:
    words = lexicon()
    for line in sample_lines():
        text = clean(line)
        folded, traced = folded_trace(text, words), canonical_trace(text, words)
        assert folded.text == folded_of(text, words)
        assert traced.text == canonical(folded.text, words).text
        keeps_characters(folded)
        is_sound(folded)
        is_sound(traced)


@given(WRITTEN)
def test_and_on_whatever_people_write(written: str) -> None:
    words, text = lexicon(), clean(written)
    traced = canonical_trace(text, words)
    assert traced.text == canonical(folded_of(text, words), words).text
    is_sound(folded_trace(text, words))
    is_sound(traced)


@pytest.mark.parametrize(
    ("comment", "normal", "said"),
    [
        ("一百六十斤能穿吗", "160", "一百六十"),
        ("１６０斤能穿吗", "160", "１６０"),
        ("三号链接咋卖[doge]", "3", "三"),
        ("三号链接咋卖[doge]", "怎么", "咋"),
        ("@小李 這個多少錢", "多少钱", "多少錢"),
        ("哈哈哈哈哈哈多少钱", "多少钱", "多少钱"),
        ("  Does   it FIT?", "fit", "FIT"),
        ("3号   多少钱", "3号", "3号"),
    ],
)
def test_what_was_rewritten_is_the_stretch_it_was_made_of(comment: str, normal: str, said: str) -> None:
    trace = canonical_trace(clean(comment), lexicon())
    at = trace.text.index(normal)
    span = trace.span(at, at + len(normal))
    assert span is not None and comment[slice(*span)] == said


def test_what_was_made_of_nothing_stood_nowhere() -> None:
    trace = untouched("多少").into("多!少")
    assert trace.span(1, 2) is None and trace.span(0, 3) == (0, 2)
    assert untouched("").into("").span(0, 0) is None
