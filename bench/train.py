"""Trains console/triage/model.json: which comments need an answer. Prints what it measured.

    pip install scikit-learn
    python bench/train.py [--also COMMENTS.jsonl] [--test LINES.jsonl ...] [--without-rules] [--out console/triage/model.json]

Logistic regression on token n-grams (`model.grams`). The lines in bench/training/ were written for this purpose by several hands
who knew only the definitions; each carries its type and intent. Beside the n-grams stands one sign, whether the rules call the
comment a need: so the model learns where to believe them.

`--also`: comments of other rooms (`text`), unlabelled; each counts three quarters, with the rules' word for it, so that the model
doesn't take every room for a shop. The shipped model was trained with 6,000 comments of entertainment rooms, which are not part
of this project.
`--test`: lines with `text` and `type` (Q, R, P, N) that were not trained on. `--without-rules`: the n-grams alone, for comparison.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

from console.domain.text import clean
from console.runtime.tables import trained_net, word_tables
from console.triage.language import folded_of
from console.triage.lexicon import Lexicon, parse_lexicon
from console.triage.model import RULE, grams
from console.triage.understand import TO_SOMEONE, by_rules

PAIRS = Path(__file__).parents[1] / "tests" / "triage" / "pairs.toml"
SAMPLES = Path(__file__).parent / "make_samples"
HERE = Path(__file__).parent / "training"
OUT = Path(__file__).parents[1] / "console" / "triage" / "model.json"
LEAST_TIMES = 3
"""An n-gram that stands in fewer lines says too little about others."""
LEAST_WEIGHT = 50
"""Thousandths of a logit: what weighs less is left out."""
ALSO_WEIGHT = 0.75
EXAMPLE_WEIGHT = 2.0
PLAIN_WEIGHT = 4.0
"""What everybody types; once more than the lines that were written to be hard."""
SAMPLE_WEIGHT = 0.5
BANK_WEIGHT = 0.05
"""Wordings by subject all need an answer: too many of them would say that everything about a price does."""
THRESHOLD = 1.5
"""Logits: chosen on bench/blind/lines_open.jsonl (half the lines written here need an answer, in a room one in four does)."""
GRAMS_PART, RULE_PART = 0.8, 1.2
NET_PERMILLE = 1_000
MOST_BY_NET = 3_000
"""What n-grams, rules and the network's score count beside each other, and what the last could add at most: below that it is not asked.
All chosen on the open half; around them F1 changes by a point at most."""
Weights = dict[str, int]


@cache
def tables_lexicon() -> Lexicon:
    """The word tables without what is trained on them."""
    return parse_lexicon(word_tables())


class Comment:
    """A text with its n-grams and what the rules say of it."""

    def __init__(self, text: str, needs: bool | None, weight: float = 1.0, *, with_rules: bool = True) -> None:
        lexicon = tables_lexicon()
        by_rule = by_rules(clean(text), lexicon).need != "none"
        self.grams = [*grams(folded_of(clean(text), lexicon)), *([RULE] if by_rule and with_rules else [])]
        self.needs = by_rule if needs is None else needs
        self.weight = weight


def read_lines(names: str = "lines_*.tsv") -> list[tuple[str, str, str]]:
    """(type, intent, text)."""
    rows = []
    for path in sorted(HERE.glob(names)):
        for line in path.read_text("utf-8").splitlines():
            kind, subject, text = line.split("\t")
            rows.append((kind, subject.partition(".")[0], text))
    return rows


def sample_lines() -> list[tuple[str, bool]]:
    """What the writers of the sample rooms said of their own lines: the plain talk of a room."""
    pattern = re.compile(r">?([nqrp])[*~\d]*(?:@\S+)? (.+)")
    found = [pattern.fullmatch(line) for path in sorted(SAMPLES.glob("*/*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [(one.group(2), one.group(1) != "n") for one in found if one is not None]


def asked_in_pairs() -> list[str]:
    """The plain questions of the tests' open pairs."""
    table = tomllib.loads(PAIRS.read_text("utf-8"))
    return [one[side] for kind in ("apart", "together") for one in table[kind] for side in "ab"]


def wordings() -> list[tuple[str, str]]:
    """(aspect, text)."""
    lines = [line for path in sorted(HERE.glob("subjects_*.tsv")) for line in path.read_text("utf-8").splitlines()]
    return [(aspect, text) for aspect, text in (line.split("\t") for line in lines)]


def examples() -> list[tuple[str, bool]]:
    """What the tables' own examples say of themselves."""
    lexicon = tables_lexicon()
    sides = (lexicon.zh, lexicon.en)
    lines = [one.example for side in sides for one in (*side.rules, *side.questions, *side.requests)]
    return [(line, True) for line in lines] + [
        (one.example, False) for side in sides for one in (*side.masks, *side.statements, *side.settled)
    ]


