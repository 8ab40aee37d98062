"""Rules of the score: who counts as an asker, when he is answered, and what the oracle may do."""

from __future__ import annotations

from itertools import pairwise, repeat

from hypothesis import given
from hypothesis import strategies as st

from console.review.oracle import Costs, Wish, oracle, worth
from console.review.score import LONGEST_WAIT_MS, Asked, Ledger, grade, percentile, points

PATIENCE_MS = 25_000


def asked(who: str, what: str, at_s: float, cluster: str | None = "q1", **fields: bool) -> Asked:
    return Asked(asker=who, group=what, asked_ms=int(at_s * 1000), patience_ms=PATIENCE_MS, cluster=cluster, **fields)


def a_ledger(*entries: Asked | tuple[str, float]) -> Ledger:
    """Comments and answers (cluster, second) as they happened."""
    ledger = Ledger()
    for entry in entries:
        if isinstance(entry, Asked):
            ledger.asked(entry)
        else:
            ledger.answered(entry[0], int(entry[1] * 1000))
    return ledger


def waits_of(ledger: Ledger) -> dict[str, int | None]:
    return {asker.asker: asker.wait_ms for asker in ledger.askers}


def test_he_waits_from_his_first_comment_however_often_he_asks() -> None:
    ledger = a_ledger(asked("小李", "price", 1), asked("小李", "price", 6), ("q1", 9))
    assert waits_of(ledger) == {"小李": 8_000}


def test_two_questions_of_one_viewer_are_two_askers() -> None:
    ledger = a_ledger(asked("小李", "price", 1), asked("小李", "size", 2, "q2"), ("q2", 4))
    assert [(asker.group, asker.wait_ms) for asker in ledger.askers] == [("price", None), ("size", 2_000)]


def test_an_answer_is_heard_by_all_who_wait_for_it_seen_or_not_in_whatever_cluster() -> None:
    ledger = a_ledger(
        asked("小李", "price", 1),
        asked("老王", "price", 2, "q2"),
        asked("momo", "price", 3, None),
        ("q1", 5),
        asked("late", "price", 6, "q3"),
    )
    assert waits_of(ledger) == {"小李": 4_000, "老王": 3_000, "momo": 2_000, "late": None}


def test_who_was_merged_wrongly_is_passed_over_until_he_asks_again() -> None:
    story = (asked("a", "price", 1), asked("b", "price", 1), asked("c", "size", 1), ("q1", 5))
    ledger = a_ledger(*story, asked("d", "size", 6, "q2"), ("q2", 8))
    assert waits_of(ledger) == {"a": 4_000, "b": 4_000, "c": None, "d": 2_000}
    assert ledger.passed_over == 1
    again = a_ledger(*story, asked("c", "size", 6, "q2"), ("q2", 8))
    assert waits_of(again)["c"] == 7_000


def test_of_two_questions_in_one_cluster_the_first_asked_is_answered() -> None:
    ledger = a_ledger(asked("a", "size", 1), asked("b", "price", 2), ("q1", 5))
    assert waits_of(ledger) == {"a": 4_000, "b": None}


def test_an_answer_to_a_cluster_in_which_nobody_asks_is_a_false_one() -> None:
    ledger = a_ledger(asked("a", "price", 1), ("q7", 2))
    assert (ledger.answers, ledger.false_answers, waits_of(ledger)) == (1, 1, {"a": None})


def test_a_comment_that_was_under_way_while_the_answer_was_given_heard_it() -> None:
    ledger = a_ledger(asked("a", "price", 1), ("q1", 5), asked("b", "price", 4.5, "q2"))
    assert waits_of(ledger)["b"] == 500


def test_a_comment_filed_under_its_answer_is_answered_at_once_one_about_something_else_is_not() -> None:
    ledger = a_ledger(asked("a", "price", 1), ("q1", 5), asked("b", "price", 7, is_heard=True), asked("c", "size", 7, is_heard=True))
    assert waits_of(ledger) == {"a": 4_000, "b": 0, "c": None}


