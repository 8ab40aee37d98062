"""When nothing for this long can no longer be chance."""

from __future__ import annotations

import math

import pytest

from console.health.silence import Rhythm


def a_room(comments_a_minute: int, minutes: int = 5) -> tuple[Rhythm, int]:
    """A room with an even rhythm, and the time of its last comment."""
    rhythm, gap_ms = Rhythm(), 60_000 // comments_a_minute
    last_ms = 0
    for last_ms in range(0, minutes * 60_000 + 1, gap_ms):
        rhythm.hear(last_ms, is_comment=True)
    return rhythm, last_ms


def first_silent_ms(rhythm: Rhythm, last_ms: int) -> int:
    return next(gap for gap in range(0, 3_600_000, 100) if rhythm.is_silent(last_ms + gap))


@pytest.mark.parametrize("comments_a_minute", [1, 2, 6, 12, 20])
def test_a_slow_room_gets_the_time_its_rhythm_asks_for(comments_a_minute: int) -> None:
    rhythm, last_ms = a_room(comments_a_minute)
    expected_ms = math.log(1000) * 60_000 / comments_a_minute
    # A window of whole seconds holds up to one comment more than λ × window.
    assert first_silent_ms(rhythm, last_ms) == pytest.approx(expected_ms, rel=0.2)


def test_a_busy_room_is_silent_after_ten_seconds_not_before() -> None:
    rhythm, last_ms = a_room(600)
    assert first_silent_ms(rhythm, last_ms) == 10_000


def test_a_room_of_four_comments_has_no_rhythm() -> None:
    rhythm = Rhythm()
    for at_ms in (0, 20_000, 40_000, 60_000):
        rhythm.hear(at_ms, is_comment=True)
    assert not rhythm.is_silent(36_000_000)


def test_five_greetings_in_the_first_second_are_no_rhythm_either() -> None:
    rhythm = Rhythm()
    for at_ms in range(5):
        rhythm.hear(at_ms, is_comment=True)
    assert not rhythm.is_silent(20_000)
    assert rhythm.is_silent(42_000)  # 5 in 30 s at most: 41.4 s


def test_a_gift_ends_a_silence_but_makes_no_rhythm() -> None:
    rhythm, last_ms = a_room(60)
    assert rhythm.is_silent(last_ms + 11_000)
    rhythm.hear(last_ms + 11_000, is_comment=False)
    assert not rhythm.is_silent(last_ms + 12_000)
    assert rhythm.total < 300  # eleven seconds without a comment stand in the window now


def test_only_the_last_five_minutes_count() -> None:
    rhythm, last_ms = a_room(600, minutes=5)
    for at_ms in range(last_ms + 10_000, last_ms + 310_000, 10_000):
        rhythm.hear(at_ms, is_comment=True)
    assert rhythm.total <= 31
    assert not rhythm.is_silent(last_ms + 300_000 + 40_000)


def test_a_lost_stretch_is_unknown_never_zero() -> None:
    rhythm, last_ms = a_room(60)
    back_ms = last_ms + 120_000
    rhythm.lose(last_ms + 1_000, back_ms, back_ms)
    assert rhythm.silent_ms(back_ms) == 1_000
    assert not rhythm.is_silent(back_ms + 8_000)
    assert rhythm.is_silent(back_ms + 10_000)  # it still knows its rhythm
    assert 0 not in rhythm.series(back_ms)[:59]


def test_the_same_gap_told_by_two_sources_is_one_gap() -> None:
    once, twice = a_room(60)[0], a_room(60)[0]
    once.lose(301_000, 400_000, 400_000)
    twice.lose(301_000, 400_000, 400_000)
    twice.lose(305_000, 400_000, 400_500)
    assert once == twice


def test_a_garbage_gap_never_makes_time_run_backwards() -> None:
    rhythm, last_ms = a_room(60)
    rhythm.lose(-(10**15), 10**15, last_ms + 5_000)
    assert rhythm.silent_ms(last_ms + 5_000) == 0
    rhythm.hear(last_ms + 6_000, is_comment=True)
    assert rhythm.silent_ms(last_ms + 7_000) == 1_000


def test_rate_and_curve_count_whole_seconds() -> None:
    rhythm = Rhythm()
    for at_ms in range(0, 10_000, 100):
        rhythm.hear(at_ms, is_comment=True)
    assert rhythm.rate_x10(10_000) == 100
    assert rhythm.series(10_000) == (100,) * 10
    assert rhythm.series(12_000) == (100,) * 10 + (0, 0)
    assert rhythm.rate_x10(15_000) == 50
    assert rhythm.rate_x10(10**9) == 0 and len(rhythm.series(10**9)) == 60


def test_before_the_first_comment_there_is_nothing() -> None:
    rhythm = Rhythm()
    assert (rhythm.silent_ms(99), rhythm.is_silent(99), rhythm.rate_x10(99), rhythm.series(99)) == (0, False, 0, ())


def test_a_thousand_comments_a_second_cost_three_hundred_numbers() -> None:
    rhythm = Rhythm()
    for at_ms in range(400_000):
        rhythm.hear(at_ms, is_comment=True)
    assert len(rhythm.counts) == 300
    assert rhythm.total == sum(rhythm.counts) == 300_000
