"""A simulated shopping room: how many askers one assistant answers in time, by the policy that says what is next.

    python bench/simulate.py BANK.jsonl [--rates 1,3,10] [--seeds 20] [--policies reuse,oracle] [--minutes 30] [--jobs 2] [--json]

Thirty minutes, six products of five minutes each; comments come at random (Poisson), twice as many in the first minute of a
product, 30 % ask one of 25 questions (Zipf 1.0), each comment from another viewer, each asker stays 25 s on average (exponential). They
go through the real Room; `simulation/desk.py` says what the assistant does and what it costs him, `console/review/oracle.py` what an
oracle is. `perfect` = our ranking, but every question detected and merged as it truly is. All of it is invented: compare figures of one
run with each other and with nothing else.

Shares in percent of all askers, noticed or not, with the 95 % interval over seeds (t). Who has left isn't answered; waits go on until
an answer is given whoever is still there, at most 120 s. `false_merges`: askers who got another question's answer. `detected_120s`:
noticed questions that neither were answered nor left the list for 120 s; `longest_detected_s` the longest of them, over all seeds.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from simulation.bank import read_bank
from simulation.run import POLICIES, Figures, Task, figures_of

# Student's t, two-sided 95 %, by degrees of freedom; beyond 30 the normal value is near enough.
T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
LARGEST = ("longest_detected_s",)
"""Figures of which the largest of all seeds is told; of `detected_120s` the sum; of all others the mean."""


def interval(values: list[float]) -> tuple[float, float, float]:
    """Mean, and the ends of its 95 % interval."""
    mean = statistics.fmean(values)
    if len(values) < 2:
        return mean, mean, mean
    half = (T95[len(values) - 2] if len(values) - 1 <= len(T95) else 1.96) * statistics.stdev(values) / math.sqrt(len(values))
    return mean, mean - half, mean + half


def summed(kind: str, rate: float, policy: str, runs: list[Figures]) -> dict[str, Any]:
    """One line of output for a policy at a rate."""
    line: dict[str, Any] = {"kind": kind, "rate": rate, "policy": policy, "seeds": len(runs)}
    for name in runs[0]:
        values = [run[name] for run in runs]
        if name in LARGEST:
            line[name] = round(max(values), 1)
        elif name == "detected_120s":
            line[name] = sum(values)
        else:
            mean, low, high = interval(values)
            line[name] = round(mean, 1)
            if name in ("in_10s", "in_30s"):
                line[f"{name}_95"] = [round(low, 1), round(high, 1)]
    return line


def lines_of(rate: float, found: list[dict[str, Figures]]) -> Iterable[dict[str, Any]]:
    """A line on merging, then one a policy, with its part of what the oracle reaches."""
    merging = summed("merging", rate, "", [run["merging"] for run in found])
    del merging["policy"]
    yield merging
    best = {name: statistics.fmean(run["oracle"][name] for run in found) for name in ("in_10s", "in_30s") if "oracle" in found[0]}
    for policy in found[0]:
        if policy == "merging":
            continue
        line = summed("policy", rate, policy, [run[policy] for run in found])
        for name, most in best.items():
            line[f"of_oracle_{name}"] = round(100 * statistics.fmean(run[policy][name] for run in found) / most, 1) if most else None
        yield line


def tell(line: dict[str, Any]) -> None:
    if line["kind"] == "merging":
        print(
            f"\n{line['rate']:g}/s, {line['seeds']} seeds: {line['questions_detected']} % of questions detected "
            f"({line['detected_true']} % of what was detected asks), {line['true_pairs_merged']} % of true pairs merged "
            f"({line['merged_pairs_true']} % of merged pairs true)"
        )
        heads = ("of oracle", "mean s", "p90 s", "false", "longest s", ">= 120 s")
        print(f"{'policy':16} {'<= 10 s, %':>20} {'<= 30 s, %':>20}", *(f"{head:>9}" for head in heads))
        return
    shares = (f"{line[name]:5.1f} ({line[f'{name}_95'][0]:.1f}-{line[f'{name}_95'][1]:.1f})" for name in ("in_10s", "in_30s"))
    rest = ("of_oracle_in_10s", "mean_wait_s", "p90_wait_s", "false_merges", "longest_detected_s", "detected_120s")
    print(f"{line['policy']:16}", *(f"{share:>20}" for share in shares), *(f"{line.get(name, ''):>9}" for name in rest))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bank", type=Path)
    parser.add_argument("--rates", default="1,3,10")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--policies", default=",".join(POLICIES))
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    policies = tuple(chosen.policies.split(","))
    if unknown := [name for name in policies if name not in POLICIES]:
        parser.error(f"no policy {unknown[0]}: there are {', '.join(POLICIES)}")
    bank, length_ms = read_bank(chosen.bank), round(chosen.minutes * 60_000)
    with ProcessPoolExecutor(chosen.jobs) as pool:
        for rate in (float(word) for word in chosen.rates.split(",")):
            tasks = [Task(bank, rate, seed, length_ms, policies) for seed in range(1, chosen.seeds + 1)]
            found = list(pool.map(figures_of, tasks))
            for line in lines_of(rate, found):
                print(json.dumps(line, sort_keys=True)) if chosen.json else tell(line)


if __name__ == "__main__":
    main()
