"""What one comment asks: rules of the room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words import lexicon, reading

from console.domain.text import clean
from console.triage.understand import understand

CHATTER = [
    "来了",
    "来啦来啦",
    "666",
    "6666666",
    "1",
    "11",
    "好看",
    "真好看啊",
    "哈哈",
    "哈哈哈哈哈哈",
    "已拍",
    "想要",
    "支持",
    "支持主播",
    "冲",
    "冲冲冲",
    "晚上好",
    "主播好",
    "姐妹们晚上好",
    "前排",
    "关注了",
    "点赞",
    "加油",
    "wow",
    "love it",
    "hi",
    "hello everyone",
    "so cute",
    "omg yes",
    "good night",
    "👍👍👍",
    "[玫瑰][玫瑰]",
    "：）",
    "。。。",
    "可以可以",
    "谢谢主播",
    "好的",
    "嗯嗯",
    "没什么",
    "不知道",
    "就是就是",
    "真不错",
    "拍了两件",
    "已付款",
    "我也是",
    "刚来",
    "绝了",
    "太美了",
    "这也太好看了吧",
    "爱了爱了",
    "下次一定",
    "ordered",
    "just bought two",
    "can't wait",
    "what a dress",
    "how cute",
    "沙发没抢到",
    "沙发没抢到哈哈",
    "没抢到沙发",
    "什么情况哈哈",
    "拍了两单",
    "first",
    "lol",
]
QUESTIONS = [
    "多少钱",
    "3号咋卖",
    "几号链接",
    "有S码没",
    "还有货不",
    "160斤能穿吗",
    "包邮吗",
    "什么时候发货",
    "诱惑吗",
    "有木有小码",
    "可不可以机洗",
    "大衣多少米",
    "how much",
    "does it fit",
    "is it true to size",
    "any left",
    "where do you ship from",
    "3号 how much",
    "请问能退吗",
    "会不会起球",
    "链接呢",
    "请问一下主播这个是真皮的吗",
    "怎麼賣",
    "還有貨嗎",
    "duoshaoqian",
    "youhuo吗",
]
REQUESTS = [
    "上链接",
    "快上链接",
    "讲一下3号",
    "想看后面",
    "想看黑色的",
    "转一圈看看",
    "再试一下白色",
    "帮我改地址",
    "尺码表发一下",
    "换个颜色看看",
    "show the back please",
    "can you try it on please",
]
PROBLEMS = [
    "没声音",
    "声音太小",
    "好卡",
    "黑屏了",
    "少发了一件",
    "付不了款",
    "链接点不开",
    "优惠券用不了",
    "no sound",
    "video keeps freezing",
    "my code says expired",
    "我的怎么还没发货",
]


@pytest.mark.parametrize("text", CHATTER)
def test_chatter_needs_no_answer(text: str) -> None:
    assert reading(text).need == "none"


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_needs_no_question_mark(text: str) -> None:
    assert reading(text).need == "question"


@pytest.mark.parametrize("text", REQUESTS)
def test_a_request_is_found(text: str) -> None:
    assert reading(text).need in ("request", "question")


@pytest.mark.parametrize("text", PROBLEMS)
def test_a_problem_is_found(text: str) -> None:
    assert reading(text).need == "problem"


@pytest.mark.parametrize("text", ["@小红 3号链接", "@阿花 L码就行", "@小红 是的有货", "@amy size small for me"])
def test_a_viewer_who_answers_another_asks_nothing(text: str) -> None:
    assert reading(text).need == "none"


@pytest.mark.parametrize("text", ["@主播 上链接", "@主播 声音太小", "@小红 你的多少钱"])
def test_a_viewer_who_asks_by_name_still_asks(text: str) -> None:
    assert reading(text).need != "none"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("从哪发货", "shipping.from"),
        ("什么时候发货", "shipping.when"),
        ("发什么快递", "shipping.courier"),
        ("新疆能发吗", "shipping.to"),
        ("几天到北京", "shipping.arrive"),
        ("包邮吗", "shipping.fee"),
        ("有券吗", "coupon.have"),
        ("券怎么领", "coupon.how"),
        ("券怎么用", "coupon.use"),
        ("到手价多少", "price.final"),
        ("偏大吗", "size.run"),
        ("120斤穿什么码", "size.which"),
        ("120斤能穿吗", "size.fits"),
        ("有哪些码", "size.chart"),
        ("有什么颜色", "colour.which"),
        ("有黑色吗", "colour.have"),
        ("怎么退", "after_sale.return_how"),
        ("能退吗", "after_sale.return"),
        ("能换吗", "after_sale.exchange"),
        ("有运费险吗", "after_sale.insurance"),
        ("孕妇能用吗", "usage.who"),
        ("保质期多久", "usage.expiry"),
        ("是正品吗", "authenticity.real"),
        ("主播多高", "host.height"),
        ("几点下播", "host.end"),
        ("几点开播", "host.start"),
        ("我的快递到哪了", "order_problem.where"),
        ("点不进去", "link.wrong"),
        ("3号点不进去", "link.wrong"),
        ("the link isnt working", "link.wrong"),
        ("订单被取消了 为啥", "order_problem.cancelled"),
        ("点4号闪退", "order_problem.app"),
        ("闪退了", "tech.app"),
        ("画面不动了", "tech.lag"),
        ("还有多少件", "stock.left"),
        ("一共多少件啊", "stock.left"),
        ("数量多少", "stock.left"),
        ("少件了", "order_problem.missing"),
        ("限购吗", "stock.limit"),
        ("一人能拍几个", "stock.limit"),
        ("is there a limit per person", "stock.limit"),
        ("退款多久到", "after_sale.refund"),
        ("可以开票吗", "after_sale.invoice"),
        ("精华多少刀", "price.now"),
        ("几多钱呀呢件", "price.now"),
        ("链接呢", "link.where"),
        ("what's the max weight it can hold", "other"),
        ("does it come gift wrapped", "shipping.pack"),
        ("is there a free gift", "coupon.gift"),
    ],
)
def test_one_answer_settles_one_aspect(text: str, aspect: str) -> None:
    assert reading(text).aspect == aspect


def test_the_first_intent_decides_and_the_second_is_kept() -> None:
    assert reading("3号多少钱 什么时候发货").intents == ("price", "shipping")


def test_a_word_that_holds_a_sign_of_no_is_not_a_no() -> None:
    assert reading("这个和3号有什么区别").slots.negated is None
    assert reading("没开封能退吗").slots.negated is True


def test_a_thing_asked_for_by_name_alone_is_a_question() -> None:
    assert [reading(text).need for text in ("price pls", "size chart please", "尺码表呢")] == ["question"] * 3


def test_what_the_rules_know_is_gone_and_what_they_do_not_know_is_content() -> None:
    assert reading("多少钱啊主播").content == ""
    assert reading("破烂货架多少钱").content == "破烂货架"


def test_a_word_of_the_catalogue_is_a_product_and_no_content() -> None:
    u = reading("大衣多少钱")
    assert (u.slots.product, u.content) == ("大衣", "")


@pytest.mark.parametrize(
    ("text", "points"),
    [("这个多少钱", True), ("身上这件几号", True), ("how much is this one", True), ("多少钱", False), ("那个多少钱", False)],
)
def test_pointing_at_what_is_on_air_is_noticed(text: str, points: bool) -> None:
    assert reading(text).points is points


@pytest.mark.parametrize(("text", "language"), [("多少钱", "zh"), ("how much", "en"), ("3号 how much", "mixed"), ("6666", "none")])
def test_the_language_is_told(text: str, language: str) -> None:
    assert reading(text).language == language


def test_a_text_made_to_be_read_in_many_ways_is_still_read() -> None:
    hostile = "".join("刚刚我订单里我们这个刚才"[n % 7 : n % 7 + 1 + n * n % 5] for n in range(120))
    assert reading(f"{hostile} 多少钱x扣钱{hostile}").folded


@given(
    st.text() | st.text(st.sampled_from("多少钱吗没有不号链接斤米一二十百3号160 .'\"@[]size what how much is S码\ue000\ue005"), max_size=40)
)
def test_any_text_is_understood_the_same_way_twice(text: str) -> None:
    cleaned = clean(text)
    one = understand(cleaned, lexicon())
    assert one == understand(cleaned, lexicon())
    assert (one.need == "none") == (one.aspect == "")
    assert one.need == "none" or one.intents
