"""Outside drafters: asked by command, answered by event. However slow or broken one is, the room goes on."""

from __future__ import annotations

import asyncio
from typing import Protocol

from console.domain.commands import RequestDraft
from console.domain.errors import LiveroomError
from console.domain.events import DraftCame, DraftOf
from console.domain.text import SafeText, clean
from console.runtime.clock import Clock

PATIENCE_S = 20.0
"""A draft that takes longer than the viewers' patience (25 s, ruling 17) is of no use."""


class DrafterError(LiveroomError):
    """A drafter that refused or broke; `message` is what the record keeps."""


class Drafter(Protocol):
    name: str

    async def draft(self, request: RequestDraft) -> DraftOf:
        """A text for a cluster. Raises DrafterError. Cancelled when nobody needs the text any more."""
        ...


async def ask(drafter: Drafter, request: RequestDraft, clock: Clock) -> DraftCame:
    """What the drafter answered, as an event: ready or failed, never an exception."""
    begin_ms = clock.monotonic_ms()
    try:
        async with asyncio.timeout(PATIENCE_S):
            answer = await drafter.draft(request)
    except TimeoutError:
        return _failed(drafter, request, "timeout", clock.monotonic_ms() - begin_ms)
    except DrafterError as error:
        return _failed(drafter, request, error.message, clock.monotonic_ms() - begin_ms)
    return DraftCame(draft=answer)


def _failed(drafter: Drafter, request: RequestDraft, reason: str, took_ms: int) -> DraftCame:
    return DraftCame(
        draft=DraftOf(cluster=SafeText(request.cluster), state="failed", source=clean(drafter.name), reason=clean(reason), ttft_ms=took_ms)
    )
