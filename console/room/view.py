"""What a screen may know: one immutable RoomView, pulled when something changed. Panels read it and decide nothing.

All times are epoch ms of the feed's clock, durations whole ms; None = unknown, never 0.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Draft, How, Intent, Need, Refusal, Slots, State, Teller, Why
from console.health.reading import Alert as Alert
from console.health.reading import HealthView as HealthView
from console.health.reading import Level as Level
from console.triage.evidence import Telltale

ClockState = Literal["ok", "due", "late"]
"""Under half of the target, up to it, past it (product.md: answer clock)."""

Mark = Literal["draft", "reuse", "no_fact", "person", "none"]
"""What one key will do for a row: a draft is ready, an answer already given can be reused, the catalogue is silent,
a person is needed (problem), nothing prepared."""


class Row(Struct, frozen=True, kw_only=True):
    """One cluster in the ranked list."""

    id: str
    rank: int
    text: SafeText
    need: Need
    intent: Intent
    slots: Slots
    state: State
    askers: int
    comments: int
    wait_from_ms: int
    """When its first asker asked: the answer clock is now − this."""
    clock: ClockState
    score: int
    why: tuple[Why, ...]
    mark: Mark
    answered_ms: int | None = None
    """When the answer was given: of a closed one its own, for `reuse` that of the one whose answer fits."""
    answer: SafeText | None = None
    """That answer's text."""
    how: How | None = None
    answered_by: Teller | None = None
    """For a closed one: how it was answered, and by whom where the chat did it by itself."""
    echoes: int = 0
    """Askers who asked right after the answer and are answered by it."""
    in_hand: bool = False


class Wording(Struct, frozen=True):
    text: SafeText
    count: int


class Card(Struct, frozen=True, kw_only=True):
    """The chosen cluster, whole; where it was merged into another since, that one. `names`: askers, oldest first, at most 20.
    `drafts`: best first."""

    row: Row
    wordings: tuple[Wording, ...]
    names: tuple[SafeText, ...]
    drafts: tuple[Draft, ...]
    refusal: Refusal | None
    holding: SafeText | None
    """A safe line to say while nobody knows the fact; only beside a refusal."""
    reuse_text: SafeText | None
    reuse_ms: int | None
    awaiting_draft: bool
    evidence: tuple[Telltale, ...] = ()
    """Which words of `row.text` made it what it was taken for; empty where no word did, or none is told."""
    can_undo: bool = False
    """Whether a person did something to it that can be taken back."""


class Line(Struct, frozen=True, kw_only=True):
    """One line of the comment stream. `n` counts them from 1 without a gap."""

    n: int
    at_ms: int
    kind: str
    name: SafeText
    text: SafeText
    roles: tuple[str, ...]
    need: Need
    cluster: str | None
    late: bool
    history: bool


class Tally(Struct, frozen=True, kw_only=True):
    """The header's numbers about answering. p50/p90 over the last 50 answered clusters."""

    open_clusters: int
    waiting_askers: int
    answer_p50_ms: int | None
    answer_p90_ms: int | None
    within_target_permille: int | None
    expected_wait_ms: int | None
    """Open clusters × the last answers' median gap: what a new question must expect."""
    backlog: Literal["growing", "steady", "shrinking"]
    answered: int
    dismissed: int
    expired: int


class LinkView(Struct, frozen=True):
    source: SafeText
    state: Literal["connecting", "live", "silent", "down", "resumed"]
    reason: SafeText | None
    since_ms: int


class Notice(Struct, frozen=True, kw_only=True):
    """The last thing that happened, for the foot line: a string code with parameters."""

    seq: int
    code: str
    params: tuple[tuple[str, str | int], ...] = ()


class RoomView(Struct, frozen=True, kw_only=True):
    seq: int
    now_ms: int
    title: SafeText
    rooms: tuple[str, ...]
    live_since_ms: int | None
    links: tuple[LinkView, ...]
    online: int | None
    comments_per_s_x10: int
    on_air: tuple[SafeText, SafeText] | None
    """Link number and name (may be empty) of the product on air."""
    tally: Tally
    rows: tuple[Row, ...]
    card: Card | None
    lines: tuple[Line, ...]
    """Stream lines after the `n` that was asked for, oldest first."""
    last_line: int
    health: HealthView
    notice: Notice | None
    dropped: int
    """Events dropped by full queues, counted since the start."""
    closed: tuple[Row, ...] = ()
    """Recently closed clusters, newest first, at most 20."""
