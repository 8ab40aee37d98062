"""Two questions that are one, one that is two: `m`, `x` and `u` as the person in front of the screen meets them."""

from __future__ import annotations

import pytest
from real_room import RealRoom
from seat import Seat, seated_at

from console.tui.order import STILL_MS
from console.tui.panels.queue import MARKED

PRICE, WHEN, FEE = "多少钱", "什么时候发货", "包邮吗"
WAYS = ("多少钱", "什么价", "几多钱")
"""Three wordings of one question."""


def a_room(lang: str = "zh") -> RealRoom:
    """Three questions, in this order: two viewers each, the first a second before the others."""
    room = RealRoom(lang=lang)
    for text in (PRICE, WHEN, FEE):
        room.play.said(f"{text} from a", f"{text} from b").later(1)
    room.play.later(1)
    return room


def shown(seat: Seat[RealRoom], text: str) -> str:
    """The row of the list that shows a text."""
    return next(row for row in seat.panel("queue").splitlines() if text in row)


def test_m_marks_a_question_and_m_on_another_makes_them_one_under_the_older() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "m")
        assert MARKED in shown(seat, PRICE) and "待合并" in shown(seat, PRICE)
        assert PRICE in seat.panel("notice") and "再按 m" in seat.panel("notice")
        assert "m 和这题合并" in seat.panel("hints") and "Esc 放弃" in seat.panel("hints")
        await seat.press("j", "m")
        assert seat.hand.order.cursor == "q1" and seat.hand.marked is None
        assert "2人" in shown(seat, PRICE) and WHEN not in seat.panel("queue")
        assert "已合并" in seat.panel("notice") and "u 撤销" in seat.panel("notice")
        assert f"{WHEN}×2" in seat.panel("card")

    seated_at(a_room(), script)


def test_after_a_merge_the_cursor_stays_where_it_was_on_what_was_merged() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "m", "j", "j", "m")
        assert seat.hand.order.cursor == "q1"
        assert PRICE in seat.panel("queue").splitlines()[3] and WHEN in seat.panel("queue").splitlines()[1]
        seat.look(STILL_MS)
        assert PRICE in seat.panel("queue").splitlines()[3]

    seated_at(a_room(), script)


def test_u_takes_the_merge_under_the_cursor_back_before_anything_done_elsewhere() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "m", "j", "m", "k", "d", "j", "u")
        assert "已分开" in seat.panel("notice")
        assert WHEN in seat.panel("queue") and FEE not in seat.panel("queue")
        await seat.press("u")
        assert FEE in seat.panel("queue")

    seated_at(a_room(), script)


@pytest.mark.parametrize("keys", [("escape",), ("m",), ("ｍ",)], ids=str)
def test_escape_or_m_on_the_same_question_gives_up_the_mark(keys: tuple[str, ...]) -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "ｍ")
        assert seat.hand.marked is not None
        await seat.press(*keys)
        assert seat.hand.marked is None and MARKED not in seat.panel("queue")
        assert seat.hand.order.cursor == "q1" and seat.session.actions == []

    seated_at(a_room(), script)


def test_a_mark_is_seen_on_a_narrow_screen_too() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "m", "j")
        assert shown(seat, PRICE).count(MARKED) == 2
        assert "待合并" in shown(seat, PRICE)
        await seat.pilot.resize_terminal(40, 12)
        seat.look()
        assert MARKED in shown(seat, PRICE) and "待合并" not in shown(seat, PRICE)

    seated_at(a_room(), script, size=(80, 24))


def test_a_merge_that_is_refused_says_why_and_is_nothing_to_take_back() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        seat.session.play.act("accept", "q1")
        await seat.press("1", "m", "j", "m")
        assert "正在回答" in seat.panel("notice")
        await seat.press("u")
        assert "没有可以撤销" in seat.panel("notice")

    seated_at(a_room(), script)


@pytest.mark.parametrize("keys", [("r", "escape"), ("r", "o", "k", "enter", "j", "k"), ("escape",)], ids="-".join)
def test_a_question_that_is_put_down_can_be_merged(keys: tuple[str, ...]) -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        seat.session.play.act("claim", "q1")
        await seat.press("1", *keys)
        assert seat.names == ["reject"]
        await seat.press("m", "j", "m")
        assert "已合并" in seat.panel("notice")

    seated_at(a_room(), script)


def test_a_text_begun_for_one_question_goes_with_it() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("2", "r", "o", "k", "escape", "m", "k", "m", "r")
        assert seat.hand.writing_for == "q1" and seat.app.room.composer.value == "ok"

    seated_at(a_room(), script)


