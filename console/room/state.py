"""All truth in one plain struct that msgspec can write; everything else is rebuilt from it (ruling 20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from console.domain.events import CannedOf
from console.domain.text import SafeText
from console.domain.values import Intent
from console.drafts.wording import Templates
from console.health.verdict import HealthBoard
from console.triage.contrasts import NO_CONTRASTS, Contrasts
from console.triage.lexicon import Lexicon
from console.triage.limits import Limits
from console.triage.model import NO_MODEL, Model
from console.triage.questions import Closing, Cluster
from console.triage.queue import Merged, Parting, Ties
from console.triage.signals.base import Table
from console.triage.telling import Telling

PATIENCE_MS: dict[Intent, int] = {"link": 20_000, "price": 20_000, "stock": 20_000, "after_sale": 60_000, "order_problem": 60_000}


class Settings(Struct, frozen=True, kw_only=True):
    """What decides a ranking beside the events; stands in the header, so that a replay decides alike. Times in ms."""

    limits: Limits = Limits()
    answer_ms: int = 10_000
    """slo.answer_s: within 10 s, the room's target (product.md), not a law of nature."""
    answer_by_intent_ms: dict[Intent, int] = {}
    patience_ms: int = 25_000
    """After so long who asked has given up (ruling 17)."""
    patience_by_intent_ms: dict[Intent, int] = field(default_factory=lambda: dict(PATIENCE_MS))
    check_every_ms: int = 60_000
    """0 = no checks (`rank`)."""
    most_undo: int = 100
    most_seen: int = 50_000
    """Ids remembered a room against double delivery."""
    outside_drafts: bool = False
    """Whether drafters beyond the catalogue are asked (by command)."""
    on_air: str | None = None
    language: str = "zh"
    chat_answers: bool = False
    """Whether a host's or moderator's line closes what it answers. A recording whose header doesn't say so was made without."""
    alike_permille: int | None = None
    """How alike in meaning two questions must be to be put together; None = no encoder is asked, and none is believed."""

    words: dict[str, Any] = {}
    """The shop's own words and rules (`triage/own.py`); empty = none."""

    def due_ms(self, intent: Intent) -> int:
        return self.answer_by_intent_ms.get(intent, self.answer_ms)

    def patience_of(self, intent: Intent) -> int:
        return self.patience_by_intent_ms.get(intent, self.patience_ms)


class Reading(Struct, frozen=True, kw_only=True):
    """What it takes to understand a comment."""

    lexicon: Lexicon
    model: Model = NO_MODEL
    telling: Telling
    contrasts: Contrasts = NO_CONTRASTS


class Rules(Struct, frozen=True, kw_only=True):
    """The parsed tables, handed in by the runtime: the pure floors never open a file."""

    reading: Callable[[], Reading]
    """Asked for when the first comment comes; always the same. Making it takes longer than painting a first frame."""
    urgency: Mapping[str, Table]
    templates: Templates

    @property
    def lexicon(self) -> Lexicon:
        return self.reading().lexicon

    @property
    def model(self) -> Model:
        return self.reading().model

    @property
    def telling(self) -> Telling:
        return self.reading().telling

    @property
    def contrasts(self) -> Contrasts:
        return self.reading().contrasts


class OnAir(Struct, frozen=True):
    link: SafeText
    name: SafeText = SafeText("")


class Showing(Struct, frozen=True):
    """A product was put on air, or taken down, at a moment of the platform's time. `seq`: of the event that said so."""

    at_ms: int
    seq: int
    shown: OnAir
    is_hidden: bool = False


class Stage(Struct):
    """One room of the platform: what is on air, who is there, how it is doing."""

    key: str
    health: HealthBoard
    title: SafeText = SafeText("")
    online: int | None = None
    on_air: OnAir | None = None
    """What is on air by all that is known now."""
    showings: list[Showing] = []
    """By time, the newest last, at most 64; before the first of them `aired_before` was on air, as far back as `aired_since_ms`
    (None = from the start)."""
    aired_before: OnAir | None = None
    aired_since_ms: int | None = None
    live_since_ms: int | None = None
    seen: dict[str, None] = {}
    hidden: dict[str, None] = {}
    """Link numbers that were taken down: whether they can still be bought, nobody knows."""
    names: dict[str, SafeText] = {}
    """Link → name of every product that was shown, newest last: viewers call a product by its name."""
    names_version: int = 0
    prices: dict[str, int] = {}
    """Link → the price that the platform named last, in micros."""
    is_claimed: bool = False
    """Whether the platform itself has spoken for this room yet."""


class UndoClosing(Struct, frozen=True, tag="closing"):
    """One closing that can be taken back. `seq`: of the event that did it."""

    seq: int
    cluster: str
    before: Closing
    was_answer: bool


class UndoMerge(Struct, frozen=True, tag="merge"):
    """`is_proposed`: an encoder proposed it. Undo without a name means what a person did."""

    seq: int
    merged: Merged
    is_proposed: bool = False


class UndoSplit(Struct, frozen=True, tag="split"):
    seq: int
    parting: Parting


Undoable = UndoClosing | UndoMerge | UndoSplit


class Count(Struct):
    """What the header's numbers stand on. `waits_ms`, `gaps_ms`: the newest last, at most 50."""

    answered: int = 0
    in_time: int = 0
    dismissed: int = 0
    expired: int = 0
    waits_ms: list[int] = []
    gaps_ms: list[int] = []
    last_answer_ms: int | None = None
    open_by_10s: list[int] = []


class RoomState(Struct):
    """`started_ms` None = nothing has happened yet."""

    seq: int = 0
    now_ms: int = 0
    stages: dict[str, Stage] = {}
    aliases: dict[str, str] = {}
    """Under which key a source spoke before its room had a name → the room's key."""
    clusters: dict[str, Cluster] = {}
    ties: Ties = field(default_factory=Ties)
    undo: list[Undoable] = []
    comments: dict[str, tuple[str, int]] = {}
    """Comment id → (cluster, its seq), the newest 20,000: a deletion finds who no longer waits."""
    count: Count = field(default_factory=Count)
    canned: dict[str, CannedOf] = {}
    """Answers of earlier sessions by the key of their question (`room/canned.py`)."""
    catalogue: str | None = None
    is_catalogue_stale: bool = False
    """Its owner's word has run out (`[shop].stale_after`): drafts were made again, marked."""
    dropped: int = 0
    started_ms: int | None = None
