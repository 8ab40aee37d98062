"""What the screen says and how loud: notes, alerts, lateness, help, labels, sizes where room is short."""

from __future__ import annotations

import pytest
from fake_session import FakeSession, a_busy_room
from msgspec.structs import replace
from rich.cells import cell_len
from seat import Seat, seated, seated_at
from textual.widgets import Input

from console.room.view import Notice
from console.tui.hand import NOTE_MS
from console.tui.panels.card import LABELS
from console.tui.panels.queue import JUST_MS
from console.tui.screens.help import HelpPanel


def test_a_note_at_the_foot_fades_and_gives_way_to_keys() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("2", "d")
        seat.look(NOTE_MS - 1)
        assert "已忽略" in seat.panel("notice")
        seat.look(1)
        assert "已忽略" not in seat.panel("notice")

    seated(script)


def test_what_nobody_caused_stays_at_the_foot_until_the_next_key() -> None:
    async def script(seat: Seat) -> None:
        seat.session.notice = Notice(seq=99, code="room.gap", params=(("minutes", 12),))
        seat.look()
        seat.look(10 * NOTE_MS)
        assert "缺了 12 分钟" in seat.panel("notice")
        await seat.press("j")
        assert "缺了 12 分钟" not in seat.panel("notice")

    seated(script)


def test_only_the_worst_few_are_loud_in_a_room_where_all_is_late() -> None:
    async def script(seat: Seat) -> None:
        seat.look(60_000)
        seat.session.rank()
        seat.look()
        seat.session.rank()
        seat.look(JUST_MS)
        rows = seat.app.room.queue.rows[1:13]
        assert [row[0][0] for row in rows] == ["▌"] * 3 + ["▎"] * 6 + [" "] * 3
        loud = seat.app.get_ink()("clock-late", bold=True)
        assert [any(style is loud for _, style, _ in row) for row in rows] == [True] * 3 + [False] * 9

    seated(script)


def test_a_row_that_has_just_turned_late_is_loud_for_a_moment() -> None:
    async def script(seat: Seat) -> None:
        seat.session.rows = [replace(row, wait_from_ms=seat.session.at_ms) for row in seat.session.rows]
        seat.session.rank()
        seat.look()
        loud = seat.app.get_ink()("clock-late", bold=True)

        def how_many() -> int:
            seat.session.rank()
            seat.look()
            return sum(any(style is loud for _, style, _ in row) for row in seat.app.room.queue.rows)

        assert how_many() == 0
        seat.session.at_ms += 10_001
        assert how_many() == 12
        seat.session.at_ms += JUST_MS
        assert how_many() == 3

    seated(script)


def test_an_alert_says_how_long_once_and_names_what_it_is_about() -> None:
    async def script(seat: Seat) -> None:
        seat.session.trouble = True
        seat.look()
        await seat.pilot.pause()
        shown = seat.panel("health")
        assert "故障 · 画面" in shown and "故障 · 画面" in seat.panel("header")
        assert shown.count("0:09") == 1 and "9 秒" not in shown

    seated(script)


def test_a_window_of_ten_lines_shows_questions_and_the_card_only_to_read_out() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j")
        assert "3号链接多少钱" in seat.panel("queue") and not seat.app.room.card.display
        await seat.press("enter", "enter")
        assert seat.app.room.card.display and "念给大家听" in seat.panel("card")

    seated(script, size=(40, 10))


def test_at_a_hundred_columns_a_row_keeps_its_intent_and_its_mark_as_words() -> None:
    async def script(seat: Seat) -> None:
        shown = seat.panel("queue")
        assert "! 要人处理" in shown and "– 资料没有" in shown and "尺码" in shown

    seated(script, size=(100, 32))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_in_the_help_is_cut_on_a_small_screen(lang: str) -> None:
    async def script(seat: Seat) -> None:
        await seat.press("question_mark")
        rows = ["".join(text for text, _, _ in row) for row in seat.app.screen.query_one(HelpPanel).rows]
        assert not [row for row in rows if "…" in row]
        assert seat.app.say("tui.help.close") in "".join(rows)

    seated_at(a_busy_room(lang=lang), script, (80, 24))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("size", "is_whole"), [((80, 24), False), ((80, 40), True), ((120, 40), True)])
def test_the_name_of_the_log_is_never_cut_off(lang: str, size: tuple[int, int], is_whole: bool) -> None:
    session = a_busy_room(lang=lang)
    session.log_path = "/Users/somebody-with-a-long-name/Library/Application Support/liveroom/liveroom.log"

    async def script(seat: Seat) -> None:
        await seat.press("question_mark")
        rows = ["".join(text for text, _, _ in row).strip() for row in seat.app.screen.query_one(HelpPanel).rows]
        assert any(row.endswith("liveroom.log") for row in rows)
        assert seat.app.say("tui.help.close") in rows
        if is_whole:
            assert session.log_path.replace(" ", "") in "".join(rows).replace(" ", "")

    seated_at(session, script, size)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_label_of_the_card_stands_apart_from_its_text(lang: str) -> None:
    async def script(seat: Seat) -> None:
        labels = [f"tui.{one}" for one in LABELS]
        column = seat.app.room.card._label_cells()
        assert all(cell_len(str(seat.app.say(one))) < column - 1 for one in labels)

    seated_at(a_busy_room(lang=lang), script)


def test_the_palette_speaks_the_rooms_language() -> None:
    async def script(seat: Seat) -> None:
        await seat.press("ctrl+p")
        assert seat.app.screen.query_one(Input).placeholder == "搜命令……"

    seated(script)


def test_the_newest_comment_is_followed_by_a_rule_and_said_once_how_it_runs() -> None:
    async def script(seat: Seat) -> None:
        lines = seat.panel("stream").splitlines()
        newest = next(at for at, line in enumerate(lines) if line.startswith("│▸"))
        assert lines[newest + 1].startswith("│ ╍╍")
        assert sum("╍╍" in line for line in lines) == 1
        await seat.press("j")
        for _ in range(40):
            seat.session.step()
        seat.look()
        assert "从头覆盖" in seat.panel("notice")

    room = FakeSession()
    for _ in range(10):
        room.step()
    seated_at(room, script)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40), (160, 48)], ids=str)
def test_a_text_to_read_out_stands_in_its_box_whole_and_large(size: tuple[int, int]) -> None:
    async def script(seat: Seat) -> None:
        await seat.press("j", "enter", "enter")
        rows = ["".join(text for text, _, _ in row) for row in seat.app.room.card.rows]
        assert {cell_len(row) for row in rows} == {seat.app.room.card.size.width}
        shown = "".join(rows).replace(" ", "").replace("┃", "")
        assert seat.session.copied[0].replace(" ", "") in shown
        if size[1] >= 24:
            assert any("直 播 价" in row for row in rows)
            assert any(row.strip("┃ ").endswith(("元，", "～")) for row in rows)

    seated(script, size=size)
