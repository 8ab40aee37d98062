"""What a person answered in an earlier session of this shop: offered as a draft, checked against what the catalogue says today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from console.domain.commands import DropAnswer, KeepAnswer
from console.domain.events import Canned, CannedOf, Envelope
from console.domain.text import SafeText, clean, fold
from console.domain.values import Draft, Fact, Intent, Understanding
from console.drafts.grounding import facts_of, ungrounded
from console.shop.catalogue import Catalogue
from console.triage.questions import Cluster
from console.triage.same import bucket
from console.triage.told import without_mention

if TYPE_CHECKING:
    from console.room.room import Room

SOURCE = "canned"
MOST_KEPT = 1_000
OLDEST_MS = 30 * 86_400_000
OF_THE_DAY: tuple[Intent, ...] = ("stock", "link", "order_problem", "tech")
"""Answers that hold for one session only, or for one viewer."""
LONGEST_CONTENT = 60
SHORTEST_NAME = 2
# A telephone or order number in a text is somebody's.
_PERSONAL = re.compile(r"@|\d{7,}")


def key_of(canned: CannedOf) -> str:
    """Equal for answers to one question: intent, aspect, slots, what is asked beyond them, and which product a link number meant."""
    u = Understanding(need="question", intents=(canned.intent,), aspect=canned.aspect, slots=canned.slots, content=canned.content)
    return f"{bucket(u, canned.slots)!r}\n{canned.content}\n{canned.product or ''}"


class CannedAnswers:
    """Applies `canned` events; says which answers are to be remembered. A viewer's name is in none of them."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def take(self, envelope: Envelope) -> None:
        """An answer of an earlier session: of two to one question the newer counts."""
        event = envelope.event
        assert isinstance(event, Canned)
        canned, kept = event.canned, self._room.state.canned
        key = key_of(canned)
        before = kept.get(key)
        if before is None or before.given_ms <= canned.given_ms:
            kept.pop(key, None)
            kept[key] = canned
        if len(kept) > MOST_KEPT:
            del kept[next(iter(kept))]

    # --- offering ----------------------------------------------------------------------------------------------------

    def beside(self, drafts: tuple[Draft, ...], cluster: Cluster, catalogue: Catalogue | None) -> tuple[Draft, ...]:
        """The catalogue's drafts, and behind them what was answered then, with every number marked that the catalogue of today
        doesn't know. Where the catalogue answers and such a number is left, it says otherwise: then nothing is offered."""
        if not self._room.state.canned or cluster.need != "question":
            return drafts
        asked = self._of(cluster, SafeText(""), 0)
        known = self._room.state.canned.get(key_of(asked)) if asked is not None else None
        if known is None or self._room.state.now_ms - known.given_ms > OLDEST_MS or any(one.text == known.text for one in drafts):
            return drafts
        link = _link_of(cluster)
        facts = facts_of(catalogue, link) if catalogue is not None else ()
        marks = ungrounded(known.text, facts, cluster.text, catalogue)
        if (drafts and marks) or _is_forbidden(known.text, catalogue, link):
            return drafts
        return (*drafts, Draft(known.text, SOURCE, _cited(known.text, facts, cluster.text), marks, known.given_ms))

    # --- remembering -------------------------------------------------------------------------------------------------

    def given(self, cluster: Cluster) -> None:
        """A person answered. A draft of the catalogue taken as it stands is the catalogue's word, and is made anew from it."""
        canned = self._kept(cluster)
        if canned is not None:
            self._room.want(KeepAnswer(canned))

    def taken_back(self, cluster: Cluster) -> None:
        """Call while the cluster is still closed."""
        canned = self._kept(cluster) if cluster.state == "answered" and cluster.how != "chat" else None
        if canned is not None:
            self._room.want(DropAnswer(canned))

    def _kept(self, cluster: Cluster) -> CannedOf | None:
        text = without_mention(cluster.answer or "").strip()
        if not text or cluster.need != "question" or cluster.closed_ms is None or _PERSONAL.search(text):
            return None
        if any(draft.text == cluster.answer and draft.source in ("catalogue", "faq") for draft in cluster.drafts):
            return None
        folded = text.casefold()
        if any(len(one.name) >= SHORTEST_NAME and one.name.casefold() in folded for one in cluster.askers.values()):
            return None
        return self._of(cluster, clean(text), cluster.closed_ms)

    def _of(self, cluster: Cluster, text: SafeText, given_ms: int) -> CannedOf | None:
        """None where a question is one of the day, or of one viewer, or about a link of which nobody knows which product it is."""
        slots, content = cluster.slots, cluster.content
        if cluster.intent in OF_THE_DAY or slots.date is not None or len(content) > LONGEST_CONTENT or _PERSONAL.search(content):
            return None
        product = self._product(cluster)
        if slots.link is not None and product is None:
            return None
        return CannedOf(cluster.intent, clean(cluster.aspect), text, given_ms, slots, clean(content), product)

    def _product(self, cluster: Cluster) -> SafeText | None:
        link, catalogue = _link_of(cluster), self._room.catalogue
        product = catalogue.product(link) if catalogue is not None else None
        if product is not None:
            return product.name
        stage = self._room.state.stages.get(cluster.room)
        on_air = stage.on_air if stage is not None else None
        return on_air.name or None if on_air is not None and on_air.link == link else None


def _link_of(cluster: Cluster) -> str | None:
    return cluster.slots.link if isinstance(cluster.slots.link, str) else None


def _cited(text: str, facts: tuple[Fact, ...], question: str) -> tuple[Fact, ...]:
    """The facts without which a number of the text had no source."""
    bare = ungrounded(text, (), question)
    return tuple(fact for fact in facts if len(ungrounded(text, (fact,), question)) < len(bare)) if bare else ()


def _is_forbidden(text: str, catalogue: Catalogue | None, link: str | None) -> bool:
    product = catalogue.product(link) if catalogue is not None else None
    return product is not None and any(fold(words) in fold(text) for words in product.never_say)
