"""What is shown of answers that came by themselves, and how a person takes them back."""

from __future__ import annotations

import pytest
from fake_session import REUSED, FakeSession, a_busy_room
from msgspec.structs import replace
from rich.cells import cell_len
from seat import Seat, seated, seated_at

from console.domain.text import trusted
from console.domain.values import Draft
from console.room.view import Card, Row
from console.tui.hand import NOTE_MS


def test_a_row_whose_answer_is_at_hand_shows_it_with_its_age() -> None:
    async def script(seat: Seat) -> None:
        row = next(row for row in seat.look() if "什么时候发货" in row)
        assert "0:4" in row and "前：今天下单，48 小时内" in row and "↻" in row
        assert cell_len(row.rstrip()) <= 120

    seated(script, size=(160, 48))


def test_a_long_question_leaves_half_of_the_room_to_the_answer() -> None:
    async def script(seat: Seat) -> None:
        asked = trusted("姐妹们我想问一下现在拍的话到底什么时候可以发货呀我周五要出差")
        seat.session.rows = [replace(row, text=asked) if row.mark == "reuse" else row for row in seat.session.rows]
        row = next(row for row in seat.look() if "姐妹们我想问" in row)
        assert "…" in row and "前：今天下单" in row

    seated(script, size=(160, 48))


def test_where_there_is_no_room_the_question_stands_alone() -> None:
    async def script(seat: Seat) -> None:
        row = next(row for row in seat.look() if "什么时候" in row)
        assert "今天" not in row and "↻" in row

    seated(script, size=(44, 24))


WORDS = {
    "zh": (("主播答：", "场控答："), ("主播在评论里答", "场控在评论里答")),
    "en": (("host in chat", "mod in chat"), ("the host answered", "a moderator answered")),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_question_that_the_chat_answered_says_so_in_its_row_and_card(lang: str) -> None:
    async def script(seat: Seat) -> None:
        for by, in_row, in_card in zip(("host", "mod"), *WORDS[lang], strict=True):
            await seat.press("enter")
            chosen = seat.hand.order.cursor
            assert chosen is not None
            seat.session.tell(chosen, "3号 399元", by=by, echoes=3)  # type: ignore[arg-type]
            seat.look()
            assert in_row in seat.panel("queue") and "+3" in seat.panel("queue")
            assert in_card in seat.panel("card") and "3号 399元" in seat.panel("card")

    seated_at(a_busy_room(lang=lang), script, size=(160, 48))


def test_u_on_it_reopens_it() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("2")
        chosen = seat.hand.order.cursor
        assert chosen is not None
        seat.session.tell(chosen, "3号 399元")
        seat.look()
        await seat.press("u")
        assert (seat.session.actions[-1].name, seat.session.actions[-1].cluster) == ("undo", chosen)
        assert chosen in seat.hand.open_ids

    seated(script)


def test_u_takes_back_what_the_chat_closed_while_nothing_closed_is_chosen() -> None:
    async def script(seat: Seat) -> None:
        seat.session.tell("q1", "3号 399元")
        seat.session.tell("q3", "48小时内发")
        seat.look()
        await seat.press("u", "u", "u")
        assert [(one.name, one.cluster) for one in seat.session.actions] == [("undo", "q3"), ("undo", "q1")]

    seated(script)


def test_ones_own_last_closing_goes_first_as_long_as_its_note_would_stand() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("2", "d")
        own = seat.session.actions[-1].cluster
        seat.look(100)
        seat.session.tell(next(row.id for row in seat.session.rows if row.id != own), "3号 399元")
        seat.look(100)
        assert seat.hand.last_done == own
        seat.look(NOTE_MS)
        assert seat.hand.last_done != own

    seated(script)


def test_reuse_is_one_key() -> None:
    async def script(seat: Seat) -> None:
        for key in ("enter", "a"):
            at = next(n for n, one in enumerate(seat.hand.order.ids, 1) if seat.hand.known[one].mark == "reuse")
            await seat.press(str(at), key)
            last = seat.session.actions[-1]
            assert (last.name, last.text) == ("reuse", REUSED)
            await seat.press("u")

    seated(script)


class OfYesterday(FakeSession):
    """A room whose first question was answered in an earlier session; `behind` the catalogue's draft, or alone."""

    behind = True

    def _card(self, row: Row) -> Card:
        card = super()._card(row)
        given = Draft(trusted("昨天也是这样答的"), "canned", (), ((0, 2),), self.at_ms - 50 * 3_600_000)
        return replace(card, drafts=(*card.drafts, given) if self.behind else (given,))


@pytest.mark.parametrize("behind", [True, False])
def test_an_answer_of_an_earlier_session_says_how_old_it_is(behind: bool) -> None:
    session = OfYesterday()
    session.behind = behind
    for _ in range(60):
        session.step()

    async def script(seat: Seat) -> None:
        await seat.press("1")
        shown = seat.panel("card")
        assert "昨天" in shown and "也是这样答的" in shown and "2 天前这样答过" in shown
        assert ("直播价" in shown) == behind
        assert behind or "[?昨天]" in shown

    seated_at(session, script)
