"""The record codec: one canonical event a line (docs/events.md), to bytes and back. JSON Lines, UTF-8, plain or gzip."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

import msgspec
from msgspec import Struct

from console.domain.events import SCHEMA, Envelope, Event, Header
from console.domain.text import MOST_CHARACTERS, clean_all, is_harmless
from console.wire.shape import KINDS, RecordError, event_from

__all__ = [
    "KINDS",
    "RecordError",
    "Recorded",
    "decode_line",
    "encode",
    "encode_header",
    "event_from",
    "open_recording",
    "plain_or_gzip",
    "read_lines",
    "whole_lines",
]

LONGEST_LINE = 1 << 20
"""Bytes; a longer line is garbage (safety.md: wire 1 MiB)."""

TORN_GZIP = b"(torn gzip)"
_encoder = msgspec.json.Encoder()
_decode = msgspec.json.Decoder().decode


class Recorded(Struct, frozen=True):
    """One line of a recording. `bad` holds the first bytes of a line that is neither an event nor a header."""

    line_no: int
    seq: int | None = None
    at_ms: int | None = None
    event: Event | None = None
    header: Header | None = None
    fields: dict[str, Any] | None = None
    """A JSON object without a `kind` we know: a foreign log's line, cleaned."""
    bad: bytes | None = None
    torn: bool = False
    """The last line of a file that ends without a line break."""


def encode(envelope: Envelope) -> bytes:
    """One journal line, line break included."""
    return b'{"v":1,"seq":%d,"at_ms":%d,%b\n' % (envelope.seq, envelope.at_ms, _encoder.encode(envelope.event)[1:])


def encode_header(header: Header) -> bytes:
    body = _encoder.encode(header)
    return body + b"\n" if b'"v":' in body else b'{"v":%d,%b\n' % (SCHEMA, body[1:])


def decode_object(line: bytes) -> tuple[dict[str, Any], bool]:
    """(the JSON object, whether all its texts are harmless as they stand). Raises RecordError."""
    try:
        fields = _decode(line)
        text = line.decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _decode_anyhow(line), False
    if not isinstance(fields, dict):
        raise RecordError("not a JSON object")
    # No escapes, nothing unusual, too short to hold a text over the limit: already clean.
    return fields, len(text) <= MOST_CHARACTERS and "\\" not in text and is_harmless(text.rstrip("\r\n"))


def _decode_anyhow(line: bytes) -> dict[str, Any]:
    """Broken UTF-8 and lone surrogates still hold a comment: read what can be read."""
    try:
        fields = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise RecordError("not JSON") from None
    if not isinstance(fields, dict):
        raise RecordError("not a JSON object")
    return fields


def decode_line(line: bytes, line_no: int = 0) -> Recorded:
    """One line of a recording or a foreign log. Raises RecordError for what is no JSON object or a broken event."""
    fields, is_clean = decode_object(line)
    kind = fields.get("kind")
    if kind == "header":
        return Recorded(line_no, header=_header(clean_all(fields)))
    if not isinstance(kind, str) or kind not in KINDS:
        return Recorded(line_no, fields=fields if is_clean else clean_all(fields))
    seq, at_ms = fields.get("seq"), fields.get("at_ms")
    return Recorded(
        line_no,
        seq if type(seq) is int else None,
        at_ms if type(at_ms) is int and abs(at_ms) < 1 << 62 else None,
        event_from(fields, is_clean=is_clean),
    )


def _header(fields: dict[str, Any]) -> Header:
    try:
        return msgspec.convert(fields, Header, strict=False)
    except msgspec.ValidationError as error:
        raise RecordError(f"header: {error}") from None


def open_recording(path: str) -> IO[bytes]:
    """A recording for reading, gzip or plain by its first bytes. Raises OSError."""
    return plain_or_gzip(open(path, "rb"))


def plain_or_gzip(stream: IO[bytes]) -> IO[bytes]:
    """The stream, unpacked where its first byte says gzip: no text begins with it. Works on a pipe, which can't go back."""
    start = stream.peek(1)[:1] if isinstance(stream, io.BufferedReader) else b""
    return cast("IO[bytes]", gzip.open(stream)) if start == b"\x1f" else stream


def read_lines(stream: IO[bytes]) -> Iterator[Recorded]:
    """Every line of a stream, in order. Garbage and a torn gzip tail come out as `bad`, never as an error."""
    line_no = 0
    for line, cut in whole_lines(stream):
        line_no += 1
        if not line.strip():
            continue
        if cut:
            yield Recorded(line_no, bad=line[:200], torn=line.startswith(TORN_GZIP))
            continue
        torn = not line.endswith(b"\n")
        try:
            recorded = decode_line(line.removeprefix(b"\xef\xbb\xbf") if line_no == 1 else line, line_no)
        except RecordError:
            recorded = Recorded(line_no, bad=line[:200], torn=torn)
        yield recorded


def whole_lines(stream: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """(line, whether it was longer than the limit and cut)."""
    while True:
        try:
            line = stream.readline(LONGEST_LINE)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield TORN_GZIP, True
            return
        if not line:
            return
        cut = len(line) >= LONGEST_LINE and not line.endswith(b"\n")
        if cut:
            while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
                pass
        yield line, cut
