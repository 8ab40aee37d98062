"""A draft says what the catalogue knows, cites it, and is silent about the rest."""

from __future__ import annotations

import msgspec
import pytest
from drafting import COATS, COATS_TEXT, HOUR, LIPS, LIVE_ENDS, NOW, ask, best, paths, refusal, texts

from console.domain.values import Fact, Slots
from console.drafts.desk import is_stale
from console.shop.catalogue import parse_catalogue


def test_the_price_comes_with_the_coupon_its_minimum_met_and_both_facts_cited() -> None:
    said = ask("3号多少钱", "price", "price.now", slots=Slots(link="3"))
    assert best(said) == "3号双面羊毛大衣直播价 399 元，满300减50 到手 349 元，现货～"
    assert {"product[3].price", "product[3].coupon[0]", "product[3].stock"} <= set(paths(said))


def test_a_coupon_whose_minimum_is_not_met_takes_nothing_off() -> None:
    said = ask("到手多少", "price", "price.final", on_air="5")
    assert best(said) == "5号高腰直筒牛仔裤 129.5 元，还不到「满200减20」的门槛，不过目前已售罄。"


def test_two_pieces_meet_a_minimum_that_one_does_not() -> None:
    assert "2 件共 259 元，满200减20 到手 239 元" in best(ask("两件多少钱", "price", "price.now", on_air="5", slots=Slots(count=2)))


def test_coupons_are_never_stacked_the_best_one_counts() -> None:
    more = 'coupon = [{ text = "减10", off = "10" }, '
    shop = parse_catalogue(COATS_TEXT.replace('coupon = [{ text = "满300', more + '{ text = "满300', 1), "c")
    assert "到手 349 元" in best(ask("多少钱", "price", "price.now", shop=shop))


@pytest.mark.parametrize(("now_ms", "holds"), [(LIVE_ENDS, True), (LIVE_ENDS + 1, False)])
def test_a_live_price_is_a_fact_up_to_its_last_moment(now_ms: int, holds: bool) -> None:
    said = ask("多少钱", "price", "price.now", now_ms=now_ms)
    assert bool(said[0]) is holds
    if not holds:
        assert refusal(said) == ("stale_fact", "product[3].price") and said[2]


def test_an_expired_coupon_is_no_fact_and_the_price_stands_without_it() -> None:
    shop = parse_catalogue(COATS_TEXT.replace("live_price_until = 2026-11-22T23:59:00+08:00\n", ""), "c")
    late = ask("到手多少", "price", "price.final", shop=shop, now_ms=NOW + 6 * HOUR)
    assert best(late) == "3号双面羊毛大衣直播价 399 元，现货～"
    assert refusal(ask("有券吗", "coupon", "coupon.have", shop=shop, now_ms=NOW + 6 * HOUR)) == ("stale_fact", "product[3].coupon[0]")


def test_past_stale_after_a_draft_is_marked_whole_and_says_since_when() -> None:
    (draft,), _, _ = ask("围巾多少钱", "price", "price.now", now_ms=NOW + 20 * HOUR)
    assert draft.marks == ((0, len(draft.text)),)
    assert draft.facts[-1] == Fact("updated_at", "11-22 19:30") and is_stale(draft, NOW + 20 * HOUR)
    (fresh,), _, _ = ask("围巾多少钱", "price", "price.now")
    assert fresh.marks == () and not is_stale(fresh, NOW)


@pytest.mark.parametrize(
    ("text", "intent", "aspect"),
    [
        ("多少钱", "price", "price.now"),
        ("有货吗", "stock", "stock.have"),
        ("什么颜色", "colour", "colour.which"),
        ("有券吗", "coupon", "coupon.have"),
    ],
)
def test_sold_out_is_said_whatever_was_asked_about_buying(text: str, intent: str, aspect: str) -> None:
    assert "售罄" in best(ask(text, msgspec.convert(intent, str), aspect, on_air="5"))


def test_stock_that_is_unknown_is_refused_never_guessed() -> None:
    assert refusal(ask("in stock?", "stock", "stock.have", shop=LIPS, on_air="2")) == ("no_fact", "product[2].stock")
    assert refusal(ask("什么时候补货", "stock", "stock.restock", on_air="5")) == ("no_fact", "product[5].restock")
    assert best(ask("还剩几件", "stock", "stock.left")) == "3号双面羊毛大衣还有 120 件～"


