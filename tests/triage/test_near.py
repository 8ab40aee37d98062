"""Rules of disposing: what an encoder is never asked about, however alike it sounds; and what it may be."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from words import lexicon, reading

from console.domain.errors import ConfigError
from console.domain.text import clean
from console.runtime.tables import contrast_table, shipped_contrasts, trained_model
from console.triage.contrasts import Contrast, parse_contrasts
from console.triage.language import folded_of
from console.triage.near import Facets, are_worded_alike, facets, may_be_one
from console.triage.same import resolve
from console.triage.understand import understand

CONTRASTS = shipped_contrasts()


def of(text: str, on_air: str | None = None, room: str = "r") -> Facets:
    understood = understand(clean(text), lexicon(), trained_model(), is_need=True)
    return facets(room, resolve(understood, on_air), understood, lexicon(), CONTRASTS)


APART = [
    ("3号充电要多久", "5号充满电得几小时啊?"),
    ("160斤的人坐这个稳不稳", "这凳子170斤坐得住吗"),
    ("套子可以拆了洗吗", "不能拆的套子怎么洗"),
    ("这个能带上飞机吗", "带两个上飞机可以不"),
    ("左手戴还是哪只", "右边那只手能戴吗"),
    ("活动几号开始", "今天什么时候结束活动"),
    ("第二件便宜多少", "第三件能少几块"),
    ("how do i turn it on", "where is the switch to turn it off"),
    ("does it ship saturdays", "will you send out on a sunday"),
    ("猫咪能用这个窝吗", "狗狗睡这个窝行不行"),
    ("能用花呗付吗", "可不可以用信用卡买"),
    ("无糖的好喝吗", "好喝吗有糖的"),
    ("燃气灶用得了吗", "能不能在电磁炉上用"),
    ("要几升的水壶", "功率有多大这壶"),
]


@pytest.mark.parametrize(("a", "b"), APART)
def test_what_differs_in_a_slot_a_number_or_a_contrast_is_never_proposed(a: str, b: str) -> None:
    assert not may_be_one(of(a), of(b)) and not may_be_one(of(b), of(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("钢笔送墨水没", "买钢笔给不给墨囊墨水"),
        ("是天然玉吗", "天然的玉还是人造的"),
    ],
)
def test_other_words_for_what_may_be_the_same_are(a: str, b: str) -> None:
    assert may_be_one(of(a), of(b)) and may_be_one(of(b), of(a))


def test_two_known_aspects_are_two_questions_and_two_clear_ones_need_no_encoder() -> None:
    assert not may_be_one(of("什么时候发货"), of("运费多少钱"))
    assert not may_be_one(of("什么时候发货"), of("什么时候发货呀"))


def test_a_question_is_no_request() -> None:
    assert reading("没有口袋吗").need != reading("发一下尺码表").need
    assert not may_be_one(of("没有口袋吗"), of("发一下尺码表"))


def test_rooms_never_share_a_question() -> None:
    assert not may_be_one(of("是天然玉吗", room="a"), of("天然的玉还是人造的", room="b"))


def test_this_one_means_the_product_that_was_on_air() -> None:
    a, b = "这个是天然玉吗", "天然的玉还是人造的这个"
    assert may_be_one(of(a, on_air="3"), of(b, on_air="3"))
    assert not may_be_one(of(a, on_air="3"), of(b, on_air="5"))


def test_what_is_worded_alike_differs_by_the_word_that_matters() -> None:
    assert are_worded_alike(of("戴牙套能用这个牙刷不").said, of("种植牙能用这个牙刷不").said)
    assert are_worded_alike(of("good for wide feet?").said, of("good for flat feet?").said)
    assert not are_worded_alike(of("是天然玉吗").said, of("天然的玉还是人造的").said)


GROUPS = [pytest.param(group, id=group.name) for group in CONTRASTS.groups]


def heard(group: Contrast, line: str) -> list[str]:
    return [value for value in CONTRASTS.of(folded_of(clean(line), lexicon())) if value.startswith(f"{group.name}.")]


@pytest.mark.parametrize("group", GROUPS)
def test_a_contrast_tells_its_two_lines_apart_and_leaves_the_other_two_together(group: Contrast) -> None:
    assert heard(group, group.apart[0]) != heard(group, group.apart[1])
    assert heard(group, group.same[0]) == heard(group, group.same[1]) != []


def test_an_english_word_stands_for_itself_only() -> None:
    assert CONTRASTS.of("is the gold one cold") == ("warmth.cold",)
    assert CONTRASTS.of("以内") == () and CONTRASTS.of("内层") == ("side.inside",)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t.update(side=1), "contrasts.toml, side"),
        (lambda t: t["side"].pop("apart"), "contrasts.toml, apart"),
        (lambda t: t["side"].update(same=["一"]), "contrasts.toml, side.same"),
        (lambda t: t["side"].update(alone=["under"]), "contrasts.toml, side.alone"),
        (lambda t: t["side"]["values"].update(left="左"), "contrasts.toml, left"),
        (lambda t: t["side"]["values"].update(other=["右"]), "contrasts.toml, side.values.other"),
    ],
)
def test_a_bad_table_is_refused_by_name_and_key(change: Any, named: str) -> None:
    table = copy.deepcopy(contrast_table())
    change(table)
    with pytest.raises(ConfigError, match=re.escape(named)):
        parse_contrasts(table)


def test_no_word_of_the_table_means_two_things() -> None:
    for name, group in contrast_table().items():
        words = [word for spoken in group["values"].values() for word in spoken]
        assert len(words) == len(set(words)), name
