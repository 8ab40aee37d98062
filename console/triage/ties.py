"""What outlives a cluster: which ids became which, and what a person split."""

from __future__ import annotations

from msgspec import Struct

from console.triage.questions import Cluster


class Parting(Struct, frozen=True, kw_only=True):
    """A split in force. `routes`: (bucket, wording, the bucket it goes to from now on); `homes`: (new atom, atom it came from);
    `left`: (bucket, content) of what stayed, which must not come together with it again."""

    from_id: str
    into_id: str
    routes: tuple[tuple[str, str, str], ...]
    homes: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]


class Ties(Struct):
    """`gone`: id → the cluster it became; `partings`: hand splits, which no merge overrides."""

    gone: dict[str, str] = {}
    partings: list[Parting] = []


class Regrouped(Struct, frozen=True, kw_only=True):
    """What came together or went apart. `seqs`: the comments that a split took along; `by_hand`: a person said so."""

    kind: str
    """`merge` | `split`."""
    from_id: str
    into_id: str
    seqs: tuple[int, ...] = ()
    by_hand: bool = False
    new_first: bool = False
    """Whether the cluster that goes on has another first comment now."""
    draft_asked: bool = False
    """Whether somebody is writing a text for the one that is gone."""


def age(cluster: Cluster) -> tuple[int, str]:
    """Older first: whose first comment came first."""
    return cluster.seq, cluster.id