def test_the_pieces_left_of_one_size_are_not_the_pieces_left_of_all() -> None:
    assert refusal(ask("M码还剩几件", "stock", "stock.left", slots=Slots(size="M"))) == ("no_fact", "product[3].stock[M]")
    assert "120" not in best(ask("M码还有吗", "stock", "stock.have", slots=Slots(size="M")))


def test_a_colour_that_is_not_in_the_list_is_said_to_be_absent_with_the_list() -> None:
    said = ask("有红色吗", "colour", "colour.have", slots=Slots(colour="红"))
    assert best(said) == "没有红色，有黑、驼。" and paths(said) == ["product[3].colors"]
    assert best(ask("还有红色吗", "stock", "stock.have", slots=Slots(colour="红色"))) == "没有红色，有黑、驼。"
    assert best(ask("黑色有吗", "colour", "colour.have", slots=Slots(colour="黑色"))) == "3号双面羊毛大衣有黑色～"
    assert refusal(ask("什么颜色", "colour", "colour.which", on_air="8")) == ("no_fact", "product[8].colors")


def test_an_english_colour_finds_a_chinese_list() -> None:
    assert best(ask("do you have it in black", "colour", "colour.have", slots=Slots(colour="black"))) == "#3 双面羊毛大衣 comes in 黑."


def test_a_colour_understood_in_chinese_is_answered_in_the_questions_language() -> None:
    said = ask("any black?", "colour", "colour.have", shop=LIPS, on_air="1", slots=Slots(colour="黑"))
    assert best(said) == "No black, it comes in Rose Red, Coral, Nude 03."
    assert (
        best(ask("any red?", "colour", "colour.have", shop=LIPS, on_air="1", slots=Slots(colour="红")))
        == "#1 Velvet Lip Tint comes in Rose Red."
    )


def test_a_claim_is_found_through_the_slot_that_another_language_was_understood_as() -> None:
    said = ask("is it machine washable", "usage", "usage.wash", slots=Slots(wash="机洗"))
    assert best(said) == "#3 双面羊毛大衣: 可机洗 (吊牌洗涤标识)."


def test_how_to_order_is_not_where_the_link_is() -> None:
    assert best(ask("链接在哪", "link", "link.where")) == "双面羊毛大衣是 3 号链接～"
    assert refusal(ask("怎么下单", "link", "link.where")) == ("no_fact", "faq[link.where]")


def test_a_size_is_read_from_the_chart_with_the_viewers_own_numbers() -> None:
    said = ask("165 110斤穿什么码", "size", "size.which", slots=Slots(height_mm=1650, weight_g=55_000))
    assert best(said) == "165cm/110斤 按尺码表建议 3号双面羊毛大衣 L 码，偏瘦或喜欢宽松请拍大一码～"
    assert "size_chart.womens-coat" in paths(said)


def test_does_m_fit_is_answered_yes_or_no() -> None:
    body = {"height_mm": 1650, "weight_g": 55_000}
    assert "L 码合适" in best(ask("165 110斤穿L行吗", "size", "size.fits", slots=Slots(size="L", **body)))
    assert "是 L 码，M 码不太合适" in best(ask("165 110斤穿M行吗", "size", "size.fits", slots=Slots(size="M", **body)))


def test_one_number_asks_for_the_other_and_outside_the_chart_is_refused() -> None:
    assert "身高" in best(ask("160斤能穿吗", "size", "size.fits", slots=Slots(weight_g=80_000)))
    assert refusal(ask("161斤能穿吗", "size", "size.fits", slots=Slots(weight_g=80_500))) == ("outside_chart", "size_chart.womens-coat")
    assert refusal(ask("穿几码", "size", "size.which", on_air="8")) == ("no_fact", "product[8].size_chart")


def test_two_bare_numbers_show_both_readings() -> None:
    assert best(ask("160 175穿什么", "size", "size.which")) == "160cm/175斤 超出尺码表，175cm/160斤 穿 2XL 码，亲是哪一种？"


@pytest.mark.parametrize("slots", [Slots(person="孕妇"), Slots(person="宝宝"), Slots(age_y=8)])
def test_an_adults_chart_says_nothing_about_a_child_or_a_pregnancy(slots: Slots) -> None:
    body = msgspec.structs.replace(slots, height_mm=1650, weight_g=55_000)
    assert refusal(ask("165 110斤穿什么", "size", "size.which", slots=body))[0] == "no_fact"