def test_the_grade_counts_every_asker_and_caps_every_wait() -> None:
    ledger = a_ledger(
        asked("a", "price", 0), asked("b", "size", 0, "q2"), asked("c", "stock", 0, "q3"), asked("d", "link", 590, None),
        ("q1", 10), ("q2", 25.001),
    )  # fmt: skip
    found = grade(ledger.askers, 600_000)
    assert (found.askers, found.detected, found.answered) == (4, 3, 2)
    assert (found.in_10_s, found.in_30_s, found.in_patience) == (1, 2, 1)
    assert (found.longest_wait_ms, found.p90_wait_ms) == (LONGEST_WAIT_MS, LONGEST_WAIT_MS)
    assert found.mean_wait_ms == (10_000 + 25_001 + 120_000 + 10_000 + 2) // 4


def test_nobody_asked_is_unknown_not_nought() -> None:
    found = grade([], 1_000)
    assert (found.askers, found.mean_wait_ms, found.p90_wait_ms, points(0, 0)) == (0, None, None, None)


def test_the_score_is_rounded_and_stays_within_a_hundred() -> None:
    assert [points(*pair) for pair in ((0, 7), (1, 3), (2, 3), (1, 8), (7, 7), (8, 7))] == [0, 33, 67, 13, 100, 100]


def test_percentiles_are_nearest_rank() -> None:
    assert [percentile(list(range(1, 11)), percent) for percent in (1, 50, 90, 91, 100)] == [1, 5, 9, 10, 10]


# --- the oracle --------------------------------------------------------------------------------------------------------


def wish(what: str, at_s: float, patience_s: float = 20, *, is_anew: bool = False) -> Wish:
    at_ms = int(at_s * 1000)
    return Wish(group=what, asked_ms=at_ms, deadlines_ms=(at_ms + int(patience_s * 1000),), is_anew=is_anew)


def costs(answer_ms: int = 8_000, reuse_ms: int | None = 1_000, stands_ms: int = 60_000) -> Costs:
    return Costs(answer=lambda: repeat(answer_ms), reuse_ms=reuse_ms, stands_ms=stands_ms)


def planned(*wishes: Wish, end_s: float = 600, **given: int | None) -> list[int | None]:
    return oracle(list(wishes), costs(**given), int(end_s * 1000))  # type: ignore[arg-type]


def test_an_answer_takes_its_time_and_settles_those_who_ask_meanwhile() -> None:
    assert planned(wish("price", 0), wish("price", 7.9)) == [8_000, 8_000]


def test_what_was_said_costs_little_to_say_again_as_long_as_it_stands() -> None:
    assert planned(wish("price", 0), wish("price", 20)) == [8_000, 21_000]
    assert planned(wish("price", 0), wish("price", 20), reuse_ms=None) == [8_000, 28_000]
    assert planned(wish("price", 0), wish("price", 20), stands_ms=5_000) == [8_000, 28_000]
    assert planned(wish("上链接", 0), wish("上链接", 20, is_anew=True)) == [8_000, 28_000]


def test_the_many_come_before_the_one_and_who_has_left_is_not_served() -> None:
    assert planned(wish("size", 0, 12), *(wish("price", 0, 12) for _ in range(3))) == [None, 8_000, 8_000, 8_000]


def test_what_can_wait_waits_for_what_can_not() -> None:
    assert planned(wish("size", 0, 60), wish("price", 0, 9)) == [16_000, 8_000]


def test_nothing_is_answered_after_the_end() -> None:
    assert planned(wish("price", 0), end_s=7) == [None]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 90), st.integers(1, 40)), max_size=25))
def test_no_plan_gives_more_than_time_allows(asks: list[tuple[str, int, int]]) -> None:
    wishes = sorted((wish(*ask) for ask in asks), key=lambda one: one.asked_ms)
    answered = oracle(wishes, costs(), 120_000)
    moments = sorted({at_ms for at_ms in answered if at_ms is not None})
    assert all(later - before >= 1_000 for before, later in pairwise(moments))
    assert all(at_ms >= one.asked_ms for one, at_ms in zip(wishes, answered, strict=True) if at_ms is not None)
    assert 0 <= worth(wishes, answered) <= len(wishes)
