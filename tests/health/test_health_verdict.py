"""The rules of a room's health: what is raised when, whose fault it is, and when it is over."""

from __future__ import annotations

import msgspec
import pytest

from console.domain.events import (
    Event,
    Health,
    HealthOf,
    Like,
    Link,
    LinkOf,
    Message,
    RoomChange,
    RoomOf,
    Stall,
    StallOf,
    System,
    SystemOf,
    User,
    Viewers,
    ViewersOf,
)  # fmt: skip
from console.domain.text import SafeText, trusted
from console.health.verdict import HealthBoard
from console.i18n import LANGUAGES, Speech, table


class Room:
    """A board, a clock in ms, and probes that go on saying what they said last."""

    def __init__(self) -> None:
        self.board = HealthBoard()
        self.now = 0
        self.speaks: dict[tuple[str, str], int] = {}
        self.comment_every: int | None = None
        self.history: list[tuple[int, str, str, tuple[str, ...]]] = []

    def hears(self, event: Event, *, complaint: bool = False) -> None:
        self.board.apply(event, self.now, complaint=complaint)

    def probe(self, source: str = "hls", /, **metrics: int) -> Room:
        """From now on the probe says this, each second."""
        for metric, value in metrics.items():
            self.speaks[source, metric] = value
        return self

    def chat(self, every_ms: int | None) -> Room:
        self.comment_every = every_ms
        return self

    def link(self, state: str) -> Room:
        self.hears(Link(link=LinkOf(trusted("chat-feed"), state)))  # type: ignore[arg-type]
        return self

    def cry(self, *viewers: str) -> Room:
        for viewer in viewers:
            self.hears(Message(text=trusted("卡了"), user=User(id=trusted(viewer))), complaint=True)
        return self

    def passes(self, seconds: int) -> Room:
        for _ in range(seconds):
            self.now += 1_000
            self.board.advance(self.now)
            for (source, metric), value in sorted(self.speaks.items(), key=lambda one: one[0][1] == "reachable"):
                self.hears(Health(health=HealthOf(trusted(source), trusted(metric), value)))
            if self.comment_every and self.now % self.comment_every == 0:
                self.hears(Message(text=trusted("好看"), ts_ms=self.now, ts_src="platform", recv_ms=self.now + 80))
            self.history.append((self.now, *self.board.verdict(), self.codes()))
        return self

    def codes(self) -> tuple[str, ...]:
        return tuple(alert.code for alert in self.board.alerts())

    def level_of(self, code: str) -> str | None:
        return next((alert.level for alert in self.board.alerts() if alert.code == code), None)

    def cause_of(self, code: str) -> str | None:
        return next((alert.cause for alert in self.board.alerts() if alert.code == code), None)


def a_good_room() -> Room:
    """A chat each second over a live link, a probe that is content."""
    room = Room().link("live").chat(1_000).probe(reachable=1, status=200, target=2_000, age=500, live_edge=1_500).probe("chat", rtt=30)
    return room.passes(60)


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


def stall(start_ms: int, end_ms: int | None = None) -> Stall:
    return Stall(stall=StallOf(source=trusted("hls"), start_ms=start_ms, end_ms=end_ms))


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


# --- words --------------------------------------------------------------------------------------------------------------

CODES = (
    "feed_silent", "link_down", "complaints", "playlist_frozen", "playlist_unreachable", "url_expired", "stream_ended",
    "sequence_back", "buffer_low", "latency_high", "stall", "probe_stale",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_alert_has_words_advice_and_a_cause(lang: str) -> None:
    say = Speech(lang)
    for code in CODES:
        assert say.has(f"alert.{code}") and say.has(f"advice.{code}")
    for cause in ("none", "no_probe", "unknown", "viewers", "our_network", "platform", "probe_url", "cdn", "origin", "uplink", "encoder"):
        assert say.has(f"cause.{cause}")
    assert all(say.has(f"verdict.{level}") for level in ("ok", "warn", "critical", "unknown"))


def test_both_languages_know_the_same_words_of_health() -> None:
    def of(lang: str) -> list[str]:
        return [key for key in table(lang) if key.startswith(("alert.", "advice.", "cause.", "verdict.", "probe."))]

    assert of("en") == of("zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_alerts_parameters_fill_its_sentence(lang: str) -> None:
    say = Speech(lang)
    bad = a_good_room().probe(age=7_000).cry("a", "b", "c").link("down").passes(6)
    bad.hears(stall(bad.now))
    expired, silent = a_good_room().probe(status=403, reachable=0).passes(1), a_good_room().chat(None).passes(15)
    dry = Room().probe(latency=90_000, buffer=100).passes(1)
    late = Room().probe(latency=90_000, buffer=9_000).passes(1)
    gone = a_good_room().probe(status=503, reachable=0).passes(1)
    stale = a_good_room()
    stale.speaks.clear()
    stale.passes(20)
    seen = [alert for room in (bad, expired, silent, dry, late, gone, stale) for alert in room.board.alerts()]
    assert {alert.code for alert in seen} >= set(CODES) - {"stream_ended", "sequence_back"}
    for alert in seen:
        sentence = say(f"alert.{alert.code}", **dict(alert.params))
        assert "{" not in sentence and sentence != f"alert.{alert.code}"
