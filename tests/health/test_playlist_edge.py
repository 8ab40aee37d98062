"""What a row of polls means. Each poll: (seconds since the start, sequence, segments of 2 s)."""

from __future__ import annotations

from console.health.edge import EdgeReading, EdgeWatch
from console.health.playlist import MediaPlaylist, Segment

NOON = 1_700_000_000_000


def playlist(after: int, *, window: int = 3, pdt_shift_ms: int | None = 0, is_discontinuity: bool = False) -> MediaPlaylist:
    """Segments up to, not including, `after`; segment n begins at noon + 2n s."""
    segments = tuple(
        Segment(
            uri=f"{number}.ts",
            sequence=number,
            duration_ms=2_000,
            pdt_ms=None if pdt_shift_ms is None else NOON + number * 2_000 + pdt_shift_ms,
            is_discontinuity=is_discontinuity and number == after - 1,
        )
        for number in range(max(0, after - window), after)
    )
    return MediaPlaylist(sequence=max(0, after - window), target_ms=2_000, segments=segments)


def poll(watch: EdgeWatch, seconds: int, seen: MediaPlaylist, wall_shift_ms: int = 0) -> EdgeReading:
    return watch.see(seen, seconds * 1000, NOON + seconds * 1000 + wall_shift_ms)


def test_age_runs_while_the_edge_stands_still() -> None:
    watch = EdgeWatch()
    assert [poll(watch, at, playlist(10)).age_ms for at in (20, 21, 22)] == [0, 1_000, 2_000]
    assert poll(watch, 23, playlist(11)).age_ms == 0


def test_a_longer_window_alone_is_no_progress() -> None:
    watch = EdgeWatch()
    poll(watch, 20, playlist(10, window=3))
    assert poll(watch, 24, playlist(10, window=8)).age_ms == 4_000


def test_two_cdn_nodes_in_turn_do_not_hide_a_frozen_stream() -> None:
    watch = EdgeWatch()
    readings = [poll(watch, 20 + turn, playlist(10 if turn % 2 == 0 else 7)) for turn in range(8)]
    assert readings[-1].age_ms == 7_000
    assert [reading.is_back for reading in readings[:4]] == [False, True, False, True]


def test_a_stream_that_began_anew_is_alive_from_its_second_step() -> None:
    watch = EdgeWatch()
    poll(watch, 20, playlist(100))
    assert poll(watch, 22, playlist(1)).is_back
    again = poll(watch, 24, playlist(2))
    assert (again.age_ms, again.is_back) == (0, False)
    assert poll(watch, 25, playlist(2)).age_ms == 1_000


def test_live_edge_is_our_time_minus_the_end_of_the_newest_segment() -> None:
    reading = poll(EdgeWatch(), 23, playlist(10))
    assert (reading.live_edge_ms, reading.is_clock_untrusted) == (3_000, False)


def test_media_from_the_future_is_a_wrong_clock_never_a_negative_latency() -> None:
    a_little = poll(EdgeWatch(), 19, playlist(10))
    assert (a_little.live_edge_ms, a_little.is_clock_untrusted) == (0, False)
    too_much = poll(EdgeWatch(), 18, playlist(10))
    assert (too_much.live_edge_ms, too_much.is_clock_untrusted) == (None, True)


def test_an_origin_without_times_gives_no_latency_and_no_suspicion() -> None:
    reading = poll(EdgeWatch(), 23, playlist(10, pdt_shift_ms=None))
    assert (reading.live_edge_ms, reading.is_clock_untrusted) == (None, None)


def test_a_clock_that_jumps_against_its_own_durations_is_not_believed_until_it_jumps_back() -> None:
    watch = EdgeWatch()
    shifts = [0, 0, -60_000, -60_000, -60_000, 0, 0]
    readings = [poll(watch, 20 + 2 * n, playlist(10 + n, pdt_shift_ms=shift)) for n, shift in enumerate(shifts)]
    assert [reading.is_clock_untrusted for reading in readings] == [False, False, True, True, True, False, False]


def test_at_a_discontinuity_the_origin_may_set_its_clock() -> None:
    watch = EdgeWatch()
    poll(watch, 20, playlist(10))
    reading = poll(watch, 22, playlist(11, pdt_shift_ms=-3_000, is_discontinuity=True))
    assert (reading.live_edge_ms, reading.is_clock_untrusted) == (3_000, False)
