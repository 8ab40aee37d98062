"""Rules of `replay --verify`: the same bytes on every run, exit 1 where a decision differs, and never a proof of nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Liveroom
from playbook import message

from console.config import Config
from console.domain.events import ActionOf
from console.domain.text import SafeText, clean
from console.runtime.live import LiveSession

SAMPLES = Path(__file__).parents[2] / "sample_feeds"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A recorded session with comments, an answer, an undo, and checks."""
    path = tmp_path / "session.jsonl"
    live = LiveSession(Config(), [], journal=path)
    for n, text in enumerate(["3号多少钱", "哈哈", "包邮吗", "3号什么价", "160斤能穿吗"]):
        live.runner.submit(message(text, f"v{n}", id=clean(f"m{n}")))
    top = live.view(chosen=None, after_line=0, most_rows=5).rows[0].id
    live.act(ActionOf(name="answer", cluster=SafeText(top), how="aloud"))
    live.act(ActionOf(name="undo", cluster=SafeText(top)))
    live.runner.close()
    return path


def test_a_recorded_session_decides_alike(liveroom: Liveroom, session: Path) -> None:
    said = liveroom("replay", session, "--verify", "--json")
    (line,) = said.lines
    assert (said.code, line["ok"], line["agreed"], line["first_wrong"]) == (0, True, line["checks"], None)
    assert line["checks"] >= 3
    assert line["counts"]["message"] == 5 and line["counts"]["action"] == 2
    assert "same: all" in liveroom("replay", session, "--verify", "--lang", "en").out.decode()


def test_merges_splits_and_what_was_taken_back_decide_alike(liveroom: Liveroom, tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    live = LiveSession(Config(), [], journal=path)
    for n, text in enumerate(["3号多少钱", "三号什么价", "包邮吗", "3号多少米", "160斤能穿吗"]):
        live.runner.submit(message(text, f"v{n}", id=clean(f"m{n}")))
    rows = {str(row.text): row.id for row in live.view(chosen=None, after_line=0, most_rows=5).rows}
    price, free, size = (SafeText(rows[text]) for text in ("3号多少钱", "包邮吗", "160斤能穿吗"))
    live.act(ActionOf(name="split", cluster=price, text=SafeText("三号什么价")))
    live.act(ActionOf(name="merge", cluster=price, from_id=free))
    live.act(ActionOf(name="merge", cluster=size, from_id=price))
    live.runner.submit(message("三号什么价", "v9", id=clean("m9")))
    live.act(ActionOf(name="undo", cluster=size))
    live.act(ActionOf(name="answer", cluster=free))
    live.runner.close()
    (line,) = liveroom("replay", path, "--verify", "--json").lines
    assert (line["ok"], line["agreed"], line["counts"]["action"]) == (True, line["checks"], 5)
    assert line["checks"] >= 6


def test_no_time_and_no_path_is_printed(liveroom: Liveroom, session: Path) -> None:
    (line,) = liveroom("replay", session, "--verify", "--json").lines
    text = json.dumps(line)
    assert str(session.parent) not in text and "session.jsonl" not in text
    assert not any(key.endswith("_ms") for key in line)


def test_a_changed_decision_is_exit_1_and_named(liveroom: Liveroom, session: Path) -> None:
    lines = session.read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if '"kind":"check"' in line)
    wanted = json.loads(lines[place])
    wanted["check"]["digest"] = "0" * len(wanted["check"]["digest"])
    lines[place] = json.dumps(wanted)
    session.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = liveroom("replay", session, "--verify", "--json")
    assert (said.code, said.lines[0]["ok"], said.lines[0]["first_wrong"]) == (1, False, wanted["check"]["upto_seq"])
    assert "DIFFERENT" in liveroom("replay", session, "--verify", "--lang", "en").out.decode()


def test_a_comment_that_was_slipped_in_or_taken_out_is_noticed(liveroom: Liveroom, session: Path) -> None:
    lines = session.read_text(encoding="utf-8").splitlines(keepends=True)
    asked = next(n for n, line in enumerate(lines) if "包邮吗" in line)
    for forged in (lines[:asked] + lines[asked + 1 :], [*lines[:asked], lines[asked].replace("包邮吗", "哈哈"), *lines[asked + 1 :]]):
        session.write_text("".join(forged), encoding="utf-8")
        assert liveroom("replay", session, "--verify").code == 1


def test_a_torn_or_dirty_recording_says_so(liveroom: Liveroom, session: Path) -> None:
    data = session.read_bytes()
    session.write_bytes(data[:-9])
    said = liveroom("replay", session, "--verify", "--json")
    assert (said.lines[0]["is_torn"], "torn" in said.err) == (True, True)
    session.write_bytes(data.replace(b"\n", b"\ngarbage\n", 1))
    said = liveroom("replay", session, "--verify", "--json")
    assert (said.lines[0]["bad_lines"], said.lines[0]["first_bad"]) == (1, 2)
    assert "1 unreadable line was skipped (line 2)" in said.err


def test_other_versions_are_said_aloud(liveroom: Liveroom, session: Path) -> None:
    session.write_text(session.read_text(encoding="utf-8").replace('"rapidfuzz":"', '"rapidfuzz":"0.', 1), encoding="utf-8")
    said = liveroom("replay", session, "--verify", "--lang", "en")
    assert "rankings may differ" in said.err


def test_a_recording_without_decisions_is_run_twice(liveroom: Liveroom) -> None:
    said = liveroom("replay", SAMPLES / "overseas.jsonl", "--verify", "--lang", "en")
    assert said.code == 0
    assert "no recorded decisions" in said.out.decode()


def test_nothing_is_no_proof(liveroom: Liveroom, tmp_path: Path) -> None:
    for content in (b"", b"\x89PNG\r\n\x1a\n", b'{"kind":"header","v":1}\n'):
        path = tmp_path / "x.jsonl"
        path.write_bytes(content)
        said = liveroom("replay", path, "--verify", "--lang", "en")
        assert (said.code, said.out) == (2, b"")
        assert "holds no event" in said.err
