"""What a probe is: an entry-point object that opens a stream's URL (docs/architecture.md, Adding a probe)."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from console.domain.text import SafeText
from console.i18n import Speech
from console.wire.world import Put, World

__all__ = ["API", "OpenProbe", "Probe", "ProbeOptions", "Put", "World"]

API = 1
"""Version of this seam. A probe with another `api` is named and left out, never half loaded."""
CALL_TIMEOUT_MS = 3_000
"""A hang is to be told within 3 s (docs/health.md); a playlist that takes longer is no use to a player either."""


class ProbeOptions(Struct, frozen=True, kw_only=True):
    """How a stream is looked at. `platform` and `room`: the room its events belong to, where there are several;
    `is_insecure_fine` allows plain http beyond this machine; `timeout_ms`: the longest that one call may take in all."""

    platform: SafeText | None = None
    room: SafeText | None = None
    is_insecure_fine: bool = False
    timeout_ms: int = CALL_TIMEOUT_MS
    say: Speech = Speech("en")


DEFAULTS = ProbeOptions()


class OpenProbe(Protocol):
    """One stream being looked at. `name` is the `source` of its health events."""

    name: str

    async def run(self, put: Put) -> None:
        """Measure until cancelled. Whatever the network does is an event; nothing is raised."""
        ...


class Probe(Protocol):
    """The object an entry point of `liveroom.probes` names."""

    name: str
    api: int

    def matches(self, url: str) -> bool:
        """Whether `url` is one of ours. Looks at the text only."""
        ...

    def open(self, url: str, world: World, options: ProbeOptions = DEFAULTS) -> OpenProbe:
        """Raises UsageError where the URL can't be used. Connects to nothing yet."""
        ...
