"""Rules of the room: "this one" is the product that was on air when it was typed, whenever the Room heard of it."""

from __future__ import annotations

from by_hand import merge, split
from hypothesis import given
from hypothesis import strategies as st
from playbook import CATALOGUE, START_MS, Playbook, message

from console.domain.events import Delete, DeleteOf, Event, Product, ProductOf
from console.domain.text import SafeText, clean
from console.room.airing import MOST_SHOWINGS, link_at
from console.room.state import Settings
from console.triage.questions import Cluster

THIS = "这个多少钱"


def asked(text: str, who: str, at_s: float, **fields: object) -> Event:
    return message(text, who, ts_ms=START_MS + int(at_s * 1000), **fields)


def shown(link: str, at_s: float, action: str = "show") -> Event:
    product = ProductOf(link_no=SafeText(link), action=action)  # type: ignore[arg-type]
    return Product(platform=SafeText("test"), room=SafeText("1"), product=product, ts_ms=START_MS + int(at_s * 1000))


def a_room(*events: Event, catalogue: str | None = None, arrival_s: float = 30) -> Playbook:
    """Everything arrives half a minute after the room opened."""
    room = Playbook(catalogue=catalogue).later(arrival_s)
    for event in events:
        room.give(event)
    return room


def meant(room: Playbook) -> list[tuple[object, int]]:
    return sorted(((cluster.slots.link, cluster.asker_count) for cluster in room.ranking), key=repr)


def drafts(cluster: Cluster) -> str:
    return " ".join(draft.text for draft in cluster.drafts)


# --- a comment that comes late -----------------------------------------------------------------------------------------


def test_what_was_typed_before_another_product_was_shown_means_the_one_before() -> None:
    room = a_room(shown("3", 1), shown("5", 20), asked(THIS, "小李", 19), asked(THIS, "老王", 21))
    assert meant(room) == [("3", 1), ("5", 1)]


def test_at_the_same_moment_what_came_first_was_first() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 20), shown("5", 20), asked(THIS, "老王", 20))
    assert meant(room) == [("3", 1), ("5", 1)]


def test_a_link_that_was_said_means_that_link_whatever_was_on_air() -> None:
    room = a_room(shown("3", 1), asked("5号多少钱", "小李", 2), shown("7", 1.5))
    assert meant(room) == [("5", 1)]


def test_what_the_host_types_late_answers_for_the_product_that_was_on_air_then() -> None:
    room = Playbook(Settings(chat_answers=True)).later(30)
    for event in (shown("3", 1), asked(THIS, "小李", 2), shown("5", 10), asked(THIS, "老王", 11)):
        room.give(event)
    room.give(asked("399元", "主播", 9, roles=("host",)))
    assert meant(room) == [("5", 1)]


# --- a product that comes late -----------------------------------------------------------------------------------------


def test_a_product_that_is_heard_of_late_takes_the_questions_that_meant_it() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10))
    assert meant(room) == [("3", 1)]
    room.give(shown("5", 9))
    assert meant(room) == [("5", 1)]
    assert [cluster.id for cluster in room.ranking] == ["q2"], "it keeps its id"


def test_it_goes_to_the_question_that_asks_the_same_under_the_older_id() -> None:
    room = a_room(shown("3", 1), asked("5号多少钱", "老王", 4), asked(THIS, "小李", 10), shown("5", 9))
    assert [(cluster.id, cluster.slots.link, cluster.asker_count) for cluster in room.ranking] == [("q2", "5", 2)]
    assert [(one.kind, one.from_id, one.into_id) for one in room.room.regrouping.lately] == [("merge", "q3", "q2")]


def test_only_who_asked_after_it_was_shown_goes() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 5), asked(THIS, "老王", 10), shown("5", 9))
    assert [(c.id, c.slots.link, c.names(9)) for c in sorted(room.ranking, key=lambda c: c.seq)] == [
        ("q2", "3", ("小李",)), ("q3", "5", ("老王",)),
    ]  # fmt: skip
    assert [(one.kind, one.from_id, one.into_id, one.seqs) for one in room.room.regrouping.lately] == [("split", "q2", "q3", (3,))]


def test_ids_never_return_where_the_first_asker_goes_and_others_stay() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10), asked(THIS, "老王", 5), shown("5", 9))
    assert sorted((c.id, c.slots.link) for c in room.ranking) == [("q2", "3"), ("q4", "5")]


def test_what_was_taken_down_late_is_no_longer_meant() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10), shown("3", 9, "hide"))
    assert meant(room) == [(None, 1)]
    assert room.view().on_air is None


def test_a_late_product_changes_what_was_on_air_and_not_what_is() -> None:
    room = a_room(shown("3", 1), shown("7", 20), shown("5", 9))
    assert room.view().on_air == ("7", "")
    assert meant(room.give(asked(THIS, "小李", 10))) == [("5", 1)]


def test_the_draft_follows_the_question() -> None:
    room = a_room(shown("5", 1), asked(THIS, "小李", 10), catalogue=CATALOGUE)
    assert "129" in drafts(room.ranking[0])
    room.give(shown("3", 9))
    assert "399" in drafts(room.ranking[0]) and "129" not in drafts(room.ranking[0])


def test_an_answer_that_was_given_for_the_right_product_is_offered_again() -> None:
    room = a_room(shown("3", 1), asked("5号多少钱", "老王", 2))
    room.act("answer", "q2", text=clean("129")).later(20).give(asked(THIS, "小李", 45))
    assert room.ranking[0].reuse_of is None
    room.give(shown("5", 44))
    assert room.ranking[0].reuse_of == "q2"


