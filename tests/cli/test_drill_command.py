"""Rules of `liveroom drill FILE --autopilot SECONDS`: one line, whole numbers, the same bytes each time, and what each policy costs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from calling import Liveroom, Said
from test_programs import environment
from test_rank_command import comment, feed

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_feeds" / "overseas.jsonl"
POLICIES = ("newest", "fifo", "count", "urgency", "reuse")
CONTRACT = {
    "kind", "answered_clusters", "askers", "askers_answered_10s", "askers_answered_30s", "mean_wait_s", "p90_wait_s", "score",
}  # fmt: skip
END = comment(99, "哈哈", 60_000)


def drilled(liveroom: Liveroom, place: Path, *lines: dict[str, Any], key: dict[str, str | None] | None = None, **flags: object) -> Any:
    """The score line of a feed. `seconds`, `policy`; `key` by comment id."""
    path = place / "feed.jsonl"
    path.write_bytes(feed(*lines))
    more: list[object] = ["--policy", flags["policy"]] if "policy" in flags else []
    if key is not None:
        (place / "key.jsonl").write_text("".join(json.dumps({"id": id, "group": group}) + "\n" for id, group in key.items()))
        more += ["--key", place / "key.jsonl"]
    said: Said = liveroom("drill", path, "--autopilot", flags.get("seconds", 8), "--json", *more)
    assert (said.code, said.err) == (0, "")
    (line,) = said.lines
    return line


def action(name: str, cluster: str, at_ms: int) -> dict[str, Any]:
    return {"v": 1, "kind": "action", "recv_ms": at_ms, "action": {"name": name, "cluster": cluster, "how": "aloud"}}


def test_the_line_holds_the_contract_and_its_parts(liveroom: Liveroom) -> None:
    for policy in POLICIES:
        said = liveroom("drill", SAMPLE, "--autopilot", "8", "--policy", policy, "--json")
        (line,) = said.lines
        assert set(line) >= CONTRACT
        assert list(line) == sorted(line)
        assert 0 < line["askers_answered_10s"] <= line["askers_answered_30s"] <= line["askers_answered"] <= line["askers"]
        assert line["score"] == round(100 * line["askers_in_patience"] / line["oracle_in_patience"])
        assert 0 < line["score"] < 100
        assert all(type(value) is (float if name.endswith("_s") else int) for name, value in line.items() if not isinstance(value, str))


def test_what_is_a_question_does_not_depend_on_who_answers_what(liveroom: Liveroom) -> None:
    lines = [liveroom("drill", SAMPLE, "--autopilot", "5", "--policy", policy, "--json").lines[0] for policy in POLICIES]
    assert len({(line["askers"], line["oracle_in_patience"]) for line in lines}) == 1


def test_an_answer_takes_the_seconds_that_were_said(liveroom: Liveroom, tmp_path: Path) -> None:
    line = drilled(liveroom, tmp_path, comment(1, "3号多少钱", 0), comment(2, "包邮吗", 1_000), END)
    assert (line["answered_clusters"], line["askers"], line["askers_answered_10s"], line["askers_answered_30s"]) == (2, 2, 1, 2)
    assert (line["mean_wait_s"], line["p90_wait_s"]) == (11.5, 15.0)
    assert line["score"] == 100


def test_who_asks_while_it_is_answered_hears_it_and_one_viewer_counts_once(liveroom: Liveroom, tmp_path: Path) -> None:
    line = drilled(
        liveroom, tmp_path, comment(1, "3号多少钱", 0), comment(2, "3号什么价", 5_000), comment(3, "3号咋卖", 6_000, who="u1"), END
    )
    assert (line["answered_clusters"], line["askers"], line["mean_wait_s"]) == (1, 2, 5.5)


def test_saying_it_again_costs_little_under_reuse_and_all_of_it_under_urgency(liveroom: Liveroom, tmp_path: Path) -> None:
    lines = (comment(1, "3号多少钱", 0), comment(2, "3号多少钱", 20_000), END)
    again = drilled(liveroom, tmp_path, *lines, policy="reuse")
    assert (again["reused_clusters"], again["answered_clusters"], again["mean_wait_s"]) == (1, 2, 4.6)
    anew = drilled(liveroom, tmp_path, *lines, policy="urgency")
    assert (anew["reused_clusters"], anew["answered_clusters"], anew["mean_wait_s"]) == (0, 2, 8.0)


def test_reuse_never_costs_more_than_an_answer_and_is_a_setting(
    liveroom: Liveroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (comment(1, "3号多少钱", 0), comment(2, "3号多少钱", 20_000), END)
    assert drilled(liveroom, tmp_path, *lines, seconds=1)["mean_wait_s"] == 1.0
    monkeypatch.setenv("LIVEROOM_DRILL_REUSE_MS", "3000")
    assert drilled(liveroom, tmp_path, *lines)["mean_wait_s"] == 5.5


ONE_FIRST = (
    # While the first is answered, three questions come in: one asked early by one, one asked by two, one asked last.
    comment(1, "包邮吗", 0), comment(2, "3号多少钱", 1_000), comment(3, "5号有货吗", 2_000), comment(4, "5号还有货吗", 3_000),
    comment(5, "160斤能穿吗", 4_000), comment(6, "哈哈", 17_000),
)  # fmt: skip


@pytest.mark.parametrize(("policy", "second"), [("fifo", {2: 15.0}), ("count", {3: 14.0, 4: 13.0}), ("newest", {5: 12.0})])
def test_policies_differ_in_what_comes_second(liveroom: Liveroom, tmp_path: Path, policy: str, second: dict[int, float]) -> None:
    """At 8 s 包邮 is answered, at 16 s one more; the others wait to the end, at 17 s."""
    line = drilled(liveroom, tmp_path, *ONE_FIRST, policy=policy)
    assert (line["answered_clusters"], line["askers_answered"]) == (2, 1 + len(second))
    waits = [8.0, *(second.get(n, 17.0 - (n - 1)) for n in range(2, 6))]
    assert line["mean_wait_s"] == sum(waits) / 5


def test_what_the_recorded_assistant_did_changes_nothing(liveroom: Liveroom, tmp_path: Path) -> None:
    lines = [comment(1, "3号多少钱", 0), comment(2, "包邮吗", 1_000)]
    alone = drilled(liveroom, tmp_path, *lines, END)
    assisted = drilled(liveroom, tmp_path, *lines, action("answer", "q1", 2_000), action("dismiss", "q2", 3_000), END)
    assert alone == assisted


def test_a_deleted_comment_waits_for_nothing(liveroom: Liveroom, tmp_path: Path) -> None:
    gone = {"v": 1, "kind": "delete", "platform": "t", "room": "1", "recv_ms": 3_000, "delete": {"scope": "message", "target_id": "c2"}}
    line = drilled(liveroom, tmp_path, comment(1, "3号多少钱", 0), comment(2, "包邮吗", 1_000), gone, END)
    assert (line["askers"], line["answered_clusters"]) == (1, 1)


def test_the_key_says_who_asks_and_what_is_one_question(liveroom: Liveroom, tmp_path: Path) -> None:
    lines = [
        comment(1, "3号多少钱", 0), comment(2, "今天风好大", 1_000), comment(3, "3号多少钱", 2_000),
        comment(4, "包邮吗", 3_000), END,
    ]  # fmt: skip
    line = drilled(liveroom, tmp_path, *lines, key={"c1": "price", "c2": "price", "c3": "other", "c4": None})
    assert line["truth"] == "key"
    assert (line["askers"], line["askers_answered"], line["passed_over"]) == (3, 2, 1)
    assert (line["answered_clusters"], line["false_answers"]) == (2, 1)


def test_a_question_that_the_program_overlooks_still_counts_against_it(liveroom: Liveroom, tmp_path: Path) -> None:
    line = drilled(liveroom, tmp_path, comment(1, "哈哈", 0), END, key={"c1": "joke"})
    assert (line["askers"], line["askers_detected"], line["askers_answered"], line["score"]) == (1, 0, 0, 0)
    assert line["mean_wait_s"] == 60.0


def test_nobody_asking_gives_no_score(liveroom: Liveroom, tmp_path: Path) -> None:
    line = drilled(liveroom, tmp_path, comment(1, "哈哈", 0), END)
    assert (line["askers"], line["answered_clusters"], line["score"], line["mean_wait_s"]) == (0, 0, None, None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_an_autopilot_it_says_that_the_screen_comes_later(liveroom: Liveroom, lang: str) -> None:
    said = liveroom("drill", SAMPLE, "--policy", "fifo", "--lang", lang)
    assert (said.code, said.out) == (2, b"")
    assert "--autopilot 8" in said.err


BAD = {
    "no number": ["--autopilot", "soon"], "too quick": ["--autopilot", "0"], "never": ["--autopilot", "nan"],
    "endless": ["--autopilot", "inf"], "an unknown policy": ["--autopilot", "8", "--policy", "best"],
    "no key": ["--autopilot", "8", "--key", "/nonexistent"], "a key that is none": ["--autopilot", "8", "--key", str(SAMPLE)],
    "a key of nothing": ["--autopilot", "8", "--key", "/dev/null"],
}  # fmt: skip


@pytest.mark.parametrize("flags", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_drilled_is_exit_2_with_a_hint(liveroom: Liveroom, flags: list[str]) -> None:
    said = liveroom("drill", SAMPLE, *flags)
    assert (said.code, said.out) == (2, b"")
    assert len(said.err.splitlines()) == 2 and "Traceback" not in said.err


def test_a_pipe_is_as_good_as_a_file(liveroom: Liveroom, tmp_path: Path) -> None:
    flags = ("--autopilot", "8", "--json")
    piped = liveroom("drill", "-", *flags, stdin=SAMPLE.read_bytes())
    (tmp_path / "room.jsonl").write_bytes(SAMPLE.read_bytes())  # without the catalogue that lies beside the sample
    assert piped.code == 0 and piped.lines == liveroom("drill", tmp_path / "room.jsonl", *flags).lines


def test_for_people_it_is_a_score_and_what_it_is_made_of(liveroom: Liveroom) -> None:
    score = liveroom("drill", SAMPLE, "--autopilot", "8", "--json").lines[0]["score"]
    assert f"score {score} of 100" in liveroom("drill", SAMPLE, "--autopilot", "8", "--lang", "en").out.decode()
    assert f"得分 {score}" in liveroom("drill", SAMPLE, "--autopilot", "8", "--lang", "zh").out.decode()


def test_a_score_is_the_same_bytes_whatever_the_hash_seed() -> None:
    command = [sys.executable, "-m", "console", "drill", str(SAMPLE), "--autopilot", "8", "--json"]
    runs = [
        subprocess.run(command, capture_output=True, cwd=ROOT, env=environment(PYTHONHASHSEED=seed), timeout=60, check=True).stdout
        for seed in ("0", "1", "4242")
    ]
    assert runs[0] == runs[1] == runs[2] != b""
