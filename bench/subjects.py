"""How often the subject of a wording is read right, and what is left of it: wordings by subject, pairs by slot kind. Prints JSON.

    python bench/subjects.py [--bank FILE.tsv ...] [--pairs FILE.jsonl ...] [--intents price,stock] [--wrong]

A bank holds lines `aspect<TAB>text`, every one a comment that needs an answer; a pairs file one object a line: `verdict` (apart,
together), `kind`, `a`, `b`. That a line needs an answer is taken for granted: only what it asks is measured. Permille.

For each aspect: `right` = read as this aspect, `bare` = right and nothing left in `content` (such wordings merge by themselves).
For pairs: `together` merged by kind, `apart` merged (must be none), and why the others were not: aspect, slots or content.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from detect import one_question, permille

from console.domain.text import clean
from console.domain.values import Understanding
from console.runtime.tables import shipped_rules
from console.triage.understand import understand


def read(text: str) -> Understanding:
    return understand(clean(text), shipped_rules().lexicon, shipped_rules().model, is_need=True)


def bank(paths: list[Path], intents: frozenset[str], wrong: list[str]) -> dict[str, Any]:
    lines = [line.split("\t") for path in paths for line in path.read_text("utf-8").splitlines() if line.count("\t") == 1]
    seen, right, bare = Counter[str](), Counter[str](), Counter[str]()
    for aspect, text in lines:
        if intents and aspect.partition(".")[0] not in intents:
            continue
        u = read(text)
        seen[aspect] += 1
        right[aspect] += u.aspect == aspect
        bare[aspect] += u.aspect == aspect and not u.content
        if u.aspect != aspect or u.content:
            wrong.append(f"{aspect}: {text}   [{u.aspect}] left {u.content!r}")
    total = {"lines": seen.total(), "right": permille(right.total(), seen.total()), "bare": permille(bare.total(), seen.total())}
    return {"all": total} | {
        aspect: {"lines": seen[aspect], "right": permille(right[aspect], seen[aspect]), "bare": permille(bare[aspect], seen[aspect])}
        for aspect in sorted(seen)
    }


def pairs(paths: list[Path], intents: frozenset[str], wrong: list[str]) -> dict[str, Any]:
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]
    counted, merged, why = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        a, b = read(row["a"]), read(row["b"])
        if intents and not intents & {a.intent, b.intent}:
            continue
        key = f"{row['verdict']}.{row['kind']}"
        is_one = one_question(a, b, None)
        counted[key] += 1
        merged[key] += is_one
        if is_one != (row["verdict"] == "together"):
            reason = "merged" if is_one else "aspect" if a.aspect != b.aspect else "slots" if a.slots != b.slots else "content"
            why[reason] += 1
            wrong.append(f"{key} {reason}: {row['a']} | {row['b']}   [{a.aspect}|{b.aspect}] {a.content!r} | {b.content!r}")
    out: dict[str, Any] = {"why_not": dict(sorted(why.items()))}
    for verdict in ("together", "apart"):
        keys = [key for key in sorted(counted) if key.startswith(verdict)]
        whole, part = sum(counted[key] for key in keys), sum(merged[key] for key in keys)
        out[verdict] = {
            "pairs": whole,
            "merged": part,
            "rate": permille(part, whole),
            "by_kind": {k: f"{merged[k]}/{counted[k]}" for k in keys},
        }
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bank", type=Path, nargs="*", default=[])
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--intents", default="")
    parser.add_argument("--wrong", action="store_true")
    chosen = parser.parse_args()
    intents = frozenset(filter(None, chosen.intents.split(",")))
    wrong: list[str] = []
    report: dict[str, Any] = {}
    if chosen.bank:
        report["bank"] = bank(chosen.bank, intents, wrong)
    if chosen.pairs:
        report["pairs"] = pairs(chosen.pairs, intents, wrong)
    if chosen.wrong:
        report["wrong"] = wrong
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
