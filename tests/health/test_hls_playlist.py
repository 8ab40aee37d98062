"""HLS playlists as origins write them, and as they should not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.health.playlist import MasterPlaylist, MediaPlaylist, PlaylistError, epoch_ms, parse

PLAIN = """#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:2680
#EXT-X-PROGRAM-DATE-TIME:2026-11-20T12:00:00.250Z
#EXTINF:5.9666,a title, with a comma
https://cdn/2680.ts
#EXTINF:6,
2681.ts
#EXT-X-DISCONTINUITY
#EXT-X-GAP
#EXTINF:4.0004,
2682.ts
"""
LOW_LATENCY = """#EXTM3U
#EXT-X-TARGETDURATION:4
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5,HOLD-BACK=12.0
#EXT-X-PART-INF:PART-TARGET=0.5
#EXT-X-MEDIA-SEQUENCE:10
#EXT-X-PROGRAM-DATE-TIME:2026-11-20T12:00:00+08:00
#EXT-X-PART:DURATION=0.5,URI="10.1.mp4",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.5,URI="10.2.mp4"
#EXTINF:4,
10.mp4
#EXT-X-PART:DURATION=0.5,URI="11.1.mp4"
#EXT-X-PART:DURATION=0.25,URI="11.2.mp4"
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="11.3.mp4"
"""
NOON_MS = epoch_ms("2026-11-20T12:00:00Z") or 0


def media(text: str) -> MediaPlaylist:
    playlist = parse(text)
    assert isinstance(playlist, MediaPlaylist)
    return playlist


def test_durations_are_whole_milliseconds() -> None:
    playlist = media(PLAIN)
    assert playlist.target_ms == 6_000
    assert [segment.duration_ms for segment in playlist.segments] == [5_967, 6_000, 4_000]
    assert [segment.sequence for segment in playlist.segments] == [2680, 2681, 2682]


def test_the_time_of_a_segment_carries_on_to_the_next_but_not_over_a_discontinuity() -> None:
    playlist = media(PLAIN)
    assert [segment.pdt_ms for segment in playlist.segments] == [NOON_MS + 250, NOON_MS + 250 + 5_967, None]
    assert playlist.edge_pdt_ms is None
    assert (playlist.segments[2].is_discontinuity, playlist.segments[2].is_gap) == (True, True)
    assert not playlist.segments[1].is_discontinuity


def test_the_edge_rises_with_segments_and_parts() -> None:
    playlist = media(LOW_LATENCY)
    assert playlist.edge == (11, 2)
    assert playlist.parts_ms == (500, 250)
    assert playlist.edge_pdt_ms == NOON_MS - 8 * 3_600_000 + 4_750
    assert (playlist.part_target_ms, playlist.part_hold_back_ms, playlist.hold_back_ms) == (500, 1_500, 12_000)
    assert playlist.can_block_reload and not playlist.is_ended
    assert media(LOW_LATENCY.replace("#EXTINF", '#EXT-X-PART:DURATION=0.5,URI="x"\n#EXTINF')).edge == (11, 2)


def test_an_end_is_seen() -> None:
    assert media(PLAIN + "#EXT-X-ENDLIST\n").is_ended


def test_a_stream_that_has_just_begun_is_a_playlist_too() -> None:
    playlist = media("#EXTM3U\n#EXT-X-TARGETDURATION:2\n")
    assert (playlist.segments, playlist.edge, playlist.edge_pdt_ms) == ((), (0, 0), None)


def test_without_a_target_duration_the_longest_segment_stands_in() -> None:
    assert media("#EXTM3U\n#EXTINF:3.2,\na.ts\n#EXTINF:2,\nb.ts\n").target_ms == 4_000


def test_windows_line_ends_and_a_byte_order_mark_are_fine() -> None:
    assert media("\ufeff" + PLAIN.replace("\n", "\r\n")) == media(PLAIN)


@pytest.mark.parametrize(
    "broken",
    [
        "#EXTINF:abc,",
        "#EXTINF:-5,",
        "#EXTINF:",
        "#EXT-X-MEDIA-SEQUENCE:many",
        "#EXT-X-PROGRAM-DATE-TIME:yesterday",
        "#EXT-X-PART",
        "#EXT-X-PART:DURATION=,URI=",
        "#EXT-X-SERVER-CONTROL:,,,===",
        "#EXT-X-WHATEVER:1",
        "# a comment",
        "a uri that nobody announced",
    ],
)
def test_a_broken_tag_breaks_nothing_else(broken: str) -> None:
    playlist = media(f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n{broken}\n#EXTINF:6,\nlast.ts\n")
    assert playlist.target_ms == 6_000
    assert playlist.segments[-1].duration_ms == 6_000
    assert playlist.segments[-1].uri == "last.ts"


def test_a_master_playlist_names_its_cheapest_variant() -> None:
    playlist = parse(
        '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=2000000,CODECS="avc1,mp4a",RESOLUTION=1x1\nhigh.m3u8\n'
        "#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=400000\nlow.m3u8\n#EXT-X-STREAM-INF:FOO=1\nunsaid.m3u8\n"
    )
    assert isinstance(playlist, MasterPlaylist)
    assert [(variant.uri, variant.bandwidth) for variant in playlist.variants] == [
        ("high.m3u8", 2_000_000), ("low.m3u8", 400_000), ("unsaid.m3u8", 0),
    ]  # fmt: skip
    assert playlist.cheapest.uri == "low.m3u8"


@pytest.mark.parametrize("rubbish", ["", "\n\n", "<html></html>", "#EXTM3U", "#EXTM3U\nsegment.ts\n", "#EXTM3U\n#EXT-X-STREAM-INF:X=1\n",
                                     "EXTM3U\n#EXTINF:1,\na\n", "#EXTM3U\n" + "#EXTINF:1,\na\n" * 20_001])  # fmt: skip
def test_what_is_no_playlist_is_an_error_with_a_hint(rubbish: str) -> None:
    with pytest.raises(PlaylistError) as wrong:
        parse(rubbish)
    assert wrong.value.hint


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1970-01-01T00:00:01.5Z", 1_500),
        ("1970-01-01T08:00:00.001+08:00", 1),
        ("1970-01-01T08:00:00.001+0800", 1),
        ("1970-01-01T00:00:00.123456789Z", 123),
        ("1970-01-01T00:00:00", 0),
        ("1969-12-31T23:59:59.999Z", -1),
        ("", None),
        ("12:00", None),
        ("2026-13-41T00:00:00Z", None),
    ],
)
def test_times_are_read_as_origins_write_them(text: str, ms: int | None) -> None:
    assert epoch_ms(text) == ms


LINES = st.sampled_from([*PLAIN.splitlines(), *LOW_LATENCY.splitlines(), "#EXT-X-STREAM-INF:BANDWIDTH=9", "#EXTINF:99999999999999999.9,",
                         "#EXT-X-MEDIA-SEQUENCE:-1", "#EXT-X-PROGRAM-DATE-TIME:0001-01-01T00:00:00+23:59", "\x00", "٣"])  # fmt: skip


@given(st.lists(LINES | st.text(max_size=40), max_size=30))
def test_whatever_a_stranger_sends_is_a_playlist_or_a_playlist_error(lines: list[str]) -> None:
    try:
        playlist = parse("\n".join(["#EXTM3U", *lines]))
    except PlaylistError:
        return
    if isinstance(playlist, MediaPlaylist):
        assert playlist.edge >= (0, 0)
        assert all(0 <= segment.duration_ms <= 86_400_000 for segment in playlist.segments)
