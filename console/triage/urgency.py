"""Urgency: a sum of named whole-number terms, each capped and shown (ruling 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.domain.errors import ConfigError
from console.domain.values import INTENTS, Why
from console.triage.questions import Cluster
from console.triage.signals.base import Setting, Signal, Table
from console.triage.signals.matter import BUYING, EFFORT, ON_AIR, TROUBLE
from console.triage.signals.people import ASKERS, BUYER, HOST_ASKED, NEWCOMER
from console.triage.signals.waiting import HOPELESS, RISE, WAITING

SIGNALS: tuple[Signal, ...] = (WAITING, RISE, ASKERS, BUYING, TROUBLE, ON_AIR, BUYER, NEWCOMER, HOST_ASKED, EFFORT, HOPELESS)

_NEEDED: dict[str, tuple[str, ...]] = {
    "waiting": ("per_second", "after_due_per_second", "cap"),
    "rise": ("at_30_s", "at_60_s", "cap"),
    "askers": ("per_asker", "cap"),
    "buying": (*INTENTS, "cap"),
    "trouble": ("problem", "order_problem", "pay", "cap"),
    "on_air": ("points", "cap"),
    "buyer": ("per_asker", "cap"),
    "newcomer": ("points", "cap"),
    "host_asked": ("points", "cap"),
    "effort": ("draft", "typed", "cap"),
    "hopeless": ("after_s", "points", "cap"),
}


def parse_urgency(table: Mapping[str, Any]) -> dict[str, Table]:
    """urgency.toml as it was read → one table of whole numbers a signal. Raises ConfigError naming section and key."""
    for section, keys in _NEEDED.items():
        own = table.get(section)
        if not isinstance(own, dict):
            raise ConfigError(f"urgency.toml: section [{section}] is missing", hint="Copy it from the shipped table")
        for key in keys:
            if type(own.get(key)) is not int:
                raise ConfigError(f"urgency.toml: [{section}] {key} must be a whole number", hint=f"It is {own.get(key)!r}")
    return {section: dict(table[section]) for section in _NEEDED}


class Urgency:
    """The terms of every cluster's score. `tables` from `parse_urgency`; `signals` in the order in which `why` lists them."""

    def __init__(self, tables: Mapping[str, Table], signals: Sequence[Signal] = SIGNALS) -> None:
        self._terms = [(signal, tables[signal.name]) for signal in signals]

    def why(self, cluster: Cluster, setting: Setting) -> tuple[Why, ...]:
        """Every term that is not nought; their sum is the score."""
        terms = []
        for signal, table in self._terms:
            points = min(signal.points(cluster, setting, table), table["cap"])
            if points:
                terms.append(Why(signal.name, points))
        return tuple(terms)

    def score(self, cluster: Cluster, setting: Setting) -> int:
        return sum(min(signal.points(cluster, setting, table), table["cap"]) for signal, table in self._terms)

    def next_change(self, cluster: Cluster, setting: Setting) -> int | None:
        """When the score next changes by itself (epoch ms), or None."""
        times = [at for signal, table in self._terms if (at := signal.changes(cluster, setting, table)) is not None]
        return min(times, default=None)
