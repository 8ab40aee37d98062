"""Rules of health: what viewers say and do not say, the chat itself, and calm."""

from __future__ import annotations

import msgspec
from ward import Room, a_good_room, stall

from console.domain.events import (
    Health,
    HealthOf,
    Like,
    Link,
    LinkOf,
    Message,
    System,
    SystemOf,
    User,
    Viewers,
    ViewersOf,
)  # fmt: skip
from console.domain.text import SafeText, trusted
from console.health.verdict import HealthBoard

# --- viewers ------------------------------------------------------------------------------------------------------------


def test_viewers_complaining_past_green_probes_have_the_trouble_on_their_side() -> None:
    room = a_good_room().cry("a", "b")
    assert room.codes() == ()
    room.cry("c")
    assert room.codes() == ("complaints",)
    assert room.board.verdict() == ("warn", "viewers")


def test_a_full_room_needs_more_viewers_to_complain() -> None:
    room = a_good_room()
    room.hears(Viewers(viewers=ViewersOf(online=3_482)))
    assert room.cry(*"abcdef").codes() == ()
    assert room.cry("g").codes() == ("complaints",)


def test_three_times_as_many_viewers_as_needed_are_critical() -> None:
    assert a_good_room().cry(*"abcdefghi").level_of("complaints") == "critical"


def test_complaints_take_the_cause_of_the_picture_also_just_after() -> None:
    room = a_good_room().probe(age=7_000).passes(2).cry("a", "b", "c")
    assert room.cause_of("complaints") == "origin"
    room.probe(age=100).passes(10)
    assert (room.codes(), room.cause_of("complaints")) == (("complaints",), "origin")


def test_without_a_probe_nobody_knows_whose_fault_complaints_are() -> None:
    assert Room().passes(1).cry("a", "b", "c").board.verdict() == ("warn", "unknown")


def test_complaints_from_before_we_came_are_no_alarm() -> None:
    room = a_good_room()
    for viewer in "abc":
        old = User(id=trusted(viewer))
        room.hears(Message(text=trusted("卡了"), user=old, history=True), complaint=True)
        room.hears(Message(text=trusted("卡了"), user=old, late=True), complaint=True)
    assert room.codes() == ()


# --- the chat -----------------------------------------------------------------------------------------------------------


def test_a_feed_that_falls_silent_is_told_after_ten_seconds() -> None:
    room = a_good_room().chat(None).passes(40)
    first = next(at for at, _, _, codes in room.history if "feed_silent" in codes)
    assert first == 60_000 + 10_000
    assert room.cause_of("feed_silent") == "unknown"  # the heartbeat goes on


def test_silence_without_a_heartbeat_is_our_network() -> None:
    room = a_good_room().chat(None)
    del room.speaks["chat", "rtt"]
    assert room.passes(20).cause_of("feed_silent") == "our_network"
    assert a_good_room().link("silent").passes(1).cause_of("feed_silent") == "our_network"


def test_likes_are_a_sign_of_life() -> None:
    room = a_good_room().chat(None)
    for _ in range(30):
        room.passes(1).hears(Like())
    assert room.codes() == ()


def test_an_empty_room_is_not_silent() -> None:
    room = a_good_room().chat(None)
    room.hears(Viewers(viewers=ViewersOf(online=0)))
    assert room.passes(60).codes() == ()


def test_a_lost_link_is_a_lost_link_and_not_a_silence() -> None:
    room = a_good_room().chat(None).link("down").passes(2)
    assert (room.level_of("link_down"), room.cause_of("link_down")) == ("warn", "platform")
    room.link("connecting").passes(30)
    assert (room.codes(), room.level_of("link_down")) == (("link_down",), "critical")
    assert dict(room.board.alerts()[0].params)["down_s"] >= 30
    room.link("resumed").chat(1_000).passes(10)
    assert room.board.verdict() == ("ok", "none")
    assert 0 not in room.board.view(room.now).rate_series[:-1]  # the lost half minute is unknown, not zero


def test_connecting_for_the_first_time_gets_five_seconds() -> None:
    room = Room().probe(reachable=1).link("connecting").passes(4)
    assert room.codes() == ()
    assert room.passes(2).codes() == ("link_down",)


def test_a_gap_forgets_the_clocks_and_is_no_silence() -> None:
    room = a_good_room().chat(None)
    assert room.board.view(room.now).receipt_ms == 0
    room.speaks, kept = {}, room.speaks
    room.now += 3_600_000
    room.hears(System(system=SystemOf(level="warn", code=SafeText("gap"), from_ms=60_000, to_ms=room.now)))
    room.speaks = kept
    room.passes(5)
    assert "feed_silent" not in room.codes()
    assert room.board.view(room.now).receipt_ms is None


# --- calm and order -----------------------------------------------------------------------------------------------------


def test_a_value_that_trembles_at_its_limit_does_not_flap() -> None:
    room = a_good_room()
    for turn in range(30):
        room.probe(age=3_100 if turn % 2 == 0 else 2_900).passes(1)
    changes = [one[1] for one in room.history if one[0] > 60_000]
    assert changes == ["warn"] * 30


def test_it_gets_worse_at_once_and_better_only_after_calm() -> None:
    room = a_good_room().probe(age=3_500).passes(1)
    assert room.level_of("playlist_frozen") == "warn"
    assert room.probe(age=7_000).passes(1).level_of("playlist_frozen") == "critical"
    assert room.probe(age=3_500).passes(3).level_of("playlist_frozen") == "critical"
    assert room.passes(2).level_of("playlist_frozen") == "warn"


def test_an_alert_keeps_the_time_when_it_began() -> None:
    room = a_good_room().probe(age=3_500).passes(1)
    since = room.board.alerts()[0].since_ms
    assert room.probe(age=9_000).passes(20).board.alerts()[0].since_ms == since == room.now - 20_000


def test_the_worst_comes_first() -> None:
    room = a_good_room().cry("a", "b", "c").probe(age=7_000).passes(1)
    assert room.codes() == ("playlist_frozen", "complaints")


def test_a_board_written_down_and_read_again_goes_on_the_same() -> None:
    room = a_good_room().probe(age=7_000).cry("a", "b", "c").passes(3)
    room.hears(stall(room.now))
    again = Room()
    again.board = msgspec.json.decode(msgspec.json.encode(room.board), type=HealthBoard)
    again.now, again.speaks, again.comment_every = room.now, room.speaks, room.comment_every
    assert again.board == room.board
    assert again.passes(40).history == room.passes(40).history[-40:]


def test_a_flood_of_invented_sources_stays_small() -> None:
    board = HealthBoard()
    for number in range(1_000):
        board.apply(Health(health=HealthOf(trusted(f"s{number}"), trusted("x"), 1)), number)
        board.apply(Health(health=HealthOf(trusted("s0"), trusted(f"m{number}"), 1)), number)
        board.apply(Link(link=LinkOf(trusted(f"s{number}"), "down")), number)
        board.apply(stall(number), number)
    assert len(board.gauges.sources) <= 16 and len(board.gauges.sources["s0"]) <= 64
    assert len(board.links.by_source) <= 16 and len(board.stalls.stalls) <= 200


def test_a_source_that_refused_us_is_told_as_that_and_not_as_one_that_comes_back() -> None:
    room = a_good_room()
    room.hears(Link(link=LinkOf(source=trusted("twitch:x"), state="down", reason=trusted("given_up"))))
    assert "link_refused" in [alert.code for alert in room.passes(2).board.alerts()]
