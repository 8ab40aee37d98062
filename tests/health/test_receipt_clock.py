"""How late comments are, though nobody's clock is right."""

from __future__ import annotations

from console.health.clock import ReceiptDelay


def heard(delay: ReceiptDelay, at_ms: int, lag_ms: int, *, offset_ms: int = 0) -> int | None:
    delay.add(at_ms, at_ms, "platform", at_ms + lag_ms + offset_ms)
    return delay.value(at_ms)


def test_the_quickest_comment_of_the_minute_counts_as_undelayed() -> None:
    delay = ReceiptDelay()
    assert [heard(delay, at, lag) for at, lag in [(0, 300), (1_000, 250), (2_000, 900), (3_000, 250)]] == [0, 0, 650, 0]


def test_a_platform_whose_clock_runs_an_hour_ahead_changes_nothing() -> None:
    right, ahead = ReceiptDelay(), ReceiptDelay()
    lags = [(0, 300), (1_000, 250), (2_000, 900), (70_000, 400)]
    assert [heard(right, *lag) for lag in lags] == [heard(ahead, *lag, offset_ms=-3_600_000) for lag in lags]


def test_it_is_never_negative() -> None:
    delay = ReceiptDelay()
    assert all((heard(delay, at * 700, lag) or 0) >= 0 for at, lag in enumerate([9, 3, 70, 2, 2, 800, 1, 0, 5, 3]))


def test_the_best_comment_is_forgotten_after_a_minute() -> None:
    delay = ReceiptDelay()
    heard(delay, 0, 100)
    assert heard(delay, 59_000, 500) == 400
    assert heard(delay, 62_000, 500) == 0


def test_without_the_platforms_own_time_it_is_unknown() -> None:
    delay = ReceiptDelay()
    delay.add(1_000, 900, "relay", 1_000)
    delay.add(1_000, None, "platform", 1_000)
    delay.add(1_000, 900, "platform", None)
    delay.add(1_000, 900, None, 1_000)
    assert delay.value(1_000) is None


def test_an_old_delay_is_no_delay() -> None:
    delay = ReceiptDelay()
    heard(delay, 0, 100)
    assert (delay.value(60_000), delay.value(60_001)) == (0, None)


def test_a_busy_minute_costs_sixty_one_pairs_at_most() -> None:
    delay = ReceiptDelay()
    for at in range(0, 120_000, 10):
        heard(delay, at, at // 10)  # each later than the one before: the worst case for a running minimum
    assert len(delay.minima) <= 62
