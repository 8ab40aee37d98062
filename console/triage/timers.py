"""When time itself changes a cluster: a heap of moments, not a look at all clusters each second."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from console.triage.limits import Limits
from console.triage.questions import Cluster


class Timers:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._heap: list[tuple[int, int, str]] = []

    def set(self, cluster: Cluster) -> None:
        """After every change of its state. Setting one twice is harmless."""
        at = self._due(cluster)
        if at is not None:
            heapq.heappush(self._heap, (at, cluster.seq, cluster.id))

    def _due(self, cluster: Cluster) -> int | None:
        """When time itself next changes the cluster: it wakes, expires, or is forgotten."""
        limits = self._limits
        if cluster.state == "snoozed":
            return cluster.snoozed_until_ms
        if limits.expire_ms is None:
            return None  # where nothing is given up, nothing is forgotten
        if cluster.state == "open":
            is_trouble = cluster.need == "problem" and cluster.intent == "tech"
            return cluster.last_ms + min(limits.expire_ms, limits.trouble_ms if is_trouble else limits.expire_ms)
        return (cluster.closed_ms or cluster.last_ms) + max(limits.reuse_ms, limits.quiet_ms)

    def due(self, clusters: dict[str, Cluster], now_ms: int) -> Iterator[Cluster]:
        """Clusters whose moment has come, in its order."""
        while self._heap and self._heap[0][0] <= now_ms:
            at, _, cluster_id = heapq.heappop(self._heap)
            cluster = clusters.get(cluster_id)
            if cluster is None:
                continue
            due = self._due(cluster)
            if due is not None and due <= now_ms:
                yield cluster
            elif due is not None and due > at:
                self.set(cluster)
