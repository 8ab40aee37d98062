"""The one door: stamp, journal, apply, in that order, with no await between (house rule, ruling 3)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from console.domain.commands import CancelDraft, Command, DropAnswer, KeepAnswer, ProposeMerge, RequestDraft, TakeCheck
from console.domain.events import Check, CheckOf, Envelope, Event, System, SystemOf, Tick
from console.domain.text import SafeText, clean
from console.journal.writer import Journal
from console.room.room import Room
from console.runtime.answerbook import AnswerBook
from console.runtime.clock import GAP_MS, Clock
from console.runtime.drafting import Drafter, ask
from console.runtime.intake import Intake
from console.runtime.proposing import Proposer
from console.runtime.tasks import Tasks

BATCH = 64
"""Events applied before the loop gets a turn: a few ms, so that a key never waits for a flood."""
BACKLOG_SHARE = 8
TICK_S = 1.0


class Runner:
    """Owns one Room. `submit_many` is the only way in; commands are carried out after the batch that caused them."""

    def __init__(
        self,
        room: Room,
        clock: Clock,
        *,
        journal: Journal | None = None,
        drafters: Sequence[Drafter] = (),
        answers: AnswerBook | None = None,
        proposer: Proposer | None = None,
    ) -> None:
        self.room = room
        self._answers = answers
        self.clock = clock
        self.journal = journal
        self.intake = Intake()
        self._proposer = proposer
        self._drafters = {drafter.name: drafter for drafter in drafters}
        self._seq = room.state.seq
        self._wake: Callable[[], None] = lambda: None
        self._told_dropped = 0
        self._flushing = False
        self.tasks: Tasks | None = None
        self._ended = asyncio.Event()
        self.failure: Exception | None = None

    # --- the door ----------------------------------------------------------------------------------------------------

    def submit(self, event: Event) -> None:
        self.submit_many((event,))

    def submit_many(self, events: Sequence[Event]) -> None:
        """Stamp all, write them with one system call, apply all. Raises JournalError before anything is applied."""
        at_ms = self.clock.at_ms()
        envelopes = [Envelope(self._seq + n, at_ms, event) for n, event in enumerate(events, 1)]
        if self.journal is not None:
            self.journal.write(envelopes)
        self._seq += len(envelopes)
        commands: list[Command] = []
        for envelope in envelopes:
            commands.extend(self.room.handle(envelope))
        for command in commands:
            self._carry_out(command)
        self._wake()

    def _carry_out(self, command: Command) -> None:
        match command:
            case TakeCheck():
                self.submit(Check(check=CheckOf(digest=command.digest, clusters=command.clusters, upto_seq=command.upto_seq)))
            case KeepAnswer():
                if self._answers is not None:
                    self._told_unsaved(self._answers.keep(command.canned))
            case DropAnswer():
                if self._answers is not None:
                    self._told_unsaved(self._answers.drop(command.canned))
            case RequestDraft():
                for name, drafter in self._drafters.items():
                    if self.tasks is not None:
                        self.tasks.start(f"draft {command.cluster} {name}", self._draft(drafter, command))
            case CancelDraft():
                for name in self._drafters:
                    if self.tasks is not None:
                        self.tasks.cancel(f"draft {command.cluster} {name}")
            case ProposeMerge():
                if self._proposer is not None:
                    self._proposer.ask(command)

    def _told_unsaved(self, reason: str | None) -> None:
        """The answer itself is in the journal; only the next session won't offer it. Said once."""
        if reason is not None:
            self._answers = None
            self.submit(System(system=SystemOf(level="warn", code=SafeText("answers_unsaved"), text=clean(reason))))

    async def _draft(self, drafter: Drafter, request: RequestDraft) -> None:
        self.submit(await ask(drafter, request, self.clock))

    # --- what receivers give -----------------------------------------------------------------------------------------

    def put(self, events: Sequence[Event]) -> None:
        """For feeds and probes: never waits. Applied in the loop's next turn, in batches."""
        self.intake.give(events)
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        batch: list[Event] = []
        if self.intake.dropped > self._told_dropped:
            lost = self.intake.dropped - self._told_dropped
            self._told_dropped = self.intake.dropped
            batch.append(System(system=SystemOf(level="warn", code=SafeText("dropped"), count=lost)))
        # A backlog is worked off in bigger bites: a pipe that is read at full speed must not outrun the room.
        batch.extend(self.intake.take(max(BATCH, len(self.intake) // BACKLOG_SHARE)))
        try:
            if batch:
                self.submit_many(batch)
        except Exception as error:  # disk or room, whatever broke: the session ends and says so, never goes on unrecorded
            self._flushing = False
            self.fail(error)
            return
        if len(self.intake):
            asyncio.get_running_loop().call_soon(self._flush)
        else:
            self._flushing = False

    async def drain(self) -> None:
        """Until everything that was given has been applied."""
        while self._flushing:  # noqa: ASYNC110 - a turn of the loop for the flush, no waiting for time
            await asyncio.sleep(0)

    def fail(self, error: Exception) -> None:
        self.failure = self.failure or error
        self._ended.set()

    # --- time --------------------------------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Silence becomes recorded ticks: one a second in which nothing else came. A machine that slept leaves a gap."""
        last_ms = self.clock.at_ms()
        while True:
            seq = self._seq
            await asyncio.sleep(TICK_S)
            now_ms = self.clock.at_ms()
            if now_ms - last_ms > GAP_MS:
                self.put([System(system=SystemOf(level="warn", code=SafeText("gap"), from_ms=last_ms, to_ms=now_ms))])
            elif seq == self._seq:
                self.put([Tick()])
            last_ms = now_ms

    def on_dirty(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    async def ended(self) -> None:
        """Until the session has failed or was told to end."""
        await self._ended.wait()

    def end(self) -> None:
        self._ended.set()

    def close(self) -> None:
        """Take what is still waiting, write the last check, close the journal."""
        while len(self.intake):
            self.submit_many(self.intake.take(BATCH))
        if self.room.settings.check_every_ms and self.failure is None:
            self._carry_out(self.room.check())
        if self._answers is not None:
            self._answers.close(self.clock.at_ms())
        if self.journal is not None:
            self.journal.close()
            self.journal = None
