"""What can be said to a cluster: drafts from the catalogue at once, those of outside drafters when they come."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from msgspec import structs

from console.domain.commands import CancelDraft, RequestDraft
from console.domain.events import DraftCame, Envelope
from console.domain.text import SafeText
from console.domain.values import Draft, Intent, Understanding
from console.drafts.desk import Outcome, draft_for
from console.drafts.grounding import facts_of, ungrounded
from console.drafts.wording import Templates
from console.shop.catalogue import Catalogue
from console.triage.questions import ANSWERED, Cluster

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Stage

OF_THE_LINK: tuple[Intent, ...] = ("price", "stock", "coupon", "link")
"""What is answered about a link and changes when it is taken down or gets another price."""
PRE_DRAFTED = 3
"""Outside drafters are asked for the top three clusters."""


class Answers:
    """Prepares drafts before anybody looks; renews them when a fact ends or the catalogue changes."""

    def __init__(self, room: Room, templates: Templates) -> None:
        self._room = room
        self._templates = templates
        self._ends: list[tuple[int, int, str]] = []
        for cluster in room.state.clusters.values():
            self._watch(cluster)

    def prepare(self, cluster: Cluster, understood: Understanding) -> None:
        """Draft from the catalogue, now: it costs microseconds. Without one there is nothing to say, and nothing to refuse."""
        catalogue = self._catalogue_of(cluster.room)
        drafts, cluster.refusal, cluster.holding = self._drafted(cluster, understood, catalogue)
        cluster.drafts = self._room.canned.beside(drafts, cluster, catalogue)
        if catalogue is not None or cluster.drafts:
            self._watch(cluster)
            self._room.queue.touch(cluster)

    def _drafted(self, cluster: Cluster, understood: Understanding, catalogue: Catalogue | None) -> Outcome:
        if catalogue is None:
            return (), None, None
        return draft_for(
            understood, cluster.slots, catalogue, self._room.state.now_ms,
            text=cluster.text, lang=self._room.settings.language, templates=self._templates, on_air=cluster.on_air,
        )  # fmt: skip

    def _catalogue_of(self, key: str) -> Catalogue | None:
        """What is known in this room: of a link that was taken down, not whether it is in stock."""
        catalogue, stage = self._room.catalogue, self._room.state.stages.get(key)
        if catalogue is None or stage is None:
            return catalogue
        for link in stage.hidden:
            product = catalogue.product(link)
            if product is not None:
                catalogue = catalogue.replacing(structs.replace(product, stock=None))
        return catalogue

    def shelf(self, stage: Stage, link: str, *, is_hidden: bool) -> None:
        """A link was taken down or put up: drafts about it are made again, answers about its stock stand no longer."""
        if is_hidden == (link in stage.hidden):
            return
        if is_hidden:
            stage.hidden[link] = None
        else:
            del stage.hidden[link]
        for cluster in list(self._room.queue.open_clusters()):
            if cluster.room == stage.key and is_about(cluster, link):
                self.prepare(cluster, self._room.hearing.understood(cluster))
        self.void(stage, link, OF_THE_LINK)

    def void(self, stage: Stage, link: str, intents: tuple[Intent, ...]) -> None:
        """Something about a link changed: what was answered about it is given to nobody again."""
        for cluster in list(self._room.state.clusters.values()):
            if cluster.state in ANSWERED and cluster.room == stage.key and cluster.intent in intents and is_about(cluster, link):
                self._room.queue.void(cluster)

    def renew_all(self) -> None:
        """The catalogue changed: every open cluster's draft is made again, and answers whose facts are others now are void."""
        for cluster in list(self._room.queue.open_clusters()):
            self.prepare(cluster, self._room.hearing.understood(cluster))
        for cluster in list(self._room.state.clusters.values()):
            if cluster.state in ANSWERED and not cluster.is_void and not self._still_stands(cluster):
                self._room.queue.void(cluster)

    def _still_stands(self, cluster: Cluster) -> bool:
        """Whether the catalogue in force gives every fact under a closed cluster's drafts as it was; typed ones stand on none."""
        cited = {fact.path: fact.value for draft in cluster.drafts for fact in draft.facts}
        if not cited:
            return True
        catalogue = self._catalogue_of(cluster.room)
        drafts, _, _ = self._drafted(cluster, self._room.hearing.understood(cluster), catalogue)
        known = facts_of(catalogue, cluster.slots.link if isinstance(cluster.slots.link, str) else None) if catalogue is not None else ()
        now = {fact.path: fact.value for facts in (known, *(draft.facts for draft in drafts)) for fact in facts}
        return all(_is_same(path, value, now.get(path), cluster.answer or "") for path, value in cited.items())

    def _watch(self, cluster: Cluster) -> None:
        ends = [fact.until_ms for draft in cluster.drafts for fact in draft.facts if fact.until_ms is not None]
        if ends:
            heapq.heappush(self._ends, (min(ends), cluster.seq, cluster.id))

    def advance(self, now_ms: int) -> None:
        """A fact that ends takes its draft, or the answer that stood on it. Asks outside drafters for what is now on top."""
        self._watch_age(now_ms)
        while self._ends and self._ends[0][0] < now_ms:
            cluster = self._room.state.clusters.get(heapq.heappop(self._ends)[2])
            if cluster is not None and cluster.is_open:
                self.prepare(cluster, self._room.hearing.understood(cluster))
            elif cluster is not None and cluster.state in ANSWERED:
                self._room.queue.void(cluster)
        if self._room.settings.outside_drafts:
            for cluster in self._room.queue.ranking(now_ms, PRE_DRAFTED):
                if not cluster.draft_asked and cluster.reuse_of is None:
                    cluster.draft_asked = True
                    facts = tuple(fact for draft in cluster.drafts for fact in draft.facts)
                    self._room.want(RequestDraft(cluster.id, cluster.text, cluster.intent, cluster.slots, facts))

    def _watch_age(self, now_ms: int) -> None:
        """Once the whole catalogue is too old to be believed unseen, every draft is made again and marked."""
        state, catalogue = self._room.state, self._room.catalogue
        since_ms = catalogue.stale_since_ms() if catalogue is not None else None
        if since_ms is not None and now_ms > since_ms and not state.is_catalogue_stale:
            state.is_catalogue_stale = True
            self._room.say("room.stale_catalogue")
            self.renew_all()

    def came(self, envelope: Envelope) -> None:
        """An outside drafter answered: its text stands first while the cluster is open, marked where it can't be traced."""
        event = envelope.event
        assert isinstance(event, DraftCame)
        cluster = self._room.state.clusters.get(event.draft.cluster)
        if cluster is None or event.draft.state != "ready" or not event.draft.text or cluster.is_closed:
            return
        catalogue = self._room.catalogue
        marks = ungrounded(event.draft.text, event.draft.facts, cluster.text, catalogue)
        draft = Draft(event.draft.text, event.draft.source, event.draft.facts, marks)
        cluster.drafts = (draft, *(d for d in cluster.drafts if d.source != draft.source))
        self._room.queue.touch(cluster)

    def cancel(self, cluster: Cluster) -> None:
        """Nobody needs a text for it any more."""
        if cluster.draft_asked:
            self._room.want(CancelDraft(cluster.id))

    def text_of(self, cluster: Cluster) -> SafeText | None:
        """The answer that was given to the cluster whose answer this one may reuse."""
        given = self._room.state.clusters.get(cluster.reuse_of) if cluster.reuse_of else None
        return given.answer if given is not None else None


def is_about(cluster: Cluster, link: str) -> bool:
    """Whether a question means this link; one about coupons that names none, the link that was on air then."""
    meant = cluster.slots.link
    if meant is None:
        return cluster.intent == "coupon" and cluster.on_air == link
    return link == meant or (isinstance(meant, tuple) and link in meant)


def _is_same(path: str, before: str, now: str | None, answer: str) -> bool:
    """Whether a fact still bears the answer: one piece fewer in stock is no other stock, unless its number was said."""
    if before == now:
        return True
    is_stock = now is not None and path.endswith(".stock") and "sold_out" not in (before, now)
    return is_stock and before not in answer
