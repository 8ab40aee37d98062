"""The order of open clusters, without scoring all of them again each second.

A score is what stands still plus what grows with the wait. Clusters with the same standing points and the same target keep
one order among themselves, whoever asked first first, however much time passes. So they are filed in shelves by standing
points; the most urgent k are read off the heads of the shelves, at any moment, in O(k log shelves).
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterator

from console.triage.questions import Cluster
from console.triage.signals.base import Setting
from console.triage.urgency import Urgency

_Shelf = tuple[int, int]
"""(standing points, target of the answer clock in ms)."""
_Entry = tuple[int, int, str, _Shelf, int | None]
"""(first_ms, seq, id): the order within a shelf, total by seq. Behind it where the cluster stands, and when that next changes by itself."""


class Order:
    """Open clusters filed by standing points. `file` after every change of a cluster; `top` at any time."""

    def __init__(self, urgency: Urgency) -> None:
        self._urgency = urgency
        self._shelves: dict[_Shelf, list[_Entry]] = {}
        self._filed: dict[str, _Entry] = {}
        self._changes: list[tuple[int, int, str]] = []
        self._names: dict[_Shelf, _Shelf] = {}
        """One tuple a shelf, whoever stands on it; there are some hundreds."""

    def file(self, cluster: Cluster, setting: Setting) -> None:
        """Put an open cluster where its standing points belong now."""
        shelf = (self._urgency.standing(cluster, setting), setting.due_ms)
        at = self._urgency.next_change(cluster, setting)
        entry = (cluster.first_ms, cluster.seq, cluster.id, self._names.setdefault(shelf, shelf), at)
        filed = self._filed.get(cluster.id)
        if filed != entry:
            self.remove(cluster.id)
            insort(self._shelves.setdefault(entry[3], []), entry)
            self._filed[cluster.id] = entry
            if at is not None and (filed is None or filed[4] != at):
                heapq.heappush(self._changes, (at, cluster.seq, cluster.id))

    def remove(self, cluster: str) -> None:
        """Take a cluster out. Taking out one that is not filed is harmless."""
        entry = self._filed.pop(cluster, None)
        if entry is None:
            return
        shelf = entry[3]
        entries = self._shelves[shelf]
        del entries[bisect_left(entries, entry[:3])]
        if not entries:
            del self._shelves[shelf]

    def due(self, now_ms: int) -> Iterator[str]:
        """Ids of clusters whose standing points have changed by the passing of time."""
        while self._changes and self._changes[0][0] <= now_ms:
            yield heapq.heappop(self._changes)[2]

    def top(self, now_ms: int, most: int | None = None) -> Iterator[tuple[int, str]]:
        """(score, id), most urgent first; ties go to who asked first, then to `seq`."""
        heads: list[tuple[int, int, int, str, _Shelf, int]] = []
        open_count = len(self._filed)
        for shelf in self._shelves:
            heads.append(self._head(shelf, 0, now_ms, open_count))
        heapq.heapify(heads)
        given = 0
        while heads and (most is None or given < most):
            score, _, _, cluster, shelf, place = heads[0]
            yield -score, cluster
            given += 1
            if place + 1 < len(self._shelves[shelf]):
                heapq.heapreplace(heads, self._head(shelf, place + 1, now_ms, open_count))
            else:
                heapq.heappop(heads)

    def _head(self, shelf: _Shelf, place: int, now_ms: int, open_count: int) -> tuple[int, int, int, str, _Shelf, int]:
        first_ms, seq, cluster, _, _ = self._shelves[shelf][place]
        return -(shelf[0] + self._urgency.growing(first_ms, shelf[1], now_ms, open_count)), first_ms, seq, cluster, shelf, place
