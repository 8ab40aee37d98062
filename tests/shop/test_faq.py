"""The shop's own words answer what they were written for, and nothing that only looks alike."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from console.domain.text import SafeText
from console.domain.values import Slots
from console.shop.catalogue import parse_catalogue
from console.shop.faq import Faq, FaqIndex

HERE = Path(__file__).parent
PAIRS = tomllib.loads((HERE / "faq_pairs.toml").read_text(encoding="utf-8"))
CATALOGUE = parse_catalogue((HERE / "coats.toml").read_text(encoding="utf-8"), "coats.toml")


def entry(ask: str, link: str | None = None, name: str = "one") -> Faq:
    return Faq(SafeText(name), (SafeText(ask),), SafeText("好的"), link)


@pytest.mark.parametrize("pair", PAIRS["other"], ids=lambda pair: f"{pair['ask']}|{pair['text']}")
def test_what_only_looks_alike_is_not_offered(pair: dict[str, str]) -> None:
    assert FaqIndex((entry(pair["ask"]),)).nearest(pair["text"], None) is None


def test_four_of_five_paraphrases_find_their_entry() -> None:
    found = [FaqIndex((entry(pair["ask"]),)).nearest(pair["text"], None) is not None for pair in PAIRS["same"]]
    assert sum(found) * 5 >= len(found) * 4


def test_a_products_entry_serves_that_product_only_and_wins_against_the_shops() -> None:
    index = FaqIndex((entry("能机洗吗", None, "shop"), entry("能机洗吗", "3", "coat")))
    coat, other = index.nearest("可以机洗吗", "3"), index.nearest("可以机洗吗", "5")
    assert coat is not None and coat.faq.id == "coat"
    assert other is not None and other.faq.id == "shop"
    assert FaqIndex((entry("能机洗吗", "3"),)).nearest("可以机洗吗", None) is None


def test_a_slot_that_was_said_must_stand_in_the_entry_too() -> None:
    index = FaqIndex((entry("孕期敏感肌能不能放心用这个"),))
    assert index.nearest("孕期敏感肌能不能放心用这个", None, Slots(person="敏感肌")) is not None
    assert index.nearest("宝宝孕期敏感肌能不能放心用这个", None) is not None
    assert index.nearest("宝宝孕期敏感肌能不能放心用这个", None, Slots(person="宝宝")) is None


def test_the_order_of_entries_breaks_a_draw() -> None:
    index = FaqIndex((entry("能机洗吗", None, "first"), entry("能机洗吗", None, "second")))
    found = index.nearest("能机洗吗", None)
    assert found is not None and (found.faq.id, found.permille) == ("first", 1000)


def test_the_shops_entries_are_found_without_a_product() -> None:
    found = CATALOGUE.faq.nearest("可以开发票吗", None)
    assert found is not None and found.faq.id == "invoice"