def test_a_question_that_the_rules_merge_away_takes_the_cursor_along() -> None:
    ends = ("隔壁工厂仓库停电影响直播吗", "隔壁工厂被来仓库停电再去影响直播吗")

    async def script(seat: Seat[RealRoom]) -> None:
        seat.session.play.said(*(f"{text} from v" for text in ends))
        seat.look()
        await seat.press(str(seat.row_of(ends[1][:6]) - 2), "r", "o", "k")
        seat.session.said("隔壁工厂被仓库停电再影响直播吗 from w")
        seat.look(2_000)
        assert seat.hand.order.cursor == "q7" and seat.hand.writing_for == "q7"
        assert "1人" not in shown(seat, ends[0]) and ends[1][:6] not in seat.panel("queue")
        await seat.press("enter", "a")
        assert seat.session.actions[-1].cluster == "q7"

    seated_at(a_room(), script)


# --- splitting ---------------------------------------------------------------------------------------------------------


def a_room_of(*wordings: str) -> RealRoom:
    return RealRoom(*(f"{text} from {n}{m}" for n, text in enumerate(wordings) for m in range(3 - n)), f"{WHEN} from z")


def test_there_is_nothing_to_split_in_one_wording() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "x")
        assert "没有可拆的" in seat.panel("notice") and seat.session.actions == []

    seated_at(a_room_of(PRICE), script)


def test_of_two_wordings_x_splits_the_other_one_off_at_once() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "ｘ")
        assert "已拆出：什么价" in seat.panel("notice")
        assert "3人" in shown(seat, PRICE) and "2人" in shown(seat, "什么价")
        assert seat.hand.order.cursor == "q1"
        await seat.press("u")
        assert "5人" in shown(seat, PRICE) and "什么价" not in seat.panel("queue")

    seated_at(a_room_of(*WAYS[:2]), script)


@pytest.mark.parametrize("keys", [("j", "enter"), ("3", "x"), ("G", "enter"), ("k", "g", "j", "down", "enter")], ids="-".join)
def test_of_more_wordings_one_is_picked_from_the_card(keys: tuple[str, ...]) -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "x")
        listed = seat.panel("card").splitlines()[1:4]
        assert [text in row for text, row in zip(WAYS, listed, strict=True)] == [True] * 3
        assert "▸2" in listed[1] and "×2" in listed[1]
        assert "Enter 拆出" in seat.panel("hints")
        await seat.press(*keys)
        assert [(action.name, action.cluster, action.text) for action in seat.session.actions] == [("split", "q1", WAYS[2])]
        assert WAYS[2] in seat.panel("queue") and seat.hand.picking is None

    seated_at(a_room_of(*WAYS), script)


def test_escape_leaves_the_wordings_and_the_list_is_as_it_was() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "x", "j", "escape")
        assert seat.session.actions == [] and "还问了" in seat.panel("card")
        await seat.press("j")
        assert seat.hand.order.cursor != "q1"

    seated_at(a_room_of(*WAYS), script)


def test_the_picked_wording_stays_picked_while_others_are_said_more_often() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "x")
        seat.session.said(*(f"{WAYS[2]} from n{n}" for n in range(9)))
        seat.look(2_000)
        assert "▸2" in seat.panel("card").splitlines()[2] and WAYS[1] in seat.panel("card").splitlines()[2]
        await seat.press("enter")
        assert seat.session.actions[-1].text == WAYS[1]

    seated_at(a_room_of(*WAYS), script)


def test_a_question_that_is_answered_meanwhile_has_no_wording_to_pick() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "x", "j")
        seat.session.play.act("answer", "q1")
        seat.look(2_000)
        await seat.press("x")
        assert "split" not in seat.names
        assert "Enter 拆出" not in seat.panel("hints")

    seated_at(a_room_of(*WAYS), script)


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)], ids=str)
def test_many_wordings_scroll_in_a_small_card(size: tuple[int, int]) -> None:
    ways = [f"{PRICE}{'呀' * n}" for n in range(12)]

    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "x", "G")
        await seat.pilot.pause()
        assert any("▸" in row for row in seat.panel("card").splitlines())
        assert len(seat.hand.picking.wordings if seat.hand.picking is not None else ()) >= 3

    seated_at(RealRoom(*(f"{text} from {n}" for n, text in enumerate(ways))), script, size)


def test_in_english_too() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1", "m")
        assert "merge?" in shown(seat, PRICE) and "choose the other one, m again" in seat.panel("notice")
        await seat.press("j", "m")
        assert "Merged" in seat.panel("notice") and "u takes it back" in seat.panel("notice")
        await seat.press("x")
        assert "Split off" in seat.panel("notice")

    seated_at(a_room("en"), script)
