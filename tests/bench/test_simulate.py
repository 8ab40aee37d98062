"""Rules of the simulator: it runs, tells every figure, and the same seed gives the same bytes. What the figures are is not a test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BANK = ROOT / "bench" / "banks" / "dev.jsonl"
SHARES = {"in_10s", "in_10s_95", "in_30s", "in_30s_95", "of_oracle_in_10s", "of_oracle_in_30s", "mean_wait_s", "p90_wait_s", "askers"}
OF_A_DESK = {
    "detected", "false_merges", "longest_detected_s", "detected_120s", "answers", "reuses", "said_already", "dismissals",
}  # fmt: skip


def simulated(*flags: str, seed: str = "0") -> bytes:
    command = [sys.executable, str(ROOT / "bench" / "simulate.py"), str(BANK), "--rates", "2", "--minutes", "3", "--json", *flags]
    env = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(command, capture_output=True, cwd=ROOT, env=env, timeout=120, check=True).stdout


def lines(out: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_every_policy_and_oracle_tells_every_figure() -> None:
    merging, *policies = lines(simulated("--seeds", "1"))
    assert set(merging) >= {"comments", "true_pairs_merged", "merged_pairs_true", "questions_detected", "detected_true"}
    assert [line["policy"] for line in policies] == [
        "newest", "fifo", "count", "urgency", "reuse", "perfect", "oracle_no_reuse", "oracle",
    ]  # fmt: skip
    for line in policies:
        assert set(line) >= SHARES | (set() if line["policy"].startswith("oracle") else OF_A_DESK)
        assert 0 < line["in_10s"] <= line["in_30s"] <= 100
        assert line["askers"] == policies[0]["askers"]


def test_the_same_seed_is_the_same_room_whatever_the_hash_seed_and_however_many_work() -> None:
    flags = ("--seeds", "2", "--policies", "reuse,oracle")
    assert simulated(*flags, "--jobs", "1", seed="0") == simulated(*flags, "--jobs", "2", seed="4242")


def test_with_perfect_eyes_nothing_is_overlooked_or_merged_wrongly() -> None:
    (line,) = (line for line in lines(simulated("--seeds", "1", "--policies", "perfect")) if line["kind"] == "policy")
    assert (line["detected"], line["false_merges"], line["said_already"], line["dismissals"]) == (line["askers"], 0, 0, 0)
