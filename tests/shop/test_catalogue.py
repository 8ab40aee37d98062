"""A catalogue is read whole or refused with a sentence that says where and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.errors import ConfigError
from console.shop.catalogue import parse_catalogue

HERE = Path(__file__).parent
COATS = (HERE / "coats.toml").read_text(encoding="utf-8")

ONE = """schema = 1
currency = "CNY"

[shop]
name = "小店"

[[product]]
link = 1
name = "大衣"
price = "399.00"
stock = 3

[[product]]
link = 2
name = "围巾"
"""


def refused(text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse_catalogue(text, "catalogue.toml")
    return caught.value


def test_prices_become_whole_micros_and_times_epoch_ms() -> None:
    coat = parse_catalogue(COATS, "coats.toml").product("3")
    assert coat is not None and coat.coupons is not None
    assert (coat.price, coat.list_price) == (399_000_000, 899_000_000)
    assert coat.live_price_until_ms == 1_795_363_140_000
    assert (coat.coupons[0].min_spend, coat.coupons[0].off) == (300_000_000, 50_000_000)


def test_absent_is_unknown_and_an_empty_list_is_known_to_be_empty() -> None:
    catalogue = parse_catalogue(COATS, "coats.toml")
    jeans, scarf = catalogue.product("5"), catalogue.product("8")
    assert jeans is not None and scarf is not None
    assert jeans.material is None and scarf.colours is None and scarf.coupons == ()
    assert parse_catalogue(ONE, "one.toml").products[1].stock is None


def test_stock_of_zero_is_sold_out() -> None:
    assert parse_catalogue(ONE.replace("stock = 3", "stock = 0"), "c").products[0].stock == "sold_out"


def test_texts_are_cleaned_on_the_way_in() -> None:
    catalogue = parse_catalogue(ONE.replace('"大衣"', '"大\\u001b[31m衣\\u202e"'), "c")
    assert "\x1b" not in catalogue.products[0].name and "\u202e" not in catalogue.products[0].name


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("stock = 3", "stok = 3"), 11, ("stok", "unknown key", "`stock`")),
        (('name = "小店"', 'nmae = "小店"'), 5, ("shop.nmae", "`name`")),
        (("[shop]", "[shpo]"), 4, ("shpo", "`shop`")),
        (('price = "399.00"', "price = 399.00"), 10, ("price", "number with a point", 'price = "399.00"')),
        (('price = "399.00"', 'price = "￥399"'), 10, ("price", "is not a price")),
        (('price = "399.00"', 'price = "0"'), 10, ("more than 0",)),
        (('price = "399.00"', 'price = "1,299"'), 10, ("no comma",)),
        (("stock = 3", "stock = -3"), 11, ("stock", "between 0 and")),
        (("stock = 3", 'stock = "sold out"'), 11, ("stock", "sold_out")),
        (("stock = 3", "stock = true"), 11, ("whole number",)),
        (("link = 2", "link = 1"), 14, ("already taken on line 8",)),
        (("link = 2", 'link = "二"'), 14, ("link", "whole number")),
        (('name = "围巾"', "name = 3"), 15, ("name", "text in quotes")),
        (('name = "围巾"', 'size_chart = "coat"'), 13, ("name", "missing")),
        (('name = "围巾"', 'name = "围巾"\nsize_chart = "coat"'), 16, ("size_chart.coat",)),
        (("schema = 1", "schema = 2"), 1, ("schema",)),
        (('currency = "CNY"', 'currency = "yuan"'), 2, ("currency",)),
        (('name = "围巾"', 'name = "围巾"\nlive_price_until = 2026-11-22T23:59:00'), 16, ("time zone", "+08:00")),
        (('name = "围巾"', 'name = "围巾"\ncoupon = [{ text = "满1减2", of = "2" }]'), 16, ("coupon.of", "`off`")),
    ],
)
def test_a_mistake_is_named_with_its_line_its_key_and_what_to_write(change: tuple[str, str], line: int, says: tuple[str, ...]) -> None:
    error = refused(ONE.replace(*change))
    assert error.message.startswith(f"catalogue.toml, line {line}, ")
    assert "\n" not in error.message
    for words in says:
        assert words in f"{error.message} {error.hint}"
    assert error.hint or "between" in error.message


def test_no_toml_is_one_sentence_with_its_place() -> None:
    error = refused('schema = 1\n[[product]]\nname = "大衣\n')
    assert error.message.startswith("catalogue.toml, line 3, column ") and "\n" not in error.message and error.hint


def test_a_file_over_4_mb_or_of_endless_brackets_is_refused() -> None:
    assert "larger than 4 MB" in refused("# " + "长" * 1_500_000).message
    assert refused("a = " + "[" * 100_000).hint
    assert refused("a = " + "9" * 5_000).hint


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('["S", "M", "L", "XL", ""], ["S"', '["S", "M", "L", "XL"], ["S"'), "row 1 has 4 cells"),
        (("height = [150, 160, 165, 170, 175]", "height = [150, 165, 160, 170, 175]"), "must rise"),
        (("max = { height = 180, weight = 80 }", "max = { height = 170, weight = 80 }"), "below the last lower bound"),
        (('unit = { height = "cm", weight = "kg" }', 'unit = { height = "cm", weight = "kq" }'), "not one of"),
        (("height = [150, 160, 165, 170, 175]", "height = [150, 160, 165, 170]"), "must have 4 rows"),
        (('note = "偏瘦', 'nota = "偏瘦'), "unknown key"),
    ],
)
def test_a_crooked_size_chart_is_refused(change: tuple[str, str], says: str) -> None:
    assert COATS.count(change[0]) == 1
    error = refused(COATS.replace(*change))
    assert says in error.message and ", line " in error.message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("{name}{material}，{claim:可机洗}。", "{nmae}洗"), "unknown slot {nmae}"),
        (('id = "wash"\nproduct = 3', 'id = "wash"\nproduct = 4'), "no product has link 4"),
        (('id = "fade"', 'id = "wash"'), "stands twice"),
    ],
)
def test_a_faq_entry_that_could_never_be_said_is_refused(change: tuple[str, str], says: str) -> None:
    assert says in refused(COATS.replace(*change)).message


def test_a_name_or_alias_in_a_text_finds_its_product_the_longest_first() -> None:
    catalogue = parse_catalogue(COATS, "coats.toml")
    assert [one.link for one in catalogue.find("双面羊毛大衣和围巾一起多少钱")] == ["3", "8"]
    assert [one.link for one in catalogue.find("那个羊毛外套呢")] == ["3"]
    assert catalogue.find("多少钱") == ()


def test_an_english_alias_is_found_as_a_word_not_inside_another() -> None:
    catalogue = parse_catalogue((HERE / "lips.toml").read_text(encoding="utf-8"), "lips.toml")
    assert [one.link for one in catalogue.find("how much are the Lip Tints?")] == ["1"]
    assert catalogue.find("is it tinted") == ()


def test_a_name_that_two_products_share_returns_both() -> None:
    both = parse_catalogue(ONE.replace('name = "围巾"', 'name = "羊绒"\naliases = ["大衣"]'), "c")
    assert [one.link for one in both.find("大衣多少钱")] == ["1", "2"]


def test_a_fact_changed_from_the_console_leaves_the_others_alone() -> None:
    catalogue = parse_catalogue(ONE, "c")
    sold_out = catalogue.replacing(type(catalogue.products[0])(link="1", name=catalogue.products[0].name, stock="sold_out"))
    assert sold_out.product("1") is sold_out.products[0] and sold_out.products[0].stock == "sold_out"
    assert sold_out.products[1] == catalogue.products[1] and catalogue.products[0].stock == 3


@settings(max_examples=150)
@given(st.integers(0, len(COATS)), st.text(max_size=6))
def test_whatever_is_typed_into_a_catalogue_it_parses_or_says_why(at: int, typed: str) -> None:
    said = ""
    try:
        parse_catalogue(COATS[:at] + typed + COATS[at:], "c.toml")
    except ConfigError as error:
        said = error.message
    assert said == "" or (said.startswith("c.toml") and "\n" not in said)
