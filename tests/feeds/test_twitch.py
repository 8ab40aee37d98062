"""Twitch: how a reader enters, stays and leaves, against a stand-in for the real server over a real socket."""

from __future__ import annotations

import pytest
from servers.twitch import TwitchServer, privmsg
from stage import Bag, Stage, playing, scene

from console.domain.errors import FeedAuthError, FeedError, UsageError
from console.domain.events import Link, Message, RoomChange, System
from console.feeds.base import FeedOptions, Source
from console.feeds.twitch import FEED, TwitchCodec, room_named
from console.wire.line import Timing
from console.wire.websocket import WebSocketSource


def opened(server: TwitchServer, room: str = "shop", *, is_fail_fast: bool = False) -> Source:
    return FEED.open(f"twitch:{room}", FeedOptions(world=Stage(), endpoint=server.url, is_fail_fast=is_fail_fast))


def links(bag: Bag) -> list[tuple[str, str | None]]:
    return [(event.link.state, event.link.reason) for event in bag.of(Link) if isinstance(event, Link)]


def texts(bag: Bag) -> list[str]:
    return [event.text for event in bag.of(Message) if isinstance(event, Message)]


@scene
async def test_it_greets_in_the_order_of_the_reference_client() -> None:
    async with TwitchServer() as server, playing(opened(server, "#Shop")) as bag:
        await server.in_room()
        await bag.until(lambda it: ("live", None) in links(it))
        capabilities, password, nick, join = server.received[:4]
        assert capabilities == "CAP REQ :twitch.tv/tags twitch.tv/commands twitch.tv/membership"
        assert (password, join) == ("PASS SCHMOOPIIE", "JOIN #shop")
        assert isinstance(nick, str) and nick.removeprefix("NICK justinfan").isdigit()
        assert server.offered == [["irc"]]


@scene
async def test_comments_carry_both_clocks() -> None:
    async with TwitchServer() as server, playing(opened(server)) as bag:
        await server.in_room()
        await server.say(
            privmsg("shop", "ann", "how much?", id="1", tmi_sent_ts=1_699_999_999_000), privmsg("shop", "bob", "size L?", id="2")
        )
        await bag.until(lambda it: len(it.of(Message)) == 2)
        first, second = bag.of(Message)
        assert (first.ts_ms, first.recv_ms, second.ts_ms) == (1_699_999_999_000, 1_700_000_000_000, None)
        assert first.room_key == "twitch:shop"


@scene
async def test_a_server_that_names_no_sub_protocol_is_read_all_the_same() -> None:
    async with TwitchServer(does_echo=False) as server, playing(opened(server)) as bag:
        await server.in_room()
        await server.say(privmsg("shop", "ann", "hello"))
        await bag.until(lambda it: texts(it) == ["hello"])


@scene
async def test_a_ping_is_answered_with_its_own_words() -> None:
    async with TwitchServer() as server, playing(opened(server)):
        await server.in_room()
        await server.say("PING :tmi.twitch.tv")
        await server.until(lambda: "PONG :tmi.twitch.tv" in server.received)


@scene
async def test_reconnect_makes_a_new_connection_and_joins_again() -> None:
    async with TwitchServer() as server, playing(opened(server)) as bag:
        await server.in_room()
        await server.say(privmsg("shop", "ann", "before"), ":tmi.twitch.tv RECONNECT")
        await server.in_room(times=2)
        await server.say(privmsg("shop", "ann", "after"))
        await bag.until(lambda it: "after" in texts(it))
        assert texts(bag) == ["before", "after"]
        assert links(bag) == [("connecting", None), ("live", None), ("down", "server_asked"), ("resumed", None)]


@scene
async def test_a_refused_log_in_is_not_tried_again() -> None:
    async with TwitchServer() as server:
        source = WebSocketSource(
            TwitchCodec("shop", "somebody"), server.url, key="twitch:shop", world=Stage(), say=FeedOptions(world=Stage()).say,
            subprotocols=("irc",),
        )  # fmt: skip
        with pytest.raises(FeedAuthError, match="Login authentication failed"):
            await source.run(Bag().put)
        assert server.handshakes == 1


@scene
async def test_a_room_that_never_opens_is_not_called_live() -> None:
    class Mute(TwitchServer):
        async def _on_join(self, connection: object, rest: str) -> None:
            """As Twitch does for a channel that does not exist: nothing."""

    async with Mute() as server:
        codec = TwitchCodec("nobody")
        source = WebSocketSource(
            codec, server.url, key="twitch:nobody", world=Stage(), say=FeedOptions(world=Stage()).say, is_fail_fast=True,
            timing=Timing(open_timeout_s=0.1),
        )  # fmt: skip
        bag = Bag()
        with pytest.raises(FeedError, match="is the name right"):
            await source.run(bag.put)
        assert links(bag) == [("connecting", None)]


@scene
async def test_a_partial_room_state_says_only_what_changed() -> None:
    async with TwitchServer() as server, playing(opened(server)) as bag:
        await server.in_room()
        await server.say("@room-id=1337;slow=30 :tmi.twitch.tv ROOMSTATE #shop")
        await bag.until(lambda it: len(it.of(RoomChange)) == 2)
        change = bag.of(RoomChange)[1]
        assert isinstance(change, RoomChange) and change.change is not None
        assert (change.change.slow_s, change.change.members_only, change.change.mode) == (30, None, None)


@scene
async def test_a_lost_stretch_is_told_with_both_its_ends() -> None:
    async with TwitchServer() as server, playing(opened(server)) as bag:
        await server.in_room()
        await bag.until(lambda it: ("live", None) in links(it))
        server.cut()
        await server.in_room(times=2)
        await bag.until(lambda it: ("resumed", None) in links(it))
        gaps = [event.system for event in bag.of(System) if isinstance(event, System) and event.system.code == "gap"]
        assert [(gap.from_ms, gap.to_ms) for gap in gaps] == [(1_700_000_000_000, 1_700_000_000_500)]


@pytest.mark.parametrize(
    "typed",
    [
        "twitch:shop",
        "twitch:#Shop",
        "twitch:@SHOP",
        "twitch:https://www.twitch.tv/shop?x=1",
        "twitch:twitch.tv/shop/videos",
        "https://twitch.tv/Shop",
    ],
)
def test_a_channel_is_understood_however_it_is_written(typed: str) -> None:
    assert FEED.matches(typed)
    assert room_named(typed) == "shop"


@pytest.mark.parametrize("typed", ["twitch:", "twitch:a b", "twitch:店铺", "twitch:" + "x" * 26, "twitch:x\r\nQUIT"])
def test_what_can_be_no_channel_is_refused_before_anything_is_sent(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        FEED.open(typed, FeedOptions(world=Stage()))
    assert caught.value.hint
