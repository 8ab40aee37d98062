"""What an open cluster costs in memory: two rooms of different size, each in a process of its own. Prints JSON.

    cluster_bytes.py COMMENTS.jsonl [--clusters 50000] [--askers 1]

COMMENTS.jsonl holds one object a line with `text`; those that ask are kept, and a word of its own at the head of each, with no blank
between (a part by itself would be left out as a reason), makes it a cluster of its own. `--askers N`: so many viewers ask each. Both
rooms are large enough that every cache is full.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rank_feed import word

from console.domain.events import Envelope, Message, User
from console.domain.text import clean
from console.room.room import Room
from console.room.state import Settings
from console.runtime.tables import shipped_rules
from console.triage.limits import Limits

MOST_TRIED = 50
"""Comments tried for each cluster that is wanted."""


def resident_kb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def room_of(texts: list[str], clusters: int, askers: int) -> dict[str, int]:
    """Fill a room and measure this process."""
    room = Room(shipped_rules(), Settings(limits=Limits(expire_ms=None), check_every_ms=0))
    seq = 0
    while room.queue.open_count < clusters:
        if seq > MOST_TRIED * clusters:
            sys.exit(f"{seq} comments made {room.queue.open_count} clusters: they ask too little")
        text = clean(word(seq) + texts[seq * 104_729 % len(texts)])
        seq += 1
        for asker in range(askers):
            user = User(id=clean(f"u{seq * 7 + asker}"), name=clean(f"观众{seq * 7 + asker}"))
            room.handle(Envelope(seq * 10 + asker, seq * 50, Message(text=text, user=user)))
            if room.heard is None or room.heard.cluster is None:
                break
    room.queue.ranking(room.state.now_ms, 20)
    return {"clusters": room.queue.open_count, "rss_kb": resident_kb()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("comments")
    parser.add_argument("--clusters", type=int, default=50_000)
    parser.add_argument("--askers", type=int, default=1)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        with open(args.comments, encoding="utf-8") as handle:
            texts = [json.loads(line)["text"] for line in handle if line.strip()]
        print(json.dumps(room_of(texts, args.clusters, args.askers)))
        return
    rooms = []
    for clusters in (args.clusters // 2, args.clusters):
        command = [sys.executable, __file__, args.comments, "--one", "--clusters", str(clusters), "--askers", str(args.askers)]
        rooms.append(json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
    less, more = rooms
    each = (more["rss_kb"] - less["rss_kb"]) * 1024 // (more["clusters"] - less["clusters"])
    print(json.dumps({"askers": args.askers, "bytes_a_cluster": each, "rooms": rooms}))


if __name__ == "__main__":
    main()
