"""Whatever a person merged, split, closed or put off, and whatever was asked in between: taking it all back leaves what would
have been without him."""

from __future__ import annotations

from typing import Any

import msgspec
from by_hand import NEAR
from hypothesis import given, settings
from hypothesis import strategies as st
from playbook import Playbook, no_expiry

from console.domain.events import Tick
from console.domain.text import SafeText
from console.room.room import Room
from console.room.state import RoomState
from console.runtime.tables import shipped_rules
from console.triage.questions import Cluster

TEXTS = ("多少钱", "什么价", "这个多少钱", "什么时候发货", "3号多少钱", *NEAR, "没声音了")

Step = tuple[str, int, int]
asks = st.tuples(st.just("ask"), st.integers(0, len(TEXTS) - 1), st.integers(0, 4))
acts = st.tuples(
    st.sampled_from(["merge", "merge", "split", "split", "answer", "dismiss", "snooze", "accept", "reject", "undo"]),
    st.integers(0, 5), st.integers(0, 5),
)  # fmt: skip
times = st.tuples(st.just("later"), st.integers(1, 20), st.just(0))
steps = st.lists(st.one_of(asks, asks, acts, acts, times), max_size=40)


def told(cluster: Cluster) -> dict[str, Any]:
    """Everything a cluster says that follows from what was asked."""
    names = (
        "id", "seq", "state", "comments", "wordings", "first_ms", "last_ms", "text", "shown", "need", "intent", "aspect", "slots",
        "bucket", "buyers", "newcomers", "late", "on_air", "reuse_of", "host_asked",
    )  # fmt: skip
    askers = sorted((asker.since, asker.id, asker.name, asker.comments, asker.asked_ms) for asker in cluster.askers.values())
    return {"askers": askers, "contents": sorted(cluster.contents), **{name: getattr(cluster, name) for name in names}}


def standing(room: Playbook) -> dict[str, Any]:
    ranking = room.ranking
    return {
        "order": [(cluster.id, cluster.score) for cluster in ranking],
        "clusters": {one: told(cluster) for one, cluster in sorted(room.room.state.clusters.items())},
        "waiting": (room.room.queue.open_count, room.room.queue.waiting_askers),
    }


def reload(room: Playbook) -> None:
    """The console starts again from what it wrote down."""
    check, written = room.room.check(), msgspec.json.encode(room.room.state)
    room.room = Room(shipped_rules(), room.room.settings, {}, msgspec.json.decode(written, type=RoomState))
    assert room.room.check() == check
    assert msgspec.json.encode(room.room.state) == written


def do(room: Playbook, step: Step, *, by_hand: bool) -> None:
    """One step; where the person does nothing, his acts are seconds that pass, so that both rooms count alike."""
    name, one, other = step
    clusters = sorted(room.room.state.clusters.values(), key=lambda cluster: cluster.seq)
    if name == "ask":
        roles = ("buyer",) if other == 1 else ("first_time",) if other == 2 else ()
        room.said(f"{TEXTS[one]} from v{other}", roles=roles)
    elif name == "later":
        room.later(one)
    elif name == "on_air":
        room.on_air(str(one % 3 + 3))
    elif name == "reload":
        reload(room)
    elif not by_hand or not clusters:
        room.give(Tick())
    elif name == "merge":
        room.act("merge", clusters[one % len(clusters)], from_id=SafeText(clusters[other % len(clusters)].id))
    elif name == "split":
        cluster = clusters[one % len(clusters)]
        wordings = list(cluster.wordings)
        room.act("split", cluster, text=wordings[other % len(wordings)])
    else:
        room.act(name, clusters[one % len(clusters)])


def take_all_back(room: Playbook, order: list[int]) -> None:
    """In any order: what stands in the way of an older act is taken back first."""
    for cluster in list(room.room.state.clusters.values()):
        if cluster.in_hand:
            room.act("reject", cluster)
    undo = room.room.state.undo
    for n in range(400):
        if undo:
            room.act("undo", undoes=undo[order[n % len(order)] % len(undo)].seq)
    for _ in range(len(undo)):
        room.act("undo")
    assert not undo


@given(steps, st.lists(st.integers(0, 99), min_size=1, max_size=6))
@settings(max_examples=200)
def test_taking_everything_back_leaves_what_would_have_been(script: list[Step], order: list[int]) -> None:
    touched, alone = Playbook(no_expiry()), Playbook(no_expiry())
    for step in script:
        do(touched, step, by_hand=True)
        do(alone, step, by_hand=False)
        assert touched.room.queue.waiting_askers == sum(cluster.asker_count for cluster in touched.ranking)
    take_all_back(touched, order)
    assert standing(touched) == standing(alone)
