"""Each file under frames/ is one rule of a platform: this frame means these events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.domain.events import Event
from console.domain.text import clean
from console.feeds.base import Codec
from console.feeds.generic import GenericCodec
from console.feeds.twitch import TwitchCodec

FRAMES = Path(__file__).parent / "frames"
CODECS = {"twitch": lambda: TwitchCodec("shop"), "generic": lambda: GenericCodec("127.0.0.1:8765/chat")}
CASES = sorted(FRAMES.glob("*/*.json"))


def as_json(event: Event) -> Any:
    return json.loads(msgspec.json.encode(event))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_frame_means_its_events(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    codec: Codec = CODECS[path.parent.name]()
    assert [as_json(event) for event in codec.receive(case["input"])] == case["output"]
    assert codec.bad_frames == case.get("bad_frames", 0)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_bytes_mean_what_the_text_means(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    codec: Codec = CODECS[path.parent.name]()
    assert [as_json(event) for event in codec.receive(case["input"].encode())] == case["output"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_that_comes_out_needs_cleaning(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))

    def texts(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [text for key, inner in value.items() for text in [key, *texts(inner)]]
        return [text for inner in value for text in texts(inner)] if isinstance(value, list | tuple) else []

    for event in CODECS[path.parent.name]().receive(case["input"]):
        for text in texts(as_json(event)):
            assert clean(text) == text
