"""A world for tests of feeds and probes: time that moves when somebody waits, dice that are known, and a bag for events."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, ParamSpec, Protocol

from console.domain.events import Event

P = ParamSpec("P")


class Playable(Protocol):
    async def run(self, put: Callable[[Sequence[Event]], None]) -> None: ...


LONGEST_WAIT_S = 20
"""A test that waits in vain ends here. Nothing is ever measured against it."""


class Stage:
    """A World: `sleep` moves the clock at once and lets others run. `waits` holds what was slept, in seconds."""

    def __init__(self, now_ms: int = 1_700_000_000_000, dice: float = 0.5) -> None:
        self.clock_ms = now_ms
        self.dice = dice
        self.waits: list[float] = []
        self._zero_ms = now_ms

    def now_ms(self) -> int:
        return self.clock_ms

    def monotonic_ms(self) -> int:
        return self.clock_ms - self._zero_ms

    def random(self) -> float:
        return self.dice

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock_ms += round(seconds * 1000)
        await asyncio.sleep(0)


class Bag:
    """What a source hands over: every batch as it came, and a way to wait for something in it."""

    def __init__(self) -> None:
        self.batches: list[list[Event]] = []
        self._changed = asyncio.Event()

    def put(self, events: Sequence[Event]) -> None:
        self.batches.append(list(events))
        self._changed.set()

    @property
    def events(self) -> list[Event]:
        return [event for batch in self.batches for event in batch]

    def of(self, *kinds: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kinds)]

    async def until(self, is_there: Callable[[Bag], bool]) -> None:
        """Wait until `is_there(bag)`; fails with what did arrive."""
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                while not is_there(self):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"never came; the last of {len(self.events)} events: {self.events[-5:]}") from None


def scene(play: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """A test that is a coroutine. It ends by itself or fails."""

    @functools.wraps(play)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(asyncio.wait_for(play(*args, **kwargs), 3 * LONGEST_WAIT_S))

    return run


@contextlib.asynccontextmanager
async def playing(source: Playable) -> AsyncIterator[Bag]:
    """The source runs while the block runs; what it raised by itself is raised at the end."""
    bag = Bag()
    task = asyncio.create_task(source.run(bag.put))
    try:
        yield bag
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
