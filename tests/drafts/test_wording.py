"""Templates exist in both languages with the same slots, and words are found as words."""

from __future__ import annotations

import pytest
from drafting import TEMPLATE_TEXTS, TEMPLATES

from console.domain.errors import ConfigError
from console.drafts.desk import ANSWERS
from console.drafts.wording import answer_language, has_word, read_templates


def test_a_clause_that_one_language_lacks_is_refused() -> None:
    broken = {**TEMPLATE_TEXTS, "en.toml": TEMPLATE_TEXTS["en.toml"].replace('here = "in stock"\n', "")}
    with pytest.raises(ConfigError, match=r"stock\.here"):
        read_templates(broken)


def test_a_clause_whose_slots_differ_is_refused() -> None:
    broken = {**TEMPLATE_TEXTS, "zh.toml": TEMPLATE_TEXTS["zh.toml"].replace("{count} 件共 {total}", "共 {total}")}
    with pytest.raises(ConfigError, match=r"price\.many"):
        read_templates(broken)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ConfigError, match=r"words\.toml"):
        read_templates({name: text for name, text in TEMPLATE_TEXTS.items() if name != "words.toml"})


def test_no_aspect_is_both_answered_and_unanswered() -> None:
    assert [aspect for aspect in TEMPLATES.unanswered if aspect in ANSWERS] == []


def test_a_latin_word_is_not_found_inside_another() -> None:
    assert has_word("do you ship ups", ("ups",)) and not has_word("groups of things", ("ups", "thin"))
    assert has_word("for kids", ("kid",)) and has_word("会起球吗", ("起球",))


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("zh", "多少钱", "zh"),
        ("en", "how much", "en"),
        ("mixed", "3号 how much is it", "en"),
        ("mixed", "这个XL还有吗", "zh"),
        ("none", "???", "en"),
    ],
)
def test_the_answer_speaks_the_questions_language(language: str, text: str, answer: str) -> None:
    assert answer_language(language, text, "en") == answer
