"""Whatever the wire says, a codec answers with events: it never raises, and what comes out can be written and read again."""

from __future__ import annotations

import json
import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.events import Envelope, System
from console.feeds.base import Codec
from console.feeds.generic import GenericCodec
from console.feeds.twitch import TwitchCodec
from console.wire.record import decode_line, encode

FRAMES = Path(__file__).parent / "frames"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["text", "content", "msg", "kind", "type", "data", "user", "id", "ts", "time", "name", "roles", "room", "money"])
        | st.text(max_size=5),
        inner | st.sampled_from(["message", "gift", "room", "chat", "like", "viewers"]),
        max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


def read(codec: Codec, frame: str | bytes) -> None:
    for number, event in enumerate(codec.receive(frame), 1):
        again = decode_line(encode(Envelope(number, number, event)), number)
        assert again.event is not None
        assert msgspec.json.encode(again.event) == msgspec.json.encode(event)


@given(JSON)
def test_any_json_is_read_and_can_be_recorded(value: object) -> None:
    read(GenericCodec("x"), json.dumps(value))


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_are_survived_by_both(frame: str | bytes) -> None:
    read(GenericCodec("x"), frame)
    read(TwitchCodec("shop"), frame)


@pytest.mark.parametrize("platform", ["twitch", "generic"])
def test_damaged_real_frames_are_survived(platform: str) -> None:
    dice = random.Random(7)
    codec: Codec = TwitchCodec("shop") if platform == "twitch" else GenericCodec("x")
    for path in sorted((FRAMES / platform).glob("*.json")):
        frame = bytearray(json.loads(path.read_text(encoding="utf-8"))["input"].encode())
        for _ in range(40):
            damaged = bytearray(frame)
            for _ in range(dice.randint(1, 6)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            read(codec, bytes(damaged[: dice.randint(1, len(damaged))]))


def test_a_flood_of_garbage_is_a_handful_of_notices() -> None:
    codec = GenericCodec("x")
    told = [event for _ in range(5_000) for event in codec.receive("not json")]
    assert codec.bad_frames == 5_000
    assert [event.system.count for event in told if isinstance(event, System)] == [1, 10, 100, 1_000]


def test_more_events_in_one_frame_than_anyone_could_have_sent_are_counted_not_read() -> None:
    codec = GenericCodec("x")
    events = list(codec.receive(json.dumps([{"msg": "1"}] * 20_001)))
    assert (len(events), codec.bad_frames) == (20_001, 1)  # 20,000 comments and the notice
