"""Rules of questions in other words: who means the same is one question, whoever was first; slots, numbers and names dispose."""

from __future__ import annotations

import itertools

import pytest
from by_hand import split
from msgspec import msgpack
from playbook import CATALOGUE, START_MS, Playbook, no_expiry

from console.domain.text import SafeText
from console.room.kin import MOST_OTHERS
from console.room.room import Room
from console.room.state import RoomState, Settings
from console.runtime.tables import rules_for

CHARGE, FULL = "充满要几个小时", "一次充多久的电啊"
HOOD, POCKET = "有帽子没", "带不带口袋"
HEADS = ("", "主播", "姐", "宝", "亲", "老师", "请问", "姐姐")
TAILS = ("", "呀", "啊", "呢", "?", "~")


def test_the_same_question_in_other_words_is_one() -> None:
    room = Playbook().said(f"{CHARGE} from 小李", f"{POCKET} from momo", f"{FULL} from 老王")
    assert sorted(room.asked) == sorted([(CHARGE, 2), (POCKET, 1)])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("更新完APP就闪退", "为啥一点进来app就闪退啊"),
        ("字幕是反的", "画面怎么是镜像的 字都反了"),
    ],
)
def test_a_complaint_and_a_question_of_the_same_are_one(a: str, b: str) -> None:
    assert len(Playbook().said(f"{a} from 小李", f"{b} from 老王").asked) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("拍了几天到广州", "下单之后大概啥时候能收到货呀 我在西安"),
        (HOOD, POCKET),
        ("收到货了能改地址不 我要换货寄别处", "还没收到货能改地址不"),
        ("没领到券怎么办", "领到券了怎么用"),
        ("订单一直显示待发货", "为什么订单不显示在待付款里"),
        ("3号洗了会不会缩水", "5号下水了缩不缩"),
        ("does the bqkx charger work with it", "is it ok with a zvqk charging plug"),
        ("左边那件起球吗", "右边那件穿久了会不会起毛球"),
    ],
)
def test_near_misses_stay_two(a: str, b: str) -> None:
    assert len(Playbook().said(f"{a} from 小李", f"{b} from 老王").asked) == 2


def test_it_does_not_matter_who_came_first() -> None:
    lines = [f"{CHARGE} from a", f"{FULL} from b", "电充满得几个钟头 from c", f"{POCKET} from d", f"{HOOD} from e"]
    sizes = {tuple(sorted(count for _, count in Playbook().said(*order).asked)) for order in itertools.permutations(lines)}
    assert len(sizes) == 1


def test_an_answer_given_holds_for_who_asks_in_other_words() -> None:
    room = Playbook().said(f"{CHARGE} from 小李").act("answer", "q1", text=SafeText("两个小时")).later(60)
    late = room.said(f"{FULL} from 老王").ranking[0]
    assert late.reuse_of == "q1"


def test_what_is_split_off_stays_out_and_takes_its_own_comments() -> None:
    room = Playbook().said(f"{CHARGE} from a", f"{FULL} from b")
    split(room, "q1", FULL)
    assert sorted(room.asked) == sorted([(CHARGE, 1), (FULL, 1)])
    room.said(f"{FULL} from c", f"{CHARGE} from d")
    assert sorted(room.asked) == sorted([(CHARGE, 2), (FULL, 2)])
    room.act("undo", "q2")
    assert room.asked == [(CHARGE, 4)]


def test_who_goes_on_from_a_snapshot_knows_the_same() -> None:
    room = Playbook().said(f"{CHARGE} from a", f"{POCKET} from b")
    state = msgpack.decode(msgpack.encode(room.room.state), type=RoomState)
    room.room = Room(rules_for(Settings()), Settings(), {}, state)
    room.said(f"{FULL} from c")
    assert sorted((cluster.id, cluster.asker_count) for cluster in room.ranking) == [("q1", 2), ("q2", 1)]


def test_a_product_that_was_on_air_keeps_them_apart_too() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("洗了会不会缩水 from a").on_air("5").later(1).said("下水了缩不缩呀 from b")
    assert [cluster.slots.link for cluster in sorted(room.ranking, key=lambda one: one.seq)] == ["3", "5"]
    assert room.at_ms > START_MS


def test_a_flood_of_new_wordings_is_forgotten_again() -> None:
    room = Playbook(no_expiry())
    for n in range(MOST_OTHERS + 40):
        room.said(f"does the {'bcdfghjkmn'[n % 10]}q{'bcdfghjkmn'[n // 10 % 10]}z{'vwxb'[n // 100]}q fold up well?")
    kin = room.room.kin
    assert len(room.asked) == MOST_OTHERS + 40
    assert max(len(shelf.known) for shelf in kin._shelves.values()) <= MOST_OTHERS
    assert kin._count == sum(len(shelf.known) for shelf in kin._shelves.values())


def test_who_types_what_was_typed_before_finds_the_same_as_one_who_is_new() -> None:
    room = Playbook(no_expiry())
    for head, text, tail in itertools.product(HEADS, (CHARGE, FULL, POCKET, HOOD, "洗了会不会缩水", "有运费险吗", "会不会掉色"), TAILS):
        room.said(f"{head}{text}{tail} from a", f"{CHARGE} from b", f"{head}{POCKET} from c")
    kin = room.room.kin
    asked = [(known.key, known.text) for shelf in kin._shelves.values() for known in shelf.known]
    assert any(shelf.first for shelf in kin._shelves.values()), "one shelf was full"
    found = [kin.of(key, text) for key, text in asked]
    kin._met.clear()
    assert [kin.of(key, text) for key, text in asked] == found


def test_a_room_that_nobody_ranks_forgets_what_is_closed() -> None:
    room = Playbook(Settings(check_every_ms=0)).said(f"{CHARGE} from a", f"{POCKET} from b").act("dismiss", "q1")
    assert list(room.room.queue._waiting._dirty) == ["q2"]
