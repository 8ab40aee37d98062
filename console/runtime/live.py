"""A live session: sources and probes in, one room, a journal, a screen that pulls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from console.config import Config, data_folder
from console.domain.errors import LiveroomError, UsageError
from console.domain.events import Action, ActionOf, Header, Link, LinkOf, System, SystemOf
from console.domain.text import SafeText, clean
from console.drafters.base import Encoder
from console.journal.writer import Journal
from console.registry import versions as plugin_versions
from console.room.room import Room
from console.room.show import Show
from console.room.state import Settings
from console.room.view import RoomView
from console.runtime.answerbook import AnswerBook
from console.runtime.clipboard import copy
from console.runtime.clock import Clock, stamp_name
from console.runtime.drafting import Drafter
from console.runtime.memory import calm_collector
from console.runtime.proposing import Proposer
from console.runtime.recording import LoadedCatalogue, put_in_force, settings_from, versions
from console.runtime.runner import Runner
from console.runtime.tables import read_ahead, rules_for
from console.runtime.tasks import Tasks
from console.wire.world import Put


class Running(Protocol):
    """A source or a probe that was opened."""

    async def run(self, put: Put) -> None: ...


class LiveSession:
    """What the screen, `record` and tests run. `sources`: (key, source); `probes`: (key, probe); `answers`: those of former sessions."""

    def __init__(
        self,
        config: Config,
        sources: Sequence[tuple[str, Running]],
        *,
        settings: Settings | None = None,
        probes: Sequence[tuple[str, Running]] = (),
        catalogue: LoadedCatalogue | None = None,
        journal: Path | None = None,
        clock: Clock | None = None,
        drafters: Sequence[Drafter] = (),
        answers: AnswerBook | None = None,
        encoder: Encoder | None = None,
        lang: str = "en",
        is_headless: bool = False,
    ) -> None:
        self.lang, self.theme, self.log_path = lang, config.theme, str(data_folder(config) / "liveroom.log")
        self.clock = clock if clock is not None else Clock()
        self._sources, self._probes, self._is_headless = list(sources), list(probes), is_headless
        self.settings = settings if settings is not None else settings_from(config, outside_drafts=bool(drafters))
        self._catalogue, self._encoder = catalogue, encoder
        catalogues = {catalogue.sha256: catalogue.facts} if catalogue is not None else {}
        self.room = Room(rules_for(self.settings), self.settings, catalogues)
        self.room.name = clean(" + ".join(key for key, _ in self._sources))
        self.show = Show(self.room)
        self.journal = Journal(journal, self._header()) if journal is not None else None
        if self.journal is not None and self._catalogue is not None:
            (self.journal.path.parent / f"catalogue-{self._catalogue.sha256[:16]}.toml").write_bytes(self._catalogue.data)
        self._answers = answers
        self._proposer = Proposer(encoder, self.clock) if encoder is not None else None
        self.runner = Runner(
            self.room, self.clock, journal=self.journal, drafters=drafters, answers=answers, proposer=self._proposer
        )  # fmt: skip
        self._unfinished = len(self._sources)

    def _header(self) -> Header:
        import msgspec

        keys = tuple(clean(key) for key, _ in self._sources)
        encoder = self._encoder
        asked = {f"encoders.{encoder.name}": encoder.version} if encoder is not None else {}
        return Header(
            started_ms=self.clock.at_ms(), sources=keys, versions=versions(), plugins={**plugin_versions(), **asked},
            config=msgspec.to_builtins(self.settings),
        )  # fmt: skip

    # --- running -----------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Until cancelled, told to end, or (headless) the last source has ended. Raises what ended it."""
        await asyncio.to_thread(read_ahead)
        calm_collector()
        try:
            async with Tasks() as tasks:
                self.runner.tasks = tasks
                if self._catalogue is not None:
                    self.runner.submit(put_in_force(self._catalogue))
                if self._answers is not None:
                    self.runner.submit_many(self._answers.load(self.clock.at_ms()))
                tasks.start("tick", self.runner.tick())
                if self._proposer is not None:
                    tasks.start("encoder", self._proposer.run(self.runner.put))
                for key, source in self._sources:
                    tasks.start(f"feed {key}", self._feed(key, source))
                for key, probe in self._probes:
                    tasks.start(f"probe {key}", probe.run(self.runner.put))
                await self.runner.ended()
                tasks.cancel_all()
        finally:
            self.runner.tasks = None
            self.runner.close()
        if self.runner.failure is not None:
            raise self.runner.failure

    async def _feed(self, key: str, source: Running) -> None:
        try:
            await source.run(self.runner.put)
        except LiveroomError as error:  # unreachable, refused, or a file that went away meanwhile
            if self._is_headless:
                self.runner.fail(error)
                return
            reason = clean(f"{error.message} {error.hint}".strip())
            self.runner.put([
                Link(link=LinkOf(source=clean(key), state="down", reason=SafeText("given_up"))),
                System(system=SystemOf(level="error", code=SafeText("feed_failed"), text=reason)),
            ])  # fmt: skip
            return
        await self.runner.drain()
        self._unfinished -= 1
        if not self._unfinished and self._is_headless:
            self.runner.end()

    def end(self) -> None:
        self.runner.end()

    # --- the screen's seam -------------------------------------------------------------------------------------------

    def view(self, *, chosen: str | None, after_line: int, most_rows: int) -> RoomView:
        return self.show.view(chosen=chosen, after_line=after_line, most_rows=most_rows)

    def act(self, action: ActionOf) -> None:
        self.runner.submit(Action(action=action))

    def now_ms(self) -> int:
        return self.clock.at_ms()

    def on_dirty(self, wake: Callable[[], None]) -> None:
        self.runner.on_dirty(wake)

    def copy(self, text: str) -> str | None:
        return copy(text)


def session_file(config: Config, folder: str | None, name: str, clock: Clock) -> Path:
    """A new session's journal: `<folder>/<time>-<name>/session.jsonl`. Raises UsageError where it can't be made."""
    base = Path(folder) if folder else data_folder(config) / "sessions"
    plain = "".join(char if char.isalnum() else "-" for char in name).strip("-")[:40] or "room"
    for attempt in range(100):
        place = base / f"{stamp_name(clock.at_ms())}-{plain}{f'-{attempt}' if attempt else ''}"
        try:
            place.mkdir(parents=True, exist_ok=False)
        except FileExistsError:
            if place.is_dir():
                continue
            raise UsageError(f"{base} is a file, not a folder", hint="Name a folder with --journal") from None
        except OSError as error:
            raise UsageError(f"Can't make {place}: {error.strerror}", hint="Name another folder with --journal") from None
        return place / "session.jsonl"
    raise UsageError(f"{base} holds a hundred sessions of this second", hint="Name another folder with --journal")
