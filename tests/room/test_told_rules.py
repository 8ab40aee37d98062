"""Rules of the room: what the host or a moderator answers in chat closes by itself, and a person can take it back."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playbook import CATALOGUE, START_MS, Playbook, message

from console.domain.text import SafeText, clean
from console.room.room import Room
from console.room.state import RoomState, Settings
from console.runtime.tables import shipped_rules
from console.triage.limits import Limits

CHAT = Settings(chat_answers=True, limits=Limits(echo_ms=12_000))


def a_room(*, catalogue: str | None = None) -> Playbook:
    return Playbook(CHAT, catalogue=catalogue).on_air("3", "双面羊毛大衣")


def told(room: Playbook, text: str, *, role: str = "mod", **fields: object) -> Playbook:
    return room.give(message(text, "场控", roles=(role,), **fields))


def test_a_value_that_was_asked_for_closes_the_question_with_the_line_as_its_answer() -> None:
    room = a_room().said("这个多少钱 from a", "3号多少钱 from b", "包邮吗 from c").later(5)
    told(room, "3号 399元")
    assert room.asked == [("包邮吗", 1)]
    (closed,) = room.view().closed
    assert (closed.state, closed.askers) == ("answered", 2)
    cluster = room.room.state.clusters[closed.id]
    assert (cluster.how, cluster.answer, cluster.answered_by) == ("chat", "3号 399元", "mod")
    assert (room.view().tally.answered, room.view().tally.answer_p50_ms) == (1, 5_000)


def test_the_foot_says_who_answered_what() -> None:
    room = told(a_room().said("3号多少钱 from a"), "3号399", role="host")
    notice = room.view().notice
    assert notice is not None
    assert (notice.code, dict(notice.params)["answer"], dict(notice.params)["text"]) == ("act.told_host", "3号399", "3号多少钱")


def test_one_line_may_answer_several_questions() -> None:
    room = told(a_room().said("包邮吗 from a", "什么时候发货 from b", "发什么快递 from c"), "全场包邮 48小时内发货")
    assert room.asked == [("发什么快递", 1)]
    notice = room.view().notice
    assert notice is not None and (notice.code, dict(notice.params)["count"]) == ("act.told_mod_many", 2)


@pytest.mark.parametrize("roles", [(), ("vip",), ("bot",), ("mod", "bot"), ("buyer",)])
def test_only_the_host_and_moderators_answer(roles: tuple[str, ...]) -> None:
    room = a_room().said("3号多少钱 from a").said("3号399元 from b", roles=roles)
    assert ("3号多少钱", 1) in room.asked


def test_a_viewer_who_answers_a_viewer_closes_nothing() -> None:
    room = a_room().said("3号多少钱 from 小李").said("@小李 3号399元 from 老王")
    room.give(message("399", "momo", reply_to=SafeText("m1")))
    assert room.asked == [("3号多少钱", 1)]


def test_another_product_is_not_meant() -> None:
    room = told(a_room().said("5号多少钱 from a", "这个多少钱 from b"), "399元")
    assert room.asked == [("5号多少钱", 1)]


def test_a_product_said_by_its_name_is_its_link() -> None:
    room = told(a_room(catalogue=CATALOGUE).said("5号多少钱 from a", "3号多少钱 from b"), "半身裙 129元")
    assert room.asked == [("3号多少钱", 1)]


def test_what_was_asked_after_the_line_was_typed_stays_open() -> None:
    room = a_room().later(30).said("3号多少钱 from a")
    told(room, "3号399元", ts_ms=START_MS + 10_000, late=True)
    assert room.asked == [("3号多少钱", 1)]


def test_lines_from_before_we_came_answer_nothing() -> None:
    room = a_room().said("3号多少钱 from a")
    assert told(room, "3号399元", history=True).asked == [("3号多少钱", 1)]


def test_the_same_line_delivered_twice_answers_once() -> None:
    room = a_room().said("3号多少钱 from a")
    told(room, "3号399元", id=SafeText("h1")).act("undo")
    assert told(room, "3号399元", id=SafeText("h1")).asked == [("3号多少钱", 1)]


def test_undo_reopens_it_and_no_value_closes_it_again() -> None:
    room = a_room().said("3号多少钱 from a")
    cluster = room.ranking[0]
    told(room, "3号399元").act("undo", cluster)
    assert room.asked == [("3号多少钱", 1)]
    assert (cluster.how, cluster.answer, cluster.answered_by) == (None, None, None)
    assert room.view().tally.answered == 0
    assert told(room, "3号399元").asked == [("3号多少钱", 1)]
    assert told(room, "@a 399元").asked == []


def test_a_reply_of_the_platform_answers_whatever_its_words() -> None:
    room = a_room().give(message("大衣配什么鞋好看", "小李", id=SafeText("m1")))
    assert told(room, "短靴就很好", reply_to=SafeText("m1")).asked == []


@pytest.mark.parametrize("text", ["稍等", "你好呀", "欢迎欢迎", "要什么颜色?", "好的", "666", "谢谢支持", "one sec", "[比心]"])
def test_a_reply_that_says_nothing_answers_nothing(text: str) -> None:
    room = a_room().give(message("大衣配什么鞋好看", "小李", id=SafeText("m1")))
    told(room, text, reply_to=SafeText("m1"))
    assert told(room, f"@小李 {text}").asked == [("大衣配什么鞋好看", 1)]


def test_who_is_called_by_his_name_is_answered() -> None:
    room = a_room().said("大衣配什么鞋好看 from 小李", "大衣怎么搭 from 小李子")
    told(room, "@小李 短靴就很好")
    assert room.asked == [("大衣怎么搭", 1)]
    cluster = next(one for one in room.room.state.clusters.values() if one.state == "answered")
    assert cluster.answer == "短靴就很好"


def test_of_several_things_he_asked_only_the_one_whose_kind_is_said_is_answered() -> None:
    room = a_room().said("大衣配什么鞋好看 from 小李", "160斤穿什么码 from 小李")
    assert len(told(room, "@小李 有的").asked) == 2
    assert told(room, "@小李 160斤拍XL").asked == [("大衣配什么鞋好看", 1)]


def test_another_persons_measures_are_no_answer_to_him() -> None:
    room = a_room().said("160斤穿什么码 from 小李")
    assert told(room, "@小李 170斤拍XXL").asked == [("160斤穿什么码", 1)]
    assert told(room, "@小李 拍XL").asked == []


def test_several_names_are_several_answers() -> None:
    room = a_room().said("160斤穿什么码 from 小李", "大衣怎么搭 from momo", "包邮吗 from c")
    assert len(told(room, "@小李 @momo 私聊发你们图了哈", role="host").asked) == 3
    assert told(room, "@小李, @momo 都拍XL就行").asked == [("包邮吗", 1)]


def test_a_trouble_that_several_have_is_not_over_when_one_of_them_is_answered() -> None:
    room = a_room().said("付款失败 from 小李", "付款失败 from 老王", "少发一箱 from momo")
    told(room, "@小李 换个支付方式试试")
    told(room, "@momo 帮你补发了")
    assert room.asked == [("付款失败", 2)]


def test_a_snoozed_question_is_answered_too() -> None:
    room = a_room().said("3号多少钱 from a")
    room.act("snooze", room.ranking[0])
    assert told(room, "3号399元").later(61).asked == []


def test_an_answer_of_the_chat_is_offered_again_to_who_comes_late() -> None:
    room = told(a_room().said("3号多少钱 from a"), "3号399元").later(30).said("多少钱 from b")
    card = room.view().card
    assert card is not None and (card.row.mark, card.reuse_text) == ("reuse", "3号399元")


def test_who_does_not_want_it_turns_it_off() -> None:
    room = Playbook(Settings()).on_air("3").said("3号多少钱 from a")
    assert told(room, "3号399元").asked == [("3号多少钱", 1)]


def test_a_room_of_several_shops_hears_each_host_in_his_own() -> None:
    room = a_room().said("3号多少钱 from a")
    other = message("3号399元", "别家主播", roles=("host",))
    room.give(msgspec.structs.replace(other, room=clean("2")))
    assert room.asked == [("3号多少钱", 1)]


LINES = ["3号多少钱 from a", "包邮吗 from b", "3号咋卖 from c", "160斤穿什么码 from d", "来了 from e", "没声音了 from f"]
TOLD = ["3号399元", "包邮的", "@d 拍XL", "@a 稍等", "欢迎欢迎", "3号上链接"]


@given(st.lists(st.tuples(st.sampled_from([*LINES, *TOLD]), st.integers(0, 15)), max_size=25))
def test_what_closes_does_not_depend_on_when_it_is_looked_at(lines: list[tuple[str, int]]) -> None:
    looked, unseen = a_room(), a_room()
    for text, wait_s in lines:
        for room in (looked, unseen):
            (told(room, text) if text in TOLD else room.said(text)).later(wait_s)
        looked.view()
    assert looked.room.check() == unseen.room.check()
    closed = [[(row.id, row.askers, row.answer, row.echoes) for row in room.view().closed] for room in (looked, unseen)]
    assert closed[0] == closed[1]


def test_the_truth_with_answers_of_the_chat_can_be_written_and_read_back() -> None:
    room = told(a_room().said("3号多少钱 from a", "包邮吗 from b"), "3号399元").later(2).said("3号多少钱 from c")
    written = msgspec.json.encode(room.room.state)
    again = Room(shipped_rules(), CHAT, {}, msgspec.json.decode(written, type=RoomState))
    assert msgspec.json.encode(again.state) == written
    assert again.check() == room.room.check()
