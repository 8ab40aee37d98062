"""Canonical events, version 1, as typed values (docs/events.md). Absent = unknown, never 0; ids are strings.

Everything that reaches the Room is one of these, stamped into an `Envelope`. Texts in them are `SafeText`: the codec that
made the event cleaned them.

One file because it is the contract: every kind of event, in the order of docs/events.md.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from msgspec import Struct, field

from console.domain.text import SafeText
from console.domain.values import NO_SLOTS, Fact, Intent, Money, Slots

SCHEMA = 1


class User(Struct, frozen=True, omit_defaults=True):
    """Who did it. `roles` come from the platform's id or badge, never from a name:
    host, mod, vip, member, verified, buyer, bot, anon, first_time."""

    id: SafeText | None = None
    name: SafeText | None = None
    roles: tuple[SafeText, ...] = ()
    level: int | None = None


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What all kinds share. `ts_ms`: the platform's own time (epoch ms); `recv_ms`: our wall clock at receipt;
    `history`: replayed by the platform at join, shown but never waiting; `late`: backfill after a gap."""

    platform: SafeText | None = None
    room: SafeText | None = None
    id: SafeText | None = None
    ts_ms: int | None = None
    ts_src: Literal["platform", "relay"] | None = None
    recv_ms: int | None = None
    history: bool = False
    late: bool = False
    user: User | None = None
    raw: dict[str, Any] | None = None

    kind: ClassVar[str]

    @property
    def room_key(self) -> str:
        """The room this belongs to, across platforms."""
        return f"{self.platform or ''}:{self.room or ''}"

    @property
    def asker(self) -> str | None:
        """The viewer: his id, else his name; None where nobody did it (ruling 16)."""
        if self.user is None:
            return None
        if self.user.id:
            return self.user.id
        return f"name:{self.user.name}" if self.user.name else None


class Message(Event, frozen=True, kw_only=True, omit_defaults=True, tag="message"):
    text: SafeText
    parts: tuple[dict[str, Any], ...] | None = None
    reply_to: SafeText | None = None


class Paid(Event, frozen=True, kw_only=True, omit_defaults=True, tag="paid"):
    """A paid comment (super chat, bits)."""

    text: SafeText = SafeText("")
    money: Money | None = None


class GiftOf(Struct, frozen=True, omit_defaults=True):
    id: SafeText | None = None
    name: SafeText | None = None
    delta: int | None = None
    total: int | None = None
    combo_id: SafeText | None = None
    final: bool | None = None


class Gift(Event, frozen=True, kw_only=True, omit_defaults=True, tag="gift"):
    gift: GiftOf | None = None
    money: Money | None = None


class MemberOf(Struct, frozen=True, omit_defaults=True):
    tier: SafeText | None = None
    months: int | None = None
    count: int | None = None
    gift_from: SafeText | None = None


class Member(Event, frozen=True, kw_only=True, omit_defaults=True, tag="member"):
    member: MemberOf | None = None
    money: Money | None = None


class Join(Event, frozen=True, kw_only=True, omit_defaults=True, tag="join"):
    pass


class Leave(Event, frozen=True, kw_only=True, omit_defaults=True, tag="leave"):
    pass


class Follow(Event, frozen=True, kw_only=True, omit_defaults=True, tag="follow"):
    pass


class Share(Event, frozen=True, kw_only=True, omit_defaults=True, tag="share"):
    pass


class LikeOf(Struct, frozen=True, omit_defaults=True):
    delta: int | None = None
    total: int | None = None


class Like(Event, frozen=True, kw_only=True, omit_defaults=True, tag="like"):
    like: LikeOf | None = None


class ViewersOf(Struct, frozen=True, omit_defaults=True):
    online: int | None = None
    total: int | None = None
    exact: bool | None = None


class Viewers(Event, frozen=True, kw_only=True, omit_defaults=True, tag="viewers"):
    viewers: ViewersOf | None = None


class Raid(Event, frozen=True, kw_only=True, omit_defaults=True, tag="raid"):
    viewers: ViewersOf | None = None


class OrderOf(Struct, frozen=True, omit_defaults=True):
    id: SafeText | None = None
    state: Literal["intent", "cart", "placed", "paid", "refunded"] | None = None
    count: int | None = None
    product_id: SafeText | None = None
    product: SafeText | None = None
    money: Money | None = None


