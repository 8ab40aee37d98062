"""The screen as the person in front of it meets it: keys in, rows and actions out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from fake_session import FakeSession, a_busy_room
from textual.pilot import Pilot

from console.domain.text import SafeText
from console.tui.app import ConsoleApp
from console.tui.order import STILL_MS

Script = Callable[["Seat"], Awaitable[None]]


class Seat:
    """Somebody in front of the screen."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[None], session: FakeSession) -> None:
        self.app, self.pilot, self.session = app, pilot, session
        self.hand = app.room.hand

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def look(self, wait_ms: int = 0) -> list[str]:
        """The screen's rows now, after the room's time went on by `wait_ms`."""
        self.session.at_ms += wait_ms
        self.app.paint(whole=True)
        return ["".join(text for text, _, _ in row) for panel in (self.app.room.header, self.app.room.queue) for row in panel.rows]

    def panel(self, name: str) -> str:
        return "\n".join("".join(text for text, _, _ in row) for row in getattr(self.app.room, name).rows)

    def row_of(self, text: str) -> int:
        return next(at for at, row in enumerate(self.look()) if text in row)

    @property
    def names(self) -> list[str]:
        return [action.name for action in self.session.actions]


def seated(script: Script, session: FakeSession | None = None, size: tuple[int, int] = (120, 40)) -> None:
    async def play() -> None:
        room = session if session is not None else a_busy_room()
        app = ConsoleApp(room)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(Seat(app, pilot, room))
        assert app.failure is None

    asyncio.run(play())


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


@pytest.mark.parametrize(
    ("wide", "shows"), [("fullwidth_question_mark", "help"), ("fullwidth_solidus", "filter"), ("ideographic_comma", "filter")]
)
def test_keys_work_while_a_chinese_input_method_is_on(wide: str, shows: str) -> None:
    async def script(seat: Seat) -> None:
        await seat.press("ｊ")
        assert seat.hand.order.cursor is not None
        await seat.press(wide)
        assert (len(seat.app.screen_stack) == 2) if shows == "help" else seat.hand.writing == "filter"

    seated(script)


def test_the_filter_looks_in_questions_and_comments() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("slash", "起", "球", "enter")
        assert seat.hand.ranked == ("q5",)
        comments = seat.panel("stream").splitlines()[1:]
        assert all("起球" in one for one in comments if one.strip("│▸ "))
        await seat.press("escape")
        assert len(seat.hand.ranked) == 12

    seated(script)


def test_a_paused_stream_stands_still_and_counts_what_it_missed() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("space")
        before = seat.panel("stream").splitlines()[1:]
        for _ in range(7):
            seat.session.step()
        seat.look()
        title, *after = seat.panel("stream").splitlines()
        assert after == before
        assert "7 条" in title
        await seat.press("space")
        assert "7 条" not in seat.panel("stream")

    seated(script)


def test_a_comment_changes_its_row_and_the_marks_and_no_other_row() -> None:
    async def script(seat: Seat) -> None:
        for _ in range(60):
            seat.session.step()
        seat.look()
        before = seat.panel("stream").splitlines()
        seat.session.say_line("新来的", "刚刚写的一句")
        seat.look()
        after = seat.panel("stream").splitlines()
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 3
        assert sum(line.startswith("│▸") for line in after) == 1
        assert next(line for line in after if line.startswith("│▸")).startswith("│▸新来的")

    seated(script)


def test_a_burst_is_painted_only_as_far_as_it_is_in_sight() -> None:
    async def script(seat: Seat) -> None:
        for n in range(10_000):
            seat.session.say_line("谁", f"第{n}句")
        seat.look()
        shown = seat.panel("stream")
        assert "第9999句" in shown and "第9900句" not in shown
        assert len(seat.app.room.stream.back) == 5_000

    seated(script)


def test_the_product_on_air_is_a_number_and_enter() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("p", "1", "2", "enter")
        last = seat.session.actions[-1]
        assert (last.name, last.text, last.cluster) == ("on_air", "12", None)
        await seat.press("p", "x", "enter")
        assert len(seat.session.actions) == 1

    seated(script)


