"""The shipped word tables, read once for all tests of understanding."""

from __future__ import annotations

from functools import cache
from typing import Any

from console.domain.text import clean
from console.domain.values import Understanding
from console.runtime.tables import trained_model, word_tables
from console.triage.lexicon import Lexicon, parse_lexicon
from console.triage.same import agrees, bucket, resolve
from console.triage.understand import understand


@cache
def tables() -> dict[str, dict[str, Any]]:
    return word_tables()


@cache
def lexicon() -> Lexicon:
    return parse_lexicon(tables())


def reading(text: str) -> Understanding:
    return understand(clean(text), lexicon(), trained_model())


def are_one_question(a: str, b: str, on_air: str | None = None) -> bool:
    """What the queue asks: equal buckets, and contents that agree."""
    one, two = reading(a), reading(b)
    return bucket(one, resolve(one, on_air)) == bucket(two, resolve(two, on_air)) and agrees(one.content, two.content)
