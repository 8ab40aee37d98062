"""A bank of wordings with true groups: what is asked of which product, in which words, and what is chatter.

Lines (JSON): `product` (product, link_no, name), `group` (product, group, popularity, wordings; product 0 = asked in every segment),
`chatter` (lines). `popularity` is a rank: 1 is asked most. A segment asks the 25 most popular groups of its product and the room's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from console.domain.text import SafeText, clean, clean_name

GROUPS = 25
SEGMENTS = 6


class Group(NamedTuple):
    """One true question. `link` None: it is about the room, not about a product."""

    name: str
    link: str | None
    wordings: tuple[SafeText, ...]


class Segment(NamedTuple):
    """Five minutes of one product: what is asked then, the most popular first."""

    link: SafeText
    name: SafeText
    groups: tuple[Group, ...]


class Bank(NamedTuple):
    segments: tuple[Segment, ...]
    chatter: tuple[SafeText, ...]


def read_bank(path: Path) -> Bank:
    """Six segments of the bank's first six products; of fewer, over again from the first."""
    rows: dict[str, list[dict[str, Any]]] = {"product": [], "group": [], "chatter": []}
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            rows[row["kind"]].append(row)
    products = sorted(rows["product"], key=lambda row: row["product"])
    chosen = [products[place % len(products)] for place in range(SEGMENTS)]
    chatter = tuple(clean(line) for row in rows["chatter"] for line in row["lines"])
    return Bank(tuple(_segment(row, rows["group"]) for row in chosen), chatter)


def _segment(product: dict[str, Any], rows: list[dict[str, Any]]) -> Segment:
    link = str(product["link_no"])
    asked = [row for row in rows if row["product"] in (0, product["product"])]
    asked.sort(key=lambda row: row["popularity"])  # stable: of equals the one that stands first in the file
    groups = tuple(
        Group(str(row["group"]), link if row["product"] else None, tuple(clean(text) for text in row["wordings"]))
        for row in asked[:GROUPS]
    )  # fmt: skip
    return Segment(SafeText(link), clean_name(product["name"]), groups)
