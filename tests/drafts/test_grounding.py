"""Every number in a draft is a fact's or the question's. What isn't is marked, to the character."""

from __future__ import annotations

import msgspec
import pytest
from drafting import COATS, LIPS, TEMPLATES, ask
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.text import clean
from console.domain.values import INTENTS, Draft, Fact, Slots
from console.drafts.desk import ANSWERS
from console.drafts.grounding import facts_of, ungrounded
from console.shop.catalogue import Catalogue, parse_catalogue

PRICE = Fact("product[3].price", "399.00")
COUPON = Fact("product[3].coupon[0]", "满300减50")


def marked(text: str, facts: tuple[Fact, ...] = (), question: str = "", shop: Catalogue | None = None) -> list[str]:
    return [text[start:end] for start, end in ungrounded(text, facts, question, shop)]


@pytest.mark.parametrize(
    ("text", "facts", "question", "wrong"),
    [
        ("3号 399 元", (PRICE,), "", []),
        ("3号 389 元", (PRICE,), "", ["389"]),
        ("5号 399 元", (PRICE,), "", ["5"]),
        ("打3折", (PRICE,), "3号多少钱", ["3"]),
        ("link #3 is 399", (PRICE,), "", []),
        ("5号呢", (), "5号多少钱", []),
        ("羊毛 70%", (Fact("product[3].material", "羊毛 70%"),), "", []),
        ("羊毛 70", (Fact("product[3].material", "羊毛 70%"),), "", ["70"]),
        ("羊毛 80%", (Fact("product[3].material", "羊毛 70%"),), "", ["80%"]),
        ("羊毛百分之八十", (Fact("product[3].material", "羊毛 70%"),), "", ["百分之八十"]),
        ("建议 L 码", (Fact("size_chart.coat", "L"),), "", []),
        ("建议 XL 码", (Fact("size_chart.coat", "L"),), "", ["XL"]),
        ("XXL 可以", (Fact("size_chart.coat", "2XL"),), "", []),
        ("L 码可以", (), "l码能穿吗", []),
        ("48 小时", (Fact("shop.dispatch_within_hours", "48"),), "", []),
        ("四十八小时内发", (Fact("shop.dispatch_within_hours", "48"),), "", []),
        ("二十四小时内发", (Fact("shop.dispatch_within_hours", "48"),), "", ["二十四"]),
        ("7 天无理由", (Fact("shop.return_policy", "seven_day"),), "", []),
        ("15 天无理由", (Fact("shop.return_policy", "seven_day"),), "", ["15"]),
        ("打三折", (PRICE,), "", ["三"]),
        ("三百九十九元", (PRICE,), "", []),
        ("$1,299", (Fact("product[3].price", "1299.00"),), "", []),
        ("大一码更舒服，I'm sure it's fine", (), "", []),
    ],
)
def test_a_number_is_a_facts_the_questions_or_marked(text: str, facts: tuple[Fact, ...], question: str, wrong: list[str]) -> None:
    assert marked(text, facts, question) == wrong


def test_price_minus_coupon_needs_both_facts_cited() -> None:
    assert marked("到手 349", (PRICE, COUPON), "", COATS) == []
    assert marked("到手 349", (PRICE,), "", COATS) == ["349"]
    assert marked("到手 339", (PRICE, COUPON), "", COATS) == ["339"]
    assert marked("两件 748", (PRICE, COUPON), "2件", COATS) == []
    assert marked("共 748", (PRICE, COUPON), "", COATS) == ["748"]


def test_spans_are_code_points_and_half_open() -> None:
    assert ungrounded("😀价 12 元", (), "") == ((3, 5),)


def test_what_a_person_types_is_checked_against_all_the_product_has() -> None:
    known = facts_of(COATS, "3")
    assert marked("399 元，羊毛 70%，48 小时发货，L 码有", known, "", COATS) == []
    assert marked("369 元，5 年质保", known, "", COATS) == ["369", "5"]


def all_drafts(shop: Catalogue) -> list[Draft]:
    """Everything any template says about any product, to a few kinds of slots, in both languages."""
    kinds = (
        Slots(), Slots(height_mm=1650, weight_g=55_000), Slots(height_mm=1500, weight_g=47_500, size="M"), Slots(weight_g=60_300),
        Slots(size=("S", "4XL")), Slots(colour=("红", "black")), Slots(courier="顺丰"), Slots(count=3), Slots(place="新疆"),
    )  # fmt: skip
    aspects = sorted({*ANSWERS, *TEMPLATES.unanswered, *INTENTS})
    return [
        draft
        for product in shop.products
        for aspect in aspects
        for slots in kinds
        for text in ("这个呢", "what about it", "5'7 how about that", "75公斤呢")
        for draft in ask(text, msgspec.convert(aspect.split(".")[0], str), aspect, shop=shop, on_air=product.link, slots=slots)[0]
    ]


@pytest.mark.parametrize("shop", [COATS, LIPS], ids=["coats", "lips"])
def test_no_template_ever_says_a_number_that_is_nobodys(shop: Catalogue) -> None:
    drafts = all_drafts(shop)
    assert len(drafts) > 400
    assert [draft.text for draft in drafts if draft.marks] == []
    assert all(draft.facts for draft in drafts)
    assert [draft.text for draft in drafts if draft.text != clean(draft.text, 2000) or "{" in draft.text or "None" in draft.text] == []


numbers = st.integers(1, 999_999)
names = st.text(alphabet="大衣围巾A5X0123 .%", min_size=1, max_size=12).filter(lambda name: name.strip() != "")


@settings(max_examples=60)
@given(names, numbers, numbers, numbers, st.integers(1, 5000), st.sampled_from(["CNY", "USD", "JPY"]))
def test_whatever_the_catalogue_says_the_drafts_are_grounded(
    name: str, cents: int, off: int, least: int, stock: int, currency: str
) -> None:
    off = min(off, least)
    lines = [
        f'currency = "{currency}"', "[shop]", f"dispatch_within_hours = {stock % 90 + 1}", "[[product]]", f"link = {stock}",
        f'name = "{name}"', f'price = "{cents // 100}.{cents % 100:02}"', f"stock = {stock}", f'material = "{name} {stock % 100}%"',
        f'coupon = [{{ text = "满{least}减{off}", min_spend = "{least}", off = "{off}" }}]',
    ]  # fmt: skip
    shop = parse_catalogue("\n".join(lines), "c")
    counted, alone = ("两件呢", Slots(count=2)), ("how about it", Slots())
    asked = (
        ("price", "price.final", True),
        ("stock", "stock.left", True),
        ("coupon", "coupon.have", False),
        ("material", "material.what", False),
    )
    for intent, aspect, takes_count in asked:
        for text, slots in (counted, alone) if takes_count else (alone,):
            said = ask(text, msgspec.convert(intent, str), aspect, shop=shop, on_air=str(stock), slots=slots)
            assert said[0] and [(draft.text, draft.marks) for draft in said[0] if draft.marks] == []
