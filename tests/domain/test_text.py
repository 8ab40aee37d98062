"""What clean() and fold() promise about any text at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from words import lexicon

from console.domain.text import MOST_MARKS, clean, clean_all, clean_name, fold, is_harmless

NASTY = "\x00\x1b\u202e\u2066\u200b\u200d\u00ad\ufeff\ufffe\ufdd0\U000e0041\ue000\u0301\u20dd\n\t\r\u2028\x85\x9b"
anything = (
    st.text()
    | st.text(st.characters(codec=None) | st.sampled_from(NASTY))
    | st.text(st.sampled_from(NASTY + "ab3哈嗎？[doge]@:"), max_size=60)
)


def forbidden(char: str) -> bool:
    code = ord(char)
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or (unicodedata.category(char) == "Cf" and char != "\u200d")
        or char in "\u2028\u2029"
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


def longest_run_of_marks(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in ("Mn", "Me", "Mc") else 0 if char != "\u200d" else run
        longest = max(longest, run)
    return longest


@given(anything, st.integers(1, 80))
def test_cleaned_text_fits_its_limit_and_holds_nothing_that_steers_a_terminal(text: str, limit: int) -> None:
    made = clean(text, limit)
    assert len(made) <= limit
    assert not [char for char in made if forbidden(char)]
    assert longest_run_of_marks(made) <= MOST_MARKS


@given(anything, st.integers(1, 80))
@example("a" * 79 + "\u0301" * 9, 80)
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    once = clean(text, limit)
    assert clean(once, limit) == once


@given(anything)
def test_a_text_that_is_called_harmless_is_left_as_it_is(text: str) -> None:
    if is_harmless(text):
        assert clean(text, len(text) + 1) == text


@given(st.recursive(anything | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(anything, inner), max_leaves=8))
def test_every_string_inside_json_is_cleaned_keys_too(value: object) -> None:
    def strings(of: object) -> list[str]:
        if isinstance(of, str):
            return [of]
        if isinstance(of, dict):
            return [one for key, inner in of.items() for one in (key, *strings(inner))]
        return [one for inner in of for one in strings(inner)] if isinstance(of, list) else []

    assert all(clean(one) == one for one in strings(clean_all(value)))


def test_a_line_break_becomes_a_blank_and_an_escape_a_replacement_sign() -> None:
    assert clean("多少\n钱") == "多少 钱"
    assert clean("\x1b[31m红") == "\ufffd[31m红"


def test_a_family_emoji_survives_and_its_joiner_is_kept() -> None:
    assert clean("👨\u200d👩\u200d👧 好看") == "👨\u200d👩\u200d👧 好看"


def test_a_name_has_no_blank_at_either_end() -> None:
    assert clean_name("  小李\t") == "小李"


@given(anything)
@example("[[doge]doge]")
@example("哈" * 500)
@example("".join(":a" * n for n in range(30)))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(clean(text), lexicon().simplified)
    assert fold(once, lexicon().simplified) == once


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＸＬ碼還有嗎？", "xl码还有吗?"),
        ("哈哈哈哈哈哈", "哈哈"),
        ("[捂脸]多少钱:heart_eyes:", "多少钱"),
        ("@小王 多少钱", "多少钱"),
        ("上链接上链接上链接", "上链接"),
        ("666666", "666666"),
        ("XXXL有吗 love xxx", "xxxl有吗 love xx"),
        ("1000ml 的   有吗", "1000ml 的 有吗"),
    ],
)
def test_what_two_people_type_alike_is_folded_alike(typed: str, folded: str) -> None:
    assert fold(clean(typed), lexicon().simplified) == folded
