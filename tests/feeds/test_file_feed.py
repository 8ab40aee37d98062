"""A recording played as a live room: its pace, its times, and what a damaged file costs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from stage import Bag, Stage, scene

from console.domain.errors import UsageError
from console.domain.events import Message, Stall, System
from console.feeds.base import FeedOptions
from console.feeds.file import FEED

HEADER = {"kind": "header", "v": 1, "platform": "bilibili", "room": "1"}
START = 1_600_000_000_000


def said(seq: int, at_ms: int, text: str, **fields: Any) -> dict[str, Any]:
    return {"v": 1, "kind": "message", "seq": seq, "at_ms": START + at_ms, "ts_ms": START + at_ms - 400, "text": text, **fields}


def recording(folder: Path, *lines: dict[str, Any] | str, name: str = "room.jsonl") -> str:
    body = "".join(f"{line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
    path = folder / name
    path.write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    return str(path)


def torn(path: str) -> None:
    with Path(path).open("ab") as file:
        file.write(b'{"v":1,"kind":"message","text":"to')


async def played(path: str, world: Stage, speed: float | None = 1.0, *, is_retimed: bool = True) -> Bag:
    bag = Bag()
    await FEED.open(path, FeedOptions(world=world, speed=speed, is_retimed=is_retimed)).run(bag.put)
    return bag


def texts(bag: Bag) -> list[str]:
    return [event.text for event in bag.of(Message) if isinstance(event, Message)]


@pytest.mark.parametrize(("speed", "waited_s"), [(1.0, [2.0, 6.0]), (4.0, [0.5, 1.5]), (None, [])])
@scene
async def test_it_keeps_the_pace_of_the_room_or_a_multiple_of_it(tmp_path: Path, speed: float | None, waited_s: list[float]) -> None:
    world = Stage()
    path = recording(tmp_path, HEADER, said(1, 0, "a"), said(2, 0, "b"), said(3, 2_000, "c"), said(4, 8_000, "d"))
    bag = await played(path, world, speed)
    assert texts(bag) == ["a", "b", "c", "d"]
    assert [wait for wait in world.waits if wait] == waited_s


@scene
async def test_what_happens_at_one_moment_comes_in_one_hand(tmp_path: Path) -> None:
    bag = await played(recording(tmp_path, said(1, 0, "a"), said(2, 0, "b"), said(3, 500, "c")), Stage())
    assert [len(batch) for batch in bag.batches] == [2, 1]


@scene
async def test_played_live_a_comment_was_said_just_now(tmp_path: Path) -> None:
    world = Stage()
    bag = await played(recording(tmp_path, said(1, 0, "a"), said(2, 3_000, "b", recv_ms=START + 2_900)), world)
    first, second = bag.of(Message)
    assert (first.ts_ms, first.recv_ms) == (1_700_000_000_000 - 400, 1_700_000_000_000)
    assert (second.ts_ms, second.recv_ms) == (1_700_000_003_000 - 400, 1_700_000_003_000 - 100)


@scene
async def test_stalls_and_gaps_move_with_it(tmp_path: Path) -> None:
    stall = {"kind": "stall", "at_ms": START, "stall": {"source": "hls", "start_ms": START - 700}}
    gap = {"kind": "system", "at_ms": START, "system": {"level": "warn", "code": "gap", "from_ms": START - 9_000, "to_ms": START - 1_000}}
    bag = await played(recording(tmp_path, stall, gap), Stage())
    (stalled,), (lost,) = bag.of(Stall), bag.of(System)
    assert isinstance(stalled, Stall) and isinstance(lost, System)
    assert (stalled.stall.start_ms, stalled.stall.end_ms) == (1_700_000_000_000 - 700, None)
    assert (lost.system.from_ms, lost.system.to_ms) == (1_700_000_000_000 - 9_000, 1_700_000_000_000 - 1_000)


@pytest.mark.parametrize(("speed", "is_retimed"), [(None, True), (1.0, False)])
@scene
async def test_times_stay_as_recorded_where_nobody_watches_live(tmp_path: Path, speed: float | None, is_retimed: bool) -> None:
    bag = await played(recording(tmp_path, said(1, 0, "a", recv_ms=START)), Stage(), speed, is_retimed=is_retimed)
    assert [(event.ts_ms, event.recv_ms) for event in bag.of(Message)] == [(START - 400, START)]


@scene
async def test_a_gzip_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    assert texts(await played(recording(tmp_path, HEADER, said(1, 0, "a"), name="room.jsonl.gz"), Stage(), None)) == ["a"]


@scene
async def test_somebody_elses_log_is_played_a_second_a_line_where_it_holds_no_time(tmp_path: Path) -> None:
    world = Stage()
    path = recording(
        tmp_path, {"nickname": "甲", "content": "多少钱"}, {"nickname": "乙", "content": "包邮吗"}, {"nickname": "丙", "content": "有S码吗"}
    )
    assert texts(await played(path, world)) == ["多少钱", "包邮吗", "有S码吗"]
    assert [wait for wait in world.waits if wait] == [1.0, 1.0]


@scene
async def test_a_line_that_goes_back_in_time_does_not_wait_and_keeps_its_place(tmp_path: Path) -> None:
    world = Stage()
    path = recording(tmp_path, said(1, 5_000, "a"), said(2, 1_000, "b"), said(3, 6_000, "c"))
    assert texts(await played(path, world)) == ["a", "b", "c"]
    assert [wait for wait in world.waits if wait] == [1.0]


@scene
async def test_garbage_and_a_torn_tail_cost_themselves_and_are_counted(tmp_path: Path) -> None:
    path = recording(tmp_path, said(1, 0, "a"), "not json", '{"kind":"message"', said(2, 0, "b"))
    torn(path)
    bag = await played(path, Stage(), None)
    assert texts(bag) == ["a", "b"]
    told = [event.system for event in bag.of(System) if isinstance(event, System)]
    assert [(notice.code, notice.count) for notice in told] == [("feeds.notice.bad_line", 1), ("feeds.notice.bad_line", 3)]


@scene
async def test_what_an_assistant_did_back_then_is_not_done_again(tmp_path: Path) -> None:
    done = {"kind": "action", "seq": 2, "at_ms": START, "action": {"name": "dismiss", "cluster": "q1"}}
    check = {"kind": "check", "seq": 3, "at_ms": START, "check": {"digest": "x", "clusters": 1, "upto_seq": 2}}
    bag = await played(recording(tmp_path, said(1, 0, "a"), done, check, said(4, 0, "b")), Stage(), None)
    assert [event.kind for event in bag.events] == ["message", "message"]


@scene
async def test_a_long_recording_at_full_speed_lets_others_work_in_between(tmp_path: Path) -> None:
    world = Stage()
    bag = await played(recording(tmp_path, *(said(number, 0, "x") for number in range(1_000))), world, None)
    assert len(bag.events) == 1_000
    assert max(len(batch) for batch in bag.batches) <= 256
    assert len(world.waits) >= len(bag.batches) - 1


@pytest.mark.parametrize("source", ["room.jsonl", "a/b", "./x", "/tmp/x.jsonl.gz", "file:x", "C:\\room.jsonl"])
def test_a_path_is_known_by_its_looks(source: str) -> None:
    assert FEED.matches(source)


@pytest.mark.parametrize("source", ["-", "twitch:shop", "ws://127.0.0.1/x", "wss://h/x.jsonl", "myroom"])
def test_other_sources_are_left_to_others(source: str) -> None:
    assert not FEED.matches(source)


def test_a_file_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        FEED.open(str(tmp_path / "none.jsonl"), FeedOptions(world=Stage()))
    assert caught.value.exit_code == 2 and caught.value.hint
