"""What was on air when. "This one" means the product that was shown when it was typed, however late the Room hears of either."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from console.domain.events import Envelope, Event, Product, ProductOf
from console.domain.text import SafeText
from console.room.answers import OF_THE_LINK
from console.room.state import OnAir, Showing
from console.triage.comments import Comment, Strand
from console.triage.naming import remember
from console.triage.questions import Cluster
from console.triage.rebinding import Meant

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Stage

OLDEST_MS = 60_000
"""A platform's time is believed up to a minute back (ruling 1)."""
MOST_SHOWINGS = 64
"""Changes of the product on air that a room remembers."""


def event_ms(event: Event, at_ms: int) -> int:
    """When it happened: the platform's time where it is believable, else the moment it came."""
    return at_ms if event.ts_ms is None else min(at_ms, max(event.ts_ms, at_ms - OLDEST_MS))


def on_air_at(stage: Stage, at_ms: int, seq: int) -> OnAir | None:
    """What was on air at a moment; of two things at the same moment the one that came first (`seq`) came first."""
    showings = stage.showings
    if not showings or (showings[-1].at_ms, showings[-1].seq) < (at_ms, seq):
        return stage.on_air
    return _after(stage.aired_before, (one for one in showings if (one.at_ms, one.seq) < (at_ms, seq)))


def link_at(stage: Stage, at_ms: int, seq: int) -> str | None:
    found = on_air_at(stage, at_ms, seq)
    return found.link if found is not None else None


def _after(on_air: OnAir | None, showings: Iterable[Showing]) -> OnAir | None:
    for one in showings:
        if not one.is_hidden:
            on_air = one.shown
        elif on_air is not None and on_air.link == one.shown.link:
            on_air = None
    return on_air


def _keep(stage: Stage, new: Showing) -> None:
    """File it by its time. One that is older than all that is remembered says nothing any more."""
    if stage.aired_since_ms is not None and new.at_ms < stage.aired_since_ms:
        return
    if not stage.showings:
        stage.aired_before = stage.on_air
    stage.showings = sorted((*stage.showings, new), key=lambda one: (one.at_ms, one.seq))
    while len(stage.showings) > MOST_SHOWINGS:
        oldest = stage.showings.pop(0)
        stage.aired_before, stage.aired_since_ms = _after(stage.aired_before, (oldest,)), oldest.at_ms
    stage.on_air = _after(stage.aired_before, stage.showings)


class Airing:
    """Applies `product` events and the key for the product on air; lets questions follow when it turns out what was on air then."""

    def __init__(self, room: Room) -> None:
        self._room = room

    # --- what is shown -----------------------------------------------------------------------------------------------

    def by_hand(self, stage: Stage, link: SafeText, seq: int) -> None:
        """A person says what is on air, from now on."""
        self._show(stage, Showing(self._room.state.now_ms, seq, self._called(link, None)))

    def product(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, Product)
        product, stage = event.product, self._room.stage(event)
        if product is None or product.link_no is None:
            return
        stage.names_version += remember(stage.names, product.link_no, product.name or SafeText(""))
        self._room.answers.shelf(stage, product.link_no, is_hidden=product.action == "hide")
        self._priced(stage, product)
        if product.action != "coupon":
            at_ms = event_ms(event, self._room.state.now_ms)
            shown = self._called(product.link_no, product.name)
            self._show(stage, Showing(at_ms, envelope.seq, shown, is_hidden=product.action == "hide"))

    def _called(self, link: SafeText, name: SafeText | None) -> OnAir:
        catalogue = self._room.catalogue
        product = catalogue.product(link) if catalogue is not None and not name else None
        return OnAir(link, product.name if product is not None else name or SafeText(""))

    def _show(self, stage: Stage, new: Showing) -> None:
        before = stage.on_air
        _keep(stage, new)
        if stage.on_air != before:
            self._room.queue.touch_all()
        self.look_again([one for one in self._waiting(stage) if one.last_ms > new.at_ms], new.seq)

    def _waiting(self, stage: Stage) -> list[Cluster]:
        return [one for one in self._room.state.clusters.values() if one.state in ("open", "snoozed") and one.room == stage.key]

    def _priced(self, stage: Stage, product: ProductOf) -> None:
        """Another price than the platform named before, or the catalogue knows: answers about the link are given to nobody again."""
        link, money, room = product.link_no, product.money, self._room
        assert link is not None, "only a link has a price"
        if product.action == "coupon":
            room.answers.void(stage, link, ("coupon",))
        elif money is not None and money.micros is not None:
            known = room.catalogue.product(link) if room.catalogue is not None else None
            before = stage.prices.get(link, known.price if known is not None else None)
            stage.prices[link] = money.micros
            if before is not None and before != money.micros:
                room.answers.void(stage, link, OF_THE_LINK)

    # --- what was meant ----------------------------------------------------------------------------------------------

    def look_again(self, clusters: Iterable[Cluster], seq: int) -> None:
        """Comments for which something else was on air than was known when they came go where they belong; drafts follow. What a person
        merged may turn out to be one question anyway, once others have moved: then it follows too."""
        left = list(clusters)
        while left:
            held = [one.id for one in left if not self._room.queue.may_rebind(one)]
            for cluster in left:
                self._follow(cluster, seq)
            # One that was held and is free now, and the one that took in another before that was looked at.
            homes = [self._room.queue.get(one.id) for one in left if one.id in held or not self._stands(one)]
            left = list({one.id: one for one in homes if one is not None and self._room.queue.may_rebind(one)}.values())

    def _stands(self, cluster: Cluster) -> bool:
        return self._room.state.clusters.get(cluster.id) is cluster

    def _follow(self, cluster: Cluster, seq: int) -> None:
        room = self._room
        stage = room.state.stages.get(cluster.room)
        if stage is None or not self._stands(cluster) or not room.queue.may_rebind(cluster):
            return
        changed = room.queue.rebind(cluster, seq, room.state.now_ms, partial(self._meant, stage))
        room.regrouping.moved([one for one in changed if one is not cluster])
        for one in changed:
            if self._stands(one):
                room.regrouping.anew(one.id)
                room.likeness.opened(one)

    def _meant(self, stage: Stage, strand: Strand, comment: Comment) -> Meant | None:
        if stage.aired_since_ms is not None and comment.asked_ms < stage.aired_since_ms:
            return None
        on_air = link_at(stage, comment.asked_ms, comment.seq)
        if on_air == comment.on_air:
            return None
        hearing = self._room.hearing
        before = hearing.meant(strand.text, stage, comment.on_air)
        bucket, slots, content = now = hearing.meant(strand.text, stage, on_air)
        return Meant(on_air, slots, content, bucket if now != before else None)
