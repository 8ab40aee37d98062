"""The one queue: which clusters there are, which a comment belongs to, and in which order they are to be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.domain.text import SafeText
from console.domain.values import How, State, Why
from console.triage.comments import IS_BUYER, IS_NEWCOMER, Asked
from console.triage.index import Bucket
from console.triage.limits import Limits
from console.triage.members import Found, Members
from console.triage.partings import Partings, Wanted
from console.triage.questions import ANSWERED, Closing, Cluster
from console.triage.rebinding import Ask, Rebinding
from console.triage.regroup import Merged, Refused, Regroup
from console.triage.signals.base import Setting
from console.triage.ties import Parting, Regrouped, Ties, age
from console.triage.timers import Timers
from console.triage.urgency import Urgency
from console.triage.waiting import Waiting

__all__ = ["Asked", "Merged", "Parting", "Queue", "Refused", "Regrouped", "Ties", "Wanted"]


class Queue:
    """`clusters` and `ties` are the truth (handed in, so that a snapshot can hold them); all else is rebuilt from them."""

    def __init__(
        self,
        clusters: dict[str, Cluster],
        ties: Ties,
        urgency: Urgency,
        agrees: Callable[[str, str], bool],
        setting_of: Callable[[Cluster, int], Setting],
        limits: Limits,
    ) -> None:
        self.clusters = clusters
        self.limits = limits
        self._members = Members(clusters, ties, agrees)
        self._partings = Partings(self._members)
        self._waiting = Waiting(urgency, setting_of)
        self._timers = Timers(limits)
        self._regroup = Regroup(self._members, self._partings, self._waiting, self._timers)
        self._rebinding = Rebinding(self._members, self._partings, self._regroup, self._reusable)
        self.regrouped = self._regroup.happened
        """What came together or went apart; whoever deals with it empties it."""
        for cluster in clusters.values():
            if cluster.is_open:
                self._waiting.hold(cluster)
            self._timers.set(cluster)

    # --- asking ----------------------------------------------------------------------------------------------------

    def ask(self, asked: Asked) -> tuple[Cluster, str, bool]:
        """Put a comment where it belongs. Returns its cluster, under which id it will be found in there, and whether that is new."""
        bucket = self._partings.bucket_of(asked)
        found = self._found(bucket, asked)
        live = [one for one in found if one[1].state in ("open", "snoozed")]
        if live:
            return self._join(live[0] if len(live) == 1 else self._regroup.bridge(live), asked)
        reuse_of = None
        for one in sorted(found, key=lambda one: age(one[0]), reverse=True):
            cluster = one[1]
            if cluster.state == "dismissed" and asked.at_ms - (cluster.closed_ms or 0) < self.limits.quiet_ms:
                return self._join(one, asked)
            if reuse_of is None and self.can_reuse(cluster, asked.at_ms):
                if asked.asked_ms - (cluster.closed_ms or 0) < self.limits.echo_ms:
                    return self._echo(one, asked)
                reuse_of = cluster.id
        cluster = self._new(asked, bucket, reuse_of)
        return cluster, cluster.id, True

    def _found(self, bucket: Bucket, asked: Asked) -> list[Found]:
        """The atoms that ask this: by its key, then in other words. A wording that a person split off goes its own way alone."""
        found = self._members.of(bucket, asked.understood.content)
        if not asked.akin or bucket != asked.bucket:
            return found
        seen = {one[0].id for one in found}
        for other in asked.akin:
            kin = self._members.found(other)
            if kin is None or kin[0].id in seen:
                continue
            branch = self._partings.routed(kin[0].bucket, asked.text)
            if branch != kin[0].bucket:
                return self._members.of(branch, asked.understood.content)
            seen.add(kin[0].id)
            found.append(kin)
        return found

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

    def _reusable(self, bucket: Bucket, content: str, now_ms: int) -> str | None:
        """The newest cluster that asked this and whose answer still stands."""
        found = sorted(self._members.of(bucket, content), key=lambda one: age(one[0]), reverse=True)
        return next((one[1].id for one in found if self.can_reuse(one[1], now_ms)), None)

    def _new(self, asked: Asked, bucket: Bucket, reuse_of: str | None) -> Cluster:
        understood, flags = asked.understood, asked.flags
        assert understood.intent is not None, "only a need is asked, and a need has an intent"
        cluster = Cluster(
            id=f"q{asked.seq}", seq=asked.seq, room=asked.room, text=asked.text, shown=asked.text, need=understood.need,
            intent=understood.intent, aspect=understood.aspect, slots=asked.slots, content=understood.content, bucket=bucket,
            language=understood.language, points=understood.points, first_ms=asked.asked_ms, last_ms=asked.asked_ms,
            asker=asked.asker, name=asked.name, flags=flags, buyers=int(flags & IS_BUYER > 0), newcomers=int(flags & IS_NEWCOMER > 0),
            on_air=asked.on_air, reuse_of=reuse_of,
        )  # fmt: skip
        self._members.add(cluster)
        self._waiting.enter(cluster)
        self._timers.set(cluster)
        return cluster

    def _join(self, found: Found, asked: Asked) -> tuple[Cluster, str, bool]:
        atom, cluster = found
        before = cluster.asker_count
        self._members.join(found, asked)
        self._waiting.changed(cluster, before)
        return cluster, atom.id, False

    def _echo(self, found: Found, asked: Asked) -> tuple[Cluster, str, bool]:
        """Asked again by somebody who has not heard the answer yet: it is on its way to him."""
        cluster = found[1]
        cluster.echoes = cluster.echoes if cluster.echoes is not None else {}
        cluster.echoes[asked.asker] = None
        return self._join(found, asked)

    def withdraw(self, cluster: Cluster, at_ms: int, *, asker: str | None = None, seq: int | None = None) -> None:
        """A comment was deleted, or all of a viewer's: he no longer waits where those were his only ones; nobody left = expired."""
        before = cluster.asker_count
        if not self._members.withdraw(cluster, lambda who, number: who == asker or number == seq):
            return
        cluster.echoes = {who: None for who in cluster.echoes if cluster.has_asker(who)} if cluster.echoes else None
        self._waiting.changed(cluster, before)
        if not cluster.comments and not cluster.is_closed:
            self.close(cluster, "expired", at_ms)
        self._waiting.touch(cluster)

    # --- closing and reopening -------------------------------------------------------------------------------------

    def close(self, cluster: Cluster, state: State, at_ms: int, *, how: How | None = None, answer: SafeText | None = None) -> Closing:
        """Close (or snooze) a cluster; returns what `restore` needs to take it back."""
        before = cluster.closing()
        cluster.state = state
        cluster.closed_ms = at_ms if state != "snoozed" else None
        cluster.how, cluster.answer, cluster.is_void = how, answer, False
        cluster.snoozed_until_ms = at_ms + self.limits.snooze_ms if state == "snoozed" else None
        self._waiting.leave(cluster)
        self._timers.set(cluster)
        return before

    def restore(self, cluster: Cluster, before: Closing) -> Cluster:
        """Undo a closing. Whoever asked again meanwhile comes back to it. Returns the cluster that holds its comments."""
        cluster.state, cluster.closed_ms, cluster.how = before.state, before.closed_ms, before.how
        cluster.answer, cluster.snoozed_until_ms = before.answer, before.snoozed_until_ms
        if not cluster.is_closed:
            cluster.echoes = None
            self._reuse_no_more(cluster)
        if cluster.is_open:
            return self._reopen(cluster)
        self._waiting.leave(cluster)
        self._timers.set(cluster)
        return cluster

    def _reopen(self, cluster: Cluster) -> Cluster:
        self._waiting.enter(cluster)
        self._timers.set(cluster)
        return self._regroup.relink(cluster)

    def _reuse_no_more(self, cluster: Cluster) -> None:
        for other in self.clusters.values():
            if other.reuse_of == cluster.id:
                other.reuse_of = None
                self._waiting.touch(other)
            for part in other.parts:
                part.reuse_of = None if part.reuse_of == cluster.id else part.reuse_of

    def take_in_hand(self, cluster: Cluster) -> None:
        """Somebody is answering it: nothing but comments touches it."""
        cluster.in_hand = True
        self._waiting.touch(cluster)

    def put_down(self, cluster: Cluster) -> Cluster:
        """Nobody is answering it any more. Returns the cluster that holds its comments."""
        cluster.in_hand = False
        self._waiting.touch(cluster)
        return self._regroup.relink(cluster) if cluster.is_open else cluster

    # --- time ------------------------------------------------------------------------------------------------------

    def advance(self, now_ms: int) -> Iterator[Cluster]:
        """Let time pass up to `now_ms`: yields the clusters that it closed."""
        for cluster in self._timers.due(self.clusters, now_ms):
            if cluster.state == "snoozed":
                cluster.state, cluster.snoozed_until_ms = "open", None
                self._reopen(cluster)
            elif cluster.state == "open":
                self.close(cluster, "expired", now_ms)
                yield cluster
            else:
                self.forget(cluster)

    def void(self, cluster: Cluster) -> None:
        """A fact under its answer changed: nobody may be given that answer again."""
        cluster.is_void = True
        self._reuse_no_more(cluster)

    def forget(self, cluster: Cluster) -> None:
        """A closed cluster that can neither be reused nor undone leaves the memory."""
        if cluster.state in ANSWERED:
            self.void(cluster)
        self._waiting.leave(cluster)
        self._members.forget(cluster)

    # --- merging and splitting -------------------------------------------------------------------------------------

    def get(self, cluster: str) -> Cluster | None:
        """The cluster that was shown under this id, whatever it was merged into since."""
        return self._members.get(cluster)

    def merge(self, one: Cluster, other: Cluster) -> Merged | Refused:
        """Show two clusters as one, under the older id; `unmerge` takes it back without a trace. Refused for one that is closed or in
        hand, for two of different rooms, and for two that a person split."""
        return self._regroup.merge(one, other)

    def unmerge(self, merged: Merged) -> list[Cluster]:
        return self._regroup.unmerge(merged)

    def split(self, cluster: Cluster, wanted: Wanted) -> Parting | Refused:
        """Take a wording, or some comments, out of a cluster, for good: no merge brings the halves together but `unsplit`."""
        return self._regroup.split(cluster, wanted)

    def unsplit(self, parting: Parting) -> Cluster | Refused | None:
        return self._regroup.unsplit(parting)

    def may_rebind(self, cluster: Cluster) -> bool:
        """Whether the rules may still say what it means: not where a person closed it, has it in hand, merged or split it."""
        return self._rebinding.may_change(cluster)

    def rebind(self, cluster: Cluster, number: int, now_ms: int, ask: Ask) -> list[Cluster]:
        """Comments that mean another product than was believed go where they belong. Returns the clusters that ask something else now."""
        return self._rebinding.rebind(cluster, number, now_ms, ask)

    # --- order -----------------------------------------------------------------------------------------------------

    def touch(self, cluster: Cluster) -> None:
        """The cluster changed: it is filed anew before the next look at the order."""
        self._waiting.touch(cluster)

    def touch_all(self) -> None:
        """Something that many scores look at changed (the product on air, the catalogue)."""
        for cluster in self._waiting:
            self._waiting.touch(cluster)

    def ranking(self, now_ms: int, most: int | None = None) -> list[Cluster]:
        """Open clusters, most urgent first, at most `most`; ties go to who asked first. Sets their `score`."""
        return self._waiting.ranking(now_ms, most)

    def why(self, cluster: Cluster, now_ms: int) -> tuple[Why, ...]:
        """The terms of a cluster's score as they stand now."""
        return self._waiting.why(cluster, now_ms)

    @property
    def open_count(self) -> int:
        return len(self._waiting)

    @property
    def waiting_askers(self) -> int:
        """Askers of all open clusters."""
        return self._waiting.askers

    def open_clusters(self) -> Iterator[Cluster]:
        """Open clusters, the longest open first, without ranking them."""
        return iter(self._waiting)
