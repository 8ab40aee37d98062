"""Carries questions to an encoder in batches, in a thread of its own, and its answers back as events."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from console.domain.commands import ProposeMerge
from console.domain.events import System, SystemOf
from console.domain.text import SafeText, clean
from console.drafters.base import Encoder, EncoderError
from console.drafters.likeness import BATCH, Nearest
from console.wire.world import Put, World

GATHER_S = 0.05
"""How long a question waits for others, so that they are encoded together. Nobody sees 50 ms on a question that stands in the list."""
MOST_WAITING = 256
"""Questions; where more wait, the oldest is given up: it stands alone, as it would without an encoder."""
RESTS, LONGEST_REST_S = 3, 0.5
"""Times as long as it worked the encoder rests: at most a quarter of one core, whatever a flood brings."""


class Proposer:
    """`ask` never waits. `run` as a task of the session; ends by itself where the encoder breaks, and says so once."""

    def __init__(self, encoder: Encoder, world: World) -> None:
        self._nearest = Nearest(encoder)
        self._world = world
        self._waiting: deque[ProposeMerge] = deque(maxlen=MOST_WAITING)
        self._some = asyncio.Event()
        self._is_over = False

    def ask(self, command: ProposeMerge) -> None:
        if not self._is_over:
            self._waiting.append(command)
            self._some.set()

    async def run(self, put: Put) -> None:
        worker = ThreadPoolExecutor(1, "encoder")
        try:
            while True:
                await self._some.wait()
                if len(self._waiting) < BATCH:
                    await self._world.sleep(GATHER_S)
                await self._one_batch(worker, put)
        except EncoderError as error:
            self._is_over = True
            self._waiting.clear()
            put([System(system=SystemOf(level="warn", code=SafeText("encoder_failed"), text=clean(error.message)))])
        finally:
            worker.shutdown(wait=False, cancel_futures=True)

    async def _one_batch(self, worker: ThreadPoolExecutor, put: Put) -> None:
        batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        if not self._waiting:
            self._some.clear()
        begin_ms = self._world.monotonic_ms()
        proposals = await asyncio.get_running_loop().run_in_executor(worker, self._nearest.proposals, batch)
        put(proposals)
        await self._world.sleep(min(LONGEST_REST_S, RESTS * (self._world.monotonic_ms() - begin_ms) / 1000))
