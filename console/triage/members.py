"""Which comment belongs to which cluster: by the rules alone, and by what a person merged and split.

What the rules alone would make stays whole underneath (an *atom*): comments go into atoms as if nobody had merged anything,
and a merge by hand only shows several atoms as one cluster. So undoing it is exact, whatever came in between. A split gives
the wording that is taken out a bucket of its own: nothing finds its way from one half to the other any more.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence

from console.triage.comments import Asked
from console.triage.index import Bucket, Index
from console.triage.questions import Cluster
from console.triage.retelling import adopt, retell
from console.triage.ties import Ties, age

Found = tuple[Cluster, Cluster]
"""An atom, and the cluster that shows it: mostly the same."""


class Members:
    """`clusters` and `ties` are the truth; the index and `_hidden` (atoms inside merged clusters) are rebuilt from them."""

    def __init__(self, clusters: dict[str, Cluster], ties: Ties, agrees: Callable[[str, str], bool]) -> None:
        self.clusters = clusters
        self.ties = ties
        self._index = Index(agrees)
        self._hidden: dict[str, Found] = {}
        for cluster in clusters.values():
            for atom in cluster.atoms:
                self.list_in(atom)
            self._show(cluster)

    # --- finding ---------------------------------------------------------------------------------------------------

    def get(self, cluster: str) -> Cluster | None:
        """The cluster that was shown under this id, whatever it was merged into since."""
        found = self.found(cluster)
        return found[1] if found is not None else None

    def found(self, cluster: str) -> Found | None:
        gone = self.ties.gone
        while cluster in gone:
            cluster = gone[cluster]
        if cluster in self._hidden:
            return self._hidden[cluster]
        visible = self.clusters.get(cluster)
        return (visible, visible) if visible is not None else None

    def of(self, bucket: Bucket, content: str) -> list[Found]:
        """Atoms that hold a content or one that agrees, the same first; each once."""
        ids = self._index.find(bucket, content)
        if len(ids) > 1:
            ids = tuple(dict.fromkeys(ids))
        hidden, clusters = self._hidden, self.clusters
        return [hidden[one] if one in hidden else (clusters[one], clusters[one]) for one in ids]

    def under(self, is_under: Callable[[Bucket], bool]) -> list[Cluster]:
        """The atoms in the buckets for which that holds."""
        ids = dict.fromkeys(one for bucket in list(self._index.buckets()) if is_under(bucket) for one in self._index.holders(bucket))
        return [found[0] for one in ids if (found := self.found(one)) is not None]

    # --- comments --------------------------------------------------------------------------------------------------

    def add(self, cluster: Cluster) -> None:
        """A new cluster of one comment."""
        self.clusters[cluster.id] = cluster
        cluster.bucket = self._index.add(cluster.id, cluster.bucket, cluster.content)

    def join(self, found: Found, asked: Asked) -> None:
        atom, cluster = found
        if atom.count(asked):
            self._index.add(atom.id, atom.bucket, asked.understood.content)
        if cluster is not atom:
            cluster.note(asked, cluster.times(asked.text))

    def withdraw(self, cluster: Cluster, is_gone: Callable[[str, int], bool]) -> int:
        """Take out comments for which `is_gone(asker, seq)` holds; returns how many. Their wordings go on finding the cluster."""
        before = cluster.comments
        for atom in cluster.atoms:
            if any(is_gone(one.asker, one.seq) for strand in atom.strands() for one in strand.comments):
                for strand in atom.unfolded().strands.values():
                    strand.comments = [one for one in strand.comments if not is_gone(one.asker, one.seq)]
                retell(atom)
        if cluster.parts:
            retell(cluster)
        return before - cluster.comments

    def forget(self, cluster: Cluster) -> None:
        for atom in cluster.atoms:
            self.unlist(atom)
            self._hidden.pop(atom.id, None)
            for former in atom.former:
                self.ties.gone.pop(former, None)
        self.clusters.pop(cluster.id, None)

    def unlist(self, atom: Cluster) -> None:
        for content in atom.contents:
            self._index.remove(atom.id, atom.bucket, content)

    def list_in(self, atom: Cluster) -> None:
        for content in atom.contents:
            atom.bucket = self._index.add(atom.id, atom.bucket, content)

    # --- coming together -------------------------------------------------------------------------------------------

    def unite(self, one: Cluster, other: Cluster) -> Cluster:
        """Two atoms turned out to be one question: the older takes the comments, and the clusters that show them are one."""
        old, young = sorted((one, other), key=age)
        cluster, gone = self._cluster_of(old), self._cluster_of(young)
        if cluster is gone or cluster.parts or gone.parts:
            if cluster is not gone:
                cluster = self.gather(*sorted((cluster, gone), key=age))
            old, young = self._hidden[old.id][0], self._hidden[young.id][0]
            self.absorb(old, young)
            self.set_parts(cluster, [part for part in cluster.parts if part is not young])
        else:
            self.absorb(old, young)
        return cluster

    def _cluster_of(self, atom: Cluster) -> Cluster:
        return self._hidden[atom.id][1] if atom.id in self._hidden else atom

    def absorb(self, old: Cluster, young: Cluster) -> None:
        """All comments of one atom go to another, and its id from now on means that one."""
        self.unlist(young)
        contents = young.contents
        adopt(old, young)
        for content in contents:
            self._index.add(old.id, old.bucket, content)
        old.was_reopened = old.was_reopened or young.was_reopened
        old.former = (*old.former, young.id, *young.former)
        self.ties.gone[young.id] = old.id
        self.clusters.pop(young.id, None)
        self._hidden.pop(young.id, None)

    def gather(self, into: Cluster, other: Cluster) -> Cluster:
        """Show the atoms of both as one cluster, under the first one's id."""
        atoms = sorted((*self._underneath(into), *self._underneath(other)), key=age)
        self.clusters.pop(other.id, None)
        into.links = (*into.links, *other.links)
        self.set_parts(into, atoms)
        return into

    def link(self, into: Cluster, other: Cluster) -> tuple[str, str]:
        """A person says that two clusters are one question; `unlink` takes it back."""
        link = (into.id, other.id)
        self.gather(into, other)
        into.links = (*into.links, link)
        return link

    def _underneath(self, cluster: Cluster) -> tuple[Cluster, ...]:
        if cluster.parts:
            return cluster.parts
        atom = copy.copy(cluster)
        atom.echoes = None
        cluster.crowd, cluster.former = None, ()
        return (atom,)

    def set_parts(self, cluster: Cluster, atoms: Sequence[Cluster], links: tuple[tuple[str, str], ...] | None = None) -> None:
        """What a cluster shows from now on: several atoms, or one, which it then is itself."""
        for part in cluster.parts:
            self._hidden.pop(part.id, None)
        if len(atoms) > 1:
            cluster.parts = tuple(atoms)
            cluster.links = links if links is not None else cluster.links
        else:
            (only,) = atoms
            cluster.parts, cluster.links = (), ()
            cluster.crowd, cluster.former = only.unfolded(), only.former
            cluster.intent, cluster.aspect, cluster.bucket = only.intent, only.aspect, only.bucket
        cluster.was_reopened = any(atom.was_reopened for atom in atoms)
        retell(cluster)
        self._show(cluster)

    def hide(self, cluster: Cluster) -> None:
        """A cluster is shown no longer; its atoms go on finding comments until they are shown elsewhere."""
        self.clusters.pop(cluster.id, None)
        for part in cluster.parts:
            self._hidden.pop(part.id, None)

    def _show(self, cluster: Cluster) -> None:
        for part in cluster.parts:
            self._hidden[part.id] = (part, cluster)

    # --- going apart again -----------------------------------------------------------------------------------------

    def unlink(self, link: tuple[str, str]) -> list[Cluster]:
        """A merge by hand is taken back. Returns the clusters that stand alone again, the one that keeps its id first; only one
        where by now the rules themselves hold them together, none where they are forgotten."""
        found = self.found(link[0])
        if found is None:
            return []
        cluster = found[1]
        cluster.links = tuple(one for one in cluster.links if one != link)
        groups = self._groups(cluster)
        if len(groups) == 1:
            return [cluster]
        links, out, echoes = cluster.links, [cluster], cluster.echoes
        self.set_parts(cluster, groups[0], self._among(links, groups[0]))
        for atoms in groups[1:]:
            alone = copy.copy(atoms[0])
            for name in ("state", "closed_ms", "how", "answer", "answered_by", "is_void", "snoozed_until_ms"):
                setattr(alone, name, getattr(cluster, name))
            self.show(alone, atoms, self._among(links, atoms))
            out.append(alone)
        for one in out:
            one.echoes = {who: None for who in echoes if one.has_asker(who)} if echoes else None
        return out

    def show(self, cluster: Cluster, atoms: Sequence[Cluster], links: tuple[tuple[str, str], ...] = ()) -> None:
        """Put a cluster that is made of these atoms among the others."""
        cluster.in_hand, cluster.parts, cluster.former = False, (), ()
        if len(atoms) > 1:
            cluster.crowd = None
        self.clusters[cluster.id] = cluster
        self.set_parts(cluster, atoms, links)

    def _among(self, links: Iterable[tuple[str, str]], atoms: Iterable[Cluster]) -> tuple[tuple[str, str], ...]:
        ids = {atom.id for atom in atoms}
        return tuple(link for link in links if self._atom_id(link[0]) in ids)

    def _atom_id(self, atom: str) -> str:
        while atom in self.ties.gone:
            atom = self.ties.gone[atom]
        return atom

    def _groups(self, cluster: Cluster) -> list[list[Cluster]]:
        """The atoms of a cluster as its links hold them together, the group with the oldest first."""
        group_of = {atom.id: [atom] for atom in cluster.atoms}
        for link in cluster.links:
            one, other = (group_of.get(self._atom_id(end)) for end in link)
            if one is not None and other is not None and one is not other:
                one.extend(other)
                group_of.update((atom.id, one) for atom in other)
        groups = [sorted(group, key=age) for group in group_of.values()]
        return [group for at, group in zip(group_of, groups, strict=True) if group[0].id == at]
