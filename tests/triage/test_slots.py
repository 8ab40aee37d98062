"""What a question is about, in whole units and one spelling."""

from __future__ import annotations

from typing import Any

import pytest
from words import reading

from console.domain.values import Money


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("3号多少钱", "link", "3"),
        ("三号链接多少钱", "link", "3"),
        ("十二号多少钱", "link", "12"),
        ("3号车多少钱", "link", "3"),
        ("链接3多少钱", "link", "3"),
        ("how much is #3", "link", "3"),
        ("price of item 3", "link", "3"),
        ("how much is number 3", "link", "3"),
        ("how much is the third one", "link", "3"),
        ("does 5 come in black", "link", "5"),
        ("difference between 3 and 5?", "link", ("3", "5")),
        ("how much for 5", "link", "5"),
        ("price on 7", "link", "7"),
        ("still have 4?", "link", "4"),
        ("is 14 sold out", "link", "14"),
        ("3 or 7?", "link", ("3", "7")),
        ("are 3 and 5 the same", "link", ("3", "5")),
        ("what is 5 made of", "link", "5"),
        ("go back to 12 please", "link", "12"),
        ("how much for 5 of them", "link", None),
        ("how much for 5 of them", "count", 5),
        ("how much is 5 lbs", "link", None),
        ("how long is 5 days", "link", None),
        ("is 38 still available", "link", None),
        ("10 or 12?", "link", None),
        ("38 or 39?", "link", None),
        ("does 39 include the extra blade", "link", None),
        ("is 60 firm", "link", None),
        ("do i take 1 or 2", "link", None),
        ("between 8 and 9 available?", "link", None),
        ("do you have it in a 12", "size", "12"),
        ("is it in a med", "size", "M"),
        ("anything in a 2x", "size", "XXL"),
        ("do you have it in an 8 or a 10", "size", ("8", "10")),
        ("do you have size eight", "size", "8"),
        ("does it come in a 12 pack", "size", None),
        ("can i get it for 20", "money", Money(micros=20_000_000, currency="USD")),
        ("can you do 2 for 30", "money", Money(micros=30_000_000, currency="USD")),
        ("can i get it for 2 people", "money", None),
        ("do u do it for thirteen", "money", None),
        ("500块能拿下吗", "money", Money(micros=500_000_000, currency="CNY")),
        ("三百能带走吗", "money", Money(micros=300_000_000, currency="CNY")),
        ("100斤能带走吗", "money", None),
        ("1号和2号一起多少钱", "link", ("1", "2")),
        ("160斤能穿吗", "weight_g", 80_000),
        ("一百六十斤能穿吗", "weight_g", 80_000),
        ("一百六斤能穿吗", "weight_g", 80_000),
        ("80公斤能穿吗", "weight_g", 80_000),
        ("80kg能穿吗", "weight_g", 80_000),
        ("will it fit 200 lbs", "weight_g", 90_718),
        ("体重105能穿吗", "weight_g", 52_500),
        ("身高175能穿吗", "height_mm", 1_750),
        ("一米七五能穿吗", "height_mm", 1_750),
        ("一米七能穿吗", "height_mm", 1_700),
        ("1米65能穿吗", "height_mm", 1_650),
        ("1.75m能穿吗", "height_mm", 1_750),
        ("178cm能穿吗", "height_mm", 1_780),
        ("im 5'4 what size", "height_mm", 1_626),
        ("im 5ft9 what size", "height_mm", 1_753),
        ("L码有货吗", "size", "L"),
        ("有xxl吗", "size", "XXL"),
        ("有2xl吗", "size", "XXL"),
        ("39码有货吗", "size", "39"),
        ("do you have size 8", "size", "8"),
        ("any larges left", "size", "L"),
        ("黑色有吗", "colour", "黑"),
        ("黑的有吗", "colour", "黑"),
        ("is the black one sold out", "colour", "黑"),
        ("藏蓝还有吗", "colour", "藏青"),
        ("do you have it in navy", "colour", "藏青"),
        ("红M还有吗", "colour", "红"),
        ("是纯棉的吗", "material", "棉"),
        ("is it 100% cotton", "material", "棉"),
        ("30ml多少钱", "volume_ml", 30),
        ("三十毫升多少钱", "volume_ml", 30),
        ("1升的多少钱", "volume_ml", 1_000),
        ("does the 12oz fit", "volume_ml", 355),
        ("5岁能穿吗", "age_y", 5),
        ("ok for a 3 year old?", "age_y", 3),
        ("新疆包邮吗", "place", "新疆"),
        ("do you ship to canada", "place", "加拿大"),
        ("能发顺丰吗", "courier", "顺丰"),
        ("明天能发货吗", "date", "明天"),
        ("10月1号能到吗", "date", "10-1"),
        ("双11有活动吗", "date", "双十一"),
        ("明天多少钱", "date", "明天"),
        ("price tomorrow", "date", "明天"),
        ("孕妇能用吗", "person", "孕妇"),
        ("敏皮能用吗", "person", "敏感肌"),
        ("产后能穿吗", "person", "产后"),
        ("坐月子能穿吗", "person", "产后"),
        ("哺乳期能用吗", "person", "哺乳期"),
        ("羊毛过敏能穿吗", "person", "过敏"),
        ("羽绒过敏能穿不", "person", "过敏"),
        ("男生能穿吗", "person", "男"),
        ("老公能穿吗", "person", "男"),
        ("男的能穿吗", "person", "男"),
        ("小孩能穿吗", "person", "儿童"),
        ("do you guys ship to canada", "person", None),
        ("能机洗吗", "wash", "机洗"),
        ("can i put it in the washer", "wash", "机洗"),
        ("满200减多少", "money", Money(micros=200_000_000, currency="CNY")),
        ("how do i get the $5 coupon", "money", Money(micros=5_000_000, currency="USD")),
        ("9块9是真的吗", "money", Money(micros=9_900_000, currency="CNY")),
        ("两件多少钱", "count", 2),
        ("拍了两单能取消吗", "count", 2),
        ("拍了两单能取消吗", "money", None),
        ("这个30刀吗", "money", Money(micros=30_000_000, currency="USD")),
        ("不要3号 4号多少钱", "link", "4"),
        ("3号不要 4号多少钱", "link", "4"),
        ("not number 3 how much is number 4", "link", "4"),
        ("不要3号了能退吗", "link", "3"),
        ("不要3号换4号能吗", "link", ("3", "4")),
        ("一米五五110穿啥", "height_mm", 1_550),
        ("一米五五110穿啥", "weight_g", 55_000),
        ("how much for two", "count", 2),
        ("裤子多少钱", "product", "裤子"),
        ("没开封能退吗", "negated", True),
        ("how much without the stand", "negated", True),
    ],
)
def test_a_slot_has_one_canonical_value(text: str, slot: str, value: Any) -> None:
    assert getattr(reading(text).slots, slot) == value


