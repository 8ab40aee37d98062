"""What viewers type: who of them needs an answer, and which cluster takes the comment."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from console.domain.events import Envelope, Message, Paid
from console.domain.text import SafeText
from console.domain.values import Slots, Teller, Understanding
from console.room.airing import event_ms, link_at
from console.room.told import teller
from console.shop.catalogue import Catalogue
from console.triage.comments import Asked, Strand
from console.triage.evidence import evidence
from console.triage.kin import key_of
from console.triage.naming import NO_NAMES, Names, named
from console.triage.questions import Cluster
from console.triage.same import bucket, resolve
from console.triage.understand import understand

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Rules, Stage

REMEMBERED_WORDINGS = 8_192
"""Minutes of a busy room; each takes half a kilobyte."""
REMEMBERED_KEYS = 2_048
SHOWN_WORDINGS = 256

_STAFF = frozenset(("host", "mod", "bot"))
_BUYERS = frozenset(("buyer", "member", "vip"))
_NOBODY = SafeText("")


class Heard(Struct, frozen=True):
    """What became of the last comment: what it was understood as, and which cluster took it."""

    understood: Understanding
    slots: Slots
    cluster: str | None
    is_repeat: bool = False

    @property
    def complains(self) -> bool:
        """Whether it says that picture or sound is broken."""
        return self.understood.need == "problem" and self.understood.intent == "tech" and not self.is_repeat


class Hearing:
    """Applies `message` and `paid` events; shows gifts and memberships in the stream."""

    def __init__(self, room: Room, rules: Rules) -> None:
        self._room = room
        self._named: dict[str, tuple[int, Names]] = {}
        self.evidence = lru_cache(SHOWN_WORDINGS)(lambda text: evidence(text, rules.lexicon, rules.model))
        """Which words of a comment made it what it was taken for. Asked only for what is looked at."""
        self._understand = lru_cache(REMEMBERED_WORDINGS)(lambda text: understand(text, rules.lexicon, rules.model))
        self._keys = lru_cache(REMEMBERED_KEYS)(lambda room, slots, u: (repr(bucket(u, slots)), key_of(room, slots, u)))
        """Under which keys a question is found: by the rules, and in other words."""

    def _names_of(self, stage: Stage) -> Names:
        """The stage's product names, made ready once until another is shown."""
        count, made = self._named.get(stage.key, (-1, NO_NAMES))
        if count != stage.names_version:
            made = Names(stage.names)
            self._named[stage.key] = (stage.names_version, made)
        return made

    def read_again(self, strand: Strand) -> Understanding:
        """What a wording was understood as when it came."""
        found: Understanding = self._understand(strand.text)
        return structs.replace(found, slots=strand.slots, content=strand.content)

    def understood(self, cluster: Cluster) -> Understanding:
        """What a cluster's first comment was understood as when it came: the words that named a product are explained."""
        found: Understanding = self._understand(cluster.text)
        if found.content == cluster.content:
            return found
        return structs.replace(found, slots=cluster.slots, content=cluster.content)

    def hear(self, envelope: Envelope) -> None:
        event, room = envelope.event, self._room
        assert isinstance(event, Message | Paid)
        stage = room.stage(event)
        understood: Understanding = self._understand(event.text)
        if self._is_repeat(stage, event):
            room.heard = self._again(event, understood)
            return
        roles = event.user.roles if event.user is not None else ()
        if not _STAFF.isdisjoint(roles):
            # The host's own lines ask nothing of the room; they may answer what it asks.
            understood = Understanding(need="none", folded=understood.folded, language=understood.language)
            self._listen(envelope, event, stage, teller(roles))
        on_air, slots, cluster = None, understood.slots, None
        if understood.need != "none":
            on_air = link_at(stage, event_ms(event, room.state.now_ms), envelope.seq)
            understood, slots = self._meant(understood, stage, on_air)
        if understood.need != "none" and not event.history:
            cluster = self._ask(envelope, event, stage, understood, slots, on_air).id
        room.heard = Heard(understood, slots, cluster)
        room.stream.add(envelope, event.text, understood.need, cluster)

    def _meant(self, understood: Understanding, stage: Stage, on_air: str | None) -> tuple[Understanding, Slots]:
        """Which product is meant: the one that is said, by number or name, else the one that was on air."""
        slots = _by_name(understood.slots, self._room.catalogue)
        if slots is understood.slots and stage.names:
            understood = named(understood, self._names_of(stage), on_air)
            slots = understood.slots
        return understood, resolve(understood, on_air) if slots.link is None else slots

    def meant(self, text: SafeText, stage: Stage, on_air: str | None) -> tuple[str, Slots, str]:
        """What a comment asks where `on_air` was on air when it was typed: bucket, slots, content."""
        understood, slots = self._meant(self._understand(text), stage, on_air)
        return repr(bucket(understood, slots)), slots, understood.content

    def _listen(self, envelope: Envelope, event: Message | Paid, stage: Stage, by: Teller | None) -> None:
        if by is not None and isinstance(event, Message) and not event.history and self._room.settings.chat_answers:
            self._room.told.hear(envelope, event, stage, by, event_ms(event, self._room.state.now_ms))

    def _again(self, event: Message | Paid, understood: Understanding) -> Heard:
        """A comment delivered twice belongs where it went the first time, and counts no more."""
        first, _ = self._room.state.comments.get(event.id or "", (None, 0))
        if first is None:
            understood = Understanding(need="none", folded=understood.folded, language=understood.language)
            return Heard(understood, understood.slots, None, is_repeat=True)
        cluster = self._room.queue.get(first)
        return Heard(understood, understood.slots, cluster.id if cluster is not None else first, is_repeat=True)

    def mention(self, envelope: Envelope) -> None:
        """A gift or a membership: a line in the stream, nothing to answer."""
        self._room.stream.add(envelope, _NOBODY, "none", None)

    def _ask(
        self, envelope: Envelope, event: Message | Paid, stage: Stage, understood: Understanding, slots: Slots, on_air: str | None
    ) -> Cluster:
        roles = event.user.roles if event.user is not None else ()
        at_ms = self._room.state.now_ms
        own, key = self._keys(stage.key, slots, understood)
        asked = Asked(
            seq=envelope.seq, at_ms=at_ms, asked_ms=event_ms(event, at_ms), room=stage.key, asker=event.asker or f"seq:{envelope.seq}",
            name=(event.user.name if event.user is not None else None) or _NOBODY, text=event.text,
            is_buyer=isinstance(event, Paid) or not _BUYERS.isdisjoint(roles), is_newcomer="first_time" in roles, late=event.late,
            on_air=on_air, understood=understood, slots=slots,
            bucket=own, akin=self._room.kin.of(key, event.text),
        )  # fmt: skip
        cluster, found_under, is_new = self._room.queue.ask(asked)
        self._room.kin.remember(key, event.text, slots, found_under)
        if cluster.is_closed and cluster.state != "dismissed":
            self._echoed(cluster)
        if event.id is not None:
            self._room.acts.remember(event.id, found_under, envelope.seq)
        if is_new:
            self._room.answers.prepare(cluster, understood)
            self._room.likeness.opened(cluster)
        return cluster

    def _echoed(self, cluster: Cluster) -> None:
        """Said once: as long as nothing else happened, the same notice counts on."""
        last = self._room.notice
        if cluster.echo_count == 1 or (last is not None and last.code == "act.echo" and ("cluster", cluster.id) in last.params):
            self._room.say("act.echo", cluster=cluster.id, text=cluster.shown, count=cluster.echo_count)

    def _is_repeat(self, stage: Stage, event: Message | Paid) -> bool:
        """Whether the platform delivered this before: by id, else by content where the platform gives a time (ruling 16)."""
        if event.id is not None:
            key: str = event.id
        elif event.ts_ms is not None:
            key = f"{event.asker}\n{event.kind}\n{event.text}\n{event.ts_ms}"
        else:
            return False
        if key in stage.seen:
            return True
        stage.seen[key] = None
        if len(stage.seen) > self._room.settings.most_seen:
            del stage.seen[next(iter(stage.seen))]
        return False


def _by_name(slots: Slots, catalogue: Catalogue | None) -> Slots:
    """A product said by the name or alias that the catalogue gives it is its link: "大衣多少钱" asks what "3号多少钱" asks."""
    if catalogue is None or not isinstance(slots.product, str):
        return slots
    found = catalogue.find(slots.product)
    if len(found) != 1 or slots.link not in (None, found[0].link):
        return slots
    return structs.replace(slots, link=found[0].link, product=None)
