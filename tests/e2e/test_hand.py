"""Rules of the hand, in the real program: three keys to an answer, every action on record, nothing lost by leaving."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from backstage import journal_of, recorded
from servers.json_ws import comment
from terminal import Terminal
from test_watch import verified
from watched import Watched

pytestmark = pytest.mark.pty

CATALOGUE = """
schema = 1
currency = "CNY"

[shop]
name = "测试女装"

[[product]]
link = 3
name = "双面羊毛大衣"
price = "399.00"
stock = 120
"""


@pytest.fixture
def room(watched: Callable[..., Watched], tmp_path: Path) -> Watched:
    path = tmp_path / "shop.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    room = watched("--catalogue", str(path))
    room.says("3号链接多少钱", "三号什么价", "3号多少米")
    room.terminal.until_shown("3号链接多少钱", "3 人在问", "✓ 草稿")
    return room


def left(room: Watched) -> Path:
    room.terminal.type("q")
    assert room.terminal.ended() == 0
    return journal_of(room.folder)


def test_three_keys_answer_a_question_and_the_record_holds_what_was_shown(room: Watched) -> None:
    terminal = room.terminal
    terminal.type("j")
    terminal.until(lambda screen: "▸1" in screen)
    terminal.press("\r", "399", "Enter 复制")
    terminal.press("\r", "a 念完了")
    assert "399" in terminal.text
    copied = [base64.b64decode(piece.split(b"\x07")[0]) for piece in bytes(terminal.raw).split(b"\x1b]52;c;")[1:]]
    assert len(copied) == 1 and "399" in copied[0].decode()  # over ssh the terminal itself is asked to copy
    terminal.type("a")
    terminal.until(lambda screen: "0 题" in screen)
    journal = left(room)
    actions = [event["action"] for event in recorded(journal, "action")]
    cluster = f"q{next(event['seq'] for event in recorded(journal, 'message'))}"
    assert [(one["name"], one["cluster"]) for one in actions] == [("accept", cluster), ("answer", cluster)]
    assert actions[1]["how"] == "aloud" and actions[1]["text"] == copied[0].decode()
    found = verified(journal)
    assert found["ok"] and found["checks"] >= 3


def test_what_was_answered_is_taken_back_with_u(room: Watched) -> None:
    terminal = room.terminal
    terminal.press("j", "▸1")
    terminal.type("a")
    terminal.until(lambda screen: "0 题" in screen)
    terminal.type("u")
    terminal.until(lambda screen: "1 题" in screen and "3 人" in screen)
    journal = left(room)
    assert [event["action"]["name"] for event in recorded(journal, "action")] == ["answer", "undo"]
    assert verified(journal)["ok"]


def test_dismiss_and_snooze_close_what_the_cursor_is_on(room: Watched) -> None:
    terminal = room.terminal
    room.says("什么时候发货")
    terminal.until_shown("什么时候发货")
    for key, still_open in (("d", "1 题"), ("s", "0 题")):
        terminal.type("gg" if key == "d" else "\r")
        terminal.until(lambda screen: "▸" in screen)
        terminal.type(key)
        terminal.until(lambda screen, still_open=still_open: still_open in screen)
    names = [event["action"]["name"] for event in recorded(left(room), "action")]
    assert names == ["dismiss", "snooze"]


def test_a_filter_shows_what_matches_and_escape_shows_all_again(room: Watched) -> None:
    terminal = room.terminal
    room.says("什么时候发货")
    terminal.until_shown("什么时候发货")
    terminal.press("/", "Esc 清除")
    terminal.type("发货")
    terminal.until(lambda screen: "3号链接多少钱" not in "".join(screen.splitlines()[3:6]) and "什么时候发货" in screen.splitlines()[3])
    terminal.type("\x1b")
    terminal.until(lambda screen: any("3号链接多少钱" in line for line in screen.splitlines()[3:6]))
    left(room)


def test_help_lists_the_keys_and_closes(room: Watched) -> None:
    terminal = room.terminal
    terminal.press("?", "怎么看", "liveroom.log")
    terminal.type("?")
    terminal.until(lambda screen: "liveroom.log" not in screen and "3号链接多少钱" in screen)
    left(room)


def test_the_theme_changes_and_the_room_goes_on(room: Watched) -> None:
    terminal = room.terminal
    before = len(terminal.raw)
    terminal.press("t", "主题：")
    assert len(terminal.raw) - before > 2_000  # everything was painted anew
    room.says("什么时候发货")
    terminal.until_shown("什么时候发货")
    left(room)


def test_a_text_begun_is_not_lost_by_one_q(room: Watched) -> None:
    terminal = room.terminal
    terminal.press("j", "▸1")
    terminal.press("r", "Esc 返回")
    terminal.type("my own words")
    terminal.until_shown("my own words")
    terminal.type("\x1b")
    terminal.until_shown("文字已留着")
    terminal.press("q", "1 条写了没发")
    assert terminal.process.poll() is None
    terminal.type("r")
    terminal.until_shown("my own words")
    terminal.type("\x1b")
    terminal.until(lambda screen: "my own words" not in screen)
    terminal.type("qq")
    assert terminal.ended() == 0


def test_letters_of_an_input_method_are_keys_too(room: Watched) -> None:
    terminal = room.terminal
    terminal.press("ｊ", "▸1")
    terminal.press("？", "怎么看")
    terminal.type("\x1b")
    terminal.until(lambda screen: "怎么看" not in screen)
    left(room)


def test_the_recorded_session_opens_again(room: Watched) -> None:
    journal = left(room)
    with Terminal("replay", str(journal), "--speed", "64", "--lang", "zh") as terminal:
        terminal.until_shown("3号链接多少钱", "录制到此结束")
        terminal.type("q")
        assert terminal.ended() == 0


def test_what_was_typed_is_a_draft_in_the_shops_next_session(room: Watched, watched: Callable[..., Watched], tmp_path: Path) -> None:
    terminal = room.terminal
    room.says("3号会起球吗", who="小鹿")

    def rows() -> list[int]:
        """Where it stands in the list, not in the stream beside it."""
        return [n for n, line in enumerate(terminal.text.splitlines()[3:12], 1) if "会起球" in line.split("│")[0]]

    terminal.until(lambda _: bool(rows()))
    at = rows()[0]
    terminal.type(str(at))
    terminal.until(lambda screen: f"▸{at}" in screen)
    terminal.press("r", "Esc 返回")
    terminal.type("正常穿不起球")
    terminal.press("\r", "a 念完了")
    terminal.type("a")
    terminal.until(lambda screen: "1 题" in screen)
    left(room)
    (book,) = (room.data / "shops").glob("*/answers.jsonl")
    assert "正常穿不起球" in book.read_text("utf-8") and "小鹿" not in book.read_text("utf-8")

    again = watched("--catalogue", str(tmp_path / "shop.toml"))
    again.says("三号会不会起球啊")
    again.terminal.until_shown("正常穿不起球", "小时前这样答过")
    again.terminal.type("q")
    assert again.terminal.ended() == 0
    for journal in again.folder.glob("*/session.jsonl"):
        assert verified(journal)["ok"]


def test_what_the_shop_answers_in_the_chat_closes_by_itself_and_u_reopens_it(room: Watched) -> None:
    terminal = room.terminal
    room.backstage.do(room.backstage.server.tell(comment(99, "3号 399元", user={"id": "h", "name": "场控小米", "roles": ["mod"]})))
    terminal.until_shown("场控答了", "0 题")
    terminal.type("u")
    terminal.until(lambda screen: "1 题" in screen and "3 人" in screen)
    assert verified(left(room))["ok"]
