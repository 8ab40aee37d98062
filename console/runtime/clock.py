"""The only place that reads a clock."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime

from console.domain.errors import UsageError

GAP_MS = 5_000
"""The machine slept or stood still for longer than this: a gap, shown as one."""


def wall_ms() -> int:
    """Epoch ms by the machine's wall clock. May jump."""
    return time.time_ns() // 1_000_000


def _boot_ms() -> int:
    """Whole ms that go on while the machine sleeps, where the system has such a clock (Linux)."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return (time.clock_gettime_ns(clock) if clock is not None else time.monotonic_ns()) // 1_000_000


class Clock:
    """Epoch ms, monotone: the wall clock at the start plus what has passed since (ruling 1). A wall clock that is set
    meanwhile changes nothing. Also the World that feeds and probes are handed."""

    def __init__(self) -> None:
        self._wall_then = wall_ms()
        self._boot_then = _boot_ms()
        self._last = self._wall_then
        self._random = random.Random()

    def at_ms(self) -> int:
        """For stamps: never less than before."""
        self._last = max(self._last, self._wall_then + _boot_ms() - self._boot_then)
        return self._last

    def now_ms(self) -> int:
        """Receipt times are compared with the platform's: the same clock as the stamps."""
        return self.at_ms()

    def monotonic_ms(self) -> int:
        return _boot_ms()

    def random(self) -> float:
        return self._random.random()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class FeedClock:
    """The clock of a recording that is played: feed time goes on at `speed`, from where it was set. Speed 0 = standing."""

    def __init__(self, feed_ms: int = 0, speed_permille: int = 1000) -> None:
        self._feed_ms, self._since_ms, self.speed_permille = feed_ms, _boot_ms(), speed_permille

    def set(self, feed_ms: int, speed_permille: int | None = None) -> None:
        self._feed_ms, self._since_ms = feed_ms, _boot_ms()
        if speed_permille is not None:
            self.speed_permille = speed_permille

    def at_ms(self) -> int:
        return self._feed_ms + (_boot_ms() - self._since_ms) * self.speed_permille // 1000

    def seconds_until(self, feed_ms: int) -> float:
        """How long to wait until feed time `feed_ms`; 0 where it is past."""
        return max(0, feed_ms - self.at_ms()) / max(1, self.speed_permille)


def parse_now(text: str | None) -> int:
    """`--now ISO` → epoch ms; the wall clock where it is not given. A time without a zone is this machine's."""
    if text is None:
        return wall_ms()
    try:
        return int(datetime.fromisoformat(text).timestamp() * 1000)
    except (ValueError, OverflowError):
        raise UsageError(f"--now {text!r} is no time", hint="Write it as 2026-11-22T20:00:00+08:00") from None


def stamp_name(at_ms: int) -> str:
    """A name for a session's folder that sorts by time: 20261122-200000 (UTC)."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y%m%d-%H%M%S")


def cpu_ns() -> int:
    """Process time for the figures that commands print (`ms` of a draft)."""
    return time.perf_counter_ns()
