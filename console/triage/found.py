"""What was read of a comment so far; each reader puts its values here and gets the placeholder that stands instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from console.triage.late import Late
from console.triage.rules import PLACEHOLDER

HAN = Late("[\u3400-\u9fff]")
NUM = r"(?<![\d.])(\d+(?:\.\d+)?)"
"""A number, whole or with a fraction, that is no part of another."""


class Found(Struct):
    """What was read so far, kind by kind, in the order it was said."""

    values: dict[str, list[Any]] = {}

    def put(self, kind: str, value: Any) -> str:
        kept = self.values.setdefault(kind, [])
        if value not in kept:
            kept.append(value)
        return PLACEHOLDER[kind]

    def lacks(self, kind: str) -> bool:
        return kind not in self.values


Reader = tuple[Late, str, str, Callable[[re.Match[str], Found], str]]
"""A pattern, what may stand right behind and right before the numbers that it reads (blanks not counted), and what reads it."""


def said(m: re.Match[str]) -> str:
    """The group that matched."""
    return next(group for group in m.groups() if group)