@pytest.mark.parametrize("text", ["160 175能穿吗", "175 160斤能穿吗", "1米75 160能穿吗", "160斤 175能穿吗", "身高175体重160能穿吗"])
def test_two_bare_numbers_are_a_height_and_a_weight(text: str) -> None:
    slots = reading(text).slots
    assert (slots.height_mm, slots.weight_g) == (1_750, 80_000)


@pytest.mark.parametrize("text", ["160 95", "163 125斤", "身高158体重105"])
def test_height_and_weight_alone_ask_for_a_size(text: str) -> None:
    u = reading(text)
    assert (u.need, u.aspect) == ("question", "size.which")


@pytest.mark.parametrize("text", ["有红包吗", "明白了吗", "有白菜吗", "黑屏了吗", "显白吗"])
def test_a_colour_inside_another_word_is_no_colour(text: str) -> None:
    assert reading(text).slots.colour is None


@pytest.mark.parametrize("text", ["有一点点贵吗", "一起买多少钱", "一直这个价吗", "来一个吗", "99包邮吗"])
def test_a_small_word_with_one_in_it_is_no_count(text: str) -> None:
    assert reading(text).slots.count is None


def test_a_number_without_a_meaning_stays_where_it_was_said() -> None:
    """150 could be cm or 斤; 158 that may drag on the floor are cm."""
    slots = reading("150能穿吗").slots
    assert (slots.height_mm, slots.weight_g) == (None, None)
    assert "150" in reading("150能穿吗").content
    assert reading("158会不会拖地").slots.height_mm == 1_580


def test_a_height_that_nobody_has_is_no_height() -> None:
    assert reading("9.99m能穿吗").slots.height_mm is None


def test_todays_price_is_the_price_but_tomorrows_shipping_is_not_todays() -> None:
    assert reading("今天有货吗").slots.date is None
    assert reading("今天能发货吗").slots.date == "今天"


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("福建泉州能发吗", "place", "泉州"),
        ("8岁儿子穿多大", "person", "男"),
        ("一米五的小个子能穿吗", "person", None),
        ("我妈有糖尿病能吃吗", "person", "糖尿病"),
        ("周六周日发货吗", "date", "周末"),
        ("50ml bottle in stock", "product", None),
        ("手机没声音", "product", None),
    ],
)
def test_what_another_slot_says_already_is_not_said_twice(text: str, slot: str, value: Any) -> None:
    assert getattr(reading(text).slots, slot) == value
