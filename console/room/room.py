"""The Room: applies envelopes in order, and says what it wants done. Reads no clock, does no I/O.

Time moves only here: before an envelope is applied, the Room advances in quanta of one second up to its `at_ms`
(ruling 4), so expiry, silence and checks fall on the same moments live and in every replay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain.commands import Command, TakeCheck
from console.domain.events import (
    Action,
    Canned,
    CatalogueLoaded,
    Check,
    Delete,
    DraftCame,
    Envelope,
    Event,
    Gift,
    Health,
    Link,
    Member,
    Merge,
    Message,
    Paid,
    Product,
    Proposal,
    RoomChange,
    Send,
    Split,
    Stall,
    System,
    Tick,
    Viewers,
)  # fmt: skip
from console.domain.text import SafeText
from console.health.verdict import HealthBoard
from console.room.acts import Acts
from console.room.airing import Airing
from console.room.answers import Answers
from console.room.canned import CannedAnswers
from console.room.digest import digest
from console.room.hearing import Heard, Hearing
from console.room.kin import Kin
from console.room.likeness import Likeness
from console.room.regrouping import Regrouping
from console.room.state import OnAir, RoomState, Rules, Settings, Stage
from console.room.stream import Stream
from console.room.told import Told
from console.room.undoing import Undoing
from console.room.view import Notice
from console.shop.catalogue import Catalogue
from console.triage.questions import Cluster
from console.triage.queue import Queue
from console.triage.same import agrees as contents_agree
from console.triage.signals.base import Setting
from console.triage.urgency import Urgency

QUANTUM_MS = 1_000
NAMELESS = "generic:"
"""Platform of a source that hasn't said yet which room it is."""
_OF_OURS = (Link, System, Health, Stall, Tick, CatalogueLoaded, Proposal, Check, Action, DraftCame, Send, Canned)
LONGEST_STEP_MS = 600_000
AFTER_GAP_MS = 60_000


