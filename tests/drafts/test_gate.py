"""A template answers all that a question says, or it is silent: a wrong draft costs more than none."""

from __future__ import annotations

import msgspec
import pytest
from drafting import COATS_TEXT, LIPS, TEMPLATES, ask, best, refusal, texts

from console.domain.values import Slots
from console.drafts.desk import ANSWERS
from console.runtime.tables import shipped_rules
from console.shop.catalogue import parse_catalogue

BODY = Slots(height_mm=1650, weight_g=55_000)
BIG = Slots(height_mm=1650, weight_g=60_000)


@pytest.mark.parametrize(
    ("text", "intent", "aspect", "content"),
    [
        ("洗了还能退吗", "after_sale", "after_sale.return", "洗"),
        ("吊牌剪了能退吗", "after_sale", "after_sale.return", "吊牌剪"),
        ("真丝能洗不", "material", "material.is", "洗"),
        ("面料是不是哑光的", "material", "material.what", "哑光"),
        ("how much does it weigh", "price", "price.now", "weigh"),
        ("is it waterproof", "material", "material.other", "waterproof"),
        ("里面能穿打底裤不", "size", "size.fits", "里面"),
        ("厚不厚 零下能穿吗", "size", "size.fits", "厚零下"),
        ("你涂的几号色", "link", "link.which", "涂色"),
        ("尺码拍错了能改吗", "size", "size.chart", "拍错改"),
        ("跟4号一起买有没有优惠", "coupon", "coupon.have", "跟一起买"),
        ("3号和4号一起能减110吗", "price", "price.now", "和一起减"),
        ("充绒量多少克", "material", "material.down", ""),
    ],
)
def test_words_that_no_template_answers_make_no_draft(text: str, intent: str, aspect: str, content: str) -> None:
    assert refusal(ask(text, msgspec.convert(intent, str), aspect, content=content))[0] == "no_fact"


@pytest.mark.parametrize(
    ("text", "intent", "aspect", "content"),
    [
        ("刚进来 多少钱", "price", "price.now", "刚进来"),
        ("急 什么时候发货", "shipping", "shipping.when", "急"),
        ("不喜欢能退吗", "after_sale", "after_sale.return", "不喜欢"),
        ("羊毛含量多少", "material", "material.what", "含量多少"),
        ("双面羊毛大衣多少钱", "price", "price.now", "双面"),
    ],
)
def test_chatter_and_the_products_own_name_are_no_second_question(text: str, intent: str, aspect: str, content: str) -> None:
    assert best(ask(text, msgspec.convert(intent, str), aspect, content=content))


@pytest.mark.parametrize("person", ["哺乳期", "月子", "过敏"])
def test_whether_a_body_can_bear_it_is_no_question_of_size(person: str) -> None:
    assert refusal(ask("能穿吗", "size", "size.fits", slots=Slots(person=person))) == ("no_fact", "product[3].size_chart[person]")


@pytest.mark.parametrize(("text", "person"), [("男生165 110斤", "男士"), ("我老公165 110斤", "老公")])
def test_a_womens_chart_says_nothing_about_a_man(text: str, person: str) -> None:
    said = msgspec.structs.replace(BODY, person=person)
    assert refusal(ask(text, "size", "size.which", slots=said)) == ("no_fact", "product[3].size_chart[person]")
    for_all = parse_catalogue(COATS_TEXT.replace("womens-coat", "coat"), "c")
    assert "L 码" in best(ask(text, "size", "size.which", slots=said, shop=for_all))
    for_men = parse_catalogue(COATS_TEXT.replace("womens-coat", "mens-coat"), "c")
    assert "L 码" in best(ask(text, "size", "size.which", slots=said, shop=for_men))
    assert refusal(ask("我老婆165 110斤", "size", "size.which", slots=BODY, shop=for_men))[0] == "no_fact"


def test_a_bare_number_beside_the_body_is_a_height_so_only_the_weight_is_asked_for() -> None:
    assert best(ask("我178能穿吗", "size", "size.fits", content="178")) == "亲再报一下体重，马上帮您看码～"
    assert refusal(ask("我185能穿吗", "size", "size.fits", content="185")) == ("outside_chart", "size_chart.womens-coat")


