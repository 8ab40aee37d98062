"""How often lines that are no answers of a shop would close one of its questions. Prints JSON.

    told.py LINES.jsonl [--key text]

LINES.jsonl holds one object a line. Each line is held against every question of tests/triage/told.toml, as if link 3 were on air.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from words import a_cluster, lexicon, telling  # noqa: E402

from console.domain.text import clean  # noqa: E402
from console.triage.told import answers, read_line  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("lines")
    parser.add_argument("--key", default="text")
    flags = parser.parse_args()
    table = tomllib.loads((TESTS / "triage" / "told.toml").read_text("utf-8"))
    told = [question for one in table["settles"] for question in (*one["asked"], *one["others"])]
    clusters = [a_cluster(question) for question in dict.fromkeys((*table["nothing"]["open"], *told))]
    count = closing = 0
    with open(flags.lines, encoding="utf-8") as stream:
        for raw in stream:
            text = json.loads(raw).get(flags.key)
            if text:
                count += 1
                line = read_line(clean(text), lexicon(), telling(), lambda slots: slots)
                closing += any(answers(line, cluster, "3", telling()) for cluster in clusters)
    print(json.dumps({"lines": count, "questions": len(clusters), "lines_that_close_one": closing}, sort_keys=True))


if __name__ == "__main__":
    main()