class Order(Event, frozen=True, kw_only=True, omit_defaults=True, tag="order"):
    order: OrderOf | None = None


class ProductOf(Struct, frozen=True, omit_defaults=True):
    id: SafeText | None = None
    link_no: SafeText | None = None
    name: SafeText | None = None
    money: Money | None = None
    action: Literal["show", "hide", "explain", "coupon"] | None = None


class Product(Event, frozen=True, kw_only=True, omit_defaults=True, tag="product"):
    product: ProductOf | None = None


class DeleteOf(Struct, frozen=True, omit_defaults=True):
    scope: Literal["message", "user", "all"]
    target_id: SafeText | None = None
    user_id: SafeText | None = None
    duration_s: int | None = None
    reason: SafeText | None = None


class Delete(Event, frozen=True, kw_only=True, omit_defaults=True, tag="delete"):
    delete: DeleteOf | None = None


class RoomOf(Struct, frozen=True, omit_defaults=True):
    state: Literal["live", "ended", "paused", "reconnect", "warning", "cut_off"] | None = None
    slow_s: int | None = None
    members_only: bool | None = None
    mode: SafeText | None = None
    title: SafeText | None = None


class RoomChange(Event, frozen=True, kw_only=True, omit_defaults=True, tag="room"):
    """The room itself changed. On the wire the object takes the key `room`, so the room's id goes to `room_id`."""

    room: SafeText | None = field(default=None, name="room_id")
    change: RoomOf | None = field(default=None, name="room")


class HealthOf(Struct, frozen=True, omit_defaults=True):
    source: SafeText
    metric: SafeText
    value: int
    unit: SafeText | None = None


class Health(Event, frozen=True, kw_only=True, omit_defaults=True, tag="health"):
    """One probe sample: whole numbers (ms, permille, counts)."""

    health: HealthOf


class StallOf(Struct, frozen=True, omit_defaults=True):
    source: SafeText
    start_ms: int
    end_ms: int | None = None
    definition: SafeText | None = None


class Stall(Event, frozen=True, kw_only=True, omit_defaults=True, tag="stall"):
    stall: StallOf


class LinkOf(Struct, frozen=True, omit_defaults=True):
    source: SafeText
    state: Literal["connecting", "live", "silent", "down", "resumed"]
    reason: SafeText | None = None


class Link(Event, frozen=True, kw_only=True, omit_defaults=True, tag="link"):
    """The state of our connection to a source."""

    link: LinkOf


class Tick(Event, frozen=True, kw_only=True, omit_defaults=True, tag="tick"):
    """Time passed. Nothing else."""


class CatalogueOf(Struct, frozen=True, omit_defaults=True):
    sha256: SafeText
    path: SafeText | None = None


class CatalogueLoaded(Event, frozen=True, kw_only=True, omit_defaults=True, tag="catalogue"):
    catalogue: CatalogueOf


class MergeOf(Struct, frozen=True, omit_defaults=True, rename={"from_id": "from"}):
    from_id: SafeText
    into: SafeText


class Merge(Event, frozen=True, kw_only=True, omit_defaults=True, tag="merge"):
    merge: MergeOf


class SplitOf(Struct, frozen=True, omit_defaults=True, rename={"from_id": "from"}):
    from_id: SafeText
    into: SafeText
    ids: tuple[SafeText, ...] = ()


class Split(Event, frozen=True, kw_only=True, omit_defaults=True, tag="split"):
    split: SplitOf


class NearOf(Struct, frozen=True):
    """A cluster, and how alike in meaning: the cosine of two sentence vectors in whole permille, 0 to 1000."""

    cluster: SafeText
    permille: int


class ProposalOf(Struct, frozen=True, omit_defaults=True):
    cluster: SafeText
    source: SafeText
    near: tuple[NearOf, ...] = ()


class Proposal(Event, frozen=True, kw_only=True, omit_defaults=True, tag="proposal"):
    """What an encoder said of a new cluster: the clusters nearest in meaning, nearest first. The Room decides what comes of it."""

    proposal: ProposalOf


class CheckOf(Struct, frozen=True, omit_defaults=True):
    digest: str
    clusters: int
    upto_seq: int


class Check(Event, frozen=True, kw_only=True, omit_defaults=True, tag="check"):
    """What the ranking was after `upto_seq`; a replay that disagrees is not a replay."""

    check: CheckOf


