"""What a server may answer instead of a connection, and what a person is told then."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from servers.json_ws import JsonServer
from stage import Bag, Stage, playing, scene

from console.domain.errors import FeedAuthError, FeedError
from console.domain.events import Link
from console.feeds.base import FeedOptions, Source
from console.feeds.generic import FEED
from console.i18n import Speech
from console.wire.line import retry_after_ms
from console.wire.websocket import explain


def opened(url: str, world: Stage | None = None, *, is_fail_fast: bool = False) -> Source:
    return FEED.open(url, FeedOptions(world=world or Stage(), is_fail_fast=is_fail_fast))


def links(bag: Bag) -> list[tuple[str, str | None]]:
    return [(event.link.state, event.link.reason) for event in bag.of(Link) if isinstance(event, Link)]


@pytest.mark.parametrize("status", [401, 403])
@scene
async def test_a_refusal_ends_the_feed_and_is_never_retried(status: int) -> None:
    async with JsonServer() as server:
        server.refuse_next(status)
        with pytest.raises(FeedAuthError) as caught:
            await opened(server.url).run(Bag().put)
        assert caught.value.exit_code == 3 and caught.value.hint
        assert server.handshakes == 1


@scene
async def test_retry_after_is_waited_for() -> None:
    world = Stage()
    async with JsonServer() as server:
        server.refuse_next(429, {"Retry-After": "17"})
        async with playing(opened(server.url, world)) as bag:
            await bag.until(lambda it: ("live", None) in links(it))
    assert world.waits[0] == 17.0


@scene
async def test_a_storm_of_503_is_one_loss_and_ever_longer_waits() -> None:
    world = Stage(dice=0.5)
    async with JsonServer() as server:
        server.refuse_next(503, times=8)
        async with playing(opened(server.url, world)) as bag:
            await bag.until(lambda it: ("live", None) in links(it))
    assert links(bag) == [("connecting", None), ("down", "http_503"), ("live", None)]
    assert world.waits == [0.5, 1.0, 2.0, 4.0, 8.0, 30.0, 30.0, 30.0]


@pytest.mark.parametrize(("code", "least_s", "most_s"), [(1012, 5, 30), (1013, 15, 45)])
@scene
async def test_a_server_that_restarts_or_is_overloaded_gets_its_time(code: int, least_s: float, most_s: float) -> None:
    world = Stage(dice=0.0)
    async with JsonServer() as server, playing(opened(server.url, world)) as bag:
        await server.connected()
        await bag.until(lambda it: ("live", None) in links(it))
        await server.close(code)
        await bag.until(lambda it: ("resumed", None) in links(it))
        world.dice = 0.999
        await server.close(code)
        await bag.until(lambda it: links(it).count(("resumed", None)) == 2)
    assert least_s <= world.waits[0] < world.waits[1] < most_s


@scene
async def test_nobody_listening_ends_a_headless_command_with_three() -> None:
    async with JsonServer() as server:
        url = server.url
    with pytest.raises(FeedError, match="nobody listens there") as caught:
        await opened(url, is_fail_fast=True).run(Bag().put)
    assert caught.value.exit_code == 3 and caught.value.hint


@scene
async def test_a_watcher_keeps_trying_until_the_relay_is_started() -> None:
    async with JsonServer() as server:
        port = server.port
    async with playing(opened(f"ws://127.0.0.1:{port}/chat")) as bag:
        await bag.until(lambda it: ("down", "refused") in links(it))
        async with JsonServer(port) as server:
            await bag.until(lambda it: ("live", None) in links(it))


@scene
async def test_no_redirect_is_followed() -> None:
    async with JsonServer() as named, JsonServer() as unnamed:
        named.refuse_next(302, {"Location": unnamed.url})
        with pytest.raises(FeedError, match="302"):
            await opened(named.url, is_fail_fast=True).run(Bag().put)
        assert unnamed.handshakes == 0


@scene
async def test_proxy_settings_are_not_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "WS_PROXY"):
        monkeypatch.setenv(name, "socks5://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await bag.until(lambda it: ("live", None) in links(it))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its own certificate with openssl")
@scene
async def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0, ssl=context)
    async with server:
        with pytest.raises(FeedError, match="certificate is not valid"):
            await opened(f"wss://localhost:{server.sockets[0].getsockname()[1]}/", is_fail_fast=True).run(Bag().put)
    assert heard in ([], [b""])


def self_signed(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


@scene
async def test_a_plain_server_behind_wss_is_not_spoken_to() -> None:
    async with JsonServer() as server:
        with pytest.raises(FeedError, match=r"connection broke|encrypted connection"):
            await opened(server.url.replace("ws://", "wss://"), is_fail_fast=True).run(Bag().put)
        assert server.handshakes == 0


@scene
async def test_a_host_name_that_can_not_exist_is_an_error_not_a_crash() -> None:
    with pytest.raises(FeedError, match="address can't be used"):
        await opened(f"wss://{'x' * 70}.example/").run(Bag().put)


@pytest.mark.parametrize(
    ("value", "date", "wait_ms"),
    [
        ("17", None, 17_000),
        ("99999999999999", None, 600_000),
        ("Wed, 21 Oct 2015 07:28:30 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 30_000),
        ("Wed, 21 Oct 2015 07:28:30 GMT", None, 0),
        ("soon", "Wed, 21 Oct 2015 07:28:00 GMT", 0),
        (None, None, 0),
    ],
)
def test_retry_after_is_understood_in_both_its_forms(value: str | None, date: str | None, wait_ms: int) -> None:
    assert retry_after_ms(value, date) == wait_ms


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("reason", ["http_503", "http_418", "closed_1006", "closed_4999", "no_pong", "dns", "socks_proxy"])
def test_every_reason_has_words(lang: str, reason: str) -> None:
    words = explain(Speech(lang), reason)
    assert words != reason and "feeds." not in words and "{" not in words
