"""The shipped word tables, read once for all tests of understanding."""

from __future__ import annotations

from functools import cache
from typing import Any

from console.domain.text import clean
from console.domain.values import Understanding
from console.runtime.tables import shipped_contrasts, trained_model, word_tables
from console.triage.kin import Kinship, key_of
from console.triage.lexicon import Lexicon, parse_lexicon
from console.triage.questions import Cluster
from console.triage.same import agrees, bucket, resolve
from console.triage.telling import Telling, parse_telling
from console.triage.told import answers, read_line
from console.triage.understand import by_rules, understand


@cache
def tables() -> dict[str, dict[str, Any]]:
    return word_tables()


@cache
def lexicon() -> Lexicon:
    return parse_lexicon(tables())


@cache
def telling() -> Telling:
    return parse_telling(tables()["told"])


def reading(text: str) -> Understanding:
    return understand(clean(text), lexicon(), trained_model())


def by_rule(text: str) -> Understanding:
    """What the tables alone make of a comment: the model's word comes later."""
    return by_rules(clean(text), lexicon())


def are_one_question(a: str, b: str, on_air: str | None = None) -> bool:
    """What the queue asks: equal buckets and contents that agree, or the same meaning in other words."""
    one, two = reading(a), reading(b)
    slots_one, slots_two = resolve(one, on_air), resolve(two, on_air)
    if bucket(one, slots_one) == bucket(two, slots_two) and agrees(one.content, two.content):
        return True
    keys = [key_of("", slots, u) for u, slots in ((one, slots_one), (two, slots_two))]
    return keys[0] is not None and keys[1] is not None and kinship().are_one(keys[0], keys[1])


@cache
def kinship() -> Kinship:
    network = trained_model().net
    assert network is not None, "the shipped model has one"
    return Kinship(network, shipped_contrasts())


def a_cluster(question: str, on_air: str | None = "3") -> Cluster:
    """A question as the queue would hold it, asked while link `on_air` was on air."""
    understood = reading(question)
    slots = resolve(understood, on_air)
    assert understood.intent is not None, question
    return Cluster(
        id="q1", seq=1, room="test:1", text=clean(question), shown=clean(question), need=understood.need, intent=understood.intent,
        aspect=understood.aspect, slots=slots, content=understood.content, bucket=repr(bucket(understood, slots)),
        language=understood.language, points=understood.points, first_ms=0, last_ms=0, asker="a", name=clean("a"), on_air=on_air,
    )  # fmt: skip


def answered_by(line: str, question: str, on_air: str | None = "3", asked_on_air: str | None = "3") -> bool:
    """Whether a host's line settles a question that was asked before it."""
    read = read_line(clean(line), lexicon(), telling(), lambda slots: slots)
    return answers(read, a_cluster(question, asked_on_air), on_air, telling())
