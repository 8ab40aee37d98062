"""Rules of the encoder's thread: asked in batches beside the loop, answered by recorded events, missed by nobody when it breaks."""

from __future__ import annotations

import asyncio
from pathlib import Path

from encoding import ToldEncoder
from playbook import message
from stage import Bag, Stage, scene

from console.config import Config
from console.domain.commands import ProposeMerge
from console.domain.events import Event, Proposal, System
from console.domain.text import clean
from console.journal.reader import Reader
from console.room.state import Settings
from console.runtime.live import LiveSession
from console.runtime.proposing import MOST_WAITING, Proposer
from console.runtime.recording import foreign_event, settings_from
from console.runtime.replay import verify
from console.wire.record import open_recording
from console.wire.world import Put

PEN, INK, DRAW = "放久了会不会招虫", "需不需要防虫的东西一起放", "笔杆能刻名字吗"
SAME = ("放久了会招虫", "需要防虫的东西一起放")


class Until:
    """A source that says its lines and ends when the journal holds as many answers, or that the encoder is gone."""

    def __init__(self, journal: Path, lines: list[str], answers: int) -> None:
        self._journal, self._lines, self._answers = journal, lines, answers

    async def run(self, put: Put) -> None:
        for n, line in enumerate(self._lines):
            put([message(line, f"v{n}", id=clean(f"m{n}"))])
        async with asyncio.timeout(20):
            while not self._is_answered(self._journal.read_bytes()):  # noqa: ASYNC110 - turns of the loop, no waiting for time
                await asyncio.sleep(0)

    def _is_answered(self, told: bytes) -> bool:
        return told.count(b'"kind":"proposal"') >= self._answers or b"encoder_failed" in told


def a_session(path: Path, encoder: ToldEncoder, lines: list[str], answers: int) -> LiveSession:
    return LiveSession(
        Config(), [("until", Until(path, lines, answers))], settings=settings_from(Config(), alike_permille=encoder.alike_permille),
        journal=path, encoder=encoder, is_headless=True,
    )  # fmt: skip


def events(path: Path) -> tuple[Reader, list[Event]]:
    with open_recording(str(path)) as stream:
        reader = Reader(stream, foreign_event)
        return reader, [envelope.event for envelope in reader]


def test_a_session_with_an_encoder_replays_without_one(tmp_path: Path) -> None:
    path, encoder = tmp_path / "s.jsonl", ToldEncoder(SAME)
    session = a_session(path, encoder, [PEN, DRAW, INK], 2)
    asyncio.run(session.run())
    assert [(cluster.text, len(cluster.askers)) for cluster in session.room.queue.open_clusters()] == [(DRAW, 1), (PEN, 2)]
    reader, told = events(path)
    proposals = [event.proposal for event in told if isinstance(event, Proposal)]
    assert [(one.cluster, one.source, one.near[0].permille) for one in proposals] == [("q2", "told", 0), ("q3", "told", 900)]
    assert reader.header is not None
    assert reader.header.plugins["encoders.told"] == "1.2"
    assert reader.header.config["alike_permille"] == 820
    read = len(encoder.batches)
    found = verify(str(path), Settings())
    assert found.is_same and found.checks >= 1
    assert len(encoder.batches) == read


def test_a_recording_whose_answers_were_changed_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    asyncio.run(a_session(path, ToldEncoder(SAME), [PEN, DRAW, INK], 2).run())
    path.write_bytes(path.read_bytes().replace(b'"permille":900', b'"permille":100'))
    assert not verify(str(path), Settings()).is_same


def test_it_works_in_a_thread_of_its_own(tmp_path: Path) -> None:
    encoder = ToldEncoder(SAME)
    asyncio.run(a_session(tmp_path / "s.jsonl", encoder, [PEN, INK], 1).run())
    assert all(name.startswith("encoder") for name in encoder.threads) and encoder.threads


def test_an_encoder_that_breaks_is_told_once_and_the_room_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    session = a_session(path, ToldEncoder(SAME, breaks_after=0), [PEN, INK, DRAW], 1)
    asyncio.run(session.run())
    told = [event.system for event in events(path)[1] if isinstance(event, System)]
    assert [(one.code, one.text) for one in told] == [("encoder_failed", "the model is gone")]
    assert session.room.queue.open_count == 3
    assert verify(str(path), Settings()).is_same


def command(n: int, text: str) -> ProposeMerge:
    return ProposeMerge(f"q{n}", text, (("q0", "old"),))


@scene
async def test_questions_that_come_together_are_read_together() -> None:
    encoder, stage, bag = ToldEncoder(), Stage(), Bag()
    proposer = Proposer(encoder, stage)
    for n in range(1, 6):
        proposer.ask(command(n, f"text {n}"))
    task = asyncio.create_task(proposer.run(bag.put))
    await bag.until(lambda bag: len(bag.events) == 5)
    task.cancel()
    assert [len(batch) for batch in bag.batches] == [5]
    assert [len(batch) for batch in encoder.batches] == [6]
    assert 0.05 in stage.waits


@scene
async def test_a_flood_is_worked_off_in_bites_and_the_oldest_questions_are_given_up() -> None:
    encoder, stage, bag = ToldEncoder(), Stage(), Bag()
    proposer = Proposer(encoder, stage)
    for n in range(MOST_WAITING + 40):
        proposer.ask(command(n, f"text {n}"))
    task = asyncio.create_task(proposer.run(bag.put))
    await bag.until(lambda bag: len(bag.events) == MOST_WAITING)
    task.cancel()
    answered = [event.proposal.cluster for event in bag.events if isinstance(event, Proposal)]
    assert answered == [f"q{n}" for n in range(40, MOST_WAITING + 40)]
    assert max(len(batch) for batch in bag.batches) == 32
