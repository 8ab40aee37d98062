"""What the screen itself remembers between two paints: the last view, the order under the hand, texts begun and not sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from console.domain.text import SafeText
from console.i18n import Speech
from console.room.view import Card, Notice, RoomView, Row
from console.tui.order import Order
from console.tui.words import spoken

Writing = Literal["answer", "filter", "on_air"]

NOTE_MS = 8_000
"""So long (feed time) a note stands at the foot, unless the next key comes first."""
MOST_TOLD = 100
LASTING = ("system.", "room.", "replay.")
"""Notices of these areas stay until the next key: nobody did anything, so nobody is looking."""


@dataclass(frozen=True)
class ReadAloud:
    """A text on its way out where the feed cannot send: copied, waiting for "said it" (ruling 11)."""

    cluster: str | None
    text: SafeText
    copied_with: str | None
    """The tool on this computer; None = the terminal was asked, which gives no receipt."""


@dataclass(frozen=True)
class Picking:
    """Choosing the wording that is to be split off. The order of `wordings` stands still, however many say them meanwhile."""

    cluster: str
    wordings: tuple[SafeText, ...]
    at: int = 0

    def moved(self, to: int) -> Picking:
        return replace(self, at=max(0, min(to, len(self.wordings) - 1)))


@dataclass
class Hand:
    say: Speech
    clock: Callable[[], int]
    view: RoomView | None = None
    now_ms: int = 0
    order: Order = field(default_factory=Order)
    known: dict[str, Row] = field(default_factory=dict)
    """The last row seen of every id in `order.ids`: a closed item stays in sight until the cursor leaves it."""
    open_ids: frozenset[str] = frozenset()
    ranked: tuple[str, ...] = ()
    card: Card | None = None
    filter: str = ""
    is_paused: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    """Begun answers by cluster; "" = the text that belongs to no question."""
    reading: ReadAloud | None = None
    marked: Row | None = None
    """The item that is to be merged with another."""
    picking: Picking | None = None
    writing: Writing | None = None
    writing_for: str | None = None
    is_health_open: bool = False
    note: SafeText | None = None
    note_until_ms: int | None = None
    """When the note has been read; None = it stays until the next key."""
    noticed: Notice | None = None
    """The last notice that was said: two acts at one moment are two, though they have one `seq` in a recording that is played."""
    acted: list[str] = field(default_factory=list)
    """Clusters closed, merged or split from here, latest last, each as often as that was done: what `u` takes back."""
    acted_ms: int = 0
    told: dict[str, int] = field(default_factory=dict)
    """Clusters that the chat closed by itself, latest last, and when it was seen: `u` takes these back too."""

    def take(self, view: RoomView) -> None:
        """A new view: keep the order under the hand, the rows it needs, and the chosen card."""
        self.view = view
        self.now_ms = max(view.now_ms, self.clock())
        self._follow(view.card)
        wanted = self.filter.casefold()
        shown = [row for row in view.rows if not wanted or wanted in row.text.casefold()]
        self.ranked = tuple(row.id for row in shown)
        self.open_ids = frozenset(self.ranked)
        self.order.take(self.ranked, self.now_ms)
        for one in reversed(view.closed):
            if one.answered_by is not None:
                self.told.setdefault(one.id, self.now_ms)
        if len(self.told) > MOST_TOLD:
            del self.told[next(iter(self.told))]
        fresh = {row.id: row for row in (*view.closed, *((view.card.row,) if view.card is not None else ()), *view.rows)}
        self.known = {each: fresh.get(each) or self.known[each] for each in self.order.ids if each in fresh or each in self.known}
        if view.card is not None and view.card.row.id == self.wanted_card:
            self.card = view.card
        elif self.card is not None and self.card.row.id != self.wanted_card:
            self.card = None
        row = self.card.row if self.card is not None else None
        if self.picking is not None and (row is None or row.id != self.picking.cluster or row.state != "open"):
            self.picking = None
        if self.marked is not None and self.marked.id in {row.id for row in view.closed}:
            self.marked = None
        if view.notice is not None and view.notice is not self.noticed:
            self.noticed = view.notice
            text = spoken(self.say, view.notice.code, view.notice.params, view.notice.code)
            self.tell(text, lasting=view.notice.code.startswith(LASTING))
        elif self.note is not None and self.note_until_ms is not None and self.now_ms >= self.note_until_ms:
            self.note = None

    def _follow(self, card: Card | None) -> None:
        """The item under the cursor was merged into another: the cursor, and what was begun there, go with it."""
        gone = self.order.cursor
        if gone is None or card is None or card.row.id == gone:
            return
        into = card.row.id
        self.order.follow(into)
        self.move_text(gone, into)

    def move_text(self, gone: str, into: str) -> None:
        """A text begun for one question is for another now; one that stands there already stays."""
        if self.texts.get(gone, "").strip() and not self.texts.get(into, "").strip():
            self.texts[into] = self.texts[gone]
        self.texts.pop(gone, None)
        self.writing_for = into if self.writing_for == gone else self.writing_for
        if self.reading is not None and self.reading.cluster == gone:
            self.reading = replace(self.reading, cluster=into)

    def done(self, cluster: str) -> None:
        """Closed, merged or split by a key here: what the chat did to it before is taken back already."""
        self.told.pop(cluster, None)
        self.acted.append(cluster)
        self.acted_ms = self.now_ms

    @property
    def last_done(self) -> str | None:
        """What `u` means where nothing is chosen that it could take back: the last that was done, but one's own first as long as its
        note would stand."""
        told = next(reversed(self.told), None)
        own = self.acted[-1] if self.acted else None
        if told is None or own is None:
            return told or own
        return told if self.told[told] >= self.acted_ms and self.now_ms - self.acted_ms >= NOTE_MS else own

    def undone(self, cluster: str) -> None:
        """The last thing that was done to it was taken back; what was done to it before stands."""
        if self.told.pop(cluster, None) is None and cluster in self.acted:
            del self.acted[len(self.acted) - 1 - self.acted[::-1].index(cluster)]

    def tell(self, text: SafeText, *, lasting: bool = False) -> None:
        """Say something at the foot."""
        self.note = text
        self.note_until_ms = None if lasting else self.now_ms + NOTE_MS

    @property
    def wanted_card(self) -> str | None:
        """The cluster whose card is shown: the chosen one, else the most urgent."""
        if self.order.cursor is not None:
            return self.order.cursor
        return self.ranked[0] if self.ranked else None

    @property
    def chosen(self) -> Row | None:
        return self.known.get(self.order.cursor) if self.order.cursor is not None else None

    def is_open(self, cluster: str | None) -> bool:
        return cluster in self.open_ids

    @property
    def is_blank(self) -> bool:
        """Nothing is written yet in the answer being written."""
        return not self.texts.get(self.writing_for or "", "").strip()

    @property
    def unsent(self) -> int:
        """Answers begun and not sent."""
        return sum(1 for text in self.texts.values() if text.strip())
