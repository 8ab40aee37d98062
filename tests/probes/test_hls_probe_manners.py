"""Rules of the probe towards strangers: it follows nobody inwards, brings nothing along and writes nothing down."""

from __future__ import annotations

import logging

import pytest
from servers.hls_origin import HlsOrigin
from studio import Studio, in_a_studio, plays, watch

from console.domain.errors import UsageError
from console.probes.base import ProbeOptions
from console.probes.hls import PROBE


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
