"""A recorded session on the screen: the recording's own clock, its own order; what the person presses is applied, not recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from console.config import Config, data_folder
from console.domain.errors import UsageError
from console.domain.events import Action, ActionOf, Envelope
from console.domain.text import SafeText
from console.i18n import Speech
from console.journal.reader import Reader
from console.room.room import Room
from console.room.show import Show
from console.room.state import Settings
from console.room.view import RoomView
from console.runtime.clipboard import copy
from console.runtime.clock import FeedClock
from console.runtime.recording import catalogues_beside, reading, room_for
from console.runtime.tables import read_ahead

AT_ONCE = 64
"""Envelopes applied before the loop gets a turn."""


class Colleague:
    """Who sat here before: while a recording is brought to its start, answers the most urgent question every so often.

    The demo starts in the middle of a show; a room that nobody had answered for minutes would be no true picture of one.
    """

    def __init__(self, every_ms: int) -> None:
        self._every_ms = every_ms
        self._next_ms: int | None = None

    def work(self, room: Room, now_ms: int) -> None:
        """Close what was most urgent up to `now_ms`, one cluster a turn."""
        if self._next_ms is None:
            self._next_ms = now_ms + self._every_ms
        while self._next_ms <= now_ms:
            ranking = room.queue.ranking(room.state.now_ms)
            if ranking:
                top = ranking[0]
                text = top.drafts[0].text if top.drafts else None
                action = ActionOf(name="reuse" if top.reuse_of else "answer", cluster=SafeText(top.id), how="aloud", text=text)
                room.handle(Envelope(room.state.seq, room.state.now_ms, Action(action=action)))
            self._next_ms += self._every_ms


class PlayedSession:
    """Plays a recording from `from_ms` (feed time after its start) at `speed_permille`; what lies before is applied at once."""

    def __init__(
        self, config: Config, path: str, fallback: Settings, *, speed_permille: int = 1000, from_ms: int = 0, lang: str = "en",
        colleague: Colleague | None = None,
    ) -> None:  # fmt: skip
        """Raises UsageError where the file can't be read or holds no event."""
        self.lang, self.theme, self.log_path = lang, config.theme, str(data_folder(config) / "liveroom.log")
        say = Speech(lang)
        self._opened = reading(path, say)
        self.reader: Reader = self._opened.__enter__()
        self._envelopes: Iterator[Envelope] = iter(self.reader)
        first = next(self._envelopes, None)
        if first is None:
            raise UsageError(say("usage.no_events", file=path), hint=say("usage.no_events_hint"))
        catalogues, self.missing = catalogues_beside(Path(path), self.reader.header) if path != "-" else ({}, [])
        self.room: Room = room_for(self.reader.header, fallback, catalogues)
        header = self.reader.header
        self.show = Show(self.room)
        self.clock = FeedClock(first.at_ms, 0)
        self._speed = speed_permille
        self._colleague = colleague
        self._pending: Envelope | None = first
        self._start_ms = first.at_ms + from_ms
        self._wake: Callable[[], None] = lambda: None
        if header is not None and header.title:
            self.room.stage(first.event).title = header.title

    async def run(self) -> None:
        """Until the recording ends; the screen stays."""
        try:
            await asyncio.to_thread(read_ahead)
            await self._catch_up()
            self.clock.set(self._start_ms, self._speed)
            while self._pending is not None:
                await self._play_due()
                if self._pending is not None:
                    await self._wait()
        finally:
            self._opened.__exit__(None, None, None)
        self.clock.set(self.room.state.now_ms, 0)
        if self.reader.bad or self.reader.is_torn:
            self.room.say("replay.skipped", count=self.reader.bad + self.reader.is_torn)
        else:
            self.room.say("replay.over")
        self._wake()

    async def _catch_up(self) -> None:
        done = 0
        while self._pending is not None and self._pending.at_ms < self._start_ms:
            at_ms = self._pending.at_ms
            self._step()
            if self._colleague is not None:
                self._colleague.work(self.room, at_ms)
            done += 1
            if done % AT_ONCE == 0:
                await asyncio.sleep(0)
        if self._colleague is not None:
            self.room.say("replay.you_take_over")

    async def _play_due(self) -> None:
        done = 0
        now_ms = self.clock.at_ms()
        while self._pending is not None and self._pending.at_ms <= now_ms:
            self._step()
            done += 1
            if done % AT_ONCE == 0:
                self._wake()
                await asyncio.sleep(0)
        # Seconds without an event pass too: clocks, silence, expiry.
        self.room.pass_time(now_ms)
        self._wake()

    async def _wait(self) -> None:
        """Until the next event, at most one second of feed time."""
        assert self._pending is not None
        now_ms = self.clock.at_ms()
        await asyncio.sleep(self.clock.seconds_until(min(self._pending.at_ms, now_ms + 1000)))

    def _step(self) -> None:
        assert self._pending is not None
        self.room.handle(self._pending)
        self._pending = next(self._envelopes, None)

    # --- the screen's seam -------------------------------------------------------------------------------------------

    def view(self, *, chosen: str | None, after_line: int, most_rows: int) -> RoomView:
        return self.show.view(chosen=chosen, after_line=after_line, most_rows=most_rows)

    def act(self, action: ActionOf) -> None:
        """Applied at the place reached; a recording is never written to."""
        state = self.room.state
        self.room.handle(Envelope(state.seq, max(state.now_ms, self.clock.at_ms()), Action(action=action)))
        self._wake()

    def now_ms(self) -> int:
        return self.clock.at_ms()

    def on_dirty(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def copy(self, text: str) -> str | None:
        return copy(text)
