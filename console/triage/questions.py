"""A cluster: open questions that one and the same answer would settle.

It keeps its comments, not only their number: whatever is merged or split can be taken apart again, and what a cluster says of
itself (askers, clock, wordings) follows from the comments alone (`retelling.py`). Most clusters are one comment of one viewer;
those keep neither list nor dictionary.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Draft, How, Intent, Need, Refusal, Slots, State, Teller
from console.triage.comments import IS_BUYER, IS_FOUNDER, IS_LATE, IS_NEWCOMER, Asked, Asker, Comment, Crowd, Strand

LEAST_TO_STAND = 3

ANSWERED: tuple[State, ...] = ("answered", "sent", "confirmed")
CLOSED: tuple[State, ...] = (*ANSWERED, "dismissed", "expired")


class Closing(Struct, frozen=True):
    """What undo gives back: how a cluster stood before it was closed."""

    state: State
    closed_ms: int | None
    how: How | None
    answer: SafeText | None
    snoozed_until_ms: int | None


class Cluster(Struct, kw_only=True, gc=False):
    """Plain data without cycles; the Queue changes it, everyone else reads. Times in epoch ms."""

    id: str
    seq: int
    room: str
    text: SafeText
    """The first comment."""
    shown: SafeText
    """The wording that stands for all: the first, until another is said three times and twice as often."""
    need: Need
    intent: Intent
    aspect: str
    slots: Slots
    content: str
    """What the first comment asks beyond intent and slots."""
    bucket: str
    """The key under which further comments find it; one that was split off has its own, made of the old one and its id."""
    language: str
    points: bool
    first_ms: int
    last_ms: int
    asker: str
    """Who asked first."""
    name: SafeText
    flags: int = 0
    """Those of the first comment."""
    crowd: Crowd | None = None
    """None = one comment."""
    parts: tuple[Cluster, ...] = ()
    """Where a person merged: the clusters that would stand alone without him, oldest first. Comments go into them."""
    links: tuple[tuple[str, str], ...] = ()
    """Which of `parts` he merged with which."""
    former: tuple[str, ...] = ()
    """Ids of clusters that turned out to be this one."""
    comments: int = 1
    buyers: int = 0
    """Askers whom the platform marks as buyer, member, vip or moderator."""
    newcomers: int = 0
    on_air: str | None = None
    """Link of the product that was on air when it was asked."""
    host_asked: bool = False
    in_hand: bool = False
    state: State = "open"
    closed_ms: int | None = None
    how: How | None = None
    answer: SafeText | None = None
    answered_by: Teller | None = None
    """Who answered it in the chat by himself; None = the person at the console did, or nobody."""
    was_reopened: bool = False
    """A person took such an answer back: no value in a line closes it again. Of one with parts: whether it holds for one of them."""
    echoes: dict[str, None] | None = None
    """Askers who asked (again) right after the answer: they hear it late. None = nobody did."""
    is_void: bool = False
    """The answer given stands no longer: a fact under it changed."""
    snoozed_until_ms: int | None = None
    reuse_of: str | None = None
    drafts: tuple[Draft, ...] = ()
    refusal: Refusal | None = None
    holding: SafeText | None = None
    draft_asked: bool = False
    score: int = 0
    version: int = 0
    """Counts changes, so that a row that was drawn need not be made again."""

    # --- what it says of itself ------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    @property
    def late(self) -> bool:
        return bool(self.flags & IS_LATE)

    def closing(self) -> Closing:
        return Closing(self.state, self.closed_ms, self.how, self.answer, self.snoozed_until_ms)

    @property
    def atoms(self) -> tuple[Cluster, ...]:
        """The clusters that it would be without any merge by hand: mostly itself."""
        return self.parts or (self,)

    @property
    def asker_count(self) -> int:
        return 1 if self.crowd is None else len(self.crowd.askers)

    def askers_since(self, since_ms: int) -> int:
        """How many viewers asked (again) at that moment or later: what an answer is worth, those who wait no longer don't count."""
        if self.crowd is None:
            return int(self.last_ms >= since_ms)
        return len(self.crowd.asked) - bisect_left(self.crowd.asked, since_ms)

    def nth_newest_ms(self, n: int) -> int:
        """When the n-th asker asked, counted from the one who asked last (1 = he); n ≤ `asker_count`."""
        return self.last_ms if self.crowd is None else self.crowd.asked[-n]

    @property
    def askers(self) -> Mapping[str, Asker]:
        """Viewer → how often he asked, in no order."""
        return self.crowd.askers if self.crowd is not None else self._only_asker()

    @property
    def echo_count(self) -> int:
        return len(self.echoes) if self.echoes is not None else 0

    def names(self, most: int) -> tuple[SafeText, ...]:
        """Who asked, whoever came first before the others."""
        first = heapq.nsmallest(most, self.askers.values(), key=lambda asker: asker.since)
        return tuple(asker.name for asker in first)

    def has_asker(self, asker: str) -> bool:
        return asker == self.asker if self.crowd is None else asker in self.crowd.askers

    def strands(self) -> Iterator[Strand]:
        for atom in self.atoms:
            if atom.crowd is not None:
                yield from atom.crowd.strands.values()
            else:
                yield atom._only_strand()

    @property
    def wordings(self) -> dict[SafeText, int]:
        """Wording → how often it was said, in the order in which they came."""
        if self.crowd is None:
            return {self.text: 1}
        said: dict[SafeText, int] = {}
        for strand in sorted((one for one in self.strands() if one.comments), key=lambda one: one.comments[0].seq):
            said[strand.text] = said.get(strand.text, 0) + len(strand.comments)
        return said

    @property
    def contents(self) -> tuple[str, ...]:
        """What its wordings ask beyond intent and slots, each once."""
        if self.crowd is None:
            return (self.content,)
        return tuple(dict.fromkeys(strand.content for strand in self.strands()))

    def times(self, text: str) -> int:
        """How often a wording was said."""
        if self.parts:
            return sum(part.times(text) for part in self.parts)
        if self.crowd is None:
            return int(text == self.text)
        strand = self.crowd.strands.get(text)
        return len(strand.comments) if strand is not None else 0

    def holds(self, text: str, slots: Slots) -> bool:
        """Whether a wording stands in it with these slots."""
        if self.parts:
            return any(part.holds(text, slots) for part in self.parts)
        if self.crowd is None:
            return text == self.text and slots == self.slots
        strand = self.crowd.strands.get(text)
        return strand is not None and strand.slots == slots

    # --- answers by the chat ---------------------------------------------------------------------------------------

    def reopened(self) -> None:
        """A person takes back its answer; where the chat gave it, no line closes any part of it again by its value."""
        if self.answered_by is not None:
            for atom in self.atoms:
                atom.was_reopened = True
            self.was_reopened, self.answered_by = True, None

    # --- how it grows ----------------------------------------------------------------------------------------------

    def count(self, asked: Asked) -> bool:
        """Take in one more comment. Returns whether its wording is new here. Not for one with parts: they take it, this `notes` it."""
        crowd = self.unfolded()
        strand = crowd.strands.get(asked.text)
        is_new = strand is None
        if strand is None:
            u = asked.understood
            strand = crowd.strands[asked.text] = Strand(asked.text, u.content, asked.slots, u.need, u.language, u.points, [])
        asker = self.note(asked, len(strand.comments) + 1)
        strand.comments.append(Comment(asked.seq, asked.asked_ms, asker.id, asked.on_air, asked.flags))
        return is_new

    def note(self, asked: Asked, times: int) -> Asker:
        """Count one more comment whose wording now stands `times` times."""
        askers = self.unfolded().askers
        asker = askers.get(asked.asker)
        if asker is None:
            asker = askers[asked.asker] = Asker(asked.asker, asked.name, asked.seq)
        self.tally(asker, 1, asked.asked_ms, asked.asked_ms, asked.flags)
        if times >= LEAST_TO_STAND and asked.text != self.shown and times >= 2 * self.times(self.shown):
            self.shown = asked.text
        return asker

    def tally(self, asker: Asker, comments: int, first_ms: int, last_ms: int, flags: int) -> None:
        """Count comments of one viewer."""
        self.unfolded().hear(asker, last_ms)
        self.comments += comments
        asker.comments += comments
        new = flags & ~asker.flags
        if new:
            asker.flags |= new
            self.buyers += bool(new & IS_BUYER)
            self.newcomers += bool(new & IS_NEWCOMER)
        self.first_ms = min(self.first_ms, first_ms)
        self.last_ms = max(self.last_ms, last_ms)

    def unfolded(self) -> Crowd:
        """The lists that several comments need."""
        if self.crowd is None:
            self.crowd = Crowd(self._only_asker(), {self.text: self._only_strand()}, [self.first_ms])
        return self.crowd

    def _only_asker(self) -> dict[str, Asker]:
        return {self.asker: Asker(self.asker, self.name, self.seq, 1, self.flags, self.first_ms)}

    def _only_strand(self) -> Strand:
        only = Comment(self.seq, self.first_ms, self.asker, self.on_air, self.flags | IS_FOUNDER)
        return Strand(self.text, self.content, self.slots, self.need, self.language, self.points, [only])
