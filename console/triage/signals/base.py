"""The seam of an urgency signal: a standing one looks at the cluster, a growing one at nothing but the wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from console.triage.questions import Cluster

Table = Mapping[str, int]


class Setting(Struct, frozen=True):
    """What a signal may know beside its cluster. `due_ms`: the target of the answer clock for this intent; `patience_ms`: how long
    who asks this stays for an answer; `open_count`: how many clusters wait."""

    now_ms: int
    due_ms: int
    on_air: str | None
    patience_ms: int
    open_count: int


class Signal(Protocol):
    """Points that change only when the cluster does, or at moments that can be told beforehand."""

    name: str
    api: int

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        """Whole points before the cap."""
        ...

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        """When (epoch ms, after `setting.now_ms`) the points next change by themselves; None = never."""
        ...


class Growing(Protocol):
    """Points that grow with the wait and never fall with it, alike for all who waited as long: who asked first stays ahead."""

    name: str
    api: int

    def grown(self, waited_ms: int, due_ms: int, table: Table, *, is_short: bool) -> int:
        """Whole points before the cap; `waited_ms` ≥ 0; `is_short`: whether so few wait that all can be answered soon."""
        ...


class Steady:
    """For signals that change only when the cluster does."""

    api = 1

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        return None


def doublings(count: int, per_doubling: int) -> int:
    """Points for a number ≥ 1: `per_doubling` × its binary logarithm, rounded down, without a float."""
    return int(count**per_doubling).bit_length() - 1
