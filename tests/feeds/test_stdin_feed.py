"""Standard input: lines as they come, in whatever pieces the pipe hands them over."""

from __future__ import annotations

import gzip
import io
import json
import os

import pytest
from stage import Bag, Stage, playing, scene

from console.domain.events import Message, System
from console.feeds.base import FeedOptions
from console.feeds.stdin import FEED, Lines


def texts(bag: Bag) -> list[str]:
    return [event.text for event in bag.of(Message) if isinstance(event, Message)]


async def piped(body: bytes) -> Bag:
    bag = Bag()
    await FEED.open("-", FeedOptions(world=Stage(), stream=io.BytesIO(body))).run(bag.put)
    return bag


def test_it_is_the_dash_and_nothing_else() -> None:
    assert FEED.matches("-") and not FEED.matches("--") and not FEED.matches("room.jsonl")


@scene
async def test_it_ends_with_the_pipe_and_stamps_what_nobody_stamped() -> None:
    bag = await piped(b'{"kind":"message","text":"a"}\n{"kind":"message","text":"b","recv_ms":5}\n{"msg":"c"}\n')
    assert [(event.text, event.recv_ms) for event in bag.events if isinstance(event, Message)] == [
        ("a", 1_700_000_000_000),
        ("b", 5),
        ("c", 1_700_000_000_000),
    ]


@scene
async def test_a_line_shows_at_once_while_the_pipe_stays_open() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as pipe:
        async with playing(FEED.open("-", FeedOptions(world=Stage(), stream=stream))) as bag:
            pipe.write('{"msg":"多少钱"}\n'.encode())
            await bag.until(lambda it: texts(it) == ["多少钱"])
            pipe.write(b'{"msg":"half')
            pipe.write(b' and half"}\n')
            await bag.until(lambda it: texts(it) == ["多少钱", "half and half"])
            pipe.close()


@scene
async def test_a_big_pipe_arrives_complete_and_in_order() -> None:
    bag = await piped(b"".join(b'{"kind":"message","text":"%d"}\n' % number for number in range(20_000)))
    assert texts(bag) == [str(number) for number in range(20_000)]


@scene
async def test_garbage_is_counted_and_a_last_line_without_a_break_is_read() -> None:
    bag = await piped(b'nonsense\n\n{"msg":"a"}\r\n{"msg":"b"}')
    assert texts(bag) == ["a", "b"]
    assert [event.system.count for event in bag.of(System) if isinstance(event, System)] == [1]


@scene
async def test_gzip_is_told_by_its_first_bytes() -> None:
    assert texts(await piped(gzip.compress(b'{"msg":"a"}\n') + gzip.compress(b'{"msg":"b"}\n'))) == ["a", "b"]


@scene
async def test_a_pipe_can_not_act_for_the_assistant() -> None:
    bag = await piped(json.dumps({"kind": "action", "action": {"name": "dismiss", "cluster": "q1"}}).encode())
    assert [event.kind for event in bag.events] == ["system"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1_000])
def test_lines_are_the_same_in_whatever_pieces_they_come(size: int) -> None:
    body = '\ufeff{"msg":"多少钱"}\r\n\n{"msg":"🎉"}\nlast'.encode()
    lines = Lines()
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    assert [line for piece in [*pieces, b""] for line in lines.feed(piece)] == ['{"msg":"多少钱"}', '{"msg":"🎉"}', "last"]


def test_a_line_without_an_end_is_cut_not_kept_for_ever() -> None:
    lines = Lines()
    cut = [line for _ in range(40) for line in lines.feed(b"x" * 65_536)]
    assert cut and max(len(line) for line in cut) <= 1 << 20
