"""Why a comment was taken for what it was, at a glance: its words marked in the question, and said with what they were read as."""

from __future__ import annotations

import pytest
from real_room import RealRoom
from seat import Seat, seated_at

from console.tui.themes import Ink


def looks(seat: Seat[RealRoom]) -> list[tuple[str, bool, bool]]:
    """The pieces of the question's line: text, underlined, in the accent colour."""
    ink: Ink = seat.app.room.card.ink
    accent = ink("accent").color
    return [(text, bool(style.underline), style.color == accent) for text, style, _ in seat.app.room.card.rows[1] if text.strip()]


def a_room(text: str, lang: str = "zh") -> RealRoom:
    room = RealRoom(lang=lang)
    room.play.on_air("3", "双面羊毛大衣").said(f"{text} from a").later(1)
    return room


def test_what_asks_is_underlined_and_what_gave_a_slot_is_coloured_too() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1")
        assert looks(seat) == [("我", False, False), ("160斤", True, True), ("能穿吗", True, False)]

    seated_at(a_room("我160斤能穿吗"), script)


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("zh", "160斤能穿吗", "读作 能穿吗 → 尺码 · 160斤 → 80 kg · 在讲 → 3号"),
        ("zh", "这个多少钱", "读作 多少钱 → 价格 · 这个 → 3号"),
        ("zh", "三号链接咋卖", "读作 咋卖 → 价格 · 三号链接 → 3号"),
        ("en", "这个多少钱", "read as 多少钱 → price · 这个 → #3"),
    ],
)
def test_a_line_says_what_they_were_read_as(lang: str, text: str, said: str) -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1")
        assert said in " ".join(seat.panel("card").split())

    seated_at(a_room(text, lang), script)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 48)])
def test_at_every_size_the_draft_has_its_room(size: tuple[int, int]) -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1")
        assert any(underlined for _, underlined, _ in looks(seat))
        assert "r" in seat.panel("card").splitlines()[-1] or "草稿" in seat.panel("card")

    seated_at(a_room("160斤能穿吗"), script, size)


def test_what_a_viewer_types_is_never_read_as_style() -> None:
    async def script(seat: Seat[RealRoom]) -> None:
        await seat.press("1")
        assert "[b]160斤[/b]能穿吗[@click=app.quit]x[/]" in seat.panel("card")

    seated_at(a_room("[b]160斤[/b]能穿吗[@click=app.quit]x[/]"), script)


def test_the_wording_that_stands_for_all_is_the_one_that_is_marked() -> None:
    room = a_room("160斤能穿吗")
    for n in range(4):
        room.play.said(f"一百六十斤能穿不 from v{n}")
    card = room.view(chosen="q2", after_line=0, most_rows=9).card
    assert card is not None and card.row.text == "一百六十斤能穿不"
    assert [card.row.text[one.start : one.end] for one in card.evidence] == ["一百六十斤", "能穿不"]
