"""A catalogue can be sound and still look wrong; `catalogue check` says where."""

from __future__ import annotations

from pathlib import Path

from console.shop.catalogue import parse_catalogue
from console.shop.doubts import CODES, Doubt, doubts

HERE = Path(__file__).parent
COATS = (HERE / "coats.toml").read_text(encoding="utf-8")
HOUR = 3_600_000


def found(text: str, hours: int = 1) -> tuple[Doubt, ...]:
    shop = parse_catalogue(text, "c.toml")
    return doubts(shop, (shop.updated_ms or 0) + hours * HOUR)


def codes(text: str, hours: int = 1) -> list[tuple[str, str]]:
    return [(path, code) for path, code, _ in found(text, hours)]


def test_a_sound_catalogue_has_only_its_unproven_claim() -> None:
    assert found(COATS) == (
        ("product[3].evidence[不掉色]", "no_evidence", {"claim": "不掉色"}),
        ("faq[fade].answer", "claim_unknown", {"claim": "不掉色"}),
    )


def test_a_price_and_a_coupon_that_ended_are_named_with_their_end() -> None:
    late = found(COATS, hours=6)
    assert ("product[3].price", "price_ended", {"until": "11-22 23:59"}) in late
    assert ("product[3].coupon[0]", "coupon_ended", {"until": "11-22 23:59"}) in late
    assert ("updated_at", "facts_stale") in codes(COATS, hours=13)


def test_a_struck_price_below_the_price() -> None:
    assert ("product[3].list_price", "list_price_below") in codes(COATS.replace('"899.00"', '"299.00"'))


def test_no_products_at_all() -> None:
    assert codes("schema = 1\n") == [("product", "no_products")]


def test_one_name_for_two_links() -> None:
    twice = COATS.replace('aliases = ["围巾"]', 'aliases = ["围巾", "大衣"]')
    assert ("product[8].aliases", "alias_shared", {"name": "大衣", "other": "product[3]"}) in found(twice)


def test_two_entries_for_one_question() -> None:
    twin = COATS + '\n[[faq]]\nid = "ticket"\nask = ["能不能开发票"]\nanswer = "不开"\n'
    assert ("faq[ticket].ask", "ask_shared", {"ask": "能不能开发票", "other": "faq[invoice]"}) in found(twin)
    own = COATS + '\n[[faq]]\nid = "scarf"\nproduct = 8\nask = ["能开发票吗"]\nanswer = "不开"\n'
    assert [one for one in codes(own) if one[1] == "ask_shared"] == []


def test_a_chart_is_missed_only_where_its_like_has_one() -> None:
    jacket = COATS + '\n[[product]]\nlink = 9\nname = "短款大衣"\n[[product]]\nlink = 10\nname = "靴子"\n'
    assert ("product[9].size_chart", "no_size_chart", {"like": "双面羊毛大衣"}) in found(jacket)
    assert "product[10].size_chart" not in [path for path, _ in codes(jacket)]


def test_every_code_is_listed_for_the_string_tables() -> None:
    assert {code for _, code in (*codes(COATS, hours=20), *codes("schema = 1\n"))} <= set(CODES)
