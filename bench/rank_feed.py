"""Comments a second of process time through `liveroom rank`, in one run with a warm-up. Prints JSON.

    rank_feed.py COMMENTS.jsonl [--lines 200000] [--users 5000] [--runs 3] [--unique]

COMMENTS.jsonl holds one object a line with `text`. Users and times are made up from the line number, so that every run is the same.
`--unique` puts a word of its own at the head of each comment, with no blank
between: nothing is read twice, so nothing comes from memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from typing import IO


def word(n: int) -> str:
    """Seven letters that no other line has."""
    return "".join(chr(97 + n // 26**place % 26) for place in range(7))


def write_feed(out: IO[bytes], path: str, lines: int, users: int, is_unique: bool) -> None:
    """Line by line: what this program holds counts towards the peak memory of the one it starts."""
    with open(path, encoding="utf-8") as handle:
        texts = [json.loads(line)["text"] for line in handle if line.strip()]
    for n in range(lines):
        user = n * 7919 % users
        text = texts[n * 104_729 % len(texts)]
        line = json.dumps({
            "v": 1, "kind": "message", "id": f"c{n}", "platform": "bench", "room": "r", "ts_ms": 1_700_000_000_000 + n * 50,
            "user": {"id": str(user), "name": f"观众{user}"}, "text": word(n) + text if is_unique else text,
        }, ensure_ascii=False)  # fmt: skip
        out.write(line.encode() + b"\n")


def once(command: list[str], data: str, lines: int) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(data, "rb") as stdin, tempfile.TemporaryFile() as out:
        done = subprocess.run(command, stdin=stdin, stdout=out, check=False)
        out.seek(0)
        kinds = {"comment": 0, "cluster": 0}
        for line in out:
            kind = json.loads(line)["kind"]
            kinds[kind] = kinds.get(kind, 0) + 1
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu_s": round(cpu, 2), "comments_s": round(lines / cpu), "exit": done.returncode, **kinds}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("comments")
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--users", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--unique", action="store_true")
    args = parser.parse_args()
    command = [sys.executable, "-m", "console", "rank", "-", "--json"]
    with tempfile.NamedTemporaryFile(delete=False) as handle:
        write_feed(handle, args.comments, args.lines, args.users, args.unique)
    try:
        runs = [once(command, handle.name, args.lines) for _ in range(args.runs)]
    finally:
        os.unlink(handle.name)
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    rate = statistics.median(run["comments_s"] for run in runs)
    json.dump({"lines": args.lines, "unique": args.unique, "comments_s": rate, "peak_mb": peak_mb, "runs": runs}, sys.stdout)
    print()
    return 0 if all(run["exit"] == 0 and run["comment"] == args.lines for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
