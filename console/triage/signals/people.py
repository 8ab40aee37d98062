"""Who asks: how many, buyers, newcomers, and the host himself."""

from __future__ import annotations

from console.triage.questions import Cluster
from console.triage.signals.base import Setting, Steady, Table


class Askers(Steady):
    name = "askers"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return (cluster.asker_count - 1) * table["per_asker"]


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


ASKERS, BUYER, NEWCOMER, HOST_ASKED = Askers(), Buyer(), Newcomer(), HostAsked()
