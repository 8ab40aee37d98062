"""One assistant in front of the real Room: he answers what he sees, in the order of a policy.

What he does and what it costs him: an answer says what most of the cluster's waiting askers ask (the others in it, merged wrongly, are
lost), and everybody who then waits for that answer hears it, in whatever cluster. A cluster nobody truly asks in is dismissed (1 s). A
cluster whose askers have all heard the answer already, split off wrongly, is closed by saying so (1.5 s). Under `reuse` and `perfect`
an answer that the Room offers again costs 1.2 s where it fits; where it is another question's, he sees that and answers anew. He does
not know who has left.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import structs
from simulation.arrivals import SEGMENT_MS, Comment, services
from simulation.bank import Bank, Group

from console.domain.events import Action, ActionName, Envelope, Message, Product, ProductOf, User
from console.domain.text import SafeText
from console.domain.values import Slots, Understanding
from console.review.score import Asked, Asker, Ledger
from console.room.room import Room
from console.room.state import Settings
from console.runtime.autopilot import Autopilot, Job, Policy
from console.runtime.tables import shipped_rules
from console.triage.questions import Cluster
from console.triage.understand import understand

START_MS = 1_795_348_800_000
REUSE_MS, DISMISS_MS, SPLIT_MS = 1_200, 1_000, 1_500
AFTER_MS = 120_000
"""How long the assistant goes on when nobody comes any more: so long every wait is counted."""
_SIM, _ROOM = SafeText("sim"), SafeText("1")


@cache
def read(text: SafeText) -> Understanding:
    """What the console understands as it is shipped, read once a wording for all rooms of this process."""
    rules = shipped_rules()
    return understand(text, rules.lexicon, rules.model)


@cache
def perfectly(group: Group) -> Understanding:
    """A true group as a reader would see it who makes no mistake: one question of its own, worth what its wordings are mostly taken for."""
    seen = [read(text) for text in group.wordings]
    heads = [(u.need, u.intents[0]) for u in seen if u.intents] or [("question", "other")]
    need, intent = max(heads, key=heads.count)
    slots = Slots(link=group.link) if group.link is not None else Slots(product="the room")
    return Understanding(need=need, intents=(intent,), aspect=group.name, slots=slots, content=group.name, folded=group.name)


class Desk(Autopilot):
    """A room, its assistant, and the ledger of what truly became of each asker."""

    def __init__(self, bank: Bank, policy: Policy, seed: int, *, is_perfect: bool = False, works: bool = True) -> None:
        settings = Settings(check_every_ms=0)
        if not works:
            settings = structs.replace(settings, limits=structs.replace(settings.limits, expire_ms=None))
        super().__init__(Room(shipped_rules(), settings), policy, self._apply, answer_ms=0, reuse_ms=REUSE_MS)
        self._bank, self._is_perfect, self._works = bank, is_perfect, works
        self._services: Iterator[int] = services(seed)
        self._now_asked: Comment | None = None
        # The Room's own reader, remembered beyond this room; or one that knows the truth.
        self.room.hearing._understand = self._truth if is_perfect else read  # type: ignore[assignment]
        self.ledger = Ledger()
        self.done: dict[ActionName | str, int] = {"answer": 0, "reuse": 0, "said": 0, "dismiss": 0}
        self.closed_ms: dict[str, int] = {}
        self.filed: list[tuple[Asker, str | None]] = []
        self._said: dict[str, str | None] = {}

    def _truth(self, text: SafeText) -> Understanding:
        comment = self._now_asked
        return perfectly(comment.group) if comment is not None and comment.group is not None else Understanding(need="none")

    # --- what the assistant does ---------------------------------------------------------------------------------------

    def plan(self, cluster: Cluster) -> tuple[ActionName, int]:
        group = self.ledger.group_of(cluster.id)
        if group is None:
            return "dismiss", DISMISS_MS
        if not self.ledger.waits_in(cluster.id):
            return "answer", SPLIT_MS
        if self.policy == "reuse" and cluster.reuse_of is not None and self._said.get(cluster.reuse_of) == group:
            return "reuse", REUSE_MS
        return "answer", next(self._services)

    def still_holds(self, job: Job) -> bool:
        """Somebody who truly asks may have joined what was about to be dismissed."""
        return job.cluster.is_open and (job.act != "dismiss" or self.ledger.group_of(job.cluster.id) is None)

    def _apply(self, envelope: Envelope) -> None:
        event = envelope.event
        if isinstance(event, Action) and event.action.cluster is not None:
            cluster = event.action.cluster
            act = event.action.name
            self.done["said" if act == "answer" and not self.ledger.waits_in(cluster) else act] += 1
            self.closed_ms[cluster] = envelope.at_ms
            if act != "dismiss":
                self._said[cluster] = self.ledger.group_of(cluster)
                self.ledger.answered(cluster, envelope.at_ms)
        self.room.handle(envelope)

    # --- the room ----------------------------------------------------------------------------------------------------

    def run(self, comments: list[Comment], length_ms: int) -> int:
        """Play the whole room; returns the moment (epoch ms) at which it is over."""
        shown = 0
        for comment in comments:
            while shown < len(self._bank.segments) and shown * SEGMENT_MS <= comment.at_ms:
                self._happens(START_MS + shown * SEGMENT_MS, self._product(shown))
                shown += 1
            self._now_asked = comment
            self._happens(START_MS + comment.at_ms, _message(comment))
            self._note(comment)
            if self._works:
                self.look()
        end_ms = START_MS + length_ms + AFTER_MS
        self.work(end_ms)
        return end_ms

    def _happens(self, at_ms: int, event: Any) -> None:
        self.work(at_ms)
        self._apply(Envelope(self.room.state.seq + 1, at_ms, event))

    def _product(self, place: int) -> Product:
        segment = self._bank.segments[place]
        return Product(platform=_SIM, room=_ROOM, product=ProductOf(link_no=segment.link, name=segment.name, action="show"))

    def _note(self, comment: Comment) -> None:
        heard = self.room.heard
        if comment.group is None or heard is None:
            return
        cluster = self.room.state.clusters.get(heard.cluster) if heard.cluster is not None else None
        asker = self.ledger.asked(
            Asked(
                asker=str(comment.n), group=comment.group.name, asked_ms=START_MS + comment.at_ms, patience_ms=comment.patience_ms,
                cluster=heard.cluster, is_heard=cluster is not None and cluster.state == "answered",
                is_anew=heard.understood.need in ("request", "problem"),
            )
        )  # fmt: skip
        self.filed.append((asker, heard.cluster))


def _message(comment: Comment) -> Message:
    name = SafeText(f"v{comment.n}")
    return Message(platform=_SIM, room=_ROOM, id=SafeText(str(comment.n)), user=User(id=name, name=name), text=comment.text)
