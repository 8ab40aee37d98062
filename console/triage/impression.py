"""What a trained network makes of a comment, whichever network it is.

`net.py` is the one that is shipped; it needs numpy, which nobody waits for before the first frame."""

from __future__ import annotations

from math import isqrt
from operator import mul
from typing import Protocol

from msgspec import Struct

from console.domain.values import Intent, Need


class Impression(Struct, frozen=True):
    """Scores in thousandths of a logit.

    `need_score`: above nought, an answer rather than none; `kind`: of what kind, if so; `intent`: what it is about."""

    need_score: int
    kind: Need
    intent: Intent


class Network(Protocol):
    """Pure: the same comment is read alike on every machine."""

    def read(self, folded: str, *, to_someone: bool = False) -> Impression:
        """Read a folded comment; `to_someone`: it speaks to another viewer."""
        ...

    def meaning(self, folded: str) -> bytes:
        """A direction of whole numbers of eight bits, near that of comments that ask the same (`alike`)."""
        ...

    def strange(self, folded: str) -> tuple[str, ...]:
        """The words of a folded comment that say nothing to it."""
        ...

    def near(self, meaning: bytes, others: bytes, least: int) -> list[tuple[int, int]]:
        """Of other meanings, which stand one after another, those that are `least` permille alike or a hair less: place, scalar product."""
        ...


def product(a: bytes, b: bytes) -> int:
    """The scalar product of two meanings."""
    return sum(map(mul, memoryview(a).cast("b"), memoryview(b).cast("b")))


def alike(product_of_both: int, a_squared: int, b_squared: int) -> int:
    """How near two meanings are: the cosine in permille, rounded down, from their product and those with themselves."""
    both = isqrt(a_squared * b_squared)
    return product_of_both * 1000 // both if both else 0
