"""How well questions are found and told apart: precision, recall and F1 on labelled comments, pairs kept apart and put together.

    python bench/detect.py labelled.jsonl [--pairs tests/triage/pairs.toml] [--wrong]

A line of the JSONL holds `text`, `needs_answer` (1, 0; null is left out) and may hold `type` (Q, R, P, N) and `intent`.
Prints one JSON object; scores in permille, whole numbers. `--wrong` lists the misjudged lines too.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from console.domain.text import clean
from console.domain.values import Understanding
from console.runtime.tables import shipped_rules, trained_model
from console.triage.kin import Kinship, key_of
from console.triage.lexicon import Lexicon
from console.triage.same import agrees, bucket, resolve
from console.triage.understand import understand


def read_lexicon() -> Lexicon:
    return shipped_rules().lexicon


def permille(part: int, whole: int) -> int | None:
    return (part * 1000 + whole // 2) // whole if whole else None


def one_question(a: Understanding, b: Understanding, on_air: str | None) -> bool:
    """What the queue asks of two comments: equal buckets and contents that agree, or the same meaning in other words."""
    slots_a, slots_b = resolve(a, on_air), resolve(b, on_air)
    if bucket(a, slots_a) == bucket(b, slots_b) and agrees(a.content, b.content):
        return True
    key_a, key_b = (key_of("", slots, u) for u, slots in ((a, slots_a), (b, slots_b)))
    return key_a is not None and key_b is not None and kinship().are_one(key_a, key_b)


@cache
def kinship() -> Kinship:
    network = trained_model().net
    assert network is not None, "the shipped model has one"
    return Kinship(network, shipped_rules().contrasts)


def detection(rows: list[dict[str, Any]], lexicon: Lexicon) -> tuple[dict[str, Any], list[str]]:
    counts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    of_type: Counter[str] = Counter()
    wrong: list[str] = []
    intent_right = 0
    for row in rows:
        if row.get("needs_answer") is None:
            continue
        u = understand(clean(row["text"]), lexicon, trained_model())
        is_need, truly = u.need != "none", bool(row["needs_answer"])
        counts[f"{'true' if is_need == truly else 'false'}_{'positive' if is_need else 'negative'}"] += 1
        kind = str(row.get("type", "Q" if truly else "N"))
        of_type[kind] += 1
        found[kind] += is_need
        intent_right += is_need and truly and u.intent == row.get("intent")
        if is_need != truly:
            wrong.append(f"{'false' if is_need else 'missed'} {kind} {row['text']} [{u.aspect}]")
    tp, fp, fn = counts["true_positive"], counts["false_positive"], counts["false_negative"]
    return {
        "comments": sum(counts.values()),
        **{name: counts[name] for name in sorted(counts)},
        "precision": permille(tp, tp + fp),
        "recall": permille(tp, tp + fn),
        "f1": permille(2 * tp, 2 * tp + fp + fn),
        "found_by_type": {kind: {"comments": of_type[kind], "called_a_need": found[kind]} for kind in sorted(of_type)},
        "intent_right": permille(intent_right, tp),
    }, wrong


def pairs(path: Path, lexicon: Lexicon) -> tuple[dict[str, Any], list[str]]:
    table = tomllib.loads(path.read_text("utf-8"))
    out: dict[str, Any] = {}
    wrong: list[str] = []
    for name, on_air in (("nothing_on_air", None), ("link_3_on_air", "3")):
        merged = dict.fromkeys(("apart", "together"), 0)
        for kind in merged:
            for one in table[kind]:
                a, b = (understand(clean(one[side]), lexicon, trained_model()) for side in "ab")
                is_one = one_question(a, b, on_air)
                merged[kind] += is_one
                if is_one != (kind == "together") and on_air is None:
                    wrong.append(f"{kind}: {one['a']} | {one['b']}   {a.aspect}|{b.aspect} {a.content!r}|{b.content!r}")
        out[name] = {
            "apart": len(table["apart"]),
            "apart_merged": merged["apart"],
            "together": len(table["together"]),
            "together_merged": merged["together"],
            "together_rate": permille(merged["together"], len(table["together"])),
        }
    return out, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="?")
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--wrong", action="store_true")
    chosen = parser.parse_args()
    lexicon = read_lexicon()
    report: dict[str, Any] = {}
    if chosen.labelled:
        rows = [json.loads(line) for line in chosen.labelled.read_text("utf-8").splitlines() if line.strip()]
        report["needs_an_answer"], wrong = detection(rows, lexicon)
        if chosen.wrong:
            report["misjudged"] = wrong
    if chosen.pairs:
        report["pairs"], wrong = pairs(chosen.pairs, lexicon)
        if chosen.wrong:
            report["pairs_misjudged"] = wrong
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
