import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.domain.text import clean
from console.tui.cells import cut, is_agreed, left, right, spaced, spark, steady, width, wrap

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60).map(clean)


def test_chinese_takes_two_cells() -> None:
    assert width("包邮") == 4
    assert left("包邮", 6) == "包邮  "
    assert right("包邮", 6) == "  包邮"


def test_what_is_cut_ends_in_an_ellipsis_and_never_in_half_a_character() -> None:
    assert cut("3号链接多少钱", 8) == "3号链接…"
    assert cut("3号链接多少钱", 7) == "3号链…"
    assert cut("abcdef", 4) == "abc…"
    assert cut("👨‍👩‍👧‍👦一家人", 5) == "👨👩…"


@given(TEXTS, st.integers(1, 40))
def test_cut_and_padded_text_has_exactly_the_asked_width(text: str, cells: int) -> None:
    assert cell_len(cut(text, cells)) <= cells
    assert cell_len(left(text, cells)) == cells
    assert cell_len(right(text, cells)) == cells


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, cells: int) -> None:
    text = steady(text)
    spans = wrap(text, cells, 200)
    assert "".join(text[first:end] for first, end in spans) == text
    assert all(width(text[first:end]) <= cells for first, end in spans)


def test_closing_punctuation_never_starts_a_line() -> None:
    text = "现货今天发，满减"
    lines = [text[first:end] for first, end in wrap(text, 10, 3)]
    assert not any(line.startswith("，") for line in lines)


def test_a_steady_row_of_values_runs_along_the_middle() -> None:
    assert spark((50, 50, 50), 3) == "▄▄▄"
    assert spark((0, 0), 2) == "▁▁"
    assert spark((10, 10, 70), 4) == " ▂▂█"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("👨‍👩‍👧‍👦", "👨👩👧👦"), ("❤️ 太美了", "❤ 太美了"), ("小☁️鹿", "小☁鹿"), ("1️⃣号", "1号"), ("🇨🇳", "CN"), ("👍🏽", "👍"), ("🤷‍♀️", "🤷"),
        ("Z͑ͫ̓", "Z"), ("cafe\u0301", "café"), ("包邮吗 🌸", "包邮吗 🌸"), ("ราคาเท่าไหร่", "ราคาเท่าไหร่"),
    ],
)  # fmt: skip
def test_what_terminals_disagree_about_is_drawn_in_a_form_they_agree_on(typed: str, drawn: str) -> None:
    assert steady(typed) == drawn


@given(TEXTS)
def test_a_steady_text_stays_as_it_is(text: str) -> None:
    assert steady(steady(text)) == steady(text)


def test_signs_of_the_screen_itself_are_beyond_dispute_and_rare_scripts_are_not() -> None:
    assert is_agreed("▌▸12人 0:15 3号多少钱 ✓ 草稿 ↻ – ! │ ▁▂█ ● ■ … 🌸😀")
    assert not is_agreed("नमस्ते") and not is_agreed("🫨") and not is_agreed("☁")


def test_a_vowel_sign_beside_its_letter_has_a_cell_kept_for_it() -> None:
    assert width("नि") == 2
    assert left("नि", 4) == "नि   "


def test_a_text_to_read_out_is_spaced_between_characters_and_not_within_numbers() -> None:
    assert spaced("直播价 399 元，现货") == "直 播 价 399 元， 现 货"
    assert spaced("how much is it?") == "how much is it?"
