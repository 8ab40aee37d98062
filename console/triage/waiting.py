"""The clusters that wait for an answer, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.domain.values import Why
from console.triage.order import Order
from console.triage.questions import Cluster
from console.triage.signals.base import Setting
from console.triage.urgency import Urgency


class Waiting:
    """Open clusters. Whoever changes one says so with `touch`, or takes it out with `leave` and puts it back with `enter`."""

    def __init__(self, urgency: Urgency, setting_of: Callable[[Cluster, int], Setting]) -> None:
        self._urgency = urgency
        self._setting_of = setting_of
        self._open: dict[str, Cluster] = {}
        self._dirty: dict[str, None] = {}
        self._order = Order(urgency)
        self.askers = 0
        """Of all open clusters."""

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Cluster]:
        """Open clusters, the longest open first, without ranking them."""
        return iter(self._open.values())

    def hold(self, cluster: Cluster) -> None:
        """An open cluster that is as it was: told when a room is set up again from what was written down."""
        self._open[cluster.id] = cluster
        self.askers += cluster.asker_count
        self._dirty[cluster.id] = None

    def enter(self, cluster: Cluster) -> None:
        if cluster.id not in self._open:
            self.hold(cluster)
        self.touch(cluster)

    def leave(self, cluster: Cluster) -> None:
        """Taking out one that is not there is harmless."""
        if self._open.pop(cluster.id, None) is not None:
            self.askers -= cluster.asker_count
            self._order.remove(cluster.id)
            self._dirty.pop(cluster.id, None)

    def changed(self, cluster: Cluster, askers: int) -> None:
        """Its comments changed; before that it had so many askers."""
        if cluster.id in self._open:
            self.askers += cluster.asker_count - askers
        self.touch(cluster)

    def touch(self, cluster: Cluster) -> None:
        """The cluster changed: it is filed anew before the next look at the order."""
        cluster.version += 1
        if cluster.id in self._open:
            self._dirty[cluster.id] = None

    def ranking(self, now_ms: int, most: int | None = None) -> list[Cluster]:
        """Open clusters, most urgent first, at most `most`; ties go to who asked first. Sets their `score`."""
        for cluster_id in self._order.due(now_ms):
            if cluster_id in self._open:
                self.touch(self._open[cluster_id])
        for cluster_id in self._dirty:
            cluster = self._open.get(cluster_id)
            if cluster is not None:
                self._order.file(cluster, self._setting_of(cluster, now_ms))
        self._dirty.clear()
        ranked = []
        for score, cluster_id in self._order.top(now_ms, most):
            cluster = self._open[cluster_id]
            cluster.score = score
            ranked.append(cluster)
        return ranked

    def why(self, cluster: Cluster, now_ms: int) -> tuple[Why, ...]:
        """The terms of a cluster's score as they stand now."""
        return self._urgency.why(cluster, self._setting_of(cluster, now_ms))
