"""What the Room wants done. It never does it: the runtime carries commands out, and what the world answers comes back as an event."""

from __future__ import annotations

from msgspec import Struct

from console.domain.events import CannedOf
from console.domain.text import SafeText
from console.domain.values import Fact, Intent, Slots


class RequestDraft(Struct, frozen=True, tag=True):
    """Ask the outside drafters for a text. Answered by a `draft` event (ready or failed), never by a return value."""

    cluster: str
    text: SafeText
    intent: Intent
    slots: Slots
    facts: tuple[Fact, ...] = ()


class CancelDraft(Struct, frozen=True, tag=True):
    """The cluster no longer needs a text: free the drafter's slot."""

    cluster: str


class TakeCheck(Struct, frozen=True, tag=True):
    """Write a `check` line: the ranking's digest as it stands after `upto_seq` (ruling 5)."""

    digest: str
    clusters: int
    upto_seq: int


class KeepAnswer(Struct, frozen=True, tag=True):
    """A person gave this answer: remember it for the shop's next sessions."""

    canned: CannedOf


class DropAnswer(Struct, frozen=True, tag=True):
    """He took it back: forget it again."""

    canned: CannedOf


class ProposeMerge(Struct, frozen=True, tag=True):
    """Ask which of `others` (cluster, text) means what `text` means. Answered by one `proposal` event, or, where the encoder
    is busy or gone, by none. Texts are canonical spellings, for an encoder's eyes only."""

    cluster: str
    text: str
    others: tuple[tuple[str, str], ...]


Command = RequestDraft | CancelDraft | TakeCheck | KeepAnswer | DropAnswer | ProposeMerge
