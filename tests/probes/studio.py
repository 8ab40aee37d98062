"""A studio for tests of the HLS probe: a real origin on loopback, and a clock that is moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from servers.hls_origin import HlsOrigin

from console.domain.events import Event, Health, System
from console.health.verdict import HealthBoard
from console.probes.base import ProbeOptions
from console.probes.hls import PROBE, HlsProbe

NOON = 1_700_000_000_000
SHORT = ProbeOptions(timeout_ms=100)


class Studio:
    """A clock that moves when somebody sleeps, and a room's health board that hears every event."""

    def __init__(self) -> None:
        self.monotonic = 5_000
        self.wall_jump_ms = 0
        self.board = HealthBoard()
        self.events: list[Event] = []
        self.polls = 0
        self.until_ms = 0
        self.raised: list[tuple[int, str]] = []
        """(ms since the start, alert code) as they go up."""

    def now_ms(self) -> int:
        return NOON + self.monotonic + self.wall_jump_ms

    def true_ms(self) -> int:
        return NOON + self.monotonic

    def monotonic_ms(self) -> int:
        return self.monotonic

    def random(self) -> float:
        return 0.5

    async def sleep(self, seconds: float) -> None:
        end = self.monotonic + round(seconds * 1000)
        while self.monotonic < end:
            self.monotonic = min(end, self.monotonic // 1000 * 1000 + 1000)
            self._look()
        if self.monotonic >= self.until_ms:
            raise asyncio.CancelledError
        await asyncio.sleep(0)

    def put(self, events: Sequence[Event]) -> None:
        self.polls += 1
        self.events.extend(events)
        for event in events:
            self.board.apply(event, self.true_ms())
        self._look()

    def _look(self) -> None:
        self.board.advance(self.true_ms())
        known = {code for _, code in self.raised}
        self.raised += [(self.monotonic, alert.code) for alert in self.board.alerts() if alert.code not in known]

    def last(self, metric: str) -> int | None:
        values = [event.health.value for event in self.events if isinstance(event, Health) and event.health.metric == metric]
        return values[-1] if values else None

    def notices(self) -> list[str]:
        return [event.system.code for event in self.events if isinstance(event, System)]


async def watch(studio: Studio, probe: HlsProbe, seconds: int) -> None:
    """Let the probe run for so long, by the studio's clock."""
    studio.until_ms = studio.monotonic + seconds * 1000
    with pytest.raises(asyncio.CancelledError):
        await probe.run(studio.put)


def in_a_studio(story: Callable[[Studio, HlsOrigin], Awaitable[None]], **origin: int | bool) -> Studio:
    async def act() -> Studio:
        studio = Studio()
        async with HlsOrigin(studio.true_ms, **origin) as server:
            await story(studio, server)
        return studio

    return asyncio.run(act())


def plays(studio: Studio, origin: HlsOrigin, path: str = "live.m3u8", options: ProbeOptions = SHORT) -> HlsProbe:
    return PROBE.open(origin.url(path), studio, options)
