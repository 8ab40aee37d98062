"""Somebody in front of the screen: presses keys, looks at rows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from fake_session import FakeSession, a_busy_room
from real_room import RealRoom
from textual.pilot import Pilot

from console.tui.app import ConsoleApp

S = TypeVar("S", FakeSession, RealRoom)


class Seat(Generic[S]):
    """Somebody in front of the screen."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[None], session: S) -> None:
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


def seated(script: Callable[[Seat[FakeSession]], Awaitable[None]], size: tuple[int, int] = (120, 40)) -> None:
    """In front of a scripted room."""
    seated_at(a_busy_room(), script, size)


def seated_at(room: S, script: Callable[[Seat[S]], Awaitable[None]], size: tuple[int, int] = (120, 40)) -> None:
    async def play() -> None:
        app = ConsoleApp(room)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(Seat(app, pilot, room))
        assert app.failure is None

    asyncio.run(play())
