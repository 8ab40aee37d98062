"""The line to a room: it comes back by itself, says the truth about itself, and never loses the order."""

from __future__ import annotations

import asyncio

import pytest
from servers.deaf import DeafServer
from servers.json_ws import JsonServer, comment
from stage import Bag, Stage, playing, scene

from console.domain.errors import FeedError
from console.domain.events import Health, Link, Message, System
from console.feeds.base import FeedOptions, Source
from console.feeds.generic import FEED, GenericCodec
from console.i18n import Speech
from console.wire.line import Timing
from console.wire.websocket import WebSocketSource

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
