"""Merging, splitting and taking back in the real program: what is seen, what is on record, and that it decides alike again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from backstage import journal_of, recorded
from terminal import Terminal
from test_watch import verified
from watched import Watched

pytestmark = pytest.mark.pty

PRICE, WHEN = "3号链接多少钱", "什么时候发货"


@pytest.fixture(params=[(80, 24), (120, 40)], ids=str)
def room(request: pytest.FixtureRequest, watched: Callable[..., Watched]) -> Watched:
    columns, rows = request.param
    room = watched(columns=columns, rows=rows)
    room.says(PRICE, PRICE, "三号什么价", WHEN)
    room.terminal.until_shown(PRICE, WHEN)
    return room


def left(room: Watched) -> Path:
    room.terminal.type("q")
    assert room.terminal.ended() == 0
    return journal_of(room.folder)


def row_with(screen: str, text: str) -> str:
    """The row of the list, not that of the comments: it begins with a bar, a sign or a number."""
    return next((line[:60] for line in screen.splitlines() if text in line[:60] and "人" in line[:14]), "")


def test_m_twice_makes_two_questions_one_and_u_makes_them_two_again(room: Watched) -> None:
    terminal = room.terminal
    terminal.press("gg", "▸1")
    terminal.press("m", "待合并", "再按 m")
    terminal.press("j", "m 和这题合并")
    terminal.press("m", "已合并", "u 撤销")
    merged = terminal.until(lambda screen: "4人" in row_with(screen, PRICE))
    assert not row_with(merged, WHEN)
    room.says("啥时候发货")
    terminal.until(lambda screen: "5人" in row_with(screen, PRICE))
    terminal.type("u")
    apart = terminal.until(lambda screen: "2人" in row_with(screen, WHEN))
    assert "3人" in row_with(apart, PRICE)
    journal = left(room)
    actions = [event["action"] for event in recorded(journal, "action")]
    seqs = {event["text"]: event["seq"] for event in reversed(recorded(journal, "message"))}
    first, last = seqs[PRICE], seqs[WHEN]
    assert [one["name"] for one in actions] == ["merge", "undo"]
    assert {actions[0]["cluster"], actions[0]["from"]} == {f"q{first}", f"q{last}"}
    assert actions[1]["cluster"] == f"q{first}"
    found = verified(journal)
    assert found["ok"] and found["checks"] >= 3


def test_x_splits_a_wording_off_that_takes_its_later_comments_and_u_brings_them_back(room: Watched) -> None:
    terminal = room.terminal
    terminal.until(lambda screen: "3人" in row_with(screen, PRICE))
    terminal.press("gg", "▸1")
    terminal.press("x", "已拆出：三号什么价")
    terminal.until(lambda screen: "2人" in row_with(screen, PRICE) and "1人" in row_with(screen, "三号什么价"))
    room.says("三号什么价")
    terminal.until(lambda screen: "2人" in row_with(screen, "三号什么价"))
    terminal.type("u")
    terminal.until(lambda screen: "4人" in row_with(screen, PRICE) and not row_with(screen, "三号什么价"))
    journal = left(room)
    actions = [event["action"] for event in recorded(journal, "action")]
    assert [(one["name"], one.get("text")) for one in actions] == [("split", "三号什么价"), ("undo", None)]
    assert verified(journal)["ok"]


def test_of_three_wordings_one_is_picked(room: Watched) -> None:
    terminal = room.terminal
    room.says("3号咋卖")
    terminal.until(lambda screen: "4人" in row_with(screen, PRICE))
    terminal.press("gg", "▸1")
    terminal.press("x", "拆出一种问法", "Enter 拆出")
    terminal.press("3\r", "已拆出：3号咋卖")
    terminal.until(lambda screen: "1人" in row_with(screen, "3号咋卖"))
    terminal.press("?", "拆出一种问法", "合并")
    terminal.type("?")
    terminal.until(lambda screen: "怎么看" not in screen)
    assert verified(left(room))["ok"]


def test_a_session_with_a_merge_in_it_opens_again(room: Watched) -> None:
    terminal = room.terminal
    terminal.press("gg", "▸1")
    terminal.press("m", "待合并")
    terminal.press("j", "m 和这题合并")
    terminal.press("m", "已合并")
    journal = left(room)
    with Terminal("replay", str(journal), "--speed", "64", "--lang", "zh") as again:
        again.until_shown("录制到此结束")
        again.until(lambda screen: "4人" in row_with(screen, PRICE) and not row_with(screen, WHEN))
        again.type("q")
        assert again.ended() == 0
