"""What the HLS probe says about an origin that breaks the way real ones do. Time is the test's own: no second is waited."""

from __future__ import annotations

import pytest
from servers.hls_origin import HlsOrigin
from studio import Studio, in_a_studio, plays, watch

from console.probes.base import ProbeOptions


def test_a_healthy_stream_is_ok_and_says_how_late_its_edge_is() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        await watch(studio, plays(studio, origin), 30)

    studio = in_a_studio(story)
    assert studio.board.verdict() == ("ok", "none")
    assert studio.raised == []
    assert studio.last("reachable") == 1 and studio.last("status") == 200 and studio.last("target") == 2_000
    live_edge = studio.last("live_edge")
    assert live_edge is not None and 0 <= live_edge < 2_000  # A segment is shown as soon as it is whole.


def test_it_polls_at_half_the_target_duration_within_bounds() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        await watch(studio, plays(studio, origin), 30)

    assert in_a_studio(story, segment_ms=2_000).polls == 30
    assert in_a_studio(story, segment_ms=10_000).polls == 10  # never less often than each 3 s
    assert in_a_studio(story, segment_ms=500).polls == 60  # TARGETDURATION is whole seconds: 1 s here


def test_a_frozen_playlist_is_told_once_it_is_older_than_one_and_a_half_targets() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await watch(studio, probe, 20)
        origin.freeze()
        studio.frozen_ms = studio.monotonic
        await watch(studio, probe, 20)

    studio = in_a_studio(story)
    at_ms, code = studio.raised[0]
    assert code == "playlist_frozen"
    # Past 1.5 × 2 s, and one poll and one look later at most.
    assert 1_000 < at_ms - studio.frozen_ms <= 3_000 + 2_000
    assert studio.board.verdict() == ("critical", "origin")


def test_a_playlist_that_goes_on_calms_the_room_again() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await watch(studio, probe, 10)
        origin.freeze()
        await watch(studio, probe, 10)
        assert studio.board.verdict()[0] == "critical"
        origin.thaw()
        await watch(studio, probe, 8)

    assert in_a_studio(story).board.verdict() == ("ok", "none")


@pytest.mark.parametrize(("status", "code", "cause"), [(403, "url_expired", "probe_url"), (404, "playlist_unreachable", "origin"),
                                                       (503, "playlist_unreachable", "origin")])  # fmt: skip
def test_a_refusal_says_whose_fault_it_is(status: int, code: str, cause: str) -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await watch(studio, probe, 5)
        origin.status = status
        await watch(studio, probe, 5)

    studio = in_a_studio(story)
    assert [(alert.code, alert.cause) for alert in studio.board.alerts()] == [(code, cause)]
    assert studio.last("status") == status


def test_a_server_that_hangs_is_an_event_not_an_exception() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.hangs = True
        await watch(studio, plays(studio, origin), 3)

    studio = in_a_studio(story)
    assert studio.last("reachable") == 0 and studio.last("status") == 0
    assert studio.notices() == ["probe.timeout"]  # told once, not at every poll


def test_a_server_that_drips_its_answer_runs_into_the_same_limit() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.drips = True
        await watch(studio, plays(studio, origin), 1)

    assert in_a_studio(story).notices() == ["probe.timeout"]


def test_an_answer_cut_in_the_middle_is_no_playlist() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.cuts_off = True
        await watch(studio, plays(studio, origin), 1)

    assert in_a_studio(story).notices() == ["probe.broken_off"]


def test_nobody_listening_is_told_too() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await origin.__aexit__()
        await watch(studio, probe, 8)

    studio = in_a_studio(story)
    assert studio.notices() == ["probe.no_connection"]
    assert studio.board.verdict()[0] == "critical"


def test_an_endless_playlist_is_not_read_to_its_end() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.body = b"#EXTM3U\n" + b"#" * (1 << 20)
        await watch(studio, plays(studio, origin, options=ProbeOptions()), 1)

    assert in_a_studio(story).notices() == ["probe.too_large"]


@pytest.mark.parametrize("body", [b"<html>log in to the hotel</html>", b"", b"#EXTM3U\n", b"\xff\xfe\x00" * 99])
def test_what_is_no_playlist_is_unreadable(body: bytes) -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.body = body
        await watch(studio, plays(studio, origin), 1)

    studio = in_a_studio(story)
    assert studio.notices() == ["probe.unreadable"] and studio.last("reachable") == 0


def test_packed_answers_are_not_unpacked() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.encoding = "gzip"
        await watch(studio, plays(studio, origin), 1)

    assert in_a_studio(story).notices() == ["probe.unreadable"]


def test_an_origin_whose_clock_runs_ahead_is_not_believed() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.pdt_offset_ms = 60_000
        await watch(studio, plays(studio, origin), 10)

    studio = in_a_studio(story)
    assert studio.last("clock_untrusted") == 1
    assert studio.last("live_edge") is None
    view = studio.board.view(studio.true_ms())
    assert (view.latency_ms, view.latency_kind) == (None, "unknown")


def test_a_jump_of_the_origins_clock_raises_nothing() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await watch(studio, probe, 10)
        origin.pdt_offset_ms = -3_600_000
        await watch(studio, probe, 10)

    studio = in_a_studio(story)
    assert studio.raised == []
    assert studio.last("clock_untrusted") == 1


@pytest.mark.parametrize("jump_ms", [3_600_000, -3_600_000])
def test_a_jump_of_our_own_wall_clock_raises_nothing(jump_ms: int) -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await watch(studio, probe, 10)
        studio.wall_jump_ms = jump_ms
        await watch(studio, probe, 10)

    studio = in_a_studio(story)
    assert studio.raised == []
    assert studio.last("clock_untrusted") == 0
    live_edge = studio.last("live_edge")
    assert live_edge is not None and live_edge < 2_000


def test_without_a_told_time_latency_is_unknown_not_zero() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        await watch(studio, plays(studio, origin), 10)

    studio = in_a_studio(story, has_pdt=False)
    assert studio.last("live_edge") is None and studio.last("clock_untrusted") is None
    assert studio.board.view(studio.true_ms()).latency_kind == "unknown"
    assert studio.board.verdict() == ("ok", "none")


def test_an_ended_stream_is_told() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await watch(studio, probe, 5)
        origin.is_ended = True
        await watch(studio, probe, 3)

    assert [alert.code for alert in in_a_studio(story).board.alerts()] == ["stream_ended"]


def test_a_playlist_that_goes_back_is_told() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin)
        await watch(studio, probe, 10)
        origin.back = 3
        await watch(studio, probe, 2)

    assert [alert.code for alert in in_a_studio(story).board.alerts()] == ["sequence_back"]


def test_of_a_master_playlist_the_cheapest_variant_is_watched() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        await watch(studio, plays(studio, origin, "master.m3u8"), 5)
        studio.paths = [path for path, _ in origin.requests]

    studio = in_a_studio(story)
    assert studio.paths == ["/master.m3u8", *["/low.m3u8"] * 5]
    assert studio.board.verdict() == ("ok", "none")


def test_a_variant_that_ran_out_is_asked_for_again_at_the_master() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        probe = plays(studio, origin, "master.m3u8")
        await watch(studio, probe, 2)
        origin.requests.clear()
        origin.status = 403
        await watch(studio, probe, 1)
        studio.paths = [path for path, _ in origin.requests]

    assert in_a_studio(story).paths == ["/low.m3u8", "/master.m3u8", "/low.m3u8"]