class SystemOf(Struct, frozen=True, omit_defaults=True):
    level: Literal["info", "warn", "error"]
    code: SafeText
    text: SafeText | None = None
    from_ms: int | None = None
    to_ms: int | None = None
    count: int | None = None


class System(Event, frozen=True, kw_only=True, omit_defaults=True, tag="system"):
    """Our own notices, gaps included. `code` names the string; parameters stand beside it."""

    system: SystemOf


ActionName = Literal[
    "answer", "reuse", "accept", "edit", "reject", "dismiss", "snooze", "claim", "merge", "split",
    "pin", "on_air", "fact", "marker", "undo", "ack",
]  # fmt: skip


class ActionOf(Struct, frozen=True, omit_defaults=True, rename={"from_id": "from"}):
    name: ActionName
    cluster: SafeText | None = None
    text: SafeText | None = None
    how: Literal["aloud", "copied", "chat", "echo"] | None = None
    by: SafeText | None = None
    undoes: int | None = None
    from_id: SafeText | None = None
    """For `merge`: the other cluster. Which of the two ids stays is not for the hand to say: the older."""
    ids: tuple[SafeText, ...] = ()
    """For `split`: comments that are taken out; `text`: a wording whose every comment is."""


class Action(Event, frozen=True, kw_only=True, omit_defaults=True, tag="action"):
    """What a person did. `cluster` is the id that was shown under his hand; `undoes` the seq of the action taken back."""

    action: ActionOf


class DraftOf(Struct, frozen=True, omit_defaults=True):
    cluster: SafeText
    state: Literal["ready", "failed", "stale"]
    source: SafeText
    text: SafeText | None = None
    facts: tuple[Fact, ...] = ()
    lint: tuple[dict[str, Any], ...] = ()
    reason: SafeText | None = None
    ttft_ms: int | None = None


class DraftCame(Event, frozen=True, kw_only=True, omit_defaults=True, tag="draft"):
    """What an outside drafter answered, or that it failed: a recorded fact, so a replay needs neither network nor key."""

    draft: DraftOf


class SendOf(Struct, frozen=True, omit_defaults=True):
    cluster: SafeText
    state: Literal["intent", "sent", "echoed", "unknown", "refused"]
    room: SafeText | None = None
    text: SafeText | None = None
    platform_id: SafeText | None = None
    reason: SafeText | None = None


class Send(Event, frozen=True, kw_only=True, omit_defaults=True, tag="send"):
    send: SendOf


class CannedOf(Struct, frozen=True, omit_defaults=True):
    """A question and what a person answered to it in an earlier session. `product`: the name of the product under `slots.link` then,
    because a link number means another product tomorrow; `given_ms`: when; `session`: in which session's folder."""

    intent: Intent
    aspect: SafeText
    text: SafeText
    given_ms: int
    slots: Slots = NO_SLOTS
    content: SafeText = SafeText("")
    product: SafeText | None = None
    session: SafeText | None = None


class Canned(Event, frozen=True, kw_only=True, omit_defaults=True, tag="canned"):
    """An answer of an earlier session that may be offered in this one: an event, so a replay needs no other session's file."""

    canned: CannedOf


EVENT_TYPES: tuple[type[Event], ...] = (
    Message, Paid, Gift, Member, Join, Leave, Follow, Share, Like, Viewers, Raid, Order, Product, Delete, RoomChange, Health,
    Stall, Link, Tick, CatalogueLoaded, Merge, Split, Proposal, Check, System, Action, DraftCame, Send, Canned,
)  # fmt: skip
for _type in EVENT_TYPES:
    _type.kind = str(_type.__struct_config__.tag)


class Header(Struct, frozen=True, kw_only=True, omit_defaults=True, tag="header", tag_field="kind"):
    """First line of a recording: under which conditions it was made (exact replay, point 6)."""

    v: int = SCHEMA
    platform: SafeText | None = None
    room: SafeText | None = None
    started_ms: int | None = None
    title: SafeText | None = None
    origin: SafeText | None = None
    licence: SafeText | None = None
    sources: tuple[SafeText, ...] = ()
    catalogue: SafeText | None = None
    versions: dict[str, str] = {}
    plugins: dict[str, str] = {}
    config: dict[str, Any] = {}


class Envelope(Struct, frozen=True):
    """An event with its place in the order (`seq`, from 1) and its time (`at_ms`, monotone epoch ms; ruling 1)."""

    seq: int
    at_ms: int
    event: Event