def test_a_comment_that_went_along_is_deleted_where_it_is_now() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 5), asked(THIS, "老王", 10, id=SafeText("m1")), shown("5", 9))
    room.give(Delete(platform=SafeText("test"), room=SafeText("1"), delete=DeleteOf(scope="message", target_id=SafeText("m1"))))
    assert meant(room) == [("3", 1)]


# --- what a person did stays -------------------------------------------------------------------------------------------


def test_the_key_for_the_product_on_air_stands_against_anything_older() -> None:
    room = a_room(shown("3", 1)).act("on_air", text=SafeText("5"))
    room.give(shown("7", 20)).later(1).give(asked(THIS, "小李", 30.5))
    assert room.view().on_air == ("5", "") and meant(room) == [("5", 1)]


def test_a_question_in_hand_follows_when_it_is_put_down() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10)).act("accept", "q2").give(shown("5", 9))
    assert meant(room) == [("3", 1)]
    assert meant(room.act("reject", "q2")) == [("5", 1)]


def test_what_was_answered_stays_answered_and_follows_when_that_is_taken_back() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10)).act("answer", "q2").give(shown("5", 9))
    assert room.asked == []
    assert meant(room.act("undo", "q2")) == [("5", 1)]


def test_a_merge_by_hand_holds_and_once_taken_back_the_question_follows() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10), asked("什么时候发货", "老王", 10))
    merge(room, "q2", "q3").give(shown("5", 9))
    assert meant(room) == [("3", 2)]
    assert meant(room.act("undo", "q2")) == [("5", 1), (None, 1)]


def test_what_was_split_by_hand_stays_apart() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10), asked("这个什么价", "老王", 10))
    split(room, "q2", "这个什么价").give(shown("5", 9))
    assert [cluster.asker_count for cluster in room.ranking] == [1, 1]


def test_what_was_put_off_comes_back_with_the_product_it_meant() -> None:
    room = a_room(shown("3", 1), asked(THIS, "小李", 10)).act("snooze", "q2").give(shown("5", 9))
    assert room.asked == []
    assert meant(room.later(61)) == [("5", 1)]


# --- bounds and order --------------------------------------------------------------------------------------------------


def test_a_platform_that_shows_products_without_end_costs_no_memory() -> None:
    room = Playbook()
    for number in range(3 * MOST_SHOWINGS):
        room.on_air(str(number % 7 + 1)).later(1)
    (stage,) = room.room.state.stages.values()
    assert len(stage.showings) == MOST_SHOWINGS
    assert stage.on_air is not None and stage.on_air.link == str((3 * MOST_SHOWINGS - 1) % 7 + 1)


STORY = (
    shown("3", 2), asked(THIS, "a", 4), shown("5", 8), asked(THIS, "b", 9), asked("5号多少钱", "c", 10), shown("5", 12, "hide"),
    asked(THIS, "d", 14), shown("3", 16), asked("有黑色吗", "e", 17), asked(THIS, "f", 18),
)  # fmt: skip


@given(st.permutations(range(len(STORY))))
def test_in_which_order_the_room_hears_of_it_does_not_decide_what_was_meant(order: list[int]) -> None:
    room = a_room(*(STORY[at] for at in order))
    told = [(c.intent, c.slots.link, sorted(c.names(9))) for c in room.ranking]
    expected = [("colour", "3", ["e"]), ("price", "3", ["a", "f"]), ("price", "5", ["b", "c"]), ("price", None, ["d"])]
    assert sorted(map(repr, told)) == sorted(map(repr, expected))
    assert room.view().on_air == ("3", "")
    assert sum(c.asker_count for c in room.ranking) == room.room.queue.waiting_askers == 6


STEP = st.tuples(
    st.sampled_from(
        ["asked", "asked", "asked", "shown", "shown", "hidden", "merge", "split", "undo", "answer", "snooze", "accept", "reject"]
    ),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 20),
)
WORDS = (THIS, "多少钱", "这个什么价", "3号多少钱", "5号什么价", "有黑色吗", "什么时候发货")


@given(st.lists(STEP, max_size=25))
def test_whatever_a_person_does_meanwhile_nobody_is_lost_and_what_may_follow_follows(steps: list[tuple[str, int, int, int]]) -> None:
    room = Playbook().later(30)
    for number, (what, one, other, ago_s) in enumerate(steps):
        room.later(0.7)
        at_s = (room.at_ms - START_MS) / 1000 - ago_s
        clusters = list(room.room.state.clusters.values())
        if what == "asked":
            room.give(asked(WORDS[one % len(WORDS)], f"v{other % 4}", at_s, id=SafeText(f"m{number}")))
        elif what in ("shown", "hidden"):
            room.give(shown("357"[one % 3], at_s, "show" if what == "shown" else "hide"))
        elif clusters:
            _by_hand(room, what, clusters[one % len(clusters)], clusters[other % len(clusters)])
        _is_whole(room)


def _by_hand(room: Playbook, what: str, one: Cluster, other: Cluster) -> None:
    if what == "merge":
        merge(room, one.id, other.id)
    elif what == "split":
        split(room, one.id, next(reversed(one.wordings), ""))
    else:
        room.act(what, one)


def _is_whole(room: Playbook) -> None:
    state, queue = room.room.state, room.room.queue
    seqs = [comment.seq for cluster in state.clusters.values() for strand in cluster.strands() for comment in strand.comments]
    assert len(seqs) == len(set(seqs))
    assert sum(cluster.asker_count for cluster in room.ranking) == queue.waiting_askers
    for cluster in room.ranking:
        stage = state.stages[cluster.room]
        for comment in [one for strand in cluster.strands() for one in strand.comments] if queue.may_rebind(cluster) else ():
            assert comment.on_air == link_at(stage, comment.asked_ms, comment.seq)
