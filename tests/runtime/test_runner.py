"""Rules of the door: stamped, journalled, applied, in that order; and what an outside drafter does is a recorded fact."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path

import pytest
from playbook import message

from console.config import Config
from console.domain.commands import RequestDraft
from console.domain.events import ActionOf, DraftCame, DraftOf, Message
from console.domain.text import SafeText, clean
from console.journal.writer import Journal, JournalError
from console.room.state import Settings
from console.runtime.drafting import DrafterError
from console.runtime.live import LiveSession
from console.runtime.recording import settings_from
from console.runtime.replay import verify
from console.wire.record import Recorded, open_recording, read_lines
from console.wire.world import Put


class Script:
    """A source that says its lines, a few a turn of the loop, and waits between them for the room to act."""

    def __init__(self, session_of: list[LiveSession], lines: list[str]) -> None:
        self._session_of, self._lines = session_of, lines

    async def run(self, put: Put) -> None:
        for n, line in enumerate(self._lines):
            put([message(line, f"v{n % 7}", id=clean(f"m{n}"))])
            await self._session_of[0].runner.drain()
            if n % 5 == 4:
                self._press(n)

    def _press(self, n: int) -> None:
        session = self._session_of[0]
        view = session.view(chosen=None, after_line=0, most_rows=10)
        if not view.rows:
            return
        name = ("answer", "dismiss", "snooze", "undo")[n // 5 % 4]
        cluster = SafeText(view.rows[-1].id)
        session.act(ActionOf(name=name, cluster=None if name == "undo" else cluster, text=SafeText("好的")))  # type: ignore[arg-type]


class LateDrafter:
    """Answers in its own time, and every third time not at all."""

    name = "late"

    def __init__(self) -> None:
        self.asked = 0
        self.answered: list[str] = []

    async def draft(self, request: RequestDraft) -> DraftOf:
        self.asked += 1
        if self.asked % 3 == 0:
            raise DrafterError("the model is gone")
        for _ in range(self.asked * 3):
            await asyncio.sleep(0)
        self.answered.append(request.cluster)
        return DraftOf(cluster=SafeText(request.cluster), state="ready", source=SafeText("late"), text=SafeText("亲，稍等哦～"), ttft_ms=5)


class SteppingClock:
    """Each stamp is 200 ms after the one before: a session of minutes without waiting for it."""

    def __init__(self) -> None:
        self.ms = 1_795_348_800_000

    def at_ms(self) -> int:
        self.ms += 200
        return self.ms

    now_ms = monotonic_ms = at_ms

    def random(self) -> float:
        return 0.5

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


LINES = ["多少钱", "3号有黑色吗", "来了", "160斤能穿吗", "没声音", "什么时候发货", "666", "包邮吗", "5号多少钱", "上链接"] * 40


def recorded(path: Path) -> list[Recorded]:
    with open_recording(str(path)) as stream:
        return list(read_lines(stream))


def a_session(path: Path, lines: list[str], drafter: LateDrafter | None = None) -> LiveSession:
    holder: list[LiveSession] = []
    session = LiveSession(
        Config(), [("script", Script(holder, lines))], journal=path, clock=SteppingClock(),  # type: ignore[arg-type]
        settings=settings_from(Config(), outside_drafts=drafter is not None), drafters=[drafter] if drafter else [], is_headless=True,
    )  # fmt: skip
    holder.append(session)
    return session


def test_every_event_stands_in_the_journal_once_and_in_order(tmp_path: Path) -> None:
    asyncio.run(a_session(tmp_path / "s.jsonl", LINES).run())
    lines = recorded(tmp_path / "s.jsonl")
    assert lines[0].header is not None
    assert [line.seq for line in lines[1:]] == list(range(1, len(lines)))
    texts = [line.event.text for line in lines if isinstance(line.event, Message)]
    assert texts == LINES


def test_a_session_with_key_presses_replays_to_the_same_checks(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    asyncio.run(a_session(path, LINES).run())
    found = verify(str(path), Settings())
    assert found.counts["action"] >= 40
    assert found.checks >= 40
    assert (found.agreed, found.first_wrong) == (found.checks, None)


def test_a_slow_and_failing_drafter_is_a_recorded_fact_that_replays_without_it(tmp_path: Path) -> None:
    path, drafter = tmp_path / "s.jsonl", LateDrafter()
    asyncio.run(a_session(path, LINES, drafter).run())
    drafts = [line.event.draft for line in recorded(path) if isinstance(line.event, DraftCame)]
    assert {draft.state for draft in drafts} == {"ready", "failed"}
    assert [draft.cluster for draft in drafts if draft.state == "ready"] == drafter.answered[: len(drafts)]
    found = verify(str(path), Settings())
    assert found.is_same
    assert found.checks >= 40


def test_a_record_that_was_changed_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    asyncio.run(a_session(path, LINES).run())
    path.write_bytes(path.read_bytes().replace("包邮吗".encode(), "有货吗".encode(), 3))
    assert not verify(str(path), Settings()).is_same


def test_what_cannot_be_written_is_not_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session(tmp_path / "s.jsonl", ["多少钱"])
    real = os.write

    def full(fd: int, data: bytes) -> int:
        if session.journal is not None and fd == session.journal._fd:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(fd, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(JournalError, match="No space left"):
        asyncio.run(session.run())
    assert session.room.state.clusters == {}


def test_a_write_that_stops_halfway_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from console.domain.events import Envelope, Header

    journal = Journal(tmp_path / "j.jsonl", Header())
    before = journal.path.read_bytes()
    real, calls = os.write, iter((True, False))

    def short(fd: int, data: bytes) -> int:
        if next(calls):
            return real(fd, bytes(data)[:10])
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "write", short)
    with pytest.raises(JournalError):
        journal.write([Envelope(1, 5, message("多少钱"))])
    monkeypatch.undo()
    journal.close()
    assert journal.path.read_bytes() == before