def test_feet_and_pounds_are_answered_in_feet_and_pounds() -> None:
    said = ask("5'5 121 lbs what size", "size", "size.which", slots=Slots(height_mm=1651, weight_g=54_885))
    assert best(said).startswith("For 5'5\"/121 lb the size chart of #3 双面羊毛大衣 says M")


def test_a_place_may_be_an_exception_that_the_catalogue_does_not_know() -> None:
    assert best(ask("包邮吗", "shipping", "shipping.fee")) == "全店包邮～"
    assert refusal(ask("新疆包邮吗", "shipping", "shipping.fee", slots=Slots(place="新疆"))) == ("no_fact", "shop.free_shipping[新疆]")


def test_when_it_leaves_is_a_promise_of_the_shop_when_it_arrives_is_not() -> None:
    assert best(ask("几天能到", "shipping", "shipping.arrive")) == "下单后 48 小时内发货，浙江杭州发货，到货时间以物流为准～"


def test_a_courier_that_is_not_used_is_said_so() -> None:
    assert best(ask("发顺丰吗", "shipping", "shipping.courier", slots=Slots(courier="顺丰"))) == "不发顺丰，发中通、韵达。"
    assert best(ask("中通吗", "shipping", "shipping.courier", slots=Slots(courier="中通快递"))) == "可以发中通快递～"


def test_a_right_to_return_is_no_right_to_exchange() -> None:
    assert best(ask("能退吗", "after_sale", "after_sale.return")) == "支持 7 天无理由退货，有运费险～"
    shop = parse_catalogue(COATS_TEXT.split('[[faq]]\nid = "exchange"')[0], "c")
    assert refusal(ask("能换货吗", "after_sale", "after_sale.exchange", shop=shop)) == ("no_fact", "faq[after_sale.exchange]")


def test_the_shops_own_words_come_first_where_it_answered_this_very_question() -> None:
    drafts = ask("可以机洗吗", "usage", "usage.wash", slots=Slots(wash="机洗"))[0]
    assert [draft.source for draft in drafts] == ["faq", "catalogue"]
    assert drafts[0].text == "双面羊毛大衣羊毛 70%、聚酯纤维 30%，可机洗。"
    assert [fact.path for fact in drafts[0].facts] == [
        "faq[wash]",
        "product[3].name",
        "product[3].material",
        "product[3].claims_allowed[0]",
    ]


def test_a_claim_without_evidence_is_never_said() -> None:
    assert refusal(ask("会掉色吗", "material", "material.fade")) == ("no_fact", "product[3].evidence[不掉色]")


def test_a_slot_that_the_catalogue_cannot_fill_makes_no_draft() -> None:
    shop = parse_catalogue(COATS_TEXT.replace('material = "羊毛 70%、聚酯纤维 30%"\n', ""), "c")
    said = ask("可以机洗吗", "usage", "usage.wash", shop=shop)
    assert [draft.source for draft in said[0]] == ["catalogue"]
    assert refusal(ask("什么面料", "material", "material.what", shop=shop)) == ("no_fact", "product[3].material")


def test_what_a_template_does_not_answer_goes_to_the_faq_or_is_refused() -> None:
    assert [draft.source for draft in ask("会起球吗", "material", "material.pill")[0]] == ["faq"]
    assert refusal(ask("会缩水吗", "material", "material.shrink")) == ("no_fact", "faq[material.shrink]")
    assert refusal(ask("会缩水吗", "material")) == ("no_fact", "faq[material]")
    assert refusal(ask("腰围多少", "size"))[0] == "no_fact"


def test_an_aspect_nobody_has_heard_of_falls_to_the_intents_own_answer() -> None:
    assert best(ask("多少钱呀", "price", "price.brand_new")) == best(ask("多少钱", "price", "price.now"))
    assert best(ask("包邮吗", "shipping", "shipping.brand_new")) == "全店包邮～"


def test_a_product_named_in_the_question_goes_before_the_one_on_air() -> None:
    assert best(ask("围巾多少钱", "price", "price.now")).startswith("8号5A级桑蚕丝围巾 99 元")
    assert best(ask("大衣几号链接", "link", "link.which", on_air="5")) == "双面羊毛大衣是 3 号链接～"


