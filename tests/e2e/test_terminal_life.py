"""Rules of the terminal: one command shows everything, any size is survived, and leaving gives the terminal back."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from backstage import journal_of, recorded
from terminal import Terminal
from watched import Watched

pytestmark = pytest.mark.pty

GIVEN_BACK = (
    b"\x1b[?1049l",
    b"\x1b[?25h",
    b"\x1b[?2004l",
    b"\x1b[?1000l",
    b"\x1b[?1003l",
    b"\x1b[?1006l",
    b"\x1b[?1004l",
    b"\x1b[<u",
    b"\x1b[?7h",
)


def is_given_back(terminal: Terminal) -> bool:
    """Alternate screen left, cursor shown, mouse, paste, focus and keyboard as they were; nothing taken after that."""
    raw = bytes(terminal.raw)
    return all(undo in raw for undo in GIVEN_BACK) and raw.rindex(b"\x1b[?1049l") > raw.rindex(b"\x1b[?1049h")


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_the_demo_shows_questions_with_askers_and_a_draft_and_q_ends_it(columns: int, rows: int) -> None:
    with Terminal("demo", columns=columns, rows=rows) as terminal:
        screen = terminal.until_shown("待答", "✓ 草稿" if columns > 100 else "✓")
        assert "人" in screen and "▌ 1" in screen
        terminal.type("j")
        terminal.until(lambda screen: "▸1" in screen)
        terminal.type("q")
        assert terminal.ended() == 0
        assert is_given_back(terminal)


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_as_q_does(watched: Callable[..., Watched], how: int, code: int) -> None:
    room = watched()
    room.says("3号链接多少钱")
    room.terminal.until_shown("3号链接多少钱")
    room.terminal.signal(how)
    assert room.terminal.ended() == code
    assert is_given_back(room.terminal)
    assert recorded(journal_of(room.folder), "check")


def test_a_terminal_that_vanishes_leaves_a_whole_record(watched: Callable[..., Watched]) -> None:
    room = watched()
    room.says("3号链接多少钱")
    room.terminal.until_shown("3号链接多少钱")
    room.terminal.close()
    room.terminal.process.wait(20)
    journal = journal_of(room.folder)
    assert [event["text"] for event in recorded(journal, "message")] == ["3号链接多少钱"]
    assert recorded(journal, "check")


def test_any_size_is_survived(watched: Callable[..., Watched]) -> None:
    room = watched()
    room.says("3号链接多少钱", "来啦")
    terminal = room.terminal
    terminal.until_shown("3号链接多少钱")
    for columns, rows in ((1, 1), (2, 2), (200, 1), (1, 60), (39, 9), (250, 80), (1, 1)):
        terminal.resize(columns, rows)
        terminal.type("jk")
    room.says("这件起球吗")
    terminal.resize(120, 40)
    terminal.until_shown("3号链接多少钱", "这件起球吗")
    terminal.type("q")
    assert terminal.ended() == 0


def test_ctrl_c_is_a_key_and_leaves_cleanly() -> None:
    with Terminal("demo") as terminal:
        terminal.until_shown("待答")
        terminal.type("\x03")
        assert terminal.ended() == 130
        assert is_given_back(terminal)


def test_an_unknown_theme_is_refused_before_the_screen_is_taken() -> None:
    with Terminal("demo", "--theme", "midnigth", "--lang", "en") as terminal:
        assert terminal.ended() == 2
        assert "Did you mean midnight?" in terminal.text
        assert b"\x1b[?1049h" not in terminal.raw
