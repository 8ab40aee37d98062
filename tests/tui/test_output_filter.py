import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.driver import Driver

from console.tui.driver import filtered, filtering

FRAME = "\x1b[5;97H\x1b[0;38;2;195;204;216;48;2;15;19;26m小鹿 多少钱\x1b[0m\r\n\x1b[1;2H"


@pytest.mark.parametrize(
    "written",
    [
        FRAME,
        "\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?25l\x1b[?1004h",
        "\x1b[?2026h\x1b[?2026l\x1b[?2026$p\x1b[?2048$p\x1b[?2004h\x1b[?7l",
        "\x1b[>25u\x1b[<u\x1b[6n\x1b[2J\x1b[K\x1b[3A",
        "\x1b]52;c;5L2g5aW9\x07",
        "\x1b]22;pointer\x1b\\",
        "plain text\n",
    ],
)
def test_what_textual_writes_passes_unchanged(written: str) -> None:
    assert filtered(written) == written


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b]0;title\x07",
        "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "\x1bPq#0\x1b\\", "\x1b_G\x1b\\", "\x1bc", "\x1b#8", "\x1b[5i",
        "\x1b[3;1;1t", "\x1b[!p", "\x1b[?1;2c", "\x1b[>c", "\x1b]52;c;?\x07", "\x9b31m", "\x90q\x9c", "\x07",
        "\x08\x08", "\x0e", "\x7f", "\x00",
        "\u202eevil\u202c", "\u2066x\u2069", "\u200f", "\x1b[" + "1;" * 200 + "m", "\x1b", "\x1b[", "\x1b]52;c;\x1b[2J\x07", "\x1b[0;1;2",
        "\x1b[1\x1b]0;x\x07m", "\U000e0041", "\x1b]1337;File=:AAAA\x07", "\x1b[4;5r",
    ],
)  # fmt: skip
def test_everything_else_is_taken_apart(hostile: str) -> None:
    left = filtered(f"a{hostile}b")
    assert "\ufffd" in left
    allowed = re.sub(r"\x1b\[(?:[0-9;:]{0,64}[mHABCDJKXGn]|\?[0-9;]+[hl])", "", left)
    assert "\x1b" not in allowed and not re.search(r"[\x00-\x09\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", allowed)


@given(st.text(max_size=80))
def test_no_control_survives_and_filtering_twice_changes_nothing(text: str) -> None:
    once = filtered(text)
    assert filtered(once) == once
    shapes = r"\x1b(?:\[(?:[0-9;:]*[mHABCDJKXGn]|\?[0-9;]+(?:[hl]|\$p)|[<>=][0-9;]*u|[0-9]+ q)|\](?:52;c;|22;).*?(?:\x07|\x1b\\))"
    rest = re.sub(shapes, "", once)
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", rest)


def test_a_frame_around_a_hostile_text_stays_whole() -> None:
    assert filtered(FRAME.replace("多少钱", "多\x1b[2;1i少")) == FRAME.replace("多少钱", "多\ufffd[2;1i少")


class Plain:
    """What a platform's driver keeps of its writing thread."""

    def __init__(self) -> None:
        self.exits: list[int] = []
        self._app = SimpleNamespace(exit=lambda return_code: self.exits.append(return_code))
        self._writer_thread = SimpleNamespace(is_alive=lambda: self.is_there, _queue=SimpleNamespace(qsize=lambda: 3))
        self.is_there = True
        self.out: list[str] = []
        self.closed = 0

    def write(self, data: str) -> None:
        self.out.append(data)

    def close(self) -> None:
        self.closed += 1


def a_driver() -> Plain:
    made: type[Driver] = filtering(Plain)  # type: ignore[type-var, arg-type]
    return made()  # type: ignore[call-arg, return-value, abstract]


def test_the_driver_writes_filtered_text_and_tells_its_backlog() -> None:
    driver = a_driver()
    driver.write("a\x1b]0;x\x07")
    driver.close()
    assert driver.out == ["a\ufffd]0;x\ufffd"]
    assert driver.backlog() == 3  # type: ignore[attr-defined]
    assert driver.closed == 1


def test_a_terminal_that_went_away_ends_the_console_and_is_never_waited_for() -> None:
    driver = a_driver()
    driver.is_there = False
    driver.write("a")
    driver.write("b")
    driver.close()
    assert (driver.out, driver.exits, driver.closed) == ([], [1], 0)