def test_m_or_l_is_answered_with_one_of_them_or_with_neither() -> None:
    fits = ask("165 110斤 m还是l", "size", "size.which", slots=msgspec.structs.replace(BODY, size=("M", "L")))
    assert best(fits).startswith("165cm/110斤 穿 L 码合适")
    neither = ask("165 120斤 s还是m", "size", "size.which", slots=msgspec.structs.replace(BIG, size=("S", "M")))
    assert best(neither).startswith("165cm/120斤 按尺码表是 L 码，S、M 码都不太合适")


@pytest.mark.parametrize("text", ["刚才那个多少钱", "上一件多少钱", "how much was the last one"])
def test_the_one_before_is_not_the_one_on_air(text: str) -> None:
    assert refusal(ask(text, "price", "price.now")) == ("ambiguous", None)
    assert best(ask("刚才那个大衣多少钱", "price", "price.now", slots=Slots(product="大衣"))).startswith("3号")


def test_a_note_that_does_not_tell_how_it_runs_is_no_answer_to_that() -> None:
    assert refusal(ask("偏大吗", "size", "size.run")) == ("no_fact", "size_chart.womens-coat.note")
    shop = parse_catalogue(COATS_TEXT.replace("偏瘦或喜欢宽松请拍大一码", "正码，按平时的码拍"), "c")
    assert best(ask("偏大吗", "size", "size.run", shop=shop)) == "正码，按平时的码拍～"


def test_free_shipping_is_not_promised_with_a_courier_of_the_viewers_choice() -> None:
    assert refusal(ask("顺丰包邮吗", "shipping", "shipping.fee", slots=Slots(courier="顺丰")))[0] == "no_fact"


def test_who_says_that_it_is_gone_is_not_told_that_it_is_there() -> None:
    assert refusal(ask("3号也没了", "stock", "stock.have", slots=Slots(link="3"))) == ("no_match", None)
    assert best(ask("没货了吗", "stock", "stock.have")) == "3号双面羊毛大衣有货～"


def test_where_a_link_is_whose_number_was_said_is_not_its_number() -> None:
    assert refusal(ask("3号链接在哪", "link", "link.where", slots=Slots(link="3"))) == ("no_fact", "faq[link.where]")


def test_what_goes_under_a_named_product_is_no_question_of_body_numbers() -> None:
    under = ask("里面能穿大衣不", "size", "size.fits", content="里面", slots=Slots(product="大衣"))
    assert refusal(under) == ("no_fact", "faq[size.fits]")


def test_tonights_price_is_not_tomorrows() -> None:
    assert refusal(ask("明天多少钱", "price", "price.now", slots=Slots(date="明天"))) == ("no_fact", "product[3].price[明天]")
    assert "399" in best(ask("今晚多少钱", "price", "price.now", slots=Slots(date="今晚")))


def test_more_pieces_than_there_are_is_said() -> None:
    assert best(ask("200件多少钱", "price", "price.now", slots=Slots(count=200))) == (
        "3号双面羊毛大衣直播价 399 元，库存只有 120 件，不够 200 件。"
    )
    assert best(ask("有200件吗", "stock", "stock.have", slots=Slots(count=200))) == "3号双面羊毛大衣只有 120 件，不够 200 件。"
    assert refusal(ask("110件多少钱", "price", "price.now", slots=Slots(count=110))) == ("no_match", None)


def test_a_link_that_is_not_meant_is_not_answered() -> None:
    said = ask("不要5号 3号多少钱", "price", "price.now", content="不", slots=Slots(link=("5", "3"), negated=True))
    assert texts(said) == ["3号双面羊毛大衣直播价 399 元，满300减50 到手 349 元，现货～"]
    assert refusal(ask("不要3号", "price", "price.now", content="不", slots=Slots(link="3"))) == ("ambiguous", None)


def test_two_products_asked_together_get_their_sum_and_a_mark_between() -> None:
    said = ask("3号和8号一起多少钱", "price", "price.now", content="和一起", slots=Slots(link=("3", "8")))
    assert best(said).endswith("现货；8号5A级桑蚕丝围巾 99 元，现货；券前一共 498 元～")
    assert said[0][0].marks == ()