class Columns:
    """n-grams → columns of a sparse matrix."""

    def __init__(self, found: list[list[str]]) -> None:
        counted = Counter(gram for one in found for gram in one)
        self.names = sorted(gram for gram, times in counted.items() if times >= LEAST_TIMES)
        self.at = {gram: n for n, gram in enumerate(self.names)}

    def matrix(self, found: list[list[str]]) -> Any:
        rows = [n for n, one in enumerate(found) for gram in one if gram in self.at]
        cols = [self.at[gram] for one in found for gram in one if gram in self.at]
        made = sparse.csr_matrix((np.ones(len(rows)), (rows, cols)), (len(found), len(self.names)))
        made.indices, made.indptr = made.indices.astype("int32"), made.indptr.astype("int32")
        return made


def fit_need(comments: list[Comment]) -> tuple[Weights, int]:
    found = [one.grams for one in comments]
    columns = Columns(found)
    fitted = LogisticRegression(C=3, max_iter=300).fit(
        columns.matrix(found), [one.needs for one in comments], sample_weight=[one.weight for one in comments]
    )
    weights = {
        gram: weight * (RULE_PART if gram == RULE else GRAMS_PART) for gram, weight in zip(columns.names, fitted.coef_[0], strict=True)
    }
    return whole(weights, LEAST_WEIGHT), round((fitted.intercept_[0] - THRESHOLD) * 1000)


def whole(weights: Mapping[str, float], least: int) -> Weights:
    return {gram: made for gram, weight in sorted(weights.items()) if abs(made := round(float(weight) * 1000)) >= least}


def measured(path: Path, need: Weights, bias: int, *, with_rules: bool) -> dict[str, int]:
    """By the n-grams alone and with the network, as `understand` puts them together."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    comments = [(Comment(row["text"], row["type"] != "N", with_rules=with_rules), row["text"]) for row in rows if row["type"] != "A"]
    alone = [bias + sum(need.get(gram, 0) for gram in one.grams) for one, _ in comments]
    blended = [
        score + max(-MOST_BY_NET, min(MOST_BY_NET, by_net(text) * NET_PERMILLE // 1000))
        for score, (_, text) in zip(alone, comments, strict=True)
    ]
    truly = [one.needs for one, _ in comments]
    return {"lines": len(comments), **judged("ngrams", alone, truly), **judged("both", blended, truly)}


def judged(name: str, scores: list[int], truly: list[bool]) -> dict[str, int]:
    called = [score > 0 for score in scores]
    right = sum(is_called and is_need for is_called, is_need in zip(called, truly, strict=True))
    wrong = sum(is_called != is_need for is_called, is_need in zip(called, truly, strict=True))
    return {f"{name}_errors": wrong, f"{name}_f1": 2000 * right // max(1, sum(truly) + sum(called))}


def by_net(text: str) -> int:
    cleaned = clean(text)
    return trained_net().read(folded_of(cleaned, tables_lexicon()), to_someone=TO_SOMEONE.match(cleaned) is not None).need_score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--also", type=Path)
    parser.add_argument("--test", type=Path, nargs="*", default=[])
    parser.add_argument("--without-rules", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    rules = not chosen.without_rules
    rows = read_lines()
    comments = [Comment(text, kind != "N", with_rules=rules) for kind, _, text in rows]
    comments += [Comment(text, kind != "N", PLAIN_WEIGHT, with_rules=rules) for kind, _, text in read_lines("lines_plain.tsv")]
    comments += [Comment(text, needs, EXAMPLE_WEIGHT, with_rules=rules) for text, needs in examples()]
    comments += [Comment(text, needs, SAMPLE_WEIGHT, with_rules=rules) for text, needs in sample_lines()]
    comments += [Comment(text, True, with_rules=rules) for text in asked_in_pairs()]
    comments += [Comment(text, True, BANK_WEIGHT, with_rules=rules) for _, text in wordings()]
    if chosen.also:
        texts = [json.loads(line)["text"] for line in chosen.also.read_text("utf-8").splitlines() if line.strip()]
        comments += [Comment(text, None, ALSO_WEIGHT, with_rules=rules) for text in texts]
    need, bias = fit_need(comments)
    report: dict[str, Any] = {"lines": len(rows), "need_weights": len(need), "rules": need.get(RULE)}
    report |= {path.name: measured(path, need, bias, with_rules=rules) for path in chosen.test}
    made = {"need_bias": bias, "need": need, "net_permille": NET_PERMILLE, "most_by_net": MOST_BY_NET}
    chosen.out.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    report["bytes"] = chosen.out.stat().st_size
    json.dump(report, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