def test_without_a_product_it_asks_which_and_a_shop_of_one_needs_no_link() -> None:
    asked = ask("多少钱", "price", "price.now", on_air=None)
    assert refusal(asked) == ("ambiguous", None) and asked[2] == "亲问的是几号链接呀？"
    one = parse_catalogue('currency = "CNY"\n[[product]]\nlink = 7\nname = "帽子"\nprice = "29.90"\n', "c")
    assert best(ask("多少钱", "price", "price.now", on_air=None, shop=one)) == "7号帽子 29.9 元～"
    assert best(ask("什么时候发货", "shipping", "shipping.when", on_air=None)).startswith("下单后 48 小时内发货")


def test_an_unknown_link_or_product_word_is_refused_never_replaced_by_another() -> None:
    assert refusal(ask("99号多少钱", "price", "price.now", slots=Slots(link="99"))) == ("no_fact", "product[99]")
    assert refusal(ask("毛衣几号链接", "link", "link.which", slots=Slots(product="毛衣"))) == ("no_fact", "product")


def test_two_links_in_one_question_get_one_line() -> None:
    said = best(ask("3号和8号多少钱", "price", "price.now", slots=Slots(link=("3", "8"))))
    assert "3号双面羊毛大衣直播价 399 元" in said and "8号5A级桑蚕丝围巾 99 元" in said


def test_a_comment_that_asks_two_things_is_answered_in_both_first() -> None:
    both, single = texts(ask("多少钱 包邮吗", "price", "price.now", also=("shipping",)))
    assert both == f"{single}全店包邮～"


@pytest.mark.parametrize("intent", ["tech", "order_problem", "host"])
def test_problems_and_questions_to_the_host_are_for_a_person(intent: str) -> None:
    said = ask("怎么回事", msgspec.convert(intent, str), f"{intent}.any", need="problem")
    assert refusal(said) == ("no_match", None)


def test_a_link_to_be_put_up_and_a_comment_that_asks_nothing_get_no_draft() -> None:
    assert refusal(ask("上链接", "link", "link.put", need="request")) == ("no_match", None)
    assert refusal(ask("哈哈哈", None, need="none")) == ("not_a_question", None)
    assert refusal(ask("今天星期几", "other"))[0] == "no_match"
    assert refusal(ask("多少钱", "price", "price.now", shop=None)) == ("no_fact", "catalogue")


def test_a_draft_that_says_what_the_shop_never_says_is_held_back() -> None:
    shop = parse_catalogue(COATS_TEXT.replace('never_say = ["显瘦十斤"]', 'never_say = ["大一码"]'), "c")
    said = ask("165 110斤穿什么码", "size", "size.which", shop=shop, slots=Slots(height_mm=1650, weight_g=55_000))
    assert refusal(said) == ("compliance", "product[3].never_say")


def test_the_answer_speaks_the_questions_language() -> None:
    assert best(ask("how much is it", "price", "price.now", shop=LIPS, on_air="1")) == "#1 Velvet Lip Tint is $12.99, in stock."
    assert best(ask("多少钱", "price", "price.now", shop=LIPS, on_air="1")) == "1号Velvet Lip Tint 12.99 美元，现货～"
    assert best(ask("3号 how much", "price", "price.now")).startswith("#3")
    assert best(ask("这个 dress 多少钱呀", "price", "price.now")).startswith("3号")


def test_english_pieces_coupon_and_shipping_read_as_english() -> None:
    two = ask("how much for 2", "price", "price.now", shop=LIPS, on_air="1", slots=Slots(count=2))
    assert best(two) == "#1 Velvet Lip Tint is $12.99, 2 come to $25.98, $20.98 after the coupon ($5 off orders over $25), in stock."
    fedex = ask("do you ship with fedex", "shipping", "shipping.courier", shop=LIPS, on_air="1", slots=Slots(courier="FedEx"))
    assert best(fedex) == "We don't ship with FedEx, we use UPS, USPS."


def test_braces_in_a_fact_mean_nothing() -> None:
    shop = parse_catalogue(COATS_TEXT.replace('"双面羊毛大衣"', '"{price}{0.__class__}大衣"'), "c")
    assert best(ask("有货吗", "stock", "stock.have", shop=shop)) == "3号{price}{0.__class__}大衣有货～"


def test_the_same_question_gets_the_same_answer_twice() -> None:
    assert ask("多少钱", "price", "price.now", shop=COATS) == ask("多少钱", "price", "price.now", shop=COATS)
