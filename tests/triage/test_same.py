"""One answer for both? Slots dispose, wording only proposes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words import are_one_question, reading

from console.triage.same import agrees, bucket, resolve


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("白菜多少钱", "白酒多少钱"),
        ("多少钱", "多少钱一斤"),
        ("前天拍的还没发", "昨天拍的还没发"),
        ("3个月宝宝能用吗", "6个月宝宝能用吗"),
        ("红色M有吗", "红色L有吗"),
        ("能穿吗 100斤", "能穿吗 110斤"),
        ("大号多少钱", "小号多少钱"),
        ("声音太大", "声音太小"),
        ("涨价吗", "降价吗"),
        ("退款多久到", "退货多久到"),
        ("券怎么领", "券怎么用"),
        ("加绒的有吗", "不加绒的有吗"),
        ("早上几点播", "晚上几点播"),
        ("想看后面", "想看侧面"),
        ("试一下红色", "试一下黑色"),
        ("领不了券", "用不了券"),
        ("是xx牌吗", "是yy牌吗"),
        ("7号多少钱", "八号多少钱"),
        ("第二件多少钱", "两件多少钱"),
        ("做工怎么样", "质量怎么样"),
        ("快递发哪家", "哪里发的货"),
        ("收到少发了一件", "收到有线头"),
        ("whats 5 going for", "how much is this"),
        ("do you have it in a 12", "do you have it in a 14"),
        ("is it lined", "does it have pockets"),
        ("can you show the inside", "can you try it on"),
        ("how much with shipping", "how much without shipping"),
        ("can i wash it warm", "can i wash it cold"),
        ("do you have a gold one", "do you have a silver one"),
        ("is there a smaller one", "is there a bigger one"),
        ("when does the sale start", "when does the sale end"),
    ],
)
def test_questions_with_different_answers_stay_apart(a: str, b: str) -> None:
    assert not are_one_question(a, b)
    assert not are_one_question(a, b, on_air="3")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("多少钱", "什么价啊姐姐"),
        ("3号多少钱", "三号咋卖"),
        ("有货吗", "还有没有货"),
        ("包邮吗", "包不包邮"),
        ("160斤能穿吗", "一百六十斤 能不能穿"),
        ("上链接", "上链接上链接上链接"),
        ("能退吗", "可不可以退货"),
        ("怎麼賣", "怎么卖"),
        ("有黑色嗎", "有没有黑的"),
        ("how much is it", "price?"),
        ("XL还有吗", "xl码有货没"),
        ("请问主播身上这件大衣多少钱呀", "大衣咋卖"),
        ("175 130斤穿什么码", "身高175体重130斤拿多大"),
    ],
)
def test_rewordings_of_one_question_are_one(a: str, b: str) -> None:
    assert are_one_question(a, b)


def test_who_names_no_product_means_the_one_on_air() -> None:
    assert resolve(reading("多少钱"), "3").link == "3"
    assert resolve(reading("这个偏大吗"), "3").link == "3"
    assert are_one_question("多少钱", "3号多少钱", on_air="3")
    assert not are_one_question("多少钱", "3号多少钱", on_air="5")


def test_who_names_another_product_does_not_mean_the_one_on_air() -> None:
    assert resolve(reading("大衣多少钱"), "3").link is None
    assert resolve(reading("刚才那个置物架多少钱"), "3").link is None
    assert resolve(reading("5号多少钱"), "3").link == "5"


def test_what_is_not_about_a_product_inherits_none() -> None:
    assert resolve(reading("几点下播"), "3").link is None
    assert resolve(reading("来了"), "3").link is None
    assert resolve(reading("什么时候发货"), "3").link is None


def test_nothing_but_the_link_is_ever_inherited() -> None:
    slots = resolve(reading("穿什么码"), "3")
    assert (slots.link, slots.weight_g, slots.height_mm, slots.size) == ("3", None, None, None)


def test_the_order_of_two_slots_does_not_matter() -> None:
    assert are_one_question("黑色和白色有吗", "白色和黑色有吗")


def test_chatter_is_one_only_where_it_is_the_same_chatter() -> None:
    assert are_one_question("哈哈哈哈", "哈哈哈")
    assert not are_one_question("好看", "真好看")


@pytest.mark.parametrize(
    ("a", "b"),
    [("红", "黑"), ("大衣", "毛衣"), ("3个月", "6个月"), ("with hood", "without hood"), ("会不会显得腿很粗", "会不会显得腿很细")],
)
def test_contents_that_differ_in_what_matters_do_not_agree(a: str, b: str) -> None:
    assert not agrees(a, b)


def test_long_contents_may_differ_in_a_word_without_meaning() -> None:
    assert agrees("蹲下来会不会很紧绷", "蹲下来会不会很紧绷呢")


@given(st.text(max_size=20), st.text(max_size=20))
def test_agreeing_is_mutual_and_everything_agrees_with_itself(a: str, b: str) -> None:
    assert agrees(a, a)
    assert agrees(a, b) == agrees(b, a)


def test_a_bucket_can_be_a_key() -> None:
    u = reading("满300减40能用吗 红色L和M")
    assert {bucket(u, u.slots): 1}[bucket(u, u.slots)] == 1


@pytest.mark.parametrize("more", ["没听到", "刚才没听清", "刚进来", "有没有人回一下"])
def test_why_somebody_asks_again_changes_nothing_about_what_he_asks(more: str) -> None:
    assert are_one_question(f"3号多少钱 {more}", "三号什么价")


def test_the_price_in_hand_is_no_date() -> None:
    assert are_one_question("3号到手多少钱啊", "三号链接到手价")


@pytest.mark.parametrize("said", ["抢不到", "没抢到", "没抢到啊", "又没抢到", "根本抢不到", "一个都没抢到"])
def test_missing_out_is_one_complaint_however_it_is_sighed(said: str) -> None:
    assert are_one_question(said, "抢不到", on_air="3")


@pytest.mark.parametrize("said", ["还补货吗", "会不会再上一波", "还有下一轮吗", "下一波什么时候", "再来一波", "补货"])
def test_when_more_comes_is_one_question(said: str) -> None:
    assert are_one_question(said, "什么时候补货")
    assert not are_one_question(said, "还有吗")


@pytest.mark.parametrize(
    "said", ["快上链接", "赶紧上链接", "别讲了 上链接", "上链接上链接", "快点上链接啊急死了", "麻烦上一下链接", "弹一下链接"]
)
def test_haste_changes_nothing_about_a_request(said: str) -> None:
    assert are_one_question(said, "上链接")


def test_fast_is_no_haste_in_a_question() -> None:
    assert not are_one_question("充电快吗", "充电吗")
    assert reading("洗得快吗").content


@pytest.mark.parametrize("said", ["羊毛百分之多少", "3号羊毛含量多少", "含多少羊毛", "什么面料", "面料到底是什么"])
def test_what_a_thing_is_made_of_is_one_question(said: str) -> None:
    assert are_one_question(said, "3号什么材质", on_air="3")


def test_a_material_that_names_the_product_stays() -> None:
    assert not are_one_question("羊毛的什么材质", "羊绒的什么材质")
    assert not are_one_question("是羊毛的吗", "是羊绒的吗")
    assert not are_one_question("304的吗", "316的吗")


@pytest.mark.parametrize("whom", ["给我妹看的", "给我妈买的", "我替闺蜜问", "给媳妇拍"])
def test_for_which_woman_one_buys_changes_nothing_beside_her_measures(whom: str) -> None:
    assert are_one_question(f"160斤175能穿吗 {whom}", "160斤175能穿吗")


@pytest.mark.parametrize("whom", ["小孩", "宝宝", "孕妇", "男的", "老公", "产后"])
def test_a_child_a_man_and_an_expecting_woman_are_another_question(whom: str) -> None:
    assert not are_one_question(f"160斤175{whom}能穿吗", "160斤175能穿吗")


def test_without_measures_it_matters_for_whom() -> None:
    assert not are_one_question("我妈能穿吗", "能穿吗")


@pytest.mark.parametrize(
    "more",
    [
        "啊刚来",
        "在线等",
        "求告知",
        "有人知道吗",
        "哪位知道",
        "问了半天了",
        "网卡没听见",
        "家里吵没听见",
        "再说一遍",
        "主播看我",
        "急",
        "刚去拿快递了",
        "有点心动",
    ],
)
def test_pleading_before_or_behind_changes_nothing(more: str) -> None:
    assert are_one_question(f"3号多少钱 {more}", "3号多少钱")
    assert are_one_question(f"{more} 什么时候发货", "什么时候发货")


@pytest.mark.parametrize("more", ["i just joined", "missed it", "asking again", "again please", "can someone answer"])
def test_pleading_in_english_changes_nothing(more: str) -> None:
    assert are_one_question(f"how much is number 3 {more}", "how much is number 3")


def test_a_newcomers_coupon_and_the_product_before_are_no_pleading() -> None:
    assert not are_one_question("新人有券吗", "有券吗")
    assert not are_one_question("刚才的多少钱", "多少钱", on_air="3")


def test_an_order_limit_is_one_question_until_a_number_is_named() -> None:
    assert all(are_one_question(said, "限购吗", on_air="1") for said in ("一人能拍几个", "限一个吗", "限购几份"))
    assert are_one_question("能拍两件不", "一次能拍2件吗")
    assert not are_one_question("一次能拍3单吗", "一次能拍10单吗")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("黑的好看 白的有货不", "白的好看 黑的有货不"),
        ("拍的黑色 发来白色", "拍的白色 发来黑色"),
        ("3号换成5号行吗", "5号换成3号行吗"),
        ("买二送一吗", "买一送二吗"),
        ("buy 2 get 1 still on", "buy 1 get 2 still on"),
    ],
)
def test_it_matters_which_of_two_is_said_of_which(one: str, other: str) -> None:
    assert not are_one_question(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("黑色和白色有货吗", "白色黑色都有货吗"),
        ("是鹅绒还是鸭绒", "是鸭绒还是鹅绒"),
        ("拍S还是M", "拍M还是拍S"),
        ("黑的有吗 白的有吗", "白的有吗 黑的有吗"),
    ],
)
def test_a_list_has_no_order(one: str, other: str) -> None:
    assert are_one_question(one, other)


def test_getting_money_back_and_when_it_comes_are_two_questions() -> None:
    assert not are_one_question("可以退款吗", "退款多久到")
    assert are_one_question("可以退款吗", "能退吗")


@pytest.mark.parametrize("said", ["扣了99没有订单", "钱扣了 订单没有", "我订单里没有 但是扣钱了", "扣款没订单找谁"])
def test_charged_without_an_order_is_one_problem(said: str) -> None:
    assert are_one_question(said, "扣款了没有订单")
    assert not are_one_question(said, "重复付款了")


def test_another_viewers_me_too_counts_with_the_complaint() -> None:
    assert are_one_question("黑屏+1", "我这边黑屏了")