class Room:
    """One mutable object, one door in (`handle`). `catalogues`: parsed catalogues by sha256 of their text."""

    def __init__(
        self,
        rules: Rules,
        settings: Settings,
        catalogues: Mapping[str, Catalogue] | None = None,
        state: RoomState | None = None,
    ) -> None:
        self.settings = settings
        self.catalogues = catalogues if catalogues is not None else {}
        self.state = state if state is not None else RoomState()
        self.name = SafeText("")
        """What to call the room until it says its title."""
        urgency = Urgency(rules.urgency)
        self.queue = Queue(self.state.clusters, self.state.ties, urgency, contents_agree, self._setting_of, settings.limits)
        self.stream = Stream()
        self.answers = Answers(self, rules.templates)
        self.canned = CannedAnswers(self)
        self.acts = Acts(self)
        self.undoing = Undoing(self)
        self.regrouping = Regrouping(self)
        self.hearing = Hearing(self, rules)
        self.airing = Airing(self)
        self.told = Told(self, rules)
        self.kin = Kin(self, rules)
        self.likeness = Likeness(self, rules)
        self.heard: Heard | None = None
        self.notice: Notice | None = None
        self._commands: list[Command] = []
        self._apply: dict[type[Event], Callable[[Envelope], None]] = {
            Message: self.hearing.hear, Paid: self.hearing.hear, Gift: self.hearing.mention,
            Member: self.hearing.mention, Product: self.airing.product,
            Viewers: self._viewers, RoomChange: self._change, Delete: self._delete, CatalogueLoaded: self._catalogue,
            Action: self.acts.apply, DraftCame: self.answers.came, Send: self.acts.sent, System: self._system,
            Merge: self.regrouping.merge, Split: self.regrouping.split,
            Canned: self.canned.take,
            Proposal: self.likeness.came,
        }  # fmt: skip

    # --- the door ----------------------------------------------------------------------------------------------------

    def handle(self, envelope: Envelope) -> tuple[Command, ...]:
        """Apply one envelope; returns what the Room wants done. Never raises for what an event says."""
        self._commands = []
        self.heard = None
        if self.regrouping.lately:
            self.regrouping.lately.clear()
        self._advance(envelope.at_ms)
        self.state.seq = envelope.seq
        event = envelope.event
        apply = self._apply.get(type(event))
        if apply is not None:
            apply(envelope)
            if self.queue.regrouped:
                self.regrouping.settle()
        self.stage(event).health.apply(event, self.state.now_ms, complaint=self._complains())
        if isinstance(event, Action) and self.settings.check_every_ms:
            self._commands.append(self.check())
        return tuple(self._commands)

    def _complains(self) -> bool:
        return self.heard is not None and self.heard.complains

    def pass_time(self, now_ms: int) -> None:
        """Let time go on without an event (a recording that is played through a silence)."""
        self._commands = []
        self.regrouping.lately.clear()
        self._advance(now_ms)

    def want(self, command: Command) -> None:
        self._commands.append(command)

    def check(self) -> TakeCheck:
        """The ranking's digest as it stands now."""
        ranking = self.queue.ranking(self.state.now_ms)
        return TakeCheck(digest(ranking), len(ranking), self.state.seq)

    def say(self, code: str, **params: str | int) -> None:
        """Leave a notice for the foot line."""
        self.notice = Notice(seq=self.state.seq, code=code, params=tuple(params.items()))

    # --- time --------------------------------------------------------------------------------------------------------

    def _advance(self, at_ms: int) -> None:
        state = self.state
        if state.started_ms is None:
            state.now_ms = state.started_ms = at_ms
            return
        if at_ms - state.now_ms > LONGEST_STEP_MS:
            self.say("room.gap", minutes=(at_ms - state.now_ms) // 60_000)
            state.now_ms = at_ms - AFTER_GAP_MS
            self._quantum(state.now_ms)
        start = state.now_ms // QUANTUM_MS + 1
        for at in range(start * QUANTUM_MS, at_ms + 1, QUANTUM_MS):
            state.now_ms = at
            self._quantum(at)
        state.now_ms = max(state.now_ms, at_ms)

    def _quantum(self, now_ms: int) -> None:
        for cluster in self.queue.advance(now_ms):
            self.state.count.expired += 1
            self.answers.cancel(cluster)
        if self.queue.regrouped:
            self.regrouping.settle()
        for stage in self.state.stages.values():
            stage.health.advance(now_ms)
        self.answers.advance(now_ms)
        if now_ms % 10_000 == 0:
            self.state.count.open_by_10s = [*self.state.count.open_by_10s[-5:], self.queue.open_count]
        every = self.settings.check_every_ms
        if every and now_ms % every == 0:
            self._commands.append(self.check())

    # --- rooms of the platform ---------------------------------------------------------------------------------------

    def stage(self, event: Event) -> Stage:
        """The state of the room an event belongs to; an event of no room belongs to the first."""
        stages = self.state.stages
        key = self.state.aliases.get(event.room_key, event.room_key)
        if key == ":" and stages:
            return next(iter(stages.values()))
        stage = stages.get(key)
        if stage is None:
            stage = self._unclaimed(event, key) or self._new_stage(key)
            stage.key = key
            stages[key] = stage
        stage.is_claimed = stage.is_claimed or not isinstance(event, _OF_OURS)
        return stage

    def _unclaimed(self, event: Event, named: str) -> Stage | None:
        """Before a room's own events come its link's, under the address alone: the first room that speaks takes that place."""
        if isinstance(event, _OF_OURS):
            return None
        for key, stage in self.state.stages.items():
            if not stage.is_claimed and (key == ":" or key.startswith(NAMELESS)):
                self.state.aliases[key] = named
                return self.state.stages.pop(key)
        return None

    def _new_stage(self, key: str) -> Stage:
        on_air = OnAir(SafeText(self.settings.on_air)) if self.settings.on_air else None
        return Stage(key=key, health=HealthBoard(), on_air=on_air)

    def _setting_of(self, cluster: Cluster, now_ms: int) -> Setting:
        stage = self.state.stages.get(cluster.room)
        on_air = stage.on_air.link if stage is not None and stage.on_air is not None else None
        intent, settings = cluster.intent, self.settings
        return Setting(now_ms, settings.due_ms(intent), on_air, settings.patience_of(intent), self.queue.open_count)

    @property
    def catalogue(self) -> Catalogue | None:
        return self.catalogues.get(self.state.catalogue) if self.state.catalogue else None

    # --- what the room does ------------------------------------------------------------------------------------------

    def _viewers(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, Viewers)
        if event.viewers is not None and event.viewers.online is not None:
            self.stage(event).online = event.viewers.online

    def _change(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, RoomChange)
        stage, change = self.stage(event), event.change
        if change is None:
            return
        if change.title:
            stage.title = change.title
        if change.state == "live" and stage.live_since_ms is None:
            stage.live_since_ms = self.state.now_ms
        elif change.state == "ended":
            stage.live_since_ms = None

    def _delete(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, Delete)
        self.acts.deleted(event)

    def _catalogue(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, CatalogueLoaded)
        self.state.catalogue, self.state.is_catalogue_stale = event.catalogue.sha256, False
        self.answers.renew_all()

    def _system(self, envelope: Envelope) -> None:
        event = envelope.event
        assert isinstance(event, System)
        if event.system.code == "dropped":
            self.state.dropped += event.system.count or 0
        code = event.system.code
        self.say(code if "." in code else f"system.{code}", count=event.system.count or 0, text=event.system.text or "")
