"""Two ways to say one thing are one question by their slots alone; near misses of each stay two."""

from __future__ import annotations

import pytest
from words import lexicon

from console.domain.text import clean
from console.domain.values import Slots
from console.triage.same import spoken
from console.triage.understand import understand


def slots(text: str) -> Slots:
    return understand(clean(text), lexicon(), is_need=True).slots


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("12个一箱的有货吗", "12个装的有货吗"),
        ("一袋10包吗", "一袋是10包不"),
        ("1个能发货吗", "一个能发货吗"),
        ("32还是35码", "32码还是35码"),
        ("is the pan 10 or 12oz", "is the pan 10oz or a 12oz"),
        ("whats it cost w/out the lid", "whats it cost without the lid"),
        ("the tray is s/steel?", "the tray is stainless steel?"),
        ("is it s925", "is it sterling silver"),
        ("戒指16号多少钱", "16号圈的戒指多少钱"),
        ("28的拉杆箱还有吗", "28寸的拉杆箱还有吗"),
        ("65的电视多少钱", "65寸多少钱"),
        ("42码还有吗", "42码的鞋还有吗"),
        ("80C有没有", "文胸80C有没有"),
        ("2XL有吗 胖子穿", "2XL有吗"),
        ("my skin gets really dry can i use it", "ok for dry skin"),
        ("我脸上特别油 能用吗", "油皮能用吗"),
        ("皮肤是敏感的能用吗", "敏感肌能用吗"),
        ("what size for 9 yo girl", "what size for my 9 year old daughter"),
        ("小女孩130穿多大", "女儿130穿多大"),
        ("95的小朋友穿什么码", "身高95的孩子穿什么码"),
        ("周六发货吗 今天太忙了没空看", "周六发货吗"),
        ("幼儿园小班能用吗", "小班宝宝能用吗"),
        ("im 165 lbs does it fit", "im 75kg does it fit"),
        ("im 5'6 which size", "im 168cm which size"),
        ("奶奶75岁能吃吗", "75岁老人能吃吗"),
        ("哺乳期能喝吗 宝宝三个月", "哺乳期能喝吗"),
        ("饭煲内胆是什么材质", "电饭锅内胆是什么材质"),
        ("can i keep it in the fridge", "can i keep it cold"),
    ],
)
def test_two_ways_to_say_a_value_are_one(a: str, b: str) -> None:
    assert spoken(slots(a)) == spoken(slots(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("12个一箱的有货吗", "12个一箱和24个一箱的有货吗"),
        ("20片装多少钱", "30片装多少钱"),
        ("有6个装的没", "有8个装的没"),
        ("6片装吗", "8片装吗"),
        ("1个多少钱", "2个多少钱"),
        ("32还是35码", "35还是38码"),
        ("whats it cost w/o lid", "whats it cost w/ lid"),
        ("do you have s/m", "do you have m/l"),
        ("戒指16号多少钱", "戒指16号链接多少钱"),
        ("戒指3号多少钱", "3号圈的戒指多少钱"),
        ("38码的鞋有吗", "38码的裤子有吗"),
        ("M码有吗 胖子穿", "M码有吗"),
        ("my skin gets really dry can i use it", "ok for oily skin"),
        ("what size for 9 yo girl", "what size for 9 yo boy"),
        ("女儿120穿多大", "女儿130穿多大"),
        ("大班的看得懂吗", "小班的看得懂吗"),
        ("昨天拍的 今天能发吗", "今天能发吗"),
        ("奶奶50岁能穿吗", "50岁能穿吗"),
        ("哺乳期能喝吗", "宝宝能喝吗"),
        ("im 165 lbs does it fit", "im 168 lbs does it fit"),
        ("my dog is 12lbs which harness", "my dog is 13lbs which harness"),
        ("im 5'6 which size", "im 5'7 which size"),
        ("早上几点播", "晚上几点播"),
        ("is the fridge in stock", "is it ok in the fridge"),
        ("新手能学吗", "手残党能学吗"),
    ],
)
def test_values_that_are_worded_alike_stay_two(a: str, b: str) -> None:
    assert spoken(slots(a)) != spoken(slots(b))


def test_who_names_a_thing_with_its_slots_leaves_no_number_over() -> None:
    """Only what no slot took is compared as a number: heels us 9 got?"""
    assert not any(char.isdigit() for char in understand(clean("heels us 9 got?"), lexicon(), is_need=True).content)
