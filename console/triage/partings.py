"""Splits: a wording is taken out of its cluster, stays out whatever is merged later, and takes its later comments along.

The wording gets a bucket of its own, named after the bucket it had and the cluster that it became. Buckets are what the rules
look into, so nothing finds its way from one half to the other; taking a split back takes that name out again.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection

from msgspec import Struct, structs

from console.triage.comments import IS_FOUNDER, Asked, Comment, Crowd, Strand
from console.triage.index import Bucket
from console.triage.members import Found, Members
from console.triage.questions import Cluster
from console.triage.retelling import retell
from console.triage.ties import Parting

_BETWEEN = "\n"
"""Stands in no bucket that `same.bucket` makes."""
_ID = re.compile(r"q(\d{1,18})")


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be taken out: all comments in these wordings, and these comments. `number`: the seq of the event that says so;
    `into`: the id that a recording gives the new cluster."""

    number: int
    wordings: Collection[str] = ()
    seqs: Collection[int] = ()
    into: str | None = None


class Partings:
    """Splits in force. `members.ties.partings` is the truth."""

    def __init__(self, members: Members) -> None:
        self._members = members
        self._routes: dict[tuple[Bucket, str], Bucket] = {}
        self._set_routes()

    @property
    def _all(self) -> list[Parting]:
        return self._members.ties.partings

    def _set_routes(self) -> None:
        self._routes = {(bucket, text): branch for parting in self._all for bucket, text, branch in parting.routes}

    def bucket_of(self, asked: Asked) -> Bucket:
        """Where a comment belongs: a wording that was split off goes its own way."""
        return self.routed(asked.bucket, asked.text)

    def routed(self, bucket: Bucket, text: str) -> Bucket:
        while self._routes and (branch := self._routes.get((bucket, text))) is not None:
            bucket = branch
        return bucket

    def was_split(self, cluster: Cluster) -> bool:
        """Whether a person took something out of it, or took it out of another."""
        if not self._all:
            return False
        return _BETWEEN in cluster.bucket or any(cluster.id in (one.from_id, *(home for _, home in one.homes)) for one in self._all)

    def are_apart(self, one: Cluster, other: Cluster) -> bool:
        """Whether a person split these two."""
        return any(_parts(parting, one, other) or _parts(parting, other, one) for parting in self._all)

    # --- splitting -------------------------------------------------------------------------------------------------

    def split(self, cluster: Cluster, wanted: Wanted) -> Parting | None:
        """None where that would take nothing, or everything."""
        taken = [(atom, strands) for atom in cluster.atoms if (strands := _taken(atom, wanted))]
        said = [comment for _, strands in taken for strand in strands for comment in strand.comments]
        if not said or len(said) == cluster.comments:
            return None
        first = min(said, key=lambda comment: comment.seq)
        into_id, number = self.new_id(first, wanted.number, wanted.into)
        routes: list[tuple[str, str, str]] = []
        news: list[Cluster] = []
        for n, (atom, strands) in enumerate(taken):
            branch = atom.bucket + _BETWEEN + into_id
            news.append(new_atom(atom, strands, into_id if n == 0 else f"{into_id}+{n}", number, branch))
            routes += self._take(atom, strands, branch)
        self._show(cluster, news)
        left = dict.fromkeys((atom.bucket, strand.content) for atom in cluster.atoms for strand in atom.strands())
        homes = tuple((new.id, atom.id) for new, (atom, _) in zip(news, taken, strict=True))
        parting = Parting(from_id=cluster.id, into_id=into_id, routes=tuple(routes), homes=homes, left=tuple(left))
        self._all.append(parting)
        self._set_routes()
        return parting

    def new_id(self, first: Comment, number: int, into: str | None = None) -> tuple[str, int]:
        """`q` and the seq of its first comment; where that was an id before, the seq of the event that splits, `number` (ids never
        return). Beside it the number that it is filed under."""
        found = _ID.fullmatch(into or "")
        if found is not None and int(found.group(1)) <= number and self._is_free(found.group()):
            return found.group(), int(found.group(1))
        if not first.flags & IS_FOUNDER and self._is_free(f"q{first.seq}"):
            return f"q{first.seq}", first.seq
        name, n = f"q{number}", 1
        while not self._is_free(name if n == 1 else f"{name}.{n}"):
            n += 1
        return name if n == 1 else f"{name}.{n}", number

    def _is_free(self, cluster: str) -> bool:
        return self._members.found(cluster) is None

    def _take(self, atom: Cluster, strands: list[Strand], branch: Bucket) -> list[tuple[str, str, str]]:
        """Take comments out of an atom. Returns the routes of the wordings of which none is left there."""
        self._members.unlist(atom)
        crowd = atom.unfolded()
        routes: list[tuple[str, str, str]] = []
        for strand in strands:
            seqs = {comment.seq for comment in strand.comments}
            mine = crowd.strands[strand.text]
            mine.comments = [comment for comment in mine.comments if comment.seq not in seqs]
            if not mine.comments:
                del crowd.strands[strand.text]
                routes.append((atom.bucket, strand.text, branch))
        self._members.list_in(atom)
        retell(atom)
        return routes

    def _show(self, cluster: Cluster, news: list[Cluster]) -> None:
        if cluster.parts:
            self._members.set_parts(cluster, cluster.parts)
        for new in news:
            self._members.list_in(new)
        face = news[0] if len(news) == 1 else structs.replace(news[0])
        self._members.show(face, news, tuple((news[0].id, new.id) for new in news[1:]))

    # --- taking it back --------------------------------------------------------------------------------------------

    def unsplit(self, parting: Parting) -> list[Cluster]:
        """Everything goes back to where it was taken from. Returns the clusters that may find company now."""
        members, name = self._members, parting.into_id
        members.ties.partings = [_renamed(one, name) for one in self._all if one.into_id != name]
        self._set_routes()
        atoms = members.under(lambda bucket: name in bucket.split(_BETWEEN)[1:])
        for atom in atoms:
            members.unlist(atom)
            atom.bucket = _without(atom.bucket, name)
            members.list_in(atom)
        pairs = [(members.found(new), home) for new, home in parting.homes]
        self._go_home([(found, home) for found, home in pairs if found is not None])
        found = [members.found(atom.id) for atom in atoms]
        return list({one[1].id: one[1] for one in found if one is not None}.values())

    def _go_home(self, news: list[tuple[Found, str]]) -> None:
        """What was taken out goes back into the atoms it came from; where one is forgotten, it stands alone."""
        members, moved = self._members, {atom.id for (atom, _), _ in news}
        for cluster in {shown.id: shown for (_, shown), _ in news}.values():
            rest = [atom for atom in cluster.parts if atom.id not in moved]
            members.hide(cluster)
            if rest:
                members.show(copy.copy(rest[0]), rest, cluster.links)
        for (atom, _), home_id in news:
            home = members.found(home_id)
            if home is None:
                members.show(atom, [atom])
                continue
            members.absorb(home[0], atom)
            if home[1].parts:
                members.set_parts(home[1], home[1].parts)


