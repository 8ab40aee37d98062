"""Merging and splitting clusters, by the rules and by hand, and taking back what was done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from console.triage.members import Found, Members
from console.triage.partings import Partings, Wanted
from console.triage.questions import Cluster
from console.triage.ties import Parting, Regrouped, age
from console.triage.timers import Timers
from console.triage.waiting import Waiting

Refused = Literal["same", "closed", "in_hand", "room", "apart", "whole"]
"""Why two clusters stay two, or one stays one: it is the same one; one is closed or set aside; somebody is answering one; they are of
two rooms; a person split them; nothing would be taken out, or everything."""


class Merged(Struct, frozen=True, kw_only=True):
    """A merge by hand, as `unmerge` needs it. `lent_…`: what the one that stays has only from the other."""

    from_id: str
    into_id: str
    link: tuple[str, str]
    lent_host: bool = False
    lent_reuse: bool = False


class Regroup:
    """Open clusters that agree are one, whenever nothing stands in the way: `relink` after every change that may have cleared it."""

    def __init__(self, members: Members, partings: Partings, waiting: Waiting, timers: Timers) -> None:
        self._members = members
        self._partings = partings
        self._waiting = waiting
        self._timers = timers
        self.happened: list[Regrouped] = []

    # --- by the rules ----------------------------------------------------------------------------------------------

    def bridge(self, found: list[Found]) -> Found:
        """A comment asks what several atoms ask: they are one, as far as they may be. Returns the one that takes it: an open one
        before one that was put off, then the oldest."""
        home, *others = sorted(found, key=lambda one: (not one[1].is_open, *age(one[0])))
        for other in others:
            home = self._unite(home, other) or home
        return home

    def relink(self, cluster: Cluster) -> Cluster:
        """Let an open cluster come together with all that agree with it. Returns the one that holds its comments."""
        while (pair := next(self._neighbours(cluster), None)) is not None:
            united = self._unite(*pair)
            assert united is not None
            cluster = united[1]
        return cluster

    def _neighbours(self, cluster: Cluster) -> Iterator[tuple[Found, Found]]:
        for atom in cluster.atoms:
            for content in atom.contents:
                for other in self._members.of(atom.bucket, content):
                    if other[0] is not atom and self._may_unite(cluster, other[1]):
                        yield (atom, cluster), other

    def _may_unite(self, one: Cluster, other: Cluster) -> bool:
        return one is other or self._obstacle(one, other) in (None, "room")

    def _unite(self, one: Found, other: Found) -> Found | None:
        if one[0] is other[0] or not self._may_unite(one[1], other[1]):
            return None
        clusters = {each.id: each for each in sorted((one[1], other[1]), key=age)}
        into, *rest = clusters.values()
        text = into.text
        for each in clusters.values():
            self._waiting.leave(each)
        oldest = min(one[0], other[0], key=age).id
        self._members.unite(one[0], other[0])
        for gone in rest:
            _inherit(into, gone)
            self.tell(Regrouped(
                kind="merge", from_id=gone.id, into_id=into.id, new_first=into.text != text, draft_asked=gone.draft_asked,
            ))  # fmt: skip
        self.put_back(into)
        return self._members.found(oldest)

    # --- by hand ---------------------------------------------------------------------------------------------------

    def _obstacle(self, one: Cluster, other: Cluster) -> Refused | None:
        """Why these two can't be merged."""
        if one is other:
            return "same"
        if not (one.is_open and other.is_open):
            return "closed"
        if one.in_hand or other.in_hand:
            return "in_hand"
        if self._partings.are_apart(one, other):
            return "apart"
        return "room" if one.room != other.room else None

    def merge(self, one: Cluster, other: Cluster) -> Merged | Refused:
        """Show two clusters as one, under the older id."""
        obstacle = self._obstacle(one, other)
        if obstacle is not None:
            return obstacle
        into, gone = sorted((one, other), key=age)
        text = into.text
        self._waiting.leave(into)
        self._waiting.leave(gone)
        link = self._members.link(into, gone)
        lent_host, lent_reuse = _inherit(into, gone)
        self.put_back(into)
        self.tell(Regrouped(
            kind="merge", from_id=gone.id, into_id=into.id, by_hand=True, new_first=into.text != text, draft_asked=gone.draft_asked,
        ))  # fmt: skip
        return Merged(from_id=gone.id, into_id=into.id, link=link, lent_host=lent_host, lent_reuse=lent_reuse)

    def unmerge(self, merged: Merged) -> list[Cluster]:
        """Take a merge by hand back. Returns the clusters that stand alone again, the one that keeps its id first; only one where by
        now the rules hold them together, none where they are forgotten."""
        found = self._members.get(merged.link[0])
        if found is None:
            return []
        text = found.text
        self._waiting.leave(found)
        alone = self._members.unlink(merged.link)
        is_his = len(alone) > 1 and found.id == merged.into_id
        if is_his and merged.lent_host:
            found.host_asked = False
        if is_his and merged.lent_reuse:
            found.reuse_of = None
        for each in alone[1:]:
            seqs = tuple(sorted(one.seq for strand in each.strands() for one in strand.comments))
            new_first = found.text != text
            self.tell(Regrouped(kind="split", from_id=found.id, into_id=each.id, seqs=seqs, by_hand=True, new_first=new_first))
        for each in alone:
            self.put_back(each)
        return [self.relink(each) for each in alone]

    def split(self, cluster: Cluster, wanted: Wanted) -> Parting | Refused:
        """Take a wording, or some comments, out into a cluster of its own; later comments in that wording follow it."""
        if not cluster.is_open:
            return "closed"
        if cluster.in_hand:
            return "in_hand"
        text, askers = cluster.text, cluster.asker_count
        parting = self._partings.split(cluster, wanted)
        if parting is None:
            return "whole"
        self._waiting.changed(cluster, askers)
        new = self._members.clusters[parting.into_id]
        self.put_back(cluster)
        self.put_back(new)
        seqs = tuple(sorted(one.seq for strand in new.strands() for one in strand.comments))
        self.tell(Regrouped(
            kind="split", from_id=cluster.id, into_id=new.id, seqs=seqs, by_hand=True, new_first=cluster.text != text,
        ))  # fmt: skip
        return parting

    def unsplit(self, parting: Parting) -> Cluster | Refused | None:
        """Take a split back. Returns the cluster that has its comments again, None where that is forgotten; refused where that one
        was answered meanwhile, while the other half still waits."""
        new, home = self._members.get(parting.into_id), self._members.get(parting.homes[0][1])
        if home is not None and new is not None and home.is_closed and not new.is_closed:
            if home.state != "expired":
                return "closed"
            home.state, home.closed_ms = "open", None
        for each in (new, home):
            if each is not None:
                self._waiting.leave(each)
        text = home.text if home is not None else ""
        company = self._partings.unsplit(parting)
        if home is not None and new is not None:
            self.tell(Regrouped(
                kind="merge", from_id=new.id, into_id=home.id, by_hand=True, new_first=home.text != text, draft_asked=new.draft_asked,
            ))  # fmt: skip
        for each in company if home is None else (home, *(one for one in company if one is not home)):
            self.put_back(each)
        for each in company:
            if self._members.clusters.get(each.id) is each:
                self.relink(each)
        return self._members.get(parting.homes[0][1])

    # --- what all of them do at the end ----------------------------------------------------------------------------

    def take_out(self, cluster: Cluster) -> None:
        """Before its comments change; `put_back` afterwards."""
        self._waiting.leave(cluster)

    def put_back(self, cluster: Cluster) -> None:
        if cluster.is_open:
            self._waiting.enter(cluster)
        else:
            self._waiting.touch(cluster)
        self._timers.set(cluster)

    def tell(self, what: Regrouped) -> None:
        self.happened.append(what)


def _inherit(into: Cluster, gone: Cluster) -> tuple[bool, bool]:
    """What a person or an earlier answer did for one counts for both. Returns what of it is new to the one that stays."""
    lent = gone.host_asked and not into.host_asked, gone.reuse_of is not None and into.reuse_of is None
    into.host_asked = into.host_asked or gone.host_asked
    into.reuse_of = into.reuse_of or gone.reuse_of
    return lent
