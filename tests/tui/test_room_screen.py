"""The rest of the screen as the person in front of it meets it: finding, watching, resizing, hostile text."""

from __future__ import annotations

import pytest
from seat import Seat, seated

from console.domain.text import SafeText


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
        assert all("起球" in one for one in comments if one.strip("│▸╍ "))
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


def test_a_filter_that_matches_nothing_says_so_and_lets_go_of_what_was_dismissed() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("2", "d", "slash", "没", "这", "个")
        assert seat.hand.chosen is None
        assert "没有符合筛选的待答问题" in seat.panel("queue") and "没有符合筛选的评论" in seat.panel("stream")
        assert "还问了" not in seat.panel("card")
        await seat.press("escape")
        assert "3号链接多少钱" in seat.panel("queue") and "没有符合筛选" not in seat.panel("stream")

    seated(script)