def test_the_catalogues_own_colour_word_is_found_however_it_was_understood() -> None:
    shop = parse_catalogue(COATS_TEXT.replace('["黑", "驼"]', '["黑", "奶白", "黑灰", "深蓝"]'), "c")
    assert best(ask("奶白还有吗", "stock", "stock.have", shop=shop, slots=Slots(colour="米白"))) == (
        "3号双面羊毛大衣有奶白，单个规格以下单页为准～"
    )
    assert best(ask("有灰色吗", "colour", "colour.have", shop=shop, slots=Slots(colour="灰"))) == "没有纯灰色，有黑灰。"
    assert best(ask("有蓝色吗", "colour", "colour.have", shop=shop, slots=Slots(colour="蓝"))) == "3号双面羊毛大衣有深蓝～"


def test_a_colour_that_is_not_sold_is_denied_before_its_size_is_looked_at() -> None:
    assert best(ask("灰色XL有货吗", "stock", "stock.have", slots=Slots(colour="灰", size="XL"))) == "没有灰色，有黑、驼。"
    assert best(ask("黑色XL有货吗", "stock", "stock.have", slots=Slots(colour="黑", size="XL"))) == (
        "3号双面羊毛大衣有黑色，也有 XL 码，单个规格以下单页为准～"
    )
    assert "没有灰色" in best(ask("灰色多少钱", "price", "price.now", slots=Slots(colour="灰")))


def test_names_that_are_no_colours_are_listed_never_denied() -> None:
    shop = parse_catalogue('[[product]]\nlink = 1\nname = "Lip Tint"\ncolors = ["Cherry", "Rosewood"]\n', "c")
    assert best(ask("any red?", "colour", "colour.have", shop=shop, on_air="1", slots=Slots(colour="红"))) == (
        "#1 Lip Tint comes in Cherry, Rosewood."
    )
    assert refusal(ask("豆沙色有吗", "colour", "colour.have", shop=LIPS, on_air="1", slots=Slots(colour="豆沙"))) == (
        "no_fact",
        "product[1].colors[豆沙]",
    )


def test_a_carrier_is_found_inside_its_full_name() -> None:
    shop = parse_catalogue('[shop]\ncarriers = ["USPS", "DHL eCommerce"]\n[[product]]\nlink = 1\nname = "Bag"\n', "c")
    said = ask("do you ship with dhl", "shipping", "shipping.courier", shop=shop, on_air="1", slots=Slots(courier="dhl"))
    assert best(said) == "Yes, we ship with DHL eCommerce."


def test_far_places_are_told_nothing_that_holds_at_home() -> None:
    assert best(ask("到北京几天", "shipping", "shipping.arrive", slots=Slots(place="北京"))).endswith("到货时间以物流为准～")
    assert refusal(ask("到香港几天", "shipping", "shipping.arrive", slots=Slots(place="香港"))) == ("no_fact", "shop.ships_to[香港]")


def test_a_note_in_another_language_is_left_out() -> None:
    said = ask("5'5 121 lbs what size", "size", "size.which", slots=Slots(height_mm=1651, weight_g=54_885))
    assert best(said) == "For 5'5\"/121 lb the size chart of #3 双面羊毛大衣 says M."


def test_a_question_of_digits_is_answered_in_the_shops_language() -> None:
    u = ask("165 110", "size", "size.which", slots=BODY)
    assert best(u).startswith("165cm/110斤 按尺码表")


def test_a_claims_characters_must_stand_together() -> None:
    shop = parse_catalogue(COATS_TEXT.replace("可机洗", "双面呢"), "c")
    assert refusal(ask("双面羊毛大衣会起皱呢", "material", "material.wrinkle", shop=shop))[0] == "no_fact"
    assert "双面呢" in best(ask("是双面呢的吗", "material", "material.wrinkle", shop=shop))


def test_every_aspect_that_triage_knows_is_answered_or_known_to_be_unanswered() -> None:
    """A new aspect must not fall to its intent's own answer unread."""
    lexicon = shipped_rules().lexicon
    aspects = sorted({rule.aspect for side in (lexicon.zh, lexicon.en) for rule in side.rules})
    templated = {aspect.split(".")[0] for aspect in ANSWERS}
    known = {*ANSWERS, *TEMPLATES.unanswered, *TEMPLATES.for_host}
    assert [aspect for aspect in aspects if aspect.split(".")[0] in templated and aspect not in known] == []
