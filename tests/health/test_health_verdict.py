"""The rules of a room's health: what is raised when, whose fault it is, and when it is over."""

from __future__ import annotations

import pytest
from ward import Room, a_good_room, stall

from console.domain.events import (
    Health,
    HealthOf,
    RoomChange,
    RoomOf,
)  # fmt: skip
from console.domain.text import trusted
from console.health.verdict import HealthBoard


def test_a_good_room_is_ok_from_beginning_to_end() -> None:
    room = a_good_room().passes(600)
    assert {(level, cause) for _, level, cause, _ in room.history} == {("ok", "none")}


def test_without_a_probe_nobody_says_that_the_picture_is_fine() -> None:
    room = Room().link("live").chat(1_000).passes(30)
    assert room.board.verdict() == ("unknown", "no_probe")
    assert not room.board.view(room.now).has_probe


def test_before_the_first_event_everything_is_unknown() -> None:
    view = HealthBoard().view(0)
    assert (view.level, view.latency_ms, view.receipt_ms, view.rtt_ms, view.playlist_age_ms) == ("unknown", None, None, None, None)


# --- the playlist -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "age", "level"),
    [
        (2_000, 3_000, None),
        (2_000, 3_001, "warn"),
        (2_000, 6_000, "warn"),
        (2_000, 6_001, "critical"),
        (10_000, 15_000, None),
        (10_000, 15_001, "warn"),
    ],
)
def test_a_playlist_is_frozen_past_one_and_a_half_targets(target: int, age: int, level: str | None) -> None:
    room = a_good_room().probe(target=target, age=age).passes(1)
    assert room.level_of("playlist_frozen") == level


@pytest.mark.parametrize(("age", "level"), [(9_000, None), (9_001, "warn"), (18_001, "critical")])
def test_a_recording_that_names_no_target_is_taken_for_six_seconds(age: int, level: str | None) -> None:
    room = Room().probe(latency=8_500, age=age, buffer=5_000).passes(1)
    assert room.level_of("playlist_frozen") == level


def test_a_frozen_playlist_is_the_origins_fault() -> None:
    assert a_good_room().probe(age=7_000).passes(1).board.verdict() == ("critical", "origin")


def test_an_expired_url_is_not_a_stream_that_is_down() -> None:
    room = a_good_room().probe(status=403, reachable=0).passes(30)
    assert room.codes() == ("url_expired",)
    assert room.board.verdict() == ("warn", "probe_url")


@pytest.mark.parametrize(("status", "cause"), [(404, "origin"), (503, "origin"), (200, "origin"), (0, "cdn")])
def test_who_does_not_serve_the_playlist(status: int, cause: str) -> None:
    room = a_good_room().probe(status=status, reachable=0).passes(2)
    assert (room.level_of("playlist_unreachable"), room.cause_of("playlist_unreachable")) == ("warn", cause)
    assert room.passes(5).board.verdict() == ("critical", cause)


def test_a_recovery_in_the_middle_of_its_poll_accuses_nobody() -> None:
    room = a_good_room().probe(status=0, reachable=0).passes(8)
    for metric, value in (("status", 200), ("ttfb", 40), ("age", 9_000)):
        room.hears(Health(health=HealthOf(trusted("hls"), trusted(metric), value)))
    assert room.cause_of("playlist_unreachable") == "cdn"
    room.hears(Health(health=HealthOf(trusted("hls"), trusted("age"), 100)))
    room.hears(Health(health=HealthOf(trusted("hls"), trusted("reachable"), 1)))
    assert room.probe(status=200, reachable=1).passes(5).board.verdict() == ("ok", "none")


def test_when_chat_and_playlist_go_together_it_is_our_network() -> None:
    room = a_good_room().probe(status=0, reachable=0).link("down").passes(6)
    assert room.cause_of("playlist_unreachable") == room.cause_of("link_down") == "our_network"


def test_an_end_is_told_unless_the_room_itself_ended() -> None:
    assert a_good_room().probe(ended=1).passes(1).codes() == ("stream_ended",)
    room = a_good_room()
    room.hears(RoomChange(change=RoomOf(state="ended")))
    assert room.probe(ended=1, age=60_000).chat(None).passes(60).codes() == ()


def test_a_probe_that_fell_silent_is_unknown_never_ok() -> None:
    room = a_good_room()
    room.speaks.clear()
    room.passes(30)
    levels = [level for at, level, _, _ in room.history if at > 60_000]
    assert levels[:15] == ["ok"] * 15  # readings of up to 15 s
    assert levels[15:] == ["unknown"] * 15
    assert room.codes() == ("probe_stale",)
    view = room.board.view(room.now)
    assert (view.latency_ms, view.playlist_age_ms, view.rtt_ms) == (None, None, None)


def test_latency_is_high_against_the_target_or_against_its_own_best() -> None:
    assert a_good_room().probe(live_edge=10_000).passes(1).codes() == ()
    assert a_good_room().probe(live_edge=10_001).passes(1).level_of("latency_high") == "warn"
    assert a_good_room().probe(live_edge=30_001).passes(1).level_of("latency_high") == "critical"
    player = Room().probe(latency=3_000, age=100, buffer=3_000).passes(30)
    assert player.probe(latency=7_000).passes(1).codes() == ()
    assert player.probe(latency=7_001).passes(1).level_of("latency_high") == "warn"


def test_a_clock_that_is_not_trusted_raises_nothing_and_shows_nothing() -> None:
    room = a_good_room().probe(clock_untrusted=1, live_edge=3_600_000).passes(5)
    assert room.board.verdict() == ("ok", "none")
    assert room.board.view(room.now).latency_kind == "unknown"


def test_the_players_latency_goes_before_the_playlists() -> None:
    room = a_good_room().probe(latency=6_000).passes(1)
    view = room.board.view(room.now)
    assert (view.latency_ms, view.latency_kind, view.latency_series) == (6_000, "latency", (6_000,))


# --- stalls -------------------------------------------------------------------------------------------------------------


def test_a_stall_is_raised_at_once_and_over_within_five_seconds() -> None:
    room = a_good_room()
    room.hears(stall(room.now))
    assert room.board.verdict() == ("critical", "unknown")
    room.passes(8)
    ended = room.now
    room.hears(stall(60_000, ended))
    room.passes(10)
    over = next(at for at, level, _, _ in room.history if at > ended and level == "ok")
    assert 0 < over - ended <= 5_000
    assert room.board.view(room.now).stalls_5min == 1


def test_a_stall_while_the_playlist_is_frozen_is_the_origins() -> None:
    room = a_good_room().probe(age=7_000)
    room.hears(stall(60_000))
    assert room.passes(1).cause_of("stall") == "origin"


def test_stalls_are_counted_for_five_minutes() -> None:
    room = a_good_room()
    for start in (10_000, 20_000, 50_000):
        room.hears(stall(start))
        room.hears(stall(start, start + 1_000))
        room.hears(stall(start, start + 1_000))
    assert room.board.view(room.now).stalls_5min == 3
    room.passes(265)  # 5:25
    assert room.board.view(room.now).stalls_5min == 1
