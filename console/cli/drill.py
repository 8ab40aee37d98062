"""`liveroom drill FILE --autopilot SECONDS`: a recorded room, answered by a policy, with a score."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation

from console.cli.output import OK, Printer
from console.config import Config
from console.domain.errors import UsageError
from console.i18n import Speech
from console.review.score import points
from console.runtime.autopilot import Policy
from console.runtime.drill import Drilled, Plan, read_key
from console.runtime.drill import drill as drilled
from console.runtime.recording import settings_from

LEAST_MS, MOST_MS = 100, 3_600_000
DEFAULT_POLICY: Policy = "reuse"


def drill(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    if flags.autopilot is None:
        raise UsageError(say("usage.drill_screen"), hint=say("usage.drill_screen_hint"))
    plan = Plan(
        policy=flags.policy or DEFAULT_POLICY, answer_ms=_ms(flags.autopilot, say), reuse_ms=config.drill_reuse_ms,
        patience_ms=config.patience_s * 1000,
        patience_by_intent_ms={intent: seconds * 1000 for intent, seconds in config.patience_by_intent_s.items()},
        key=read_key(flags.key, say) if flags.key is not None else None,
    )  # fmt: skip
    found = drilled(flags.file, plan, settings_from(config, on_air=flags.on_air), say)
    printer = Printer(say, as_json=flags.json)
    if flags.json:
        printer.data(_line(found, plan))
    else:
        _tell(printer, found, plan)
    printer.flush()
    printer.note_skipped(found.bad_lines, found.first_bad, is_torn=found.is_torn)
    if found.missing_catalogues:
        printer.note("cli.no_catalogue", count=found.missing_catalogues)
    return OK


def _ms(text: str, say: Speech) -> int:
    """Seconds as they were typed → whole ms."""
    try:
        ms = int(Decimal(text) * 1000)
    except (InvalidOperation, ValueError, OverflowError):
        ms = -1
    if not LEAST_MS <= ms <= MOST_MS:
        raise UsageError(say("usage.autopilot", value=text), hint=say("usage.autopilot_hint"))
    return ms


def _seconds(ms: int | None) -> float | None:
    """For people, one decimal; made of the nearest whole tenth."""
    return None if ms is None else (ms + 50) // 100 / 10


def _line(found: Drilled, plan: Plan) -> dict[str, object]:
    grade = found.grade
    return {
        "kind": "score", "policy": plan.policy, "truth": "key" if plan.key is not None else "clusters",
        "autopilot_ms": plan.answer_ms, "reuse_ms": min(plan.reuse_ms, plan.answer_ms),
        "answered_clusters": found.answered_clusters, "reused_clusters": found.reused_clusters,
        "false_answers": found.false_answers, "passed_over": found.passed_over,
        "askers": grade.askers, "askers_detected": grade.detected, "askers_answered": grade.answered,
        "askers_answered_10s": grade.in_10_s, "askers_answered_30s": grade.in_30_s,
        "mean_wait_s": _seconds(grade.mean_wait_ms), "p90_wait_s": _seconds(grade.p90_wait_ms),
        "longest_wait_s": _seconds(grade.longest_wait_ms),
        "askers_in_patience": grade.in_patience, "oracle_in_patience": found.best, "score": points(grade.in_patience, found.best),
    }  # fmt: skip


def _tell(printer: Printer, found: Drilled, plan: Plan) -> None:
    say, grade = printer.say, found.grade
    score = points(grade.in_patience, found.best)
    printer.line(say("drill.score", score=score) if score is not None else say("drill.no_score"))
    printer.line(say("drill.answers", policy=plan.policy, clusters=found.answered_clusters, reused=found.reused_clusters))
    printer.line(say("drill.askers", askers=grade.askers, ten=grade.in_10_s, thirty=grade.in_30_s, all=grade.answered))
    printer.line(say("drill.patience", count=grade.in_patience, best=found.best))
    if grade.askers:
        waits = (_seconds(grade.mean_wait_ms), _seconds(grade.p90_wait_ms), _seconds(grade.longest_wait_ms))
        printer.line(say("drill.waits", mean=str(waits[0]), p90=str(waits[1]), longest=str(waits[2])))
    if plan.key is not None:
        printer.line(say("drill.missed", missed=grade.askers - grade.detected, passed=found.passed_over, nobody=found.false_answers))
