"""Build the sample recordings: `python3 bench/make_samples/build.py [STORY…]`."""

from __future__ import annotations

import importlib
import sys

import check

STORIES = ("autumn_coats", "flash_sale", "overseas")


def main(names: list[str]) -> int:
    """Build each story, then look it over; 1 if one of them breaks a rule."""
    worst = 0
    for name in names or STORIES:
        story = importlib.import_module(name).build()
        worst = max(worst, check.report(name, story.kinds))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
