"""Does a journal hold every id exactly once? Prints JSON; exit 1 where one is missing or doubled.

journal_complete.py FOLDER [--first 0] [--count N]     the newest session.jsonl below FOLDER; ids are the numbers first … first+count−1
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from console.domain.events import Message, System
from console.wire.record import open_recording, read_lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int)
    args = parser.parse_args()
    newest = max(args.folder.rglob("session.jsonl"), key=lambda path: path.stat().st_mtime)
    ids: Counter[str] = Counter()
    dropped = bad = 0
    with open_recording(str(newest)) as stream:
        for line in read_lines(stream):
            bad += line.bad is not None
            if isinstance(line.event, Message) and line.event.id is not None:
                ids[line.event.id] += 1
            elif isinstance(line.event, System) and line.event.system.code == "dropped":
                dropped += line.event.system.count or 0
    wanted = [str(n) for n in range(args.first, args.first + args.count)] if args.count else list(ids)
    missing = [one for one in wanted if not ids[one]]
    double = [one for one, times in ids.items() if times > 1]
    json.dump({"ids": len(ids), "missing": len(missing), "double": len(double), "dropped": dropped, "bad_lines": bad}, sys.stdout)
    print()
    return 1 if missing or double or dropped else 0


if __name__ == "__main__":
    sys.exit(main())
