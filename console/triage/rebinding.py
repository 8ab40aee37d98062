"""Comments that turn out to mean another product than was believed when they came: they go where they would have gone."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, structs

from console.domain.values import Slots
from console.triage.comments import Comment, Crowd, Strand
from console.triage.index import Bucket
from console.triage.members import Members
from console.triage.partings import Partings, new_atom
from console.triage.questions import Cluster
from console.triage.regroup import Regroup
from console.triage.ties import Regrouped


class Meant(Struct, frozen=True):
    """What a comment means under another product on air (`on_air`: its link). `bucket`: None = it asks what it asked before."""

    on_air: str | None
    slots: Slots
    content: str
    bucket: Bucket | None


Ask = Callable[[Strand, Comment], Meant | None]
"""None = this comment means what it meant."""
_Groups = dict[Bucket, dict[str, Strand]]


class Rebinding:
    """Takes comments of one open or snoozed cluster to the buckets that they belong in. What a person did is left as it is: a cluster
    in hand, one that was merged or split, one that is closed."""

    def __init__(self, members: Members, partings: Partings, regroup: Regroup, reusable: Callable[[Bucket, str, int], str | None]) -> None:
        self._members, self._partings, self._regroup = members, partings, regroup
        self._reusable = reusable

    def may_change(self, cluster: Cluster) -> bool:
        return not (cluster.is_closed or cluster.state == "sent" or cluster.in_hand or cluster.parts or self._partings.was_split(cluster))

    def rebind(self, cluster: Cluster, number: int, now_ms: int, ask: Ask) -> list[Cluster]:
        """Returns the clusters that ask something else now, or are new. `number`: the seq of the event that told it."""
        groups, is_changed = self._groups(cluster, ask)
        if not is_changed:
            return []
        if list(groups) == [cluster.bucket]:
            return self._replaced(cluster, groups[cluster.bucket])
        text, own = cluster.text, cluster.bucket if cluster.bucket in groups else _first_of(groups)
        self._regroup.take_out(cluster)
        news = [self._apart(cluster, strands, number, bucket) for bucket, strands in groups.items() if bucket != own]
        changed = news if own == cluster.bucket else [cluster, *news]
        self._stays(cluster, own, groups[own])
        for each in changed:
            each.reuse_of = self._reusable(each.bucket, each.content, now_ms)
        for new in news:
            seqs = tuple(sorted(one.seq for strand in new.strands() for one in strand.comments))
            self._regroup.tell(Regrouped(kind="split", from_id=cluster.id, into_id=new.id, seqs=seqs, new_first=cluster.text != text))
        for each in (cluster, *news):
            self._regroup.put_back(each)
        for each in changed:
            if each.is_open and self._members.clusters.get(each.id) is each:
                self._regroup.relink(each)
        return changed

    def _groups(self, cluster: Cluster, ask: Ask) -> tuple[_Groups, bool]:
        """Its comments by the bucket they belong in, and whether any means something else now. Wordings without a comment stay."""
        groups: _Groups = {}
        is_changed = False
        for strand in cluster.strands():
            if not strand.comments:
                groups.setdefault(cluster.bucket, {})[strand.text] = strand
            for comment in strand.comments:
                meant = ask(strand, comment)
                bucket = cluster.bucket
                if meant is not None:
                    is_changed = True
                    comment = structs.replace(comment, on_air=meant.on_air)
                    bucket = self._partings.routed(meant.bucket, strand.text) if meant.bucket is not None else bucket
                wordings = groups.setdefault(bucket, {})
                mine = wordings.get(strand.text)
                if mine is None:
                    mine = wordings[strand.text] = structs.replace(strand, comments=[])
                    if meant is not None and meant.bucket is not None:
                        mine.slots, mine.content = meant.slots, meant.content
                mine.comments.append(comment)
        said = {bucket: wordings for bucket, wordings in groups.items() if any(one.comments for one in wordings.values())}
        return said or groups, is_changed

    def _replaced(self, cluster: Cluster, strands: dict[str, Strand]) -> list[Cluster]:
        """All ask what they asked; only what was on air is known better."""
        before = cluster.on_air
        cluster.crowd = Crowd(dict(cluster.askers), strands)
        self._members.set_parts(cluster, [cluster])
        return [cluster] if cluster.on_air != before else []

    def _apart(self, cluster: Cluster, strands: dict[str, Strand], number: int, bucket: Bucket) -> Cluster:
        first = min((one for strand in strands.values() for one in strand.comments), key=lambda one: one.seq)
        into_id, seq = self._partings.new_id(first, number)
        new = new_atom(cluster, list(strands.values()), into_id, seq, bucket)
        self._members.list_in(new)
        self._members.show(new, [new])
        new.state, new.snoozed_until_ms = cluster.state, cluster.snoozed_until_ms
        return new

    def _stays(self, cluster: Cluster, bucket: Bucket, strands: dict[str, Strand]) -> None:
        self._members.unlist(cluster)
        cluster.crowd, cluster.bucket = Crowd(dict(cluster.askers), strands), bucket
        self._members.list_in(cluster)
        self._members.set_parts(cluster, [cluster])


def _first_of(groups: _Groups) -> Bucket:
    """Where the oldest comment went: that one is what the cluster is called after."""
    return min(groups, key=lambda bucket: min(one.seq for strand in groups[bucket].values() for one in strand.comments))
