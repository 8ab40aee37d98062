"""Who asks: how many still wait, how many may be answered in time, how many it was in all, buyers, newcomers, and the host himself."""

from __future__ import annotations

from console.triage.questions import Cluster
from console.triage.signals.base import Setting, Steady, Table, doublings
from console.triage.signals.matter import cost_ms


class Askers:
    """How many one answer reaches: whoever is past his patience hears it no more and counts no longer."""

    name = "askers"
    api = 1

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return doublings(max(1, _still_there(cluster, setting)), table["per_doubling"])

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        count = _still_there(cluster, setting)
        return cluster.nth_newest_ms(count) + setting.patience_ms if count > 1 else None


class InTime:
    """Who can still be answered within the target, begun now, counts `weight` times: he comes before those for whom it is late anyway."""

    name = "in_time"
    api = 1

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        count = self._count(cluster, setting, table)
        if not count:
            return 0
        there, per_doubling = max(count, _still_there(cluster, setting)), table["per_doubling"]
        return doublings(there + (table["weight"] - 1) * count, per_doubling) - doublings(there, per_doubling)

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        count = self._count(cluster, setting, table)
        if not count:
            return None
        own = cluster.nth_newest_ms(count) + self._longest_ms(cluster, setting, table) + 1
        there = _still_there(cluster, setting)
        return min(own, cluster.nth_newest_ms(there) + setting.patience_ms) if there else own

    def _count(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return cluster.askers_since(setting.now_ms - self._longest_ms(cluster, setting, table))

    def _longest_ms(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        """How long somebody may have waited at most for an answer that is begun now."""
        return setting.due_ms - cost_ms(cluster, table)


class Popular(Steady):
    """How many asked it in all: it will be asked again, and then one key answers it."""

    name = "popular"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return doublings(max(1, cluster.asker_count), table["per_doubling"])


class Buyer(Steady):
    name = "buyer"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return cluster.buyers * table["per_asker"]


class Newcomer(Steady):
    name = "newcomer"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return table["points"] if cluster.newcomers else 0


class HostAsked(Steady):
    name = "host_asked"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return table["points"] if cluster.host_asked else 0


def _still_there(cluster: Cluster, setting: Setting) -> int:
    """Askers within their patience."""
    return cluster.askers_since(setting.now_ms - setting.patience_ms + 1)


ASKERS, IN_TIME, POPULAR, BUYER, NEWCOMER, HOST_ASKED = Askers(), InTime(), Popular(), Buyer(), Newcomer(), HostAsked()
