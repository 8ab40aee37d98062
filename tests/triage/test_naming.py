"""Which product a comment names, by the names that the room itself showed."""

from __future__ import annotations

import pytest
from words import reading

from console.domain.text import clean
from console.triage.naming import MOST_NAMES, Names, named, remember

SHOP = Names({
    "3": clean("百搭软底小白鞋女"), "5": clean("男士商务皮鞋"), "8": clean("真皮托特包"), "12": clean("英伦风马丁靴女"),
    "21": clean("Velvet Matte Lipstick Set"), "22": clean("Mini Vegetable Chopper"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "on_air", "link"),
    [
        ("马丁靴多少钱", "3", "12"),
        ("小白鞋还有吗", "5", "3"),
        ("靴子什么价", None, "12"),
        ("包包怎么卖", "3", "8"),
        ("how much was the lipstick again", "22", "21"),
        ("is the chopper dishwasher safe", "21", "22"),
    ],
)
def test_a_name_that_was_shown_means_its_link(comment: str, on_air: str | None, link: str) -> None:
    assert named(reading(comment), SHOP, on_air).slots.link == link


def test_the_words_of_the_name_are_explained() -> None:
    assert named(reading("马丁靴多少钱"), SHOP, None).content == ""


def test_a_product_that_was_never_shown_stays_a_word() -> None:
    assert named(reading("裤子多少钱"), SHOP, "3").slots.link is None


def test_a_word_in_two_names_means_the_one_on_air_or_none() -> None:
    assert named(reading("鞋子多少钱"), SHOP, "5").slots.link == "5"
    assert named(reading("鞋子多少钱"), SHOP, None).slots.link is None


def test_a_link_that_was_said_stands_whatever_else_is_named() -> None:
    assert named(reading("5号马丁靴多少钱"), SHOP, "12").slots.link == "5"


def test_a_material_in_a_name_is_still_asked_for() -> None:
    assert named(reading("是真皮的吗"), SHOP, "3").slots.link is None


def test_the_newest_names_are_kept() -> None:
    names = {}
    for number in range(MOST_NAMES + 5):
        remember(names, str(number), clean(f"商品{number}"))
    assert len(names) == MOST_NAMES and str(MOST_NAMES + 4) in names and "0" not in names
    assert not remember(names, "7", clean("商品7"))
