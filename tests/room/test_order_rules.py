"""Rules of the order: what comes first, why, and that the shelves of `triage/order.py` never say anything else than a plain sort."""

from __future__ import annotations

import pytest
from by_hand import PRICE, WHEN
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from playbook import CATALOGUE, START_MS, Playbook, message, no_expiry
from test_taking_back import Step, acts, asks, do, times

from console.domain.text import SafeText
from console.room.state import Settings
from console.runtime.tables import urgency_table
from console.triage.questions import Cluster
from console.triage.signals.base import doublings

TABLE = urgency_table()
others = st.tuples(st.sampled_from(["on_air", "reload", "look", "look"]), st.integers(0, 3), st.just(0))
long_times = st.tuples(st.just("later"), st.sampled_from([8, 25, 45, 60, 120]), st.just(0))


def sorted_by_score(room: Playbook) -> list[tuple[str, int]]:
    """Every open cluster scored by itself, term by term, and sorted."""
    queue, now_ms = room.room.queue, room.room.state.now_ms
    scored = [(sum(term.points for term in queue.why(one, now_ms)), one) for one in queue.open_clusters()]
    scored.sort(key=lambda each: (-each[0], each[1].first_ms, each[1].seq))
    return [(cluster.id, score) for score, cluster in scored]


def last_asked(cluster: Cluster) -> list[int]:
    """When each viewer last asked, from the comments themselves."""
    last: dict[str, int] = {}
    for strand in cluster.strands():
        for one in strand.comments:
            last[one.asker] = max(last.get(one.asker, 0), one.asked_ms)
    return sorted(last.values())


def points(room: Playbook, text: str, signal: str) -> int:
    cluster = next(one for one in room.ranking if one.text == text)
    return next((term.points for term in room.room.queue.why(cluster, room.room.state.now_ms) if term.signal == signal), 0)


def first(room: Playbook) -> str:
    return room.asked[0][0]


@given(st.lists(st.one_of(asks, asks, acts, times, long_times, others), max_size=40), st.booleans())
@settings(max_examples=150)
def test_the_order_is_a_plain_sort_by_score_whatever_happened_and_whenever_it_was_looked_at(script: list[Step], expires: bool) -> None:
    room = Playbook(None if expires else no_expiry())
    for step in script:
        if step[0] != "look":
            do(room, step, by_hand=True)
            continue
        assert [(one.id, one.score) for one in room.ranking] == sorted_by_score(room)
    assert [(one.id, one.score) for one in room.ranking] == sorted_by_score(room)
    for cluster in room.room.state.clusters.values():
        asked = last_asked(cluster)
        assert [cluster.nth_newest_ms(n) for n in range(len(asked), 0, -1)] == asked
        assert cluster.crowd is None or cluster.crowd.asked == asked


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=2, max_size=60), st.integers(0, 150))
@settings(max_examples=100)
def test_a_crowded_list_is_sorted_too_whenever_askers_run_out_of_patience(asked: list[tuple[int, int]], wait_s: int) -> None:
    room = Playbook()
    for place, (link, pause_s) in enumerate(asked):
        room.said(f"{link + 1}号多少钱 from v{place}").later(pause_s)
        if place % 3 == 0:
            assert [(one.id, one.score) for one in room.ranking] == sorted_by_score(room)
    for _ in range(3):
        room.later(wait_s)
        assert [(one.id, one.score) for one in room.ranking] == sorted_by_score(room)
        now_ms, queue = room.room.state.now_ms, room.room.queue
        assert [row.why for row in room.view().rows] == [queue.why(one, now_ms) for one in room.ranking]


@given(st.integers(1, 5_000), st.integers(1, 14))
def test_points_for_a_number_are_its_whole_logarithm(count: int, per_doubling: int) -> None:
    found = doublings(count, per_doubling)
    assert 2**found <= count**per_doubling < 2 ** (found + 1)


def test_twice_as_many_askers_are_worth_twelve_points() -> None:
    for askers in (1, 2, 4, 8, 16):
        room = Playbook().said(*[f"{PRICE} from v{n}" for n in range(askers)])
        assert points(room, PRICE, "askers") == TABLE["askers"]["per_doubling"] * (askers.bit_length() - 1)


def test_who_is_past_his_patience_counts_no_longer() -> None:
    room = Playbook().said(f"{WHEN} from a", f"{WHEN} from b").later(24).said(f"{WHEN} from c", f"{WHEN} from d")
    assert points(room, WHEN, "askers") == 24
    assert points(room.later(1), WHEN, "askers") == 12
    assert points(room, WHEN, "gone") == 0
    room.later(24)
    assert (points(room, WHEN, "askers"), points(room, WHEN, "gone")) == (0, TABLE["gone"]["points"])


