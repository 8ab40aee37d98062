"""How well questions of whole rooms are put together: pairwise precision and recall, through the real Room. Prints JSON.

    python bench/rooms.py ROOMS.jsonl[.gz] [--shuffle-ms 5000 --seeds 3] [--wrong]

One object a line in the order in which it happens: `{"room", "kind": "product", "link_no", "name"}` or `{"room", "kind": "message",
"id", "group", "text"}`; two messages belong together where their `group` is the same. Lines are 2.5 s apart. `--shuffle-ms`: the
messages (nothing else) are also shuffled within that time, and the two clusterings compared, cluster ids ignored. Permille.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from detect import permille

from console.domain.events import Envelope, Message, Product, ProductOf, User
from console.domain.text import clean
from console.room.room import Room
from console.room.state import Settings
from console.runtime.tables import shipped_rules
from console.triage.limits import Limits

START_MS, STEP_MS = 1_700_000_000_000, 2_500
Row = dict[str, Any]


def clustered(rows: list[tuple[int, Row]]) -> dict[str, str | None]:
    """Message id → cluster, merges followed."""
    room = Room(shipped_rules(), Settings(limits=Limits(expire_ms=None), check_every_ms=0))
    for seq, (ts_ms, row) in enumerate(rows, 1):
        at_ms = max(ts_ms, room.state.now_ms)
        if row["kind"] == "product":
            product = ProductOf(link_no=clean(row["link_no"]), name=clean(row["name"]), action="explain")
            room.handle(Envelope(seq, at_ms, Product(product=product, ts_ms=ts_ms)))
        else:
            user = User(id=clean(f"viewer of {row['id']}"))
            room.handle(Envelope(seq, at_ms, Message(id=clean(row["id"]), ts_ms=ts_ms, user=user, text=clean(row["text"]))))
    found = {comment: room.queue.get(entry[0]) for comment, entry in room.state.comments.items()}
    where = {comment: cluster.id for comment, cluster in found.items() if cluster is not None}
    return {row["id"]: where.get(row["id"]) for _, row in rows if row["kind"] == "message"}


def together(a: str | None, b: str | None) -> bool:
    return a is not None and a == b


def shuffled(rows: list[tuple[int, Row]], within_ms: int, seed: int) -> list[tuple[int, Row]]:
    """Messages change places with others less than `within_ms` away, each with its own time; the other lines stay."""
    drawn = random.Random(seed)
    keyed = [(ts + drawn.randrange(within_ms) if row["kind"] == "message" else ts, n, ts, row) for n, (ts, row) in enumerate(rows)]
    return [(ts, row) for _, _, ts, row in sorted(keyed, key=lambda one: one[:2])]


def scores(tp: int, fp: int, fn: int) -> dict[str, int | None]:
    return {
        "precision": permille(tp, tp + fp),
        "recall": permille(tp, tp + fn),
        "f1": permille(2 * tp, 2 * tp + fp + fn),
        "false_pairs": fp,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", type=Path)
    parser.add_argument("--shuffle-ms", type=int)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--wrong", action="store_true")
    chosen = parser.parse_args()
    data = chosen.rooms.read_bytes()
    text = (gzip.decompress(data) if chosen.rooms.suffix == ".gz" else data).decode("utf-8")
    by_room: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for n, line in enumerate(filter(str.strip, text.splitlines())):
        row = json.loads(line)
        by_room[row["room"]].append((START_MS + n * STEP_MS, row))
    report: dict[str, Any] = {"rooms": {}}
    total, moved, wrong = [0, 0, 0], [0, 0, 0], []
    for name, rows in by_room.items():
        found = clustered(rows)
        messages = [row for _, row in rows if row["kind"] == "message"]
        counted = [0, 0, 0]
        for a, b in itertools.combinations(messages, 2):
            one, truly = together(found[a["id"]], found[b["id"]]), a["group"] == b["group"]
            counted = [counted[0] + (one and truly), counted[1] + (one and not truly), counted[2] + (truly and not one)]
            if one and not truly:
                wrong.append(f"{name}: {a['text']} | {b['text']}")
        total = [a + b for a, b in zip(total, counted, strict=True)]
        missed = sum(cluster is None for cluster in found.values())
        report["rooms"][name] = {"questions": len(messages), "not_found": missed, **scores(*counted)}
        for seed in range(chosen.seeds if chosen.shuffle_ms else 0):
            other = clustered(shuffled(rows, chosen.shuffle_ms, seed))
            for a, b in itertools.combinations(found, 2):
                one, two = together(found[a], found[b]), together(other[a], other[b])
                moved = [moved[0] + (one and two), moved[1] + (two and not one), moved[2] + (one and not two)]
    report["all"] = scores(*total)
    if chosen.shuffle_ms:
        report["shuffled"] = scores(*moved)
    if chosen.wrong:
        report["wrong"] = wrong
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