def _taken(atom: Cluster, wanted: Wanted) -> list[Strand]:
    out = []
    for strand in atom.strands():
        comments = [one for one in strand.comments if strand.text in wanted.wordings or one.seq in wanted.seqs]
        if comments:
            out.append(structs.replace(strand, comments=comments))
    return out


def new_atom(atom: Cluster, strands: list[Strand], name: str, number: int, branch: Bucket) -> Cluster:
    """A cluster of its own, open and untouched."""
    for strand in strands:
        for at, comment in enumerate(strand.comments):
            if comment.seq == number:
                strand.comments[at] = structs.replace(comment, flags=comment.flags | IS_FOUNDER)
    return Cluster(
        id=name, seq=number, room=atom.room, text=atom.text, shown=atom.shown, need=atom.need, intent=atom.intent,
        aspect=atom.aspect, slots=atom.slots, content=atom.content, bucket=branch, language=atom.language, points=atom.points,
        first_ms=atom.first_ms, last_ms=atom.last_ms, asker=atom.asker, name=atom.name, was_reopened=atom.was_reopened,
        crowd=Crowd(dict(atom.askers), {strand.text: strand for strand in strands}),
    )  # fmt: skip


def _parts(parting: Parting, one: Cluster, other: Cluster) -> bool:
    """Whether one holds what was taken out, the other what stayed."""
    if not any(parting.into_id in atom.bucket.split(_BETWEEN)[1:] for atom in one.atoms):
        return False
    left = set(parting.left)
    return any((atom.bucket, content) in left for atom in other.atoms for content in atom.contents)


def _without(bucket: Bucket, name: str) -> Bucket:
    first, *names = bucket.split(_BETWEEN)
    return _BETWEEN.join((first, *(one for one in names if one != name)))


def _renamed(parting: Parting, name: str) -> Parting:
    """A split that was made inside another one, once that is taken back."""
    return structs.replace(
        parting,
        routes=tuple((_without(bucket, name), text, _without(branch, name)) for bucket, text, branch in parting.routes),
        left=tuple((_without(bucket, name), content) for bucket, content in parting.left),
    )