def test_who_asks_again_is_still_there() -> None:
    room = Playbook().said(f"{WHEN} from a", f"{WHEN} from b").later(20).said(f"{WHEN} from a").later(10)
    assert points(room, WHEN, "gone") == 0
    assert points(room, WHEN, "askers") == 0
    assert points(room.said(f"{WHEN} from b"), WHEN, "askers") == 12


def test_patience_is_a_setting() -> None:
    room = Playbook(structs.replace(Settings(), patience_by_intent_ms={"shipping": 5_000}))
    room.said(f"{WHEN} from a").later(4)
    assert points(room, WHEN, "gone") == 0
    assert points(room.later(1), WHEN, "gone") < 0


def test_what_can_still_be_answered_in_time_comes_before_what_cannot() -> None:
    room = Playbook().said("有黑色吗 from a").later(9).said("有白色吗 from b")
    assert [text for text, _ in room.asked] == ["有白色吗", "有黑色吗"]


def test_of_two_that_can_both_be_in_time_the_one_with_less_time_left_is_first() -> None:
    room = Playbook().said("有黑色吗 from a").later(3).said("有白色吗 from b")
    assert [text for text, _ in room.asked] == ["有黑色吗", "有白色吗"]


def test_an_answer_that_costs_one_key_can_be_in_time_longer() -> None:
    room = Playbook().said("有黑色吗 from a")
    room.act("answer", room.ranking[0]).later(1).said("有黑色吗 from b", "有白色吗 from c").later(5)
    assert points(room, "有黑色吗", "in_time") > points(room, "有白色吗", "in_time") == 0
    assert points(room.later(4), "有黑色吗", "in_time") == 0


def test_one_key_comes_before_an_answer_that_has_to_be_made_until_many_more_wait_for_that() -> None:
    room = Playbook().said("有黑色吗 from a")
    room.act("answer", room.ranking[0]).later(1).said("有黑色吗 from b").said(*[f"有白色吗 from v{n}" for n in range(2)])
    assert first(room) == "有黑色吗"
    assert first(room.said(*[f"有白色吗 from w{n}" for n in range(4)])) == "有白色吗"


def test_a_draft_is_worth_having() -> None:
    room = Playbook(catalogue=CATALOGUE).said("3号什么面料 from a", "3号多少钱 from b")
    assert points(room, "3号什么面料", "effort") < points(room, "3号多少钱", "effort") < 0


def test_what_many_asked_is_worth_answering_even_when_they_have_gone() -> None:
    room = Playbook().said(*[f"{WHEN} from v{n}" for n in range(8)]).said("有黑色吗 from a").later(40)
    assert points(room, WHEN, "popular") == 3 * TABLE["popular"]["per_doubling"]
    assert points(room, "有黑色吗", "popular") == 0


def test_nothing_starves_while_the_list_is_short() -> None:
    room = Playbook().said("主播多高 from a").later(TABLE["rise"]["after_s"] + 30)
    room.said(*[f"{PRICE} from v{n}" for n in range(8)])
    assert first(room) == "主播多高"
    assert points(room, "主播多高", "rise") == 30 * TABLE["rise"]["per_second"]


def test_in_a_full_room_nothing_rises_for_its_age() -> None:
    most = TABLE["rise"]["most_open"]
    room = Playbook().said("主播多高 from a").later(80).said(*[f"{n}号多少钱 from v" for n in range(1, most)])
    assert first(room) == "主播多高"
    room.said(f"{most}号多少钱 from v")
    assert (points(room, "主播多高", "rise"), room.asked[-1][0]) == (0, "主播多高")


@pytest.mark.parametrize("askers", [2, 8])
def test_what_the_host_asks_for_comes_before_any_usual_crowd(askers: int) -> None:
    room = Playbook().said("主播多高 from a").said(*[f"{PRICE} from v{n}" for n in range(askers)])
    room.act("pin", next(one for one in room.ranking if one.text == "主播多高"))
    assert first(room) == "主播多高"


def test_a_late_platform_time_is_a_wait_that_has_passed() -> None:
    room = Playbook().give(message(WHEN, "a", ts_ms=START_MS - 30_000))
    assert points(room, WHEN, "gone") == TABLE["gone"]["points"]


def test_the_points_of_a_question_that_is_answered_add_up_too() -> None:
    room = Playbook().said("多少钱 from a").act("answer", "q1", text=SafeText("399")).later(90)
    card = room.view("q1").card
    assert card is not None
    assert card.row.score == sum(term.points for term in card.row.why)
