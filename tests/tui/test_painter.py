"""Rows that are written straight to the terminal show what Textual's compositor would have shown, cell for cell."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

import pyte
import pytest
from fake_session import FakeSession, a_busy_room
from msgspec.structs import replace
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from console.domain.text import clean
from console.tui.app import ConsoleApp
from console.tui.driver import filtering

CONTROLS = re.compile(r"\x1b(?:\[[0-9;:?<>=$]*[A-Za-z]|\]52;c;[A-Za-z0-9+/=]*\x07|\]22;[a-z-]*\x07)")


class MemoryDriver(HeadlessDriver):
    """A terminal in memory: keeps every byte, and shows it with pyte."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        width, height = self._get_terminal_size()
        self.written: list[str] = []
        self.terminal = pyte.Screen(width, height)
        self._stream = pyte.Stream(self.terminal)

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written.append(data)
        self._stream.feed(data)

    def flush(self) -> None:
        pass


class MemoryApp(ConsoleApp):
    def get_driver_class(self) -> type[Driver]:
        return filtering(MemoryDriver)


Script = Callable[[MemoryApp, Pilot[None], MemoryDriver], Awaitable[None]]


def on_a_terminal(script: Script, session: FakeSession, size: tuple[int, int] = (120, 40)) -> None:
    async def play() -> None:
        app = MemoryApp(session)
        async with app.run_test(headless=False, size=size) as pilot:
            await pilot.pause()
            driver = app._driver
            assert isinstance(driver, MemoryDriver)
            await script(app, pilot, driver)
        assert app.failure is None

    asyncio.run(play())


async def until(pilot: Pilot[None], is_true: Callable[[], bool]) -> None:
    """Let Textual's loop turn until it is so, or for good if it never will be: the assertion that follows tells."""
    for _ in range(60):
        if is_true():
            return
        await pilot.pause()


def shown(driver: MemoryDriver) -> list[str]:
    return [line.rstrip() for line in driver.terminal.display]


def composed(app: MemoryApp) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 48)], ids=str)
def test_the_terminal_shows_what_the_compositor_holds_after_every_step(size: tuple[int, int]) -> None:
    session = a_busy_room()
    keys = (
        "j",
        "k",
        "3",
        "d",
        "u",
        "enter",
        "enter",
        "a",
        "enter",
        "r",
        "x",
        "escape",
        "h",
        "space",
        "space",
        "tab",
        "tab",
        "t",
        "slash",
        "起",
    )

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        for key in keys:
            for _ in range(5):
                session.step(300)
            app.paint(whole=True)
            await pilot.press(key)
            await pilot.pause()
            app.paint(whole=True)
            await until(pilot, lambda: shown(driver) == composed(app))
            assert shown(driver) == composed(app), key

    on_a_terminal(script, session, size)


def test_a_comment_is_written_as_one_short_frame_without_the_rest_of_the_screen() -> None:
    session = a_busy_room()

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        app.paint(whole=True)
        driver.written.clear()
        session.say_line("小鹿", "黑色还有吗")
        app.paint(whole=False)
        assert len(driver.written) == 1
        assert "黑色还有吗" in driver.written[0]
        assert len(driver.written[0].encode()) < 300

    on_a_terminal(script, session)


def test_a_letter_is_on_the_terminal_before_textuals_next_frame() -> None:
    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        await pilot.press("r")
        await pilot.pause()
        driver.written.clear()
        await pilot.press("ж")
        assert any("ж" in frame for frame in driver.written)
        await until(pilot, lambda: shown(driver) == composed(app))
        assert shown(driver) == composed(app)

    on_a_terminal(script, a_busy_room())


def test_nothing_is_written_over_the_help() -> None:
    session = a_busy_room()

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        for _ in range(80):
            session.step()
        app.paint(whole=True)
        await until(pilot, lambda: shown(driver) == composed(app))
        assert "怎么看" in "".join(shown(driver)) and shown(driver) == composed(app)
        await pilot.press("escape")
        await until(pilot, lambda: shown(driver) == composed(app) and "怎么看" not in "".join(shown(driver)))
        assert shown(driver) == composed(app)

    on_a_terminal(script, session)


