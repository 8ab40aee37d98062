"""The seam of an urgency signal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from console.triage.questions import Cluster

Table = Mapping[str, int]


class Setting(Struct, frozen=True):
    """What a signal may know beside its cluster. `due_ms`: the target of the answer clock for this intent."""

    now_ms: int
    due_ms: int
    on_air: str | None


class Signal(Protocol):
    name: str
    api: int

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        """Whole points before the cap."""
        ...

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        """When (epoch ms, after `setting.now_ms`) the points next change by themselves; None = never."""
        ...


class Steady:
    """For signals that change only when the cluster does."""

    api = 1

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        return None
