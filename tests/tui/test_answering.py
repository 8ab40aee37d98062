"""Choosing and answering as the person in front of the screen meets it: keys in, actions out."""

from __future__ import annotations

import pytest
from seat import Seat, seated

from console.tui.order import STILL_MS


def test_the_cursor_stays_on_its_item_and_its_row_when_the_ranking_changes() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("3")
        chosen = seat.hand.order.cursor
        assert chosen is not None
        before = seat.row_of(seat.hand.known[chosen].text)
        for _ in range(40):
            seat.session.ask(10)
        seat.look(STILL_MS)
        assert seat.hand.order.cursor == chosen
        assert seat.row_of(seat.hand.known[chosen].text) == before
        assert seat.hand.order.ids[0] == "q11"

    seated(script)


def test_a_closed_item_stays_struck_through_until_the_cursor_leaves() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("2", "d")
        closed = seat.hand.order.cursor
        text = seat.hand.known[closed or ""].text
        seat.look(STILL_MS)
        row = seat.app.room.queue.rows[2]
        assert any(part.startswith(text[:8]) and style.strike for part, style, _ in row)
        await seat.press("j")
        assert not any(text in shown for shown in seat.look(STILL_MS))

    seated(script)


def test_three_keys_answer_the_first_question_of_the_day() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j")
        assert "3号双面羊毛大衣" in seat.panel("card")
        await seat.press("enter", "enter")
        assert seat.session.copied and seat.session.copied[0].startswith("3号双面羊毛大衣")
        assert "念给大家听" in seat.panel("card")
        assert seat.names == ["accept"]
        await seat.press("a")
        last = seat.session.actions[-1]
        assert (last.name, last.cluster, last.how, last.text) == ("answer", "q1", "aloud", seat.session.copied[0])

    seated(script)


def test_enter_on_the_card_says_that_it_was_pasted() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j", "enter", "enter", "enter")
        assert [action.how for action in seat.session.actions if action.name == "answer"] == ["copied"]

    seated(script)


def test_an_answer_already_given_costs_one_key() -> None:
    async def script(seat: Seat) -> None:
        at = seat.row_of("什么时候发货") - 2
        await seat.press(str(at), "enter")
        last = seat.session.actions[-1]
        assert (last.name, last.cluster) == ("reuse", "q3")
        assert last.text and "48 小时" in last.text

    seated(script)


def test_after_a_closing_enter_goes_to_the_most_urgent() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("5", "d", "enter")
        assert seat.hand.order.cursor == seat.hand.ranked[0]
        assert seat.names == ["dismiss"]

    seated(script)


def test_undo_takes_back_what_was_closed_here() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("1", "s", "j", "u")
        assert [(action.name, action.cluster) for action in seat.session.actions] == [("snooze", "q1"), ("undo", "q1")]
        await seat.press("u")
        assert len(seat.session.actions) == 2
        assert "没有可以撤销" in seat.panel("notice")

    seated(script)


def test_letters_are_text_while_the_composer_is_open_and_text_is_kept_per_question() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("2", "r", "q", "d", "j", "escape")
        first = seat.hand.order.cursor
        assert seat.session.actions == []
        assert seat.hand.texts == {first: "qdj"}
        await seat.press("j", "r")
        assert seat.app.room.composer.value == ""
        await seat.press("escape", "k", "r")
        assert seat.app.room.composer.value == "qdj"

    seated(script)


def test_quitting_asks_while_a_text_is_unsent() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j", "r", "x", "escape", "q")
        assert seat.app.is_running and seat.app._exit is False
        assert "没发" in seat.panel("notice")
        await seat.press("j", "q")
        assert seat.app._exit is False
        await seat.press("q")
        assert seat.app._exit is True

    seated(script)


def test_quitting_is_one_key_when_nothing_is_unsent() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("q")
        assert seat.app._exit is True

    seated(script)


def test_a_question_without_a_draft_opens_an_empty_composer_that_says_so() -> None:
    async def script(seat: Seat) -> None:
        await seat.press(*"j" * (seat.row_of("没声音了") - 2), "enter")
        assert seat.app.room.composer.value == "" and seat.session.actions == []
        assert "没有草稿" in seat.panel("hints")
        assert "Enter" not in seat.panel("hints")

    seated(script)


def test_enter_on_an_empty_composer_keeps_it_open_so_that_no_letter_becomes_a_command() -> None:
    async def script(seat: Seat) -> None:
        await seat.press(*"j" * (seat.row_of("没声音了") - 2), "enter", "enter")
        assert seat.hand.writing == "answer" and "还没写" in seat.panel("hints")
        await seat.press("d", "q")
        assert seat.app.room.composer.value == "dq"
        assert seat.session.actions == [] and seat.app._exit is False
        assert "Enter" in seat.panel("hints") and "还没写" not in seat.panel("hints")

    seated(script)


def test_u_on_the_read_aloud_card_goes_back_to_its_text_and_q_leaves() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j", "enter", "enter", "u")
        assert seat.hand.reading is None and seat.app.room.composer.value == seat.session.copied[0]
        await seat.press("enter", "q", "q")
        assert seat.app._exit is True

    seated(script)


@pytest.mark.parametrize("before", [("j",), ("j", "r", "x"), ("question_mark",), ("ctrl+p",)], ids="-".join)
def test_ctrl_c_ends_at_once_wherever_one_is(before: tuple[str, ...]) -> None:
    async def script(seat: Seat) -> None:
        await seat.press(*before)
        assert seat.app.quit_by_ctrl_c is False
        await seat.press("ctrl+c")
        assert seat.app._exit is True and seat.app.quit_by_ctrl_c is True

    seated(script)


def test_ctrl_q_asks_as_q_does_and_is_no_interrupt() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j", "r", "x", "ctrl+q")
        assert seat.app._exit is False
        await seat.press("ctrl+q")
        assert seat.app._exit is True and seat.app.quit_by_ctrl_c is False

    seated(script)
