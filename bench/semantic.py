"""What an encoder adds: pairs that one answer settles and that come together only with it; pairs that must stay apart and don't.

    python bench/semantic.py PAIRS.jsonl… [--on-air 3] [--thresholds 740,780,820,860] [--wrong] [--speed]

A line holds `a`, `b`, `verdict` (apart | together) and may hold `kind`. Each pair is asked in a room of its own, once without and once
with the encoder; the Room decides, as it does live. Prints one JSON object: by verdict and kind, how many were asked about, put
together without it, and put together with it at the threshold in force; `by_threshold`: the latter, at others. `--wrong` lists the
pairs that must stay apart and came together. `--speed`: milliseconds a sentence, alone and in batches.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.domain.commands import ProposeMerge
from console.domain.events import Envelope, Message, Proposal, User
from console.domain.text import SafeText, clean
from console.drafters.base import Encoder
from console.drafters.likeness import Nearest
from console.drafters.semantic import ENCODER
from console.room.room import Room
from console.room.state import Settings
from console.runtime.tables import rules_for


class Asked:
    """Two comments in an empty room, and what the encoder said of them. `permille` None = it was not asked."""

    def __init__(self, a: str, b: str, nearest: Nearest, on_air: str | None) -> None:
        self._lines, self._on_air = (a, b), on_air
        self.proposal: Proposal | None = None
        self.alone = self._ask(None, nearest)
        self.permille: int | None = None
        if not self.alone:
            self._ask(1, nearest)
        if self.proposal is not None:
            self.permille = self.proposal.proposal.near[0].permille

    def together(self, threshold: int) -> bool:
        return self.alone or (self.permille is not None and self.permille >= threshold and self._ask(threshold, None))

    def _ask(self, threshold: int | None, nearest: Nearest | None) -> bool:
        settings = Settings(check_every_ms=0, alike_permille=threshold, on_air=self._on_air)
        room = Room(rules_for(settings), settings)
        heard = []
        for seq, text in enumerate(self._lines, 1):
            who = User(id=SafeText(f"u{seq}"))
            commands = room.handle(Envelope(seq, 1_000 * seq, Message(text=clean(text), user=who)))
            heard.append(room.heard.cluster if room.heard is not None else None)
            for command in commands:
                if isinstance(command, ProposeMerge):
                    if nearest is not None:
                        (self.proposal,) = nearest.proposals((command,))
                    assert self.proposal is not None
                    room.handle(Envelope(seq, 1_000 * seq, self.proposal))
        return None not in heard and room.queue.open_count == 1


def quality(rows: Sequence[dict[str, Any]], nearest: Nearest, chosen: argparse.Namespace) -> dict[str, Any]:
    threshold = nearest.encoder.alike_permille
    asked = [Asked(row["a"], row["b"], nearest, chosen.on_air) for row in rows]
    table: dict[str, dict[str, Counter[str]]] = {}
    by_threshold: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for row, pair in zip(rows, asked, strict=True):
        verdict, together = row["verdict"], pair.together(threshold)
        counts = Counter(pairs=1, asked=pair.permille is not None, without=pair.alone, **{"with": together})
        for kind in (row.get("kind", "all"), "all"):
            table.setdefault(verdict, {}).setdefault(kind, Counter()).update(counts)
        for other in chosen.thresholds:
            by_threshold.setdefault(str(other), Counter())[verdict] += pair.together(other)
        if verdict == "apart" and together:
            wrong.append(f"{row['a']} | {row['b']} | {'without' if pair.alone else pair.permille}")
    report: dict[str, Any] = {"threshold": threshold, **table, "by_threshold": by_threshold}
    return {**report, "wrong": wrong} if chosen.wrong else report


def speed(texts: list[str], encoder: Encoder) -> dict[str, Any]:
    """Medians; each text is encoded anew."""

    def took_ms(count: int) -> float:
        times = []
        for start in range(0, min(len(texts), max(320, 20 * count)) - count + 1, count):
            begin = time.perf_counter_ns()
            encoder.encode(texts[start : start + count])
            times.append(time.perf_counter_ns() - begin)
        return round(statistics.median(times) / count / 1e6, 2)

    begin = time.perf_counter_ns()
    encoder.encode(texts[:1])
    first_ms = round((time.perf_counter_ns() - begin) / 1e6)
    encoder.encode(texts[:64])
    return {"first_ms": first_ms, "alone_ms": took_ms(1), **{f"of_{count}_ms": took_ms(count) for count in (8, 32)}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--on-air")
    parser.add_argument("--thresholds", type=lambda text: [int(one) for one in text.split(",")], default=[740, 780, 820, 860])
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--speed", action="store_true")
    chosen = parser.parse_args()
    rows = [json.loads(line) for path in chosen.files for line in path.read_text("utf-8").splitlines() if line.strip()]
    encoder = ENCODER.open()
    report: dict[str, Any] = {"encoder": f"{encoder.name} {encoder.version}"}
    if chosen.speed:
        report["speed"] = speed([row[side] for side in "ab" for row in rows], encoder)
    report |= quality(rows, Nearest(encoder), chosen)
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
