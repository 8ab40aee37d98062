"""How long the first asker has waited, and the lifts that keep anything from starving."""

from __future__ import annotations

from console.triage.questions import Cluster
from console.triage.signals.base import Setting, Table


class Waiting:
    """Two points a second until the answer falls due, one after that: raised before it is late."""

    name = "waiting"
    api = 1

    def grown(self, waited_ms: int, due_ms: int, table: Table) -> int:
        waited_s, due_s = waited_ms // 1000, due_ms // 1000
        return min(waited_s, due_s) * table["per_second"] + max(0, waited_s - due_s) * table["after_due_per_second"]


class Rise:
    """A lift at 30 s and another at 60 s (ruling 10)."""

    name = "rise"
    api = 1

    def grown(self, waited_ms: int, due_ms: int, table: Table) -> int:
        return (table["at_30_s"] if waited_ms >= 30_000 else 0) + (table["at_60_s"] if waited_ms >= 60_000 else 0)


class Hopeless:
    """Whoever asked has given up: it sinks below what can still be won."""

    name = "hopeless"
    api = 1

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        # A new asker makes it worth answering again: his own wait counts.
        return table["points"] if setting.now_ms - cluster.last_ms >= table["after_s"] * 1000 else 0

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        at = cluster.last_ms + table["after_s"] * 1000
        return at if setting.now_ms < at else None


WAITING, RISE, HOPELESS = Waiting(), Rise(), Hopeless()
