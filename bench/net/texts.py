"""All labelled comments of bench/training, folded as the room folds them."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

import train  # noqa: E402  (bench/train.py)

from console.domain.text import clean  # noqa: E402
from console.domain.values import INTENTS  # noqa: E402
from console.runtime.tables import word_tables  # noqa: E402
from console.triage.language import folded_of  # noqa: E402
from console.triage.lexicon import parse_lexicon  # noqa: E402
from console.triage.understand import TO_SOMEONE  # noqa: E402

TRAINING = HERE.parent / "training"
KINDS = "NQRP"
NEEDS = 4
"""A need of unknown kind."""
ALSO_WEIGHT, SAMPLE_WEIGHT, BANK_WEIGHT, GROUP_WEIGHT, PLAIN_WEIGHT = 0.05, 0.4, 0.05, 0.3, 4.0
_LEXICON = parse_lexicon(word_tables())


class Row(NamedTuple):
    """`kind`: place in KINDS, NEEDS, or -1; `intent`, `aspect`: places, -1 = unknown; `group` = "" or what one answer settles."""

    text: str
    kind: int
    weight: float
    intent: int = -1
    aspect: int = -1
    family: str = ""
    group: str = ""


def folded(text: str) -> str:
    cleaned = clean(text)
    return ("@@ " if TO_SOMEONE.match(cleaned) else "") + folded_of(cleaned, _LEXICON)


def table(pattern: str) -> list[list[str]]:
    return [line.split("\t") for path in sorted(TRAINING.glob(pattern)) for line in path.read_text("utf-8").splitlines()]


ASPECTS = sorted({row[0] for row in table("subjects_*.tsv")})


def _places(subject: str) -> tuple[int, int]:
    intent = subject.partition(".")[0]
    return INTENTS.index(intent) if intent in INTENTS else -1, ASPECTS.index(subject) if subject in ASPECTS else -1


def rows(also: Path | None = None) -> list[Row]:
    """Every line but the groups. `also`: comments of other rooms, unlabelled: the rules' word for it, and that counts little."""
    out = [Row(folded(text), KINDS.index(kind), 1.0, *_places(subject)) for kind, subject, text in table("lines_*.tsv")]
    out += [Row(folded(text), NEEDS, BANK_WEIGHT, *_places(subject)) for subject, text in table("subjects_*.tsv")]
    out += [Row(folded(text), KINDS.index(kind), PLAIN_WEIGHT) for kind, _, text in table("lines_plain.tsv")]
    said = [(text, needs, 1.0) for text, needs in train.examples()]
    said += [(text, needs, SAMPLE_WEIGHT) for text, needs in train.sample_lines()]
    said += [(text, True, 1.0) for text in train.asked_in_pairs()]
    if also is not None:
        texts = [json.loads(line)["text"] for line in also.read_text("utf-8").splitlines() if line.strip()]
        said += [(text, train.by_rules(clean(text), _LEXICON).need != "none", ALSO_WEIGHT) for text in texts]
    return out + [Row(folded(text), NEEDS if needs else 0, weight) for text, needs, weight in said]


def groups() -> list[Row]:
    """Wordings that one answer settles, with near misses in the same family."""
    return [
        Row(folded(text), KINDS.index(kind), GROUP_WEIGHT, *_places(subject), family, f"{family}{group}")
        for family, group, kind, subject, text in table("groups_*.tsv")
    ]


def whole_families(lines: Sequence[Row], least: int, dice: random.Random) -> Iterator[list[int]]:
    """Endlessly: places of the lines of some families, each whole, `least` or more."""
    by_family: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.family:
            by_family.setdefault(line.family, []).append(place)
    batch: list[int] = []
    while True:
        for name in dice.sample(sorted(by_family), len(by_family)):
            batch += by_family[name]
            if len(batch) >= least:
                yield batch
                batch = []


def is_chinese(text: str) -> bool:
    return re.search("[\u3400-\u9fff]", text) is not None
