"""A cluster: open questions that one and the same answer would settle."""

from __future__ import annotations

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Draft, How, Intent, Need, Refusal, Slots, State, Teller

MOST_WORDINGS = 200
"""Different wordings kept for showing; a further one is counted, not kept."""

LEAST_TO_STAND = 3

ANSWERED: tuple[State, ...] = ("answered", "sent", "confirmed")
CLOSED: tuple[State, ...] = (*ANSWERED, "dismissed", "expired")


class Asker(Struct):
    """One viewer in a cluster, however often he asks."""

    name: SafeText
    comments: int = 1


class Closing(Struct, frozen=True):
    """What undo gives back: how a cluster stood before it was closed."""

    state: State
    closed_ms: int | None
    how: How | None
    answer: SafeText | None
    snoozed_until_ms: int | None


class Cluster(Struct, kw_only=True):
    """Plain data; the Queue changes it, everyone else reads. Times in epoch ms."""

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
    contents: list[str]
    """What its wordings ask beyond intent and slots; the first is that of its first comment. The index is rebuilt from them."""
    bucket: str
    language: str
    points: bool
    first_ms: int
    last_ms: int
    askers: dict[str, Asker]
    comments: int = 0
    wordings: dict[SafeText, int] = {}
    buyers: int = 0
    """Askers whom the platform marks as buyer, member, vip or moderator."""
    newcomers: int = 0
    late: bool = False
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
    """A person took such an answer back: no value in a line closes it again."""
    echoes: dict[str, None] = {}
    """Askers who asked (again) right after the answer: they hear it late."""
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

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    def closing(self) -> Closing:
        return Closing(self.state, self.closed_ms, self.how, self.answer, self.snoozed_until_ms)

    def count_wording(self, text: SafeText) -> None:
        if text in self.wordings or len(self.wordings) < MOST_WORDINGS:
            times = self.wordings[text] = self.wordings.get(text, 0) + 1
            if times >= LEAST_TO_STAND and times >= 2 * self.wordings.get(self.shown, 0):
                self.shown = text
