"""Rules of reading: our own recordings, other people's logs, and what a crash leaves."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import UsageError
from console.domain.events import Envelope, Message
from console.journal.reader import Reader
from console.runtime.recording import foreign_event, reading


def read(data: bytes) -> tuple[Reader, list[Envelope]]:
    reader = Reader(io.BytesIO(data), foreign_event)
    return reader, list(reader)


def texts(envelopes: list[Envelope]) -> list[str]:
    return [envelope.event.text for envelope in envelopes if isinstance(envelope.event, Message)]


OURS = b"""{"kind":"header","v":1,"room":"r"}
{"v":1,"seq":7,"at_ms":5000,"kind":"message","text":"a"}
{"v":1,"seq":9,"at_ms":6000,"kind":"message","text":"b"}
"""


def test_our_own_lines_keep_their_place_and_time() -> None:
    reader, envelopes = read(OURS)
    assert reader.header is not None
    assert reader.header.room == "r"
    assert [(e.seq, e.at_ms) for e in envelopes] == [(7, 5000), (9, 6000)]


def test_a_torn_last_line_is_noticed_and_costs_only_itself() -> None:
    reader, envelopes = read(OURS + b'{"v":1,"seq":10,"at_ms":7000,"kind":"mes')
    assert texts(envelopes) == ["a", "b"]
    assert reader.is_torn
    assert reader.bad == 0


def test_garbage_in_the_middle_is_counted_and_skipped() -> None:
    reader, envelopes = read(
        b"\xff\xfe\x00garbage\n" + OURS + b"[1,2]\nnot json\n" + b'{"kind":"message"}\n' + b'{"kind":"message","text":"c"}\n'
    )
    assert texts(envelopes) == ["a", "b", "c"]
    assert reader.bad == 4
    assert reader.first_bad == 1


def test_gzip_is_read_by_its_first_bytes_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(gzip.compress(OURS))
    with reading(str(path)) as reader:
        assert texts(list(reader)) == ["a", "b"]


def test_a_torn_gzip_gives_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(OURS * 2000)[:-200])
    with reading(str(path)) as reader:
        assert len(list(reader)) > 10
        assert reader.is_torn


def test_a_line_without_our_time_takes_receipt_then_platform_time_and_never_goes_back() -> None:
    _, envelopes = read(
        b'{"kind":"message","text":"a","recv_ms":9000,"ts_ms":1}\n{"kind":"message","text":"b","ts_ms":8000}\n{"kind":"message","text":"c"}\n'
    )
    assert [e.at_ms for e in envelopes] == [9000, 9000, 10000]


def test_a_file_without_any_time_counts_seconds_from_nought() -> None:
    _, envelopes = read(b'{"kind":"message","text":"a"}\n{"kind":"message","text":"b"}\n')
    assert [(e.seq, e.at_ms) for e in envelopes] == [(1, 0), (2, 1000)]


def test_other_peoples_logs_are_read_by_their_own_names() -> None:
    _, envelopes = read('{"content":"多少钱","nick_name":"小李","time":1795348800}\n'.encode())
    event = envelopes[0].event
    assert isinstance(event, Message)
    assert (event.text, event.user.name if event.user else None, event.ts_ms) == ("多少钱", "小李", 1_795_348_800_000)


def test_a_line_of_ten_megabytes_is_one_bad_line() -> None:
    reader, envelopes = read(b'{"kind":"message","text":"' + b"a" * 10_000_000 + b'"}\n' + OURS)
    assert texts(envelopes) == ["a", "b"]
    assert reader.bad == 1


def test_a_folder_or_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    for name in (str(tmp_path), str(tmp_path / "nothing.jsonl")):
        with pytest.raises(UsageError), reading(name):
            pass


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    read(data)
