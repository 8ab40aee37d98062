"""Table `told`: which words of a host's line answer which aspect; parsed once, compiled when first tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.triage.pattern import Pattern
from console.triage.rules import Marker, parse_pattern
from console.triage.vocabulary import bad, get

KINDS = (
    "size", "weight_g", "height_mm", "colour", "material", "volume_ml", "age_y", "place", "courier", "date", "person", "wash", "money",
    "count",
)  # fmt: skip
"""Slots that tell one question from another, beside link and product (which say what it is about)."""


@dataclass(frozen=True, slots=True)
class Says:
    """One way to answer. `pattern` None: the aspect's own topic and bare rules; `of`: only a question that names a slot of this kind.
    `asks`: a question that `example` answers and `counter` does not."""

    pattern: Pattern | None
    of: str | None
    asks: str
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Answering:
    """How one aspect is answered. `narrows`: kinds of slots that make an answer one about a part only; `loose`: kinds that a question
    names and its answer need not repeat; `gives_product`: a product in it is what is given, not what it is about; `unless`: words of a
    question that it does not settle; `never`: words of a clause that make it state something else."""

    narrows: tuple[str, ...]
    loose: tuple[str, ...]
    gives_product: bool
    unless: Pattern | None
    never: Pattern | None
    says: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """The whole table. `quiet`: words of a clause that tells nobody anything;
    `topic_never`: words of a clause in which an aspect's own topic is no statement."""

    answers: Mapping[str, Answering]
    quiet: tuple[Marker, ...]
    topic_never: Pattern

    def is_quiet(self, clause: str) -> bool:
        return any(one.pattern.could_match(clause) and one.pattern.search(clause) is not None for one in self.quiet)


def parse_telling(table: Mapping[str, Any]) -> Telling:
    """Raises ConfigError naming the table and the key of the first thing that can't be used."""
    quiet = [
        Marker(parse_pattern("told", f"quiet[{n}]", one.get("p")), get("told", one, "example", str), get("told", one, "counter", str))
        for n, one in enumerate(get("told", table, "quiet", list))
    ]
    never = parse_pattern("told", "topic_never", table.get("topic_never"))
    return Telling({name: _answering(name, body) for name, body in table.items() if isinstance(body, dict)}, tuple(quiet), never)


def _answering(name: str, body: Mapping[str, Any]) -> Answering:
    asks = get("told", body, "asks", str)
    says = [_says(f"{name}.says[{n}]", one, asks) for n, one in enumerate(get("told", body, "says", list))]
    unless, never = (parse_pattern("told", f"{name}.{key}", body[key]) if key in body else None for key in ("unless", "never"))
    gives_product = bool(body.get("gives_product", False))
    return Answering(_kinds(name, body, "narrows"), _kinds(name, body, "loose"), gives_product, unless, never, tuple(says))


def _kinds(name: str, body: Mapping[str, Any], key: str) -> tuple[str, ...]:
    kinds = tuple(body.get(key, ()))
    for kind in kinds:
        if kind not in KINDS:
            raise bad("told", f"{name}.{key}", f"no slot is called {kind!r}")
    return kinds


def _says(key: str, one: Mapping[str, Any], asks: str) -> Says:
    if ("p" in one) == bool(one.get("topic")):
        raise bad("told", key, "either a pattern p, or topic = true")
    of = one.get("of")
    if of is not None and of not in KINDS:
        raise bad("told", key, f"no slot is called {of!r}")
    pattern = parse_pattern("told", key, one["p"]) if "p" in one else None
    return Says(pattern, of, one.get("asks", asks), get("told", one, "example", str), get("told", one, "counter", str))


def check_telling(telling: Telling) -> None:
    """Compile every pattern. Raises ConfigError naming the key of the first that is none."""
    for quiet in telling.quiet:
        quiet.pattern.compiled()
    telling.topic_never.compiled()
    for answering in telling.answers.values():
        for pattern in (answering.unless, answering.never, *(says.pattern for says in answering.says)):
            if pattern is not None:
                pattern.compiled()
