"""Urgency: a sum of named whole-number terms, each capped and shown (ruling 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.domain.errors import ConfigError
from console.domain.values import INTENTS, Why
from console.triage.questions import Cluster
from console.triage.signals.base import Growing, Setting, Signal, Table
from console.triage.signals.matter import BUYING, EFFORT, ON_AIR, TROUBLE
from console.triage.signals.people import ASKERS, BUYER, HOST_ASKED, IN_TIME, NEWCOMER, POPULAR
from console.triage.signals.waiting import GONE, HOPELESS, RISE, WAITING

GROWING: tuple[Growing, ...] = (WAITING, RISE)
SIGNALS: tuple[Signal, ...] = (ASKERS, IN_TIME, POPULAR, BUYING, TROUBLE, ON_AIR, BUYER, NEWCOMER, HOST_ASKED, EFFORT, GONE, HOPELESS)

MOST_REMEMBERED = 4_096

_NEEDED: dict[str, tuple[str, ...]] = {
    "waiting": ("per_second", "cap"),
    "rise": ("after_s", "per_second", "most_open", "cap"),
    "askers": ("per_doubling", "cap"),
    "in_time": ("weight", "per_doubling", "reuse_ms", "draft_ms", "typed_ms", "cap"),
    "popular": ("per_doubling", "cap"),
    "buying": (*INTENTS, "cap"),
    "trouble": ("problem", "order_problem", "pay", "cap"),
    "on_air": ("points", "cap"),
    "buyer": ("per_asker", "cap"),
    "newcomer": ("points", "cap"),
    "host_asked": ("points", "cap"),
    "effort": ("draft", "typed", "cap"),
    "gone": ("points", "cap"),
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
    """The terms of every cluster's score. `tables` from `parse_urgency`; `why` lists growing terms first, then the others in order."""

    def __init__(self, tables: Mapping[str, Table], signals: Sequence[Signal] = SIGNALS, growing: Sequence[Growing] = GROWING) -> None:
        self._standing = [(signal, tables[signal.name]) for signal in signals]
        self._growing = [(signal, tables[signal.name]) for signal in growing]
        self._grown: dict[tuple[int, int, bool], int] = {}
        self._most_open = tables["rise"]["most_open"]

    def standing(self, cluster: Cluster, setting: Setting) -> int:
        """The points that do not grow with the wait."""
        return sum(min(signal.points(cluster, setting, table), table["cap"]) for signal, table in self._standing)

    def growing(self, first_ms: int, due_ms: int, now_ms: int, open_count: int) -> int:
        """The points that grow with the wait, in whole seconds; the same for everyone who waited as long."""
        key = (max(0, now_ms - first_ms) // 1000, due_ms, open_count <= self._most_open)
        points = self._grown.get(key)
        if points is None:
            if len(self._grown) > MOST_REMEMBERED:
                self._grown.clear()
            points = self._grown[key] = sum(
                min(signal.grown(key[0] * 1000, due_ms, table, is_short=key[2]), table["cap"]) for signal, table in self._growing
            )
        return points

    def why(self, cluster: Cluster, setting: Setting) -> tuple[Why, ...]:
        """Every term that is not nought; their sum is the score."""
        waited_ms, is_short = max(0, setting.now_ms - cluster.first_ms) // 1000 * 1000, setting.open_count <= self._most_open
        grown = ((signal, signal.grown(waited_ms, setting.due_ms, table, is_short=is_short), table) for signal, table in self._growing)
        terms = [
            *((signal.name, min(points, table["cap"])) for signal, points, table in grown),
            *((signal.name, min(signal.points(cluster, setting, table), table["cap"])) for signal, table in self._standing),
        ]
        return tuple(Why(name, points) for name, points in terms if points)

    def next_change(self, cluster: Cluster, setting: Setting) -> int | None:
        """When the standing points next change by themselves (epoch ms), or None."""
        times = [at for signal, table in self._standing if (at := signal.changes(cluster, setting, table)) is not None]
        return min(times, default=None)
