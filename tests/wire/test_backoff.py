"""When a lost line is tried again."""

from __future__ import annotations

from stage import Stage

from console.wire.backoff import Backoff


def test_the_first_retry_is_quick_again_only_after_thirty_stable_seconds() -> None:
    world = Stage(dice=0.5)
    backoff = Backoff(world)
    assert [backoff.next_ms() for _ in range(3)] == [500, 1_000, 2_000]
    backoff.went_up()
    world.clock_ms += 29_999
    assert backoff.next_ms() == 4_000
    backoff.went_up()
    world.clock_ms += 30_000
    assert backoff.next_ms() == 500


def test_at_the_cap_waits_are_spread_by_half() -> None:
    for dice, wait_ms in ((0.0, 15_000), (0.5, 30_000), (0.999, 44_970)):
        backoff = Backoff(Stage(dice=dice))
        assert [backoff.next_ms() for _ in range(8)][-1] == wait_ms
