"""Rules of what a shop answered before: kept from session to session, in a file of its own, without a viewer's name."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from playbook import START_MS, message

from console.config import Config
from console.domain.events import ActionOf, Canned, CannedOf
from console.domain.text import SafeText, clean
from console.domain.values import Slots
from console.journal.reader import Reader
from console.room.canned import MOST_KEPT
from console.room.state import Settings
from console.runtime.answerbook import AnswerBook, answers_file
from console.runtime.live import LiveSession
from console.runtime.recording import foreign_event, settings_from
from console.runtime.replay import verify
from console.wire.world import Put

DAY_MS = 86_400_000


def answer(text: str = "不起球", *, aspect: str = "material.pill", given_ms: int = START_MS, slots: Slots | None = None) -> CannedOf:
    return CannedOf("material", clean(aspect), clean(text), given_ms, slots or Slots(), SafeText(""))


def texts(book: AnswerBook, now_ms: int = START_MS) -> list[str]:
    return [str(one.canned.text) for one in book.load(now_ms)]


def a_book(tmp_path: Path, session: str = "s1") -> AnswerBook:
    return AnswerBook(tmp_path / "shops" / "coats" / "answers.jsonl", session)


def test_what_was_kept_is_there_in_the_next_session(tmp_path: Path) -> None:
    slots = Slots(size=("S", "M"), link="3", weight_g=80_000)
    book = a_book(tmp_path)
    assert book.keep(answer("不起球", slots=slots)) is None
    (one,) = a_book(tmp_path, "s2").load(START_MS)
    assert (one.canned.text, one.canned.slots, one.canned.session, one.canned.given_ms) == ("不起球", slots, "s1", START_MS)


def test_of_two_answers_to_one_question_the_newest_is_there(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    book.keep(answer("不起球"))
    book.keep(answer("轻微起球", given_ms=START_MS + 5))
    book.keep(answer("不掉色", aspect="material.fade", given_ms=START_MS + 6))
    assert texts(book) == ["轻微起球", "不掉色"]


def test_what_was_taken_back_leaves_the_one_before(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    book.keep(answer("不起球"))
    book.keep(answer("轻微起球", given_ms=START_MS + 5))
    book.drop(answer("轻微起球", given_ms=START_MS + 5))
    assert texts(book) == ["不起球"]
    book.close(START_MS)
    assert texts(book) == ["不起球"]


def test_the_end_of_a_session_puts_the_file_in_order(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    for n in range(5):
        book.keep(answer(f"第{n}版", given_ms=START_MS + n))
    book.keep(answer("很久以前", aspect="material.fade", given_ms=START_MS - 31 * DAY_MS))
    book.close(START_MS + 5)
    assert book.path.read_text("utf-8").count("\n") == 1
    assert texts(book) == ["第4版"]
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600
    assert [path.name for path in book.path.parent.iterdir()] == ["answers.jsonl"]


def test_at_most_a_thousand_are_kept_the_newest(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    for n in range(MOST_KEPT + 7):
        book.keep(answer(f"答 {n}", aspect=f"material.{n}", given_ms=START_MS + n))
    book.close(START_MS + MOST_KEPT)
    found = texts(book, START_MS + MOST_KEPT)
    assert (len(found), found[0]) == (MOST_KEPT, "答 7")


def test_two_sessions_of_one_shop_lose_nothing_of_each_other(tmp_path: Path) -> None:
    one, other = a_book(tmp_path, "s1"), a_book(tmp_path, "s2")
    one.keep(answer("不起球"))
    other.keep(answer("不掉色", aspect="material.fade"))
    one.close(START_MS)
    other.close(START_MS)
    assert sorted(texts(one)) == ["不掉色", "不起球"]


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00\n", b"not json\n", b"{}\n", b'{"intent":"nothing","text":"x"}\n', b"[1]\n", b"\n\n"])
def test_what_is_no_answer_in_the_file_is_passed_over(tmp_path: Path, garbage: bytes) -> None:
    book = a_book(tmp_path)
    book.keep(answer("不起球"))
    book.path.write_bytes(garbage + book.path.read_bytes() + garbage)
    assert texts(book) == ["不起球"]


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    book.keep(answer("不起球"))
    with book.path.open("ab") as stream:
        stream.write(b'{"intent":"material","aspe')
    again = a_book(tmp_path)
    again.keep(answer("不掉色", aspect="material.fade"))
    assert sorted(texts(again)) == ["不掉色", "不起球"]


def test_hostile_text_in_the_file_is_cleaned(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    book.keep(answer("不起球"))
    book.path.write_text(book.path.read_text("utf-8").replace("不起球", "\\u001b[2J不起球"), "utf-8")
    assert texts(book) == ["\ufffd[2J不起球"]


def test_a_session_without_answers_leaves_no_file(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    assert book.load(START_MS) == []
    book.close(START_MS)
    assert list(tmp_path.iterdir()) == []


def test_every_shop_has_a_file_of_its_own(tmp_path: Path) -> None:
    config = Config(data_folder=str(tmp_path))
    names = ["coats", "晚秋小铺", "ws://127.0.0.1:8888/", "ws---127-0-0-1-8888-", "../../etc/passwd", "a/b", "a-b", "x" * 300]
    paths = [answers_file(config, name) for name in names]
    assert len(set(paths)) == len(names)
    assert all(path.parent.parent == tmp_path / "shops" and path.name == "answers.jsonl" for path in paths)
    assert paths[0].parent.name == "coats"


# --- in a session -----------------------------------------------------------------------------------------------------


class Asks:
    """A source that asks once; the person at the console answers."""

    def __init__(self, holder: list[LiveSession], question: str, reply: str | None, *, undo: bool = False) -> None:
        self._holder, self._question, self._reply, self._undo = holder, question, reply, undo

    async def run(self, put: Put) -> None:
        session = self._holder[0]
        put([message(self._question, "小李", id=clean("m1"))])
        await session.runner.drain()
        if self._reply is not None:
            row = session.view(chosen=None, after_line=0, most_rows=5).rows[0]
            session.act(ActionOf(name="answer", cluster=SafeText(row.id), text=clean(self._reply), how="copied"))
            if self._undo:
                session.act(ActionOf(name="undo", cluster=SafeText(row.id)))


class Clock:
    """Stands still, except from session to session."""

    def __init__(self, at_ms: int) -> None:
        self.ms = at_ms

    def at_ms(self) -> int:
        return self.ms

    now_ms = monotonic_ms = at_ms

    def random(self) -> float:
        return 0.5

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


def play(tmp_path: Path, name: str, question: str, reply: str | None, *, day: int = 0, **options: Any) -> LiveSession:
    holder: list[LiveSession] = []
    folder = tmp_path / name
    folder.mkdir()
    session = LiveSession(
        Config(), [("script", Asks(holder, question, reply, **options))], journal=folder / "session.jsonl",
        clock=Clock(START_MS + day * DAY_MS), settings=settings_from(Config()),  # type: ignore[arg-type]
        answers=AnswerBook(tmp_path / "answers.jsonl", name), is_headless=True,
    )  # fmt: skip
    holder.append(session)
    asyncio.run(session.run())
    return session


def test_what_was_answered_yesterday_is_a_draft_today_and_an_event_of_the_journal(tmp_path: Path) -> None:
    play(tmp_path, "one", "会起球吗", "正常穿不起球")
    session = play(tmp_path, "two", "会不会起球", None, day=1)
    (cluster,) = session.room.queue.open_clusters()
    assert [(draft.source, draft.text) for draft in cluster.drafts] == [("canned", "正常穿不起球")]
    with (tmp_path / "two" / "session.jsonl").open("rb") as stream:
        events = [envelope.event for envelope in Reader(stream, foreign_event)]
    assert [event.canned.text for event in events if isinstance(event, Canned)] == ["正常穿不起球"]


def test_both_sessions_replay_exactly_without_the_file(tmp_path: Path) -> None:
    play(tmp_path, "one", "会起球吗", "正常穿不起球", undo=True)
    play(tmp_path, "two", "会起球吗", "真的不起球", day=1)
    play(tmp_path, "three", "会起球吗", "还是不起球", day=2)
    os.remove(tmp_path / "answers.jsonl")
    for name in ("one", "two", "three"):
        found = verify(str(tmp_path / name / "session.jsonl"), Settings())
        assert found.is_same and found.checks >= 2
    assert found.counts["canned"] == 1


def test_what_was_taken_back_is_not_offered_tomorrow(tmp_path: Path) -> None:
    play(tmp_path, "one", "会起球吗", "正常穿不起球", undo=True)
    session = play(tmp_path, "two", "会起球吗", None, day=1)
    assert session.room.state.canned == {}


def test_no_viewer_stands_in_the_file(tmp_path: Path) -> None:
    play(tmp_path, "one", "会起球吗", "@小李 正常穿不起球")
    written = (tmp_path / "answers.jsonl").read_text("utf-8")
    assert "正常穿不起球" in written and "小李" not in written and "m1" not in written


def test_a_folder_that_cannot_be_written_is_said_once_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").mkdir()
    session = play(tmp_path, "one", "会起球吗", "正常穿不起球")
    notice = session.view(chosen=None, after_line=0, most_rows=5).notice
    assert notice is not None and notice.code == "system.answers_unsaved"
    assert verify(str(tmp_path / "one" / "session.jsonl"), Settings()).is_same
