"""What stands where, at the sizes and in the languages we promise. The texts stand in __snapshots__."""

from __future__ import annotations

import asyncio

import pytest
from fake_session import a_busy_room
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from console.tui.app import ConsoleApp

SIZES = ((80, 24), (120, 40), (160, 48))


def screen_of(size: tuple[int, int], keys: tuple[str, ...] = ("2",), **options: object) -> list[str]:
    """The rows of the whole screen after some keys."""

    async def play() -> list[str]:
        app = ConsoleApp(a_busy_room(**options))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            return [strip.text for strip in app.screen._compositor.render_strips()]

    return asyncio.run(play())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_room_at_every_promised_size(size: tuple[int, int], lang: str, snapshot: SnapshotAssertion) -> None:
    rows = screen_of(size, lang=lang)
    assert [cell_len(row) for row in rows] == [size[0]] * size[1]
    assert "\n".join(row.rstrip() for row in rows) == snapshot


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_the_room_in_trouble(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert "\n".join(row.rstrip() for row in screen_of(size, trouble=True)) == snapshot


@pytest.mark.parametrize("keys", [("j", "enter"), ("j", "enter", "enter"), ("question_mark",)], ids="-".join)
def test_composer_card_and_help(keys: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    assert "\n".join(row.rstrip() for row in screen_of((80, 24), keys)) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_theme_changes_colours_and_not_one_character(lang: str) -> None:
    dark, light = (screen_of((120, 40), theme=theme, lang=lang) for theme in ("midnight", "daylight"))
    assert dark == light
