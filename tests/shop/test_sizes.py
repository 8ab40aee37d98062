"""A size is exact at every boundary, and a number that is missing is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.shop.catalogue import parse_catalogue
from console.shop.sizes import SizeChart, fits, look_up, same_size, size_for

HERE = Path(__file__).parent
CHART: SizeChart = parse_catalogue((HERE / "coats.toml").read_text(encoding="utf-8"), "coats.toml").size_charts["womens-coat"]


@pytest.mark.parametrize(
    ("height_mm", "weight_g", "size"),
    [
        (1500, 40_000, "S"),  # the first cell's own corner
        (1499, 40_000, None),
        (1500, 39_999, None),
        (1599, 47_499, "S"),
        (1600, 47_500, "M"),
        (1650, 47_499, "M"),
        (1650, 54_999, "M"),
        (1650, 55_000, "L"),  # 110 斤: lower bounds are inclusive
        (1700, 80_000, "2XL"),  # 80.0 kg still fits
        (1700, 80_100, None),  # 80.1 is outside
        (1800, 80_000, "2XL"),
        (1801, 60_000, None),
        (1500, 70_000, None),  # an empty cell
        (1750, 40_000, None),
    ],
)
def test_every_boundary_is_exact(height_mm: int, weight_g: int, size: str | None) -> None:
    assert look_up(CHART, height_mm, weight_g) == size


def test_one_number_asks_for_the_other() -> None:
    assert size_for(CHART, 1650, None).kind == "need_weight"
    assert size_for(CHART, None, 55_000).kind == "need_height"
    assert size_for(CHART, None, None).kind == "need_both"


def test_one_number_beyond_the_chart_needs_no_other() -> None:
    assert size_for(CHART, None, 80_500).kind == "outside"
    assert size_for(CHART, 1400, None).kind == "outside"


def test_readings_that_disagree_are_both_shown_and_those_that_agree_are_one() -> None:
    agreed = size_for(CHART, (1600, 1650), 55_000)
    assert agreed.kind == "size" and [one.size for one in agreed.readings] == ["L", "L"]
    apart = size_for(CHART, (1600, 1700), 55_000)
    assert apart.kind == "ambiguous" and [one.size for one in apart.readings] == ["L", "XL"]


def test_does_l_fit_is_yes_or_no_against_the_cell() -> None:
    answer = size_for(CHART, 1650, 55_000)
    assert fits(answer, "L") is True and fits(answer, "l码") is True and fits(answer, "M") is False
    assert fits(size_for(CHART, 1650, None), "L") is None


def test_xxl_is_2xl() -> None:
    assert same_size("XXL", "2xl") and same_size("xxxl码", "3XL") and not same_size("XL", "2XL")


def test_an_imperial_chart_keeps_its_own_boundaries_whichever_way_a_gram_was_rounded() -> None:
    chart = parse_catalogue(
        """[size_chart.us]
unit = { height = "in", weight = "lb" }
height = [60, 65]
weight = [100, 165]
max = { height = 72, weight = 220 }
cells = [["S", "L"], ["M", "XL"]]
""",
        "us.toml",
    ).size_charts["us"]
    for grams in (74_842, 74_843):  # 165 lb = 74,842.74 g
        assert look_up(chart, 1651, grams) == "XL"
    assert look_up(chart, 1650, 74_841) == "S"
    assert look_up(chart, 1829, 99_791) == "XL" and look_up(chart, 1830, 99_791) is None


@given(st.integers(1000, 2200), st.integers(20_000, 120_000))
def test_within_the_bounds_a_size_is_the_cell_of_the_last_bound_not_above(height_mm: int, weight_g: int) -> None:
    inside = 1500 <= height_mm <= 1800 and 40_000 <= weight_g <= 80_000
    row = sum(bound <= height_mm for bound in CHART.heights_mm) - 1
    column = sum(bound <= weight_g for bound in CHART.weights_g) - 1
    assert look_up(CHART, height_mm, weight_g) == ((CHART.cells[row][column] or None) if inside else None)


def test_the_chart_lists_its_sizes_once_smallest_first() -> None:
    assert CHART.sizes == ("S", "M", "L", "XL", "2XL")
