"""The one queue: which clusters there are, which a comment belongs to, and in which order they are to be answered."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import How, Slots, State, Understanding, Why
from console.triage.index import Bucket, Index
from console.triage.limits import Limits
from console.triage.order import Order
from console.triage.questions import ANSWERED, MOST_WORDINGS, Asker, Closing, Cluster
from console.triage.signals.base import Setting
from console.triage.urgency import Urgency


class Asked(Struct, frozen=True, kw_only=True):
    """One comment that needs an answer, as the queue takes it in."""

    seq: int
    at_ms: int
    asked_ms: int
    """When he asked: the platform's time, clamped (ruling 1)."""
    room: str
    asker: str
    name: SafeText
    text: SafeText
    is_buyer: bool
    is_newcomer: bool
    late: bool
    on_air: str | None
    understood: Understanding
    slots: Slots
    bucket: Bucket


class Queue:
    """`clusters` is the truth (handed in, so that a snapshot can hold it); index, heaps and order are rebuilt from it."""

    def __init__(
        self,
        clusters: dict[str, Cluster],
        urgency: Urgency,
        agrees: Callable[[str, str], bool],
        setting_of: Callable[[Cluster, int], Setting],
        limits: Limits,
    ) -> None:
        self.clusters = clusters
        self.limits = limits
        self._urgency = urgency
        self._setting_of = setting_of
        self._index = Index(agrees)
        self._open: dict[str, Cluster] = {}
        self._dirty: dict[str, None] = {}
        self._timers: list[tuple[int, int, str]] = []
        self._order = Order(urgency)
        self._waiting = 0
        for cluster in clusters.values():
            for content in cluster.contents:
                self._index.add(cluster.id, cluster.bucket, content)
            if cluster.is_open:
                self._open[cluster.id] = cluster
                self._waiting += len(cluster.askers)
                self._dirty[cluster.id] = None
            self._set_timer(cluster)

    # --- asking ----------------------------------------------------------------------------------------------------

    def ask(self, asked: Asked) -> tuple[Cluster, bool]:
        """Put a comment where it belongs. Returns its cluster and whether that is a new one."""
        reuse_of = None
        for found in reversed(self._index.find(asked.bucket, asked.understood.content)):
            cluster = self.clusters[found]
            if cluster.state in ("open", "snoozed"):
                self._join(cluster, asked)
                return cluster, False
            if cluster.state == "dismissed" and asked.at_ms - (cluster.closed_ms or 0) < self.limits.quiet_ms:
                self._join(cluster, asked)
                return cluster, False
            if reuse_of is None and self.can_reuse(cluster, asked.at_ms):
                if asked.asked_ms - (cluster.closed_ms or 0) < self.limits.echo_ms:
                    self._echo(cluster, asked)
                    return cluster, False
                reuse_of = cluster.id
        return self._new(asked, reuse_of), True

    def can_reuse(self, cluster: Cluster, now_ms: int) -> bool:
        """Whether the answer given to a closed cluster still stands (ruling 17: 10 min; its facts must hold too).

        Only a question's: a request is done anew each time, and a problem that comes back is a new one."""
        if cluster.state not in ANSWERED or cluster.closed_ms is None:
            return False
        if cluster.need != "question" or cluster.is_void:
            return False
        if now_ms - cluster.closed_ms > self.limits.reuse_ms:
            return False
        return all(fact.until_ms is None or fact.until_ms >= now_ms for draft in cluster.drafts for fact in draft.facts)

    def _new(self, asked: Asked, reuse_of: str | None) -> Cluster:
        understood = asked.understood
        assert understood.intent is not None, "only a need is asked, and a need has an intent"
        cluster = Cluster(
            id=f"q{asked.seq}", seq=asked.seq, room=asked.room, text=asked.text, shown=asked.text, need=understood.need,
            intent=understood.intent, aspect=understood.aspect, slots=asked.slots, contents=[understood.content],
            bucket=asked.bucket, language=understood.language, points=understood.points, first_ms=asked.asked_ms,
            last_ms=asked.asked_ms, askers={}, wordings={}, late=asked.late, on_air=asked.on_air, reuse_of=reuse_of,
        )  # fmt: skip
        self.clusters[cluster.id] = cluster
        self._index.add(cluster.id, asked.bucket, understood.content)
        self._count(cluster, asked)
        self._reopen(cluster)
        self._set_timer(cluster)
        return cluster

    def _join(self, cluster: Cluster, asked: Asked) -> None:
        content = asked.understood.content
        if content not in cluster.contents and len(cluster.contents) < MOST_WORDINGS:
            cluster.contents.append(content)
            self._index.add(cluster.id, cluster.bucket, content)
        self._count(cluster, asked)
        cluster.last_ms = max(cluster.last_ms, asked.asked_ms)
        cluster.first_ms = min(cluster.first_ms, asked.asked_ms)
        self.touch(cluster)

    def _echo(self, cluster: Cluster, asked: Asked) -> None:
        """Asked again by somebody who has not heard the answer yet: it is on its way to him."""
        self._join(cluster, asked)
        cluster.echoes[asked.asker] = None

    def _count(self, cluster: Cluster, asked: Asked) -> None:
        cluster.comments += 1
        cluster.count_wording(asked.text)
        asker = cluster.askers.get(asked.asker)
        if asker is not None:
            asker.comments += 1
            return
        cluster.askers[asked.asker] = Asker(asked.name)
        self._waiting += cluster.id in self._open
        cluster.buyers += asked.is_buyer
        cluster.newcomers += asked.is_newcomer

    def withdraw(self, cluster: Cluster, asker: str, at_ms: int) -> None:
        """A comment was deleted: its asker no longer waits where it was his only one; nobody left = expired."""
        found = cluster.askers.get(asker)
        if found is None:
            return
        cluster.comments -= 1
        found.comments -= 1
        if found.comments <= 0:
            del cluster.askers[asker]
            cluster.echoes.pop(asker, None)
            self._waiting -= cluster.id in self._open
        if not cluster.askers and not cluster.is_closed:
            self.close(cluster, "expired", at_ms)
        self.touch(cluster)

    # --- closing and reopening -------------------------------------------------------------------------------------

    def close(self, cluster: Cluster, state: State, at_ms: int, *, how: How | None = None, answer: SafeText | None = None) -> Closing:
        """Close (or snooze) a cluster; returns what `restore` needs to take it back."""
        before = cluster.closing()
        cluster.state = state
        cluster.closed_ms = at_ms if state != "snoozed" else None
        cluster.how, cluster.answer, cluster.is_void = how, answer, False
        cluster.snoozed_until_ms = at_ms + self.limits.snooze_ms if state == "snoozed" else None
        self._leave(cluster)
        self._set_timer(cluster)
        return before

    def restore(self, cluster: Cluster, before: Closing) -> None:
        """Undo a closing. Whoever asked again meanwhile stands in his own, newer cluster."""
        cluster.state, cluster.closed_ms, cluster.how = before.state, before.closed_ms, before.how
        cluster.answer, cluster.snoozed_until_ms = before.answer, before.snoozed_until_ms
        if cluster.is_open:
            cluster.echoes.clear()
            self._reopen(cluster)
        else:
            self._leave(cluster)
        self._set_timer(cluster)
        for other in self._open.values():
            if other.reuse_of == cluster.id and cluster.is_open:
                other.reuse_of = None
                self.touch(other)

    def _reopen(self, cluster: Cluster) -> None:
        if cluster.id not in self._open:
            self._open[cluster.id] = cluster
            self._waiting += len(cluster.askers)
        self.touch(cluster)

    def _leave(self, cluster: Cluster) -> None:
        if self._open.pop(cluster.id, None) is not None:
            self._waiting -= len(cluster.askers)
            self._order.remove(cluster.id)

    # --- time ------------------------------------------------------------------------------------------------------

    def _set_timer(self, cluster: Cluster) -> None:
        at = self._timer_of(cluster)
        if at is not None:
            heapq.heappush(self._timers, (at, cluster.seq, cluster.id))

    def _timer_of(self, cluster: Cluster) -> int | None:
        """When time itself next changes the cluster: it wakes, expires, or is forgotten."""
        if cluster.state == "snoozed":
            return cluster.snoozed_until_ms
        if self.limits.expire_ms is None:
            return None  # where nothing is given up, nothing is forgotten
        if cluster.state == "open":
            is_trouble = cluster.need == "problem" and cluster.intent == "tech"
            return cluster.last_ms + min(self.limits.expire_ms, self.limits.trouble_ms if is_trouble else self.limits.expire_ms)
        return (cluster.closed_ms or cluster.last_ms) + max(self.limits.reuse_ms, self.limits.quiet_ms)

    def advance(self, now_ms: int) -> Iterator[Cluster]:
        """Let time pass up to `now_ms`: yields the clusters that it closed."""
        while self._timers and self._timers[0][0] <= now_ms:
            at, _, cluster_id = heapq.heappop(self._timers)
            cluster = self.clusters.get(cluster_id)
            if cluster is None:
                continue
            due = self._timer_of(cluster)
            if due is None or due > now_ms:
                if due is not None and due > at:
                    self._set_timer(cluster)
                continue
            if cluster.state == "snoozed":
                cluster.state, cluster.snoozed_until_ms = "open", None
                self._reopen(cluster)
                self._set_timer(cluster)
            elif cluster.state == "open":
                self.close(cluster, "expired", now_ms)
                yield cluster
            else:
                self.forget(cluster)

    def void(self, cluster: Cluster) -> None:
        """A fact under its answer changed: nobody may be given that answer again."""
        cluster.is_void = True
        for other in self._open.values():
            if other.reuse_of == cluster.id:
                other.reuse_of = None
                self.touch(other)

    def forget(self, cluster: Cluster) -> None:
        """A closed cluster that can neither be reused nor undone leaves the memory."""
        if cluster.state in ANSWERED:
            self.void(cluster)
        self._leave(cluster)
        self._index.remove(cluster.id)
        self.clusters.pop(cluster.id, None)

    # --- order -----------------------------------------------------------------------------------------------------

    def touch(self, cluster: Cluster) -> None:
        """The cluster changed: it is filed anew before the next look at the order."""
        cluster.version += 1
        if cluster.id in self._open:
            self._dirty[cluster.id] = None

    def touch_all(self) -> None:
        """Something that many scores look at changed (the product on air, the catalogue)."""
        for cluster in self._open.values():
            self.touch(cluster)

    def ranking(self, now_ms: int, most: int | None = None) -> list[Cluster]:
        """Open clusters, most urgent first, at most `most`; ties go to who asked first. Sets their `score`."""
        self._dirty.update(dict.fromkeys(self._order.due(now_ms)))
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

    @property
    def open_count(self) -> int:
        return len(self._open)

    @property
    def waiting_askers(self) -> int:
        """Askers of all open clusters."""
        return self._waiting

    def open_clusters(self) -> Iterator[Cluster]:
        """Open clusters, oldest first, without ranking them."""
        return iter(self._open.values())