def test_trouble_with_the_picture_grows_the_strip_and_changes_the_lamp() -> None:
    async def script(seat: Seat) -> None:
        assert "● 正常" in seat.panel("header") and seat.app.room.health.size.height == 1
        seat.session.trouble = True
        seat.look()
        await seat.pilot.pause()
        assert "■ 故障" in seat.panel("header")
        assert seat.app.room.health.size.height == 3
        assert "源站" in seat.panel("health") and "→" in seat.panel("health")

    seated(script)


def test_spans_without_a_source_are_underlined_and_signed() -> None:
    async def script(seat: Seat) -> None:
        at = seat.row_of("黑色还有货吗") - 2
        await seat.press(str(at))
        pieces = [piece for row in seat.app.room.card.rows for piece in row]
        assert [text for text, style, _ in pieces if style.underline] == ["[?349]"]
        assert "没有出处" in seat.panel("card")

    seated(script)


def test_more_urgent_ones_out_of_sight_are_announced() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("G")
        assert "更急 ↑" in seat.panel("queue").splitlines()[0]

    seated(script, size=(80, 24))


def test_tab_switches_between_list_and_comments_on_a_small_screen() -> None:
    async def script(seat: Seat) -> None:
        assert not seat.app.room.stream.display
        await seat.press("tab")
        assert seat.app.room.stream.display and seat.app.room.stream.size.width == 80
        assert "momo酱" in seat.panel("stream")
        await seat.press("tab")
        assert not seat.app.room.stream.display

    seated(script, size=(80, 24))


def test_a_frozen_action_carries_the_id_that_was_shown() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("2")
        shown = seat.hand.order.cursor
        for _ in range(60):
            seat.session.ask(11)
        await seat.press("d")
        assert seat.session.actions[-1].cluster == shown

    seated(script)


HOSTILE = (
    "[@click=app.quit]x[/]", "[/x", "\x1b]0;owned\x07", "\x1b[2J\x1b[31m", "\u202eevil", "a\u0300" * 40, "\x9b31m", "\ud800", "$(reboot)",
    "👨‍👩‍👧‍👦" * 60, "\u200d" * 30, "ﷺ" * 80, "\t\n\r", "",
)  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (30, 8), (1, 1)])
def test_hostile_text_neither_crashes_the_screen_nor_reaches_it_as_a_control(size: tuple[int, int]) -> None:
    async def script(seat: Seat) -> None:
        from msgspec.structs import replace

        from console.domain.text import clean

        session = seat.session
        for text in HOSTILE:
            session.say_line(text, text)
        session.rows = [replace(row, text=clean(HOSTILE[at % len(HOSTILE)])) for at, row in enumerate(session.rows)]
        seat.look()
        await seat.press("j", "slash", "[", "enter", "escape", "question_mark", "escape")
        strips = seat.app.screen._compositor.render_strips()
        shown = "".join(strip.text for strip in strips)
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or 0x202A <= ord(char) <= 0x202E for char in shown)

    seated(script, size=size)


def test_the_screen_follows_the_terminal_to_any_size_and_back() -> None:
    async def script(seat: Seat) -> None:
        for size in ((1, 1), (160, 48), (20, 5), (99, 31), (100, 32), (120, 40)):
            await seat.pilot.resize_terminal(*size)
            seat.session.step()
            seat.look()
        assert "3号链接多少钱" in seat.panel("queue")

    seated(script)


def test_the_theme_key_repaints_everything_in_the_other_colours() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("t")
        allowed = set(seat.app.get_ink().theme.colours.values())
        assert seat.app.get_ink().theme.name != seat.session.theme
        for panel in seat.app.room.panels:
            for row in panel.rows:
                for _, style, _ in row:
                    assert style.bgcolor is None or style.bgcolor.get_truecolor().hex in allowed

    seated(script)


def test_a_read_aloud_card_outlives_no_move() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j", "r", "x", "enter")
        assert seat.hand.reading is not None and seat.hand.reading.text == SafeText("x")
        await seat.press("j")
        assert seat.hand.reading is None
        assert seat.session.actions == []

    seated(script)
