"""After a gap, what happened meanwhile is late; what happens now is not, whatever the platform's clock says."""

from __future__ import annotations

import pytest

from console.wire.backfill import Backfill

NOON = 1_700_000_000_000


@pytest.mark.parametrize("behind_ms", [-3_600_000, -250, 0, 1_200, 3_600_000])
def test_the_platforms_clock_may_be_wrong_by_any_amount(behind_ms: int) -> None:
    backfill = Backfill()
    assert not backfill.is_late(NOON - behind_ms, NOON)
    backfill.resumed(NOON + 20_000)
    assert backfill.is_late(NOON + 10_000 - behind_ms, NOON + 20_100)
    assert not backfill.is_late(NOON + 20_050 - behind_ms, NOON + 20_100)


def test_without_a_gap_nothing_is_late() -> None:
    backfill = Backfill()
    assert not any(backfill.is_late(NOON - age_ms, NOON) for age_ms in (0, 5_000, 60_000))


def test_a_minute_after_the_resume_nothing_is_backfill_any_more() -> None:
    backfill = Backfill()
    backfill.is_late(NOON, NOON)
    backfill.resumed(NOON + 10_000)
    assert backfill.is_late(NOON + 5_000, NOON + 69_999)
    assert not backfill.is_late(NOON + 5_000, NOON + 70_000)


def test_an_hour_of_wrong_wall_clock_is_forgotten() -> None:
    backfill = Backfill()
    backfill.is_late(NOON, NOON - 3_600_000)  # our clock was an hour behind, then set right
    for minute in range(3):
        backfill.is_late(NOON + minute * 60_000, NOON + minute * 60_000)
    backfill.resumed(NOON + 150_000)
    assert not backfill.is_late(NOON + 150_010, NOON + 150_020)
