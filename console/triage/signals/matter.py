"""What is asked: what it is worth, whether something is broken, whether it is on air, what an answer costs."""

from __future__ import annotations

from console.triage.questions import Cluster
from console.triage.signals.base import Setting, Steady, Table


class Buying(Steady):
    name = "buying"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return table[cluster.intent]


class Trouble(Steady):
    """A problem, an order that went wrong, a payment that fails."""

    name = "trouble"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        total = table["problem"] if cluster.need == "problem" else 0
        if cluster.intent == "order_problem":
            total += table["order_problem"]
        return total + (table["pay"] if cluster.aspect == "order_problem.pay" else 0)


class OnAir(Steady):
    """The product that is being shown now: its buyers decide in these seconds."""

    name = "on_air"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return table["points"] if setting.on_air is not None and cluster.slots.link == setting.on_air else 0


class Effort(Steady):
    """Reuse costs one key, a draft a glance, typing seconds in which others wait."""

    name = "effort"

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        if cluster.reuse_of is not None:
            return 0
        return table["draft"] if cluster.drafts else table["typed"]


def cost_ms(cluster: Cluster, table: Table) -> int:
    """About how long an answer takes, by what is ready for it."""
    if cluster.reuse_of is not None:
        return table["reuse_ms"]
    return table["draft_ms"] if cluster.drafts else table["typed_ms"]


BUYING, TROUBLE, ON_AIR, EFFORT = Buying(), Trouble(), OnAir(), Effort()
