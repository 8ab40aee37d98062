"""What a feed is: an entry-point object that opens a source by its name (docs/architecture.md, Adding a platform)."""

from __future__ import annotations

from typing import BinaryIO, Protocol

from msgspec import Struct

from console.i18n import Speech
from console.wire.address import checked_url, public_address
from console.wire.websocket import Codec, WebSocketSource, explain
from console.wire.world import Put, World

__all__ = [
    "API", "Codec", "Feed", "FeedOptions", "Put", "Source", "WebSocketSource", "World", "checked_url", "explain", "public_address",
]  # fmt: skip

API = 1
"""Version of this seam. A feed with another `api` is named and left out, never half loaded."""


class FeedOptions(Struct, frozen=True, kw_only=True):
    """How a source is opened.

    `endpoint` replaces a platform's own address; `is_insecure_fine` allows plain ws:// beyond this machine; `is_fail_fast`
    makes an impossible first connection an error instead of a retry; `speed` of a recording: 1.0 as it was, 4.0 four times
    as fast, None as fast as possible; `is_retimed` moves a recording's times so that each event happens "now" (not where
    `speed` is None); `stream` stands in for standard input; `keeps_raw` keeps each comment's original text under `raw`.
    """

    world: World
    say: Speech = Speech("en")
    endpoint: str | None = None
    is_insecure_fine: bool = False
    is_fail_fast: bool = False
    speed: float | None = 1.0
    is_retimed: bool = True
    stream: BinaryIO | None = None
    keeps_raw: bool = False


class Source(Protocol):
    """One open room. `name` = the feed's name, `key` = what the user typed, in canonical form, without secrets."""

    name: str
    key: str

    async def run(self, put: Put) -> None:
        """Hand events over until the source ends (a file, a pipe) or the task is cancelled (a live room).

        Raises FeedError (can't be reached) or FeedAuthError (refused). Everything else is survived and told by events.
        """
        ...


class Feed(Protocol):
    """The object an entry point of `liveroom.feeds` names."""

    name: str
    api: int

    def matches(self, source: str) -> bool:
        """Whether `source`, as a user typed it, is one of ours. Looks at the text only."""
        ...

    def open(self, source: str, options: FeedOptions) -> Source:
        """Raises UsageError where `source` can't be meant that way. Connects to nothing yet."""
        ...
