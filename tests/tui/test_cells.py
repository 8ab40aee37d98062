from hypothesis import given
from hypothesis import strategies as st

from console.domain.text import clean
from console.tui.cells import cut, left, right, spark, width, wrap

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60).map(clean)


def test_chinese_takes_two_cells() -> None:
    assert width("包邮") == 4
    assert left("包邮", 6) == "包邮  "
    assert right("包邮", 6) == "  包邮"


def test_what_is_cut_ends_in_an_ellipsis_and_never_in_half_a_character() -> None:
    assert cut("3号链接多少钱", 8) == "3号链接…"
    assert cut("3号链接多少钱", 7) == "3号链…"
    assert cut("abcdef", 4) == "abc…"
    assert cut("👨‍👩‍👧‍👦一家人", 5) == "👨‍👩‍👧‍👦一…"


@given(TEXTS, st.integers(1, 40))
def test_cut_and_padded_text_has_exactly_the_asked_width(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells
    assert width(left(text, cells)) == cells
    assert width(right(text, cells)) == cells


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, cells: int) -> None:
    spans = wrap(text, cells, 100)
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
