"""Viewers as the second stall sensor."""

from __future__ import annotations

import pytest

from console.health.complaints import ComplaintSensor, needed


def cry(sensor: ComplaintSensor, at_ms: int, *viewers: str | None) -> None:
    for viewer in viewers:
        sensor.add(viewer, at_ms)


@pytest.mark.parametrize(("online", "k"), [(None, 3), (0, 3), (800, 3), (1_500, 3), (1_501, 4), (3_482, 7), (50_000, 100)])
def test_the_alarm_needs_three_viewers_or_two_in_a_thousand(online: int | None, k: int) -> None:
    assert needed(online) == k


def test_one_viewer_crying_ten_times_is_one() -> None:
    sensor = ComplaintSensor()
    cry(sensor, 0, *["小李"] * 10)
    assert sensor.count(0) == 1 and not sensor.advance(0, 100)


def test_comments_without_a_viewer_are_viewers_of_their_own() -> None:
    sensor = ComplaintSensor()
    cry(sensor, 0, None, None, None)
    assert sensor.advance(0, 100)


def test_complaints_older_than_fifteen_seconds_do_not_add_up() -> None:
    sensor = ComplaintSensor()
    cry(sensor, 0, "a")
    cry(sensor, 8_000, "b")
    cry(sensor, 15_000, "c")
    assert sensor.count(15_000) == 2 and not sensor.advance(15_000, 100)


def test_it_is_released_after_fifteen_seconds_below() -> None:
    sensor = ComplaintSensor()
    cry(sensor, 0, "a", "b", "c")
    seen = [at for at in range(0, 60_000, 1_000) if sensor.advance(at, 100)]
    assert seen == list(range(0, 29_000, 1_000))  # 15 s until they are old (last full at 14), 15 s of calm after


def test_a_new_complaint_in_between_does_not_hold_it_up() -> None:
    sensor = ComplaintSensor()
    cry(sensor, 0, "a", "b", "c")
    for at in range(0, 29_000, 1_000):
        cry(sensor, at, "a") if at > 15_000 else None
        assert sensor.advance(at, 100)
    assert not sensor.advance(29_000, 100)
