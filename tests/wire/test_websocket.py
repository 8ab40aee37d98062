"""The line to a room: it comes back by itself, says the truth about itself, and never loses the order."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from servers.deaf import DeafServer
from servers.json_ws import JsonServer, comment
from stage import Bag, Stage, playing, scene

from console.domain.errors import FeedAuthError, FeedError, UsageError
from console.domain.events import Health, Link, Message, System
from console.feeds.base import FeedOptions, Source
from console.feeds.generic import FEED, GenericCodec
from console.i18n import Speech
from console.wire.address import checked_url, public_address
from console.wire.backoff import Backoff
from console.wire.line import Timing, retry_after_ms
from console.wire.websocket import WebSocketSource, explain

EN = Speech("en")
QUICK = Timing(open_timeout_s=0.2, ping_interval_s=0.05, ping_timeout_s=0.05)


def opened(url: str, world: Stage | None = None, *, is_fail_fast: bool = False) -> Source:
    return FEED.open(url, FeedOptions(world=world or Stage(), is_fail_fast=is_fail_fast))


def quick(server: JsonServer, timing: Timing = QUICK) -> WebSocketSource:
    return WebSocketSource(GenericCodec("x"), server.url, key="x", world=Stage(), say=EN, timing=timing)


def links(bag: Bag) -> list[tuple[str, str | None]]:
    return [(event.link.state, event.link.reason) for event in bag.of(Link) if isinstance(event, Link)]


def texts(bag: Bag) -> list[str]:
    return [event.text for event in bag.of(Message) if isinstance(event, Message)]


# --- coming back ----------------------------------------------------------------------------------------------------------


@scene
async def test_after_a_cut_it_comes_back_and_reads_on() -> None:
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await server.connected()
        await server.tell(comment(1, "before"))
        await bag.until(lambda it: texts(it) == ["before"])
        server.cut()
        await server.connected(times=2)
        await server.tell(comment(2, "after"))
        await bag.until(lambda it: texts(it) == ["before", "after"])
        assert links(bag) == [("connecting", None), ("live", None), ("down", "reset"), ("resumed", None)]


@scene
async def test_what_came_before_the_end_is_handed_over_before_the_loss_is_told() -> None:
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await server.connected()
        await server.tell(*(comment(number, str(number)) for number in range(50)))
        await server.close(1000)
        await bag.until(lambda it: ("down", "closed_1000") in links(it))
        order = [event for event in bag.events if isinstance(event, Message | Link)]
        loss = next(place for place, event in enumerate(order) if isinstance(event, Link) and event.link.state == "down")
        assert [event.text for event in order[:loss] if isinstance(event, Message)] == [str(number) for number in range(50)]


@scene
async def test_a_half_open_line_is_given_up_and_made_anew() -> None:
    async with JsonServer() as server, playing(quick(server)) as bag:
        await server.connected()
        server.go_dark()
        await server.connected(times=2)
        await bag.until(lambda it: ("resumed", None) in links(it))
        assert ("down", "no_pong") in links(bag)


def test_a_dead_line_is_noticed_within_eleven_seconds() -> None:
    timing = Timing()
    assert timing.ping_interval_s + timing.ping_timeout_s <= 11
    assert timing.open_timeout_s <= 11


@scene
async def test_data_is_a_sign_of_life_where_pings_are_never_answered() -> None:
    async with DeafServer() as server:
        source = WebSocketSource(GenericCodec("x"), server.url, key="x", world=Stage(), say=EN, timing=QUICK)
        async with playing(source) as bag:
            await bag.until(lambda it: len(texts(it)) == 5)
            assert (server.pings, server.calls) == (5, 1)
            assert links(bag) == [("connecting", None), ("live", None)]


@scene
async def test_a_server_that_takes_the_call_and_says_nothing_is_left_again() -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    mute = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    url = f"ws://127.0.0.1:{mute.sockets[0].getsockname()[1]}/"
    source = WebSocketSource(GenericCodec("x"), url, key="x", world=Stage(), say=EN, is_fail_fast=True, timing=QUICK)
    async with mute:
        with pytest.raises(FeedError, match="no answer in time"):
            await source.run(Bag().put)


@scene
async def test_a_frame_cut_in_the_middle_ends_the_line_not_the_feed() -> None:
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await server.connected()
        server.write_broken(b'\x81\x7e\x04\x00{"msg":"half')
        await server.connected(times=2)
        await server.tell({"msg": "whole"})
        await bag.until(lambda it: texts(it) == ["whole"])


@scene
async def test_a_message_beyond_the_limit_ends_the_line_with_its_reason() -> None:
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await server.connected()
        await server.send("x" * ((1 << 20) + 1))
        await bag.until(lambda it: ("resumed", None) in links(it))
        assert ("down", "closed_1009") in links(bag)
        assert server.connections[0].close_code == 1009


@scene
async def test_garbage_beside_comments_costs_no_comment() -> None:
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await server.connected()
        await server.send("not json", b"\x00\xff", "[", '{"msg":"still here"}', "")
        await bag.until(lambda it: texts(it) == ["still here"])
        assert links(bag) == [("connecting", None), ("live", None)]


@scene
async def test_what_the_server_sends_again_after_a_gap_is_marked_late() -> None:
    world = Stage()
    now_ms = world.clock_ms
    async with JsonServer() as server, playing(opened(server.url, world)) as bag:
        await server.connected()
        await server.tell(comment(1, "on time", ts_ms=now_ms - 3_000))  # the platform's clock is 3 s behind, or the way is long
        await bag.until(lambda it: texts(it) == ["on time"])
        world.clock_ms += 20_000
        server.cut()
        await server.connected(times=2)
        back_ms = world.clock_ms
        await server.tell(comment(2, "said meanwhile", ts_ms=back_ms - 13_000), comment(3, "said now", ts_ms=back_ms - 3_000))
        await bag.until(lambda it: len(texts(it)) == 3)
        assert [event.late for event in bag.of(Message)] == [False, True, False]


# --- refusals -------------------------------------------------------------------------------------------------------------


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
        with pytest.raises(FeedError, match="connection broke|encrypted connection"):
            await opened(server.url.replace("ws://", "wss://"), is_fail_fast=True).run(Bag().put)
        assert server.handshakes == 0


# --- flow -----------------------------------------------------------------------------------------------------------------


@scene
async def test_ten_thousand_frames_at_once_arrive_complete_in_order_and_in_few_hands() -> None:
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await server.connected()
        await server.tell(*(comment(number, f"第{number}条") for number in range(10_000)))
        await bag.until(lambda it: len(it.of(Message)) == 10_000)
        assert texts(bag) == [f"第{number}条" for number in range(10_000)]
        assert len(bag.batches) < 2_500


@scene
async def test_each_keep_alive_is_a_round_trip_on_the_health_panel() -> None:
    async with JsonServer() as server, playing(quick(server)) as bag:
        await bag.until(lambda it: len(it.of(Health)) == 3)
        samples = [event.health for event in bag.of(Health) if isinstance(event, Health)]
        assert {(sample.source, sample.metric, sample.unit) for sample in samples} == {("chat", "rtt", "ms")}
        assert all(sample.value >= 0 for sample in samples)
        assert len(server.connections) == 1


@scene
async def test_our_own_notices_belong_to_the_room_that_is_read() -> None:
    async with JsonServer() as server, playing(opened(server.url)) as bag:
        await server.connected()
        await server.tell(comment(1))
        await server.send("garbage")
        await bag.until(lambda it: len(it.of(System)) == 1)
        assert bag.of(System)[0].room_key == bag.of(Message)[0].room_key == "relay:1"


@scene
async def test_quitting_ends_the_connection() -> None:
    async with JsonServer() as server:
        async with playing(opened(server.url)):
            connection = await server.connected()
        await connection.wait_closed()


# --- addresses and words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["ws://example.com/chat", "ws://192.168.1.5:8080", "ws://127.0.0.1.example.com"])
def test_plain_text_beyond_this_machine_needs_a_word_from_the_user(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        FEED.open(url, FeedOptions(world=Stage()))
    assert "--insecure" in caught.value.hint
    assert checked_url(url, is_insecure_fine=True, say=EN) == url


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1", "ws://localhost/x", "ws://[::1]:5/", "ws://127.9.9.9", "wss://example.com"])
def test_this_machine_and_tls_need_none(url: str) -> None:
    assert checked_url(url, is_insecure_fine=False, say=EN) == url


@pytest.mark.parametrize("url", ["ws://", "ws://[", "ws://host:99999/", "http://127.0.0.1", "wss:///path"])
def test_what_is_no_address_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError):
        checked_url(url, is_insecure_fine=True, say=EN)


def test_secrets_in_an_address_are_not_shown() -> None:
    assert public_address("wss://user:pass@host.example:8443/room/?token=t0p") == "wss://host.example:8443/room"


def test_sse_is_refused_in_one_sentence() -> None:
    assert FEED.matches("sse+https://example.com/x")
    with pytest.raises(UsageError, match="can't be read yet"):
        FEED.open("sse+https://example.com/x", FeedOptions(world=Stage()))


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
