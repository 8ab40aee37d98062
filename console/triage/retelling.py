"""What a cluster says of itself, told anew from its comments: after a merge, a split, a deletion, and after taking them back."""

from __future__ import annotations

from collections.abc import Mapping

from console.triage.comments import IS_FOUNDER, Asker, Comment, Strand
from console.triage.questions import LEAST_TO_STAND, Cluster


def retell(cluster: Cluster) -> None:
    """What a cluster says of itself, from its comments alone, as if they had come one after another. It keeps id, seq and state."""
    crowd = cluster.unfolded()
    known: dict[str, Asker] = {}
    for atom in cluster.atoms:
        known = {**atom.askers, **known}
    if cluster.parts:
        crowd.strands = {}
    crowd.askers, crowd.asked = {}, []
    cluster.comments = cluster.buyers = cluster.newcomers = 0
    said = [(one, strand, atom) for atom in cluster.atoms for strand in atom.strands() for one in strand.comments]
    if not said:
        return
    said.sort(key=lambda each: each[0].seq)
    _begin(cluster, *said[0], known)
    times: dict[str, int] = {}
    for comment, strand, _ in said:
        asker = crowd.askers.get(comment.asker)
        if asker is None:
            asker = crowd.askers[comment.asker] = Asker(comment.asker, known[comment.asker].name, comment.seq)
        cluster.tally(asker, 1, comment.asked_ms, comment.asked_ms, comment.flags)
        count = times[strand.text] = times.get(strand.text, 0) + 1
        if count >= LEAST_TO_STAND and strand.text != cluster.shown and count >= 2 * times.get(cluster.shown, 0):
            cluster.shown = strand.text


def adopt(cluster: Cluster, other: Cluster) -> None:
    """Take over all comments of another; both without parts. As `retell` would say it, and where the other one is small, at once:
    a question that thousands asked is not told anew for every pair of comments."""
    crowd, theirs = cluster.unfolded(), list(other.strands())
    first = crowd.strands.get(cluster.text)
    since = first.comments[0].seq if first is not None and first.comments else None
    is_small = other.comments < LEAST_TO_STAND and since is not None and all(since < asker.since for asker in other.askers.values())
    for strand in theirs:
        own = crowd.strands.get(strand.text)
        if own is None:
            crowd.strands[strand.text] = strand
        else:
            own.comments = sorted((*own.comments, *strand.comments), key=lambda comment: comment.seq)
            is_small = False
    for asker in other.askers.values():
        known = crowd.askers.setdefault(asker.id, Asker(asker.id, asker.name, asker.since))
        known.since, known.name = min((known.since, known.name), (asker.since, asker.name))
        cluster.tally(known, asker.comments, other.first_ms, asker.asked_ms, asker.flags)
    if not is_small:
        retell(cluster)


def _begin(cluster: Cluster, first: Comment, strand: Strand, atom: Cluster, known: Mapping[str, Asker]) -> None:
    """The first comment decides what the cluster is called and what it is about."""
    cluster.text = cluster.shown = strand.text
    cluster.need, cluster.language, cluster.points = strand.need, strand.language, strand.points
    cluster.intent, cluster.aspect, cluster.bucket = atom.intent, atom.aspect, atom.bucket
    cluster.slots, cluster.content = strand.slots, strand.content
    cluster.first_ms = cluster.last_ms = first.asked_ms
    cluster.asker, cluster.name = first.asker, known[first.asker].name
    cluster.flags, cluster.on_air = first.flags & ~IS_FOUNDER, first.on_air
