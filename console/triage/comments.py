"""What a cluster keeps of its comments: enough to take it apart again, and no more."""

from __future__ import annotations

from bisect import bisect_left, insort

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Need, Slots, Understanding

IS_LATE, IS_BUYER, IS_NEWCOMER, IS_FOUNDER = 1, 2, 4, 8
"""What is known of a comment. A founder gave a cluster its id; no other may take that id again."""


class Asked(Struct, frozen=True, kw_only=True):
    """One comment that needs an answer, as the queue takes it in."""

    seq: int
    at_ms: int
    asked_ms: int
    """When he asked: the platform's time, clamped (ruling 1)."""
    room: str
    asker: str
    name: SafeText
    text: SafeText
    is_buyer: bool
    is_newcomer: bool
    late: bool
    on_air: str | None
    understood: Understanding
    slots: Slots
    bucket: str
    akin: tuple[str, ...] = ()
    """Clusters that mean the same in other words, found by their ids."""

    @property
    def flags(self) -> int:
        return self.late * IS_LATE | self.is_buyer * IS_BUYER | self.is_newcomer * IS_NEWCOMER


class Asker(Struct, gc=False):
    """One viewer in a cluster, however often he asks. `since`: the seq of his first comment there; `asked_ms`: when he last asked."""

    id: str
    name: SafeText
    since: int
    comments: int = 0
    flags: int = 0
    asked_ms: int = 0


class Comment(Struct, frozen=True, gc=False, array_like=True):
    """Who asked when, of one wording. `on_air`: link of the product that was on air then."""

    seq: int
    asked_ms: int
    asker: str
    on_air: str | None
    flags: int


class Strand(Struct, gc=False, array_like=True):
    """All comments of a cluster in one wording, oldest first, and what that wording is understood as."""

    text: SafeText
    content: str
    slots: Slots
    need: Need
    language: str
    points: bool
    comments: list[Comment]


class Crowd(Struct, gc=False):
    """A cluster of several comments: its viewers and wordings, in no order that means anything; `asked`: when each last asked, in order."""

    askers: dict[str, Asker]
    strands: dict[str, Strand]
    asked: list[int] = []

    def hear(self, asker: Asker, asked_ms: int) -> None:
        """Who asks again is still there: he waits from his latest comment on. Called before that comment is counted."""
        if asker.comments:
            del self.asked[bisect_left(self.asked, asker.asked_ms)]
            asked_ms = max(asked_ms, asker.asked_ms)
        asker.asked_ms = asked_ms
        insort(self.asked, asked_ms)
