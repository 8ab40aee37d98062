"""One seed at one rate: every policy and oracle on the same comments → figures of that run."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from simulation.arrivals import Comment, arrivals, services
from simulation.bank import Bank
from simulation.desk import AFTER_MS, REUSE_MS, START_MS, Desk, perfectly

from console.review.oracle import Costs, Wish, oracle
from console.review.score import LONGEST_WAIT_MS, Asker, percentile

POLICIES = ("newest", "fifo", "count", "urgency", "reuse", "perfect", "oracle_no_reuse", "oracle")
STANDS_MS = 600_000


class Task(NamedTuple):
    bank: Bank
    rate: float
    seed: int
    length_ms: int
    policies: tuple[str, ...]


Figures = dict[str, float]


def figures_of(task: Task) -> dict[str, Figures]:
    """Figures by policy; under `merging` what the Room makes of the comments when nobody answers."""
    comments = arrivals(task.bank, task.rate, task.seed, task.length_ms)
    out = {"merging": _merging(task, comments)}
    for policy in task.policies:
        out[policy] = _of_oracle(task, comments, policy) if policy.startswith("oracle") else _of_desk(task, comments, policy)
    return out


def _of_desk(task: Task, comments: list[Comment], policy: str) -> Figures:
    is_perfect = policy == "perfect"
    desk = Desk(task.bank, "reuse" if is_perfect else policy, task.seed, is_perfect=is_perfect)  # type: ignore[arg-type]
    end_ms = desk.run(comments, task.length_ms)
    found = _waits([(asker.asked_ms, asker.patience_ms, asker.answered_ms) for asker in desk.ledger.askers])
    left = [_left_ms(desk, asker, cluster, end_ms) for asker, cluster in desk.filed if cluster is not None]
    return found | {
        "detected": len(left), "false_merges": desk.ledger.passed_over, "longest_detected_s": max(left, default=0) / 1000,
        "detected_120s": sum(wait >= LONGEST_WAIT_MS for wait in left), "answers": desk.done["answer"],
        "reuses": desk.done["reuse"], "said_already": desk.done["said"], "dismissals": desk.done["dismiss"],
    }  # fmt: skip


def _left_ms(desk: Desk, asker: Asker, cluster: str, end_ms: int) -> int:
    """How long a noticed question stood: until it was answered, or its cluster was closed after it had been asked."""
    closed_ms = desk.closed_ms.get(cluster, end_ms)
    until_ms = closed_ms if closed_ms >= asker.asked_ms else end_ms  # asked into a dismissed cluster: nobody looks there
    return min(until_ms, asker.answered_ms if asker.answered_ms is not None else end_ms) - asker.asked_ms


def _of_oracle(task: Task, comments: list[Comment], policy: str) -> Figures:
    """Knows groups, times and patience; an asker is worth one if answered within 10 s and one more if within 30 s."""
    askers = [comment for comment in comments if comment.group is not None]
    wishes = [
        Wish(
            group=comment.group.name, asked_ms=START_MS + comment.at_ms,
            deadlines_ms=tuple(START_MS + comment.at_ms + min(most_ms, comment.patience_ms) for most_ms in (10_000, 30_000)),
            is_anew=perfectly(comment.group).need != "question",
        )
        for comment in askers
        if comment.group is not None
    ]  # fmt: skip
    costs = Costs(answer=lambda: services(task.seed), reuse_ms=REUSE_MS if policy == "oracle" else None, stands_ms=STANDS_MS)
    answered = oracle(wishes, costs, START_MS + task.length_ms + AFTER_MS)
    rows = zip(wishes, askers, answered, strict=True)
    return _waits([(wish.asked_ms, comment.patience_ms, at_ms) for wish, comment, at_ms in rows])


def _waits(askers: list[tuple[int, int, int | None]]) -> Figures:
    """(asked, patience, answered). Who has left by then isn't answered; a wait goes on until the answer, whoever is still there."""
    waits = sorted(LONGEST_WAIT_MS if at_ms is None else min(LONGEST_WAIT_MS, at_ms - asked_ms) for asked_ms, _, at_ms in askers)
    present = [at_ms - asked_ms for asked_ms, patience_ms, at_ms in askers if at_ms is not None and at_ms - asked_ms <= patience_ms]
    count = max(1, len(askers))
    return {
        "askers": len(askers), "in_10s": 100 * sum(wait <= 10_000 for wait in present) / count,
        "in_30s": 100 * sum(wait <= 30_000 for wait in present) / count,
        "mean_wait_s": sum(waits) / count / 1000, "p90_wait_s": (percentile(waits, 90) or 0) / 1000,
    }  # fmt: skip


def _merging(task: Task, comments: list[Comment]) -> Figures:
    desk = Desk(task.bank, "reuse", task.seed, works=False)
    desk.run(comments, task.length_ms)
    groups = Counter(asker.group for asker, _ in desk.filed)
    clusters = Counter(cluster for _, cluster in desk.filed if cluster is not None)
    both = Counter((asker.group, cluster) for asker, cluster in desk.filed if cluster is not None)
    true, made, right = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (groups, clusters, both))
    called = sum(len(cluster.askers) for cluster in desk.room.state.clusters.values())
    detected = sum(clusters.values())
    return {
        "comments": len(comments), "true_pairs_merged": 100 * right / max(1, true), "merged_pairs_true": 100 * right / max(1, made),
        "questions_detected": 100 * detected / max(1, len(desk.filed)), "detected_true": 100 * detected / max(1, called),
    }  # fmt: skip