def test_hostile_comments_put_no_control_on_the_terminal() -> None:
    session = a_busy_room()

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        for text in (
            "\x1b]0;owned\x07",
            "\x1b[2J",
            "\u202egnp",
            "\x9b31m",
            "[@click=app.quit]x",
            "a\u0300\u0301\u0302",
            "👨‍👩‍👧",
            "\x00\x07",
        ):
            session.say_line(text, text)
            app.paint(whole=False)
        rest = CONTROLS.sub("", "".join(driver.written))
        assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rest)

    on_a_terminal(script, session)


def test_an_idle_room_writes_nothing() -> None:
    session = FakeSession()

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        app.paint(whole=True)
        await until(pilot, lambda: shown(driver) == composed(app))
        driver.written.clear()
        for _ in range(5):
            app.wake()
            app.paint(whole=True)
            await pilot.pause()
        assert driver.written == []
        assert app.room.next_tick_ms() == 60_000

    on_a_terminal(script, session)


def test_a_slow_terminal_is_given_no_second_frame_while_one_waits() -> None:
    session = a_busy_room()

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        await until(pilot, lambda: shown(driver) == composed(app))
        waiting = [5]
        driver.backlog = lambda: waiting[0]  # type: ignore[attr-defined]
        driver.written.clear()
        for _ in range(20):
            session.step()
        for _ in range(5):
            await pilot.pause()
        assert driver.written == []
        waiting[0] = 0
        await until(pilot, lambda: bool(driver.written))
        assert len(driver.written) >= 1

    on_a_terminal(script, session)


DISPUTED = ("नमस्ते कितने का है", "🌶🕷⚔ 辣不辣", "🫨🩷 new", "नि" * 80, "🌶" * 90, "❤️" * 70)


@pytest.mark.parametrize("cells", [0, 1, 2])
def test_a_terminal_with_its_own_opinion_about_a_width_keeps_every_column_and_paints_every_cell(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vowel signs take 0 or 1 cells, chillies and new emoji 1 or 2, by the terminal."""

    def opinion(char: str) -> int:
        if unicodedata.category(char) == "Mc":
            return min(cells, 1)
        return max(1, cells) if char in "🌶🕷⚔🫨🩷❤" else ordinary(char)

    ordinary = pyte.screens.wcwidth
    monkeypatch.setattr(pyte.screens, "wcwidth", opinion)
    session = a_busy_room(theme="daylight")

    def assert_columns_stand(driver: MemoryDriver, app: MemoryApp) -> None:
        screen = driver.terminal
        for panel in app.room.panels:
            left, top, _, height = panel.region
            for y, row in enumerate(panel.rows[:height] if panel.display else []):
                x = left
                for text, _, wide in row:
                    first, last = screen.buffer[top + y][x], screen.buffer[top + y][x + wide - 1]
                    if text[0] != " ":
                        assert first.data[0] == text[0], (panel.id, y, text)
                    assert last.bg == first.bg != "default", (panel.id, y, text)
                    x += wide

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        session.rows = [replace(row, text=clean(DISPUTED[at % len(DISPUTED)])) for at, row in enumerate(session.rows)]
        for text in DISPUTED * 3:
            session.say_line(text, text)
            app.paint(whole=True)
        await pilot.pause()
        assert_columns_stand(driver, app)
        for key in ("j", "t", "question_mark", "escape", "r", "escape"):  # whole screens, written by the compositor
            await pilot.press(key)
            await pilot.pause()
            app.paint(whole=True)
            await pilot.pause()
        assert_columns_stand(driver, app)

    on_a_terminal(script, session)


@pytest.mark.parametrize("text", ["👨‍👩‍👧‍👦 一家", "❤️ 太美了", "1️⃣号", "🇨🇳 包邮吗", "👍🏽👍🏽", "Z͑ͫ̓"])
def test_sequences_that_terminals_disagree_about_are_never_written(text: str) -> None:
    session = a_busy_room()

    async def script(app: MemoryApp, pilot: Pilot[None], driver: MemoryDriver) -> None:
        session.say_line(text, text)
        app.paint(whole=True)
        assert not re.search("[\u200d\ufe0f\u20e3\u0300-\u036f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]", "".join(driver.written))

    on_a_terminal(script, session)
