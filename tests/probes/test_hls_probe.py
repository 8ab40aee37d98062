"""What the HLS probe says about an origin that breaks the way real ones do. Time is the test's own: no second is waited."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import pytest
from servers.hls_origin import HlsOrigin

from console.domain.errors import UsageError
from console.domain.events import Event, Health, System
from console.health.verdict import HealthBoard
from console.probes.base import ProbeOptions
from console.probes.hls import PROBE, HlsProbe

NOON = 1_700_000_000_000
SHORT = ProbeOptions(timeout_ms=100)


class Studio:
    """A clock that moves when somebody sleeps, and a room's health board that hears every event."""

    def __init__(self) -> None:
        self.monotonic = 5_000
        self.wall_jump_ms = 0
        self.board = HealthBoard()
        self.events: list[Event] = []
        self.polls = 0
        self.until_ms = 0
        self.raised: list[tuple[int, str]] = []
        """(ms since the start, alert code) as they go up."""

    def now_ms(self) -> int:
        return NOON + self.monotonic + self.wall_jump_ms

    def true_ms(self) -> int:
        return NOON + self.monotonic

    def monotonic_ms(self) -> int:
        return self.monotonic

    def random(self) -> float:
        return 0.5

    async def sleep(self, seconds: float) -> None:
        end = self.monotonic + round(seconds * 1000)
        while self.monotonic < end:
            self.monotonic = min(end, self.monotonic // 1000 * 1000 + 1000)
            self._look()
        if self.monotonic >= self.until_ms:
            raise asyncio.CancelledError
        await asyncio.sleep(0)

    def put(self, events: Sequence[Event]) -> None:
        self.polls += 1
        self.events.extend(events)
        for event in events:
            self.board.apply(event, self.true_ms())
        self._look()

    def _look(self) -> None:
        self.board.advance(self.true_ms())
        known = {code for _, code in self.raised}
        self.raised += [(self.monotonic, alert.code) for alert in self.board.alerts() if alert.code not in known]

    def last(self, metric: str) -> int | None:
        values = [event.health.value for event in self.events if isinstance(event, Health) and event.health.metric == metric]
        return values[-1] if values else None

    def notices(self) -> list[str]:
        return [event.system.code for event in self.events if isinstance(event, System)]


async def watch(studio: Studio, probe: HlsProbe, seconds: int) -> None:
    """Let the probe run for so long, by the studio's clock."""
    studio.until_ms = studio.monotonic + seconds * 1000
    with pytest.raises(asyncio.CancelledError):
        await probe.run(studio.put)


def in_a_studio(story: Callable[[Studio, HlsOrigin], Awaitable[None]], **origin: int | bool) -> Studio:
    async def act() -> Studio:
        studio = Studio()
        async with HlsOrigin(studio.true_ms, **origin) as server:
            await story(studio, server)
        return studio

    return asyncio.run(act())


def plays(studio: Studio, origin: HlsOrigin, path: str = "live.m3u8", options: ProbeOptions = SHORT) -> HlsProbe:
    return PROBE.open(origin.url(path), studio, options)


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


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://10.0.0.1/live.m3u8", "probe.plain_refused"),
        ("https://10.0.0.1/live.m3u8", "probe.private_refused"),
        ("https://169.254.169.254/latest/meta-data", "probe.private_refused"),
        ("https://[::ffff:192.168.0.1]/a.m3u8", "probe.private_refused"),
        ("https://100.64.0.1/a.m3u8", "probe.private_refused"),
        ("file:///etc/passwd", "probe.scheme_refused"),
        ("https://user:secret@127.0.0.1/a.m3u8", "probe.scheme_refused"),
        ("https://[broken/a.m3u8", "probe.bad_address"),
    ],
)
@pytest.mark.parametrize("way", ["redirect", "variant"])
def test_strangers_lead_the_probe_nowhere_private(target: str, code: str, way: str) -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        if way == "redirect":
            origin.redirect_to = target
        else:
            origin.variants = ((1, target),)
        await watch(studio, plays(studio, origin, "master.m3u8"), 1)

    assert in_a_studio(story).notices() == [code]


def test_redirects_in_a_circle_end_after_three() -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        origin.redirect_to = "/live.m3u8"
        await watch(studio, plays(studio, origin), 1)
        studio.asked = len(origin.requests)

    studio = in_a_studio(story)
    assert studio.notices() == ["probe.too_many_redirects"]
    assert studio.asked == 4


def test_it_brings_nothing_of_the_users_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")

    async def story(studio: Studio, origin: HlsOrigin) -> None:
        await watch(studio, plays(studio, origin), 3)
        studio.headers = [headers for _, headers in origin.requests]

    studio = in_a_studio(story)
    assert len(studio.headers) == 3
    for headers in studio.headers:
        assert "cookie" not in headers and "authorization" not in headers
        assert headers["accept-encoding"] == "identity"


def test_a_signed_url_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def story(studio: Studio, origin: HlsOrigin) -> None:
        logging.getLogger("seen").debug("the log is on")
        await watch(studio, plays(studio, origin, "live.m3u8?sign=canary"), 2)

    with caplog.at_level(logging.DEBUG):
        studio = in_a_studio(story)
    assert "the log is on" in caplog.text and "canary" not in caplog.text
    assert "canary" not in repr(studio.events)


@pytest.mark.parametrize("url", ["http://example.com/a.m3u8", "https://me:secret@example.com/a.m3u8", "ftp://example.com/a.m3u8",
                                 "https:///a.m3u8", "https://[bad/a.m3u8", "https://example.com:99999/a.m3u8"])  # fmt: skip
def test_a_url_that_cannot_be_used_says_what_to_try(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        PROBE.open(url, Studio())
    assert refused.value.hint and "secret" not in str(refused.value)


def test_plain_http_beyond_this_machine_needs_a_word() -> None:
    assert PROBE.open("http://example.com/a.m3u8", Studio(), ProbeOptions(is_insecure_fine=True)).name == "hls"


def test_it_knows_its_own_urls() -> None:
    assert PROBE.matches("https://cdn.example.com/live/room.M3U8?sign=1")
    assert not PROBE.matches("https://cdn.example.com/live/room.flv")
    assert not PROBE.matches("twitch:somebody")
    assert not PROBE.matches("https://[bad")
