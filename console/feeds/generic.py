"""Any WebSocket that sends JSON: canonical events as they are, other shapes by sensible guesses (console/feeds/shapes.py)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from console.domain.errors import UsageError
from console.domain.events import Event
from console.domain.text import MOST_CHARACTERS, SafeText, clean, is_harmless, trusted
from console.feeds.base import API, FeedOptions, Source, WebSocketSource, checked_url, public_address
from console.feeds.notice import Tally, notice
from console.feeds.shapes import NESTS, bounded, event_of, inside
from console.wire.limits import MOST_EVENTS_A_FRAME
from console.wire.record import KINDS, RecordError, event_from

OURS = frozenset((
    "link", "tick", "catalogue", "merge", "split", "proposal", "check", "system", "action", "draft", "send", "canned", "header",
))  # fmt: skip
"""Only this console writes these: a relay that could would dismiss questions or forge a gap."""
_UNREADABLE = object()
_decode = msgspec.json.Decoder().decode


class GenericCodec:
    """JSON frames → events: one object, an array of them, or one a line; one level of `data` / `payload` around either."""

    name = "generic"
    is_ready = True
    reconnect_requested = False
    auth_refused: str | None = None

    def __init__(self, room: str | None = None, *, keeps_raw: bool = False) -> None:
        self.platform: SafeText | None = SafeText("generic")
        self.room: SafeText | None = None if room is None else trusted(room)
        self._own_room = self.room
        self._keeps_raw = keeps_raw
        self._is_clean = False  # nothing in the frame at hand needs cleaning
        self._bad = Tally("bad_frame")
        self._refused = Tally("refused_kind")

    @property
    def bad_frames(self) -> int:
        """Frames, lines or items that could not be read."""
        return self._bad.count

    def opened(self) -> None:
        """Nothing to forget, and nobody waits for a greeting."""

    def data_to_send(self) -> list[str | bytes]:
        return []

    def receive(self, frame: str | bytes) -> Iterable[Event]:
        """Never raises. Frames that aren't JSON are counted."""
        value = _json(frame)
        if value is not _UNREADABLE:
            self._is_clean = isinstance(frame, str) and len(frame) <= MOST_CHARACTERS and "\\" not in frame and is_harmless(frame)
            return self._events(value)
        self._is_clean = False
        lines = _lines(frame)
        return self._bad.one_more() if len(lines) < 2 else self._each_line(lines)

    def events_of(self, fields: dict[str, Any]) -> Iterable[Event]:
        """The events of one decoded object (a line of a foreign log)."""
        self._is_clean = False
        return self._events(fields)

    def _each_line(self, lines: list[str | bytes]) -> Iterator[Event]:
        for line in lines[:MOST_EVENTS_A_FRAME]:
            value = _json(line)
            yield from self._bad.one_more() if value is _UNREADABLE else self._events(value)

    def _events(self, value: Any) -> Iterable[Event]:
        if isinstance(value, dict):
            return self._one(value)
        if isinstance(value, list):
            return self._each(value)
        return self._bad.one_more()

    def _each(self, items: list[Any], outer: dict[str, Any] | None = None) -> Iterator[Event]:
        for item in items[:MOST_EVENTS_A_FRAME]:
            yield from self._one({**(outer or {}), **item}) if isinstance(item, dict) else self._bad.one_more()
        if len(items) > MOST_EVENTS_A_FRAME:
            yield from self._bad.one_more()

    def _one(self, fields: dict[str, Any]) -> Iterable[Event]:
        kind = fields.get("kind")
        if isinstance(kind, str):
            if kind in OURS:
                return self._refused.one_more()
            if kind in KINDS:
                return self._canonical(fields)
        for key in NESTS:
            inner = inside(fields[key]) if key in fields else None
            if isinstance(inner, list):
                return self._each(inner, {name: fields[name] for name in ("type", "platform", "room", "room_id") if name in fields})
            if isinstance(inner, dict) and isinstance(inner.get("kind"), str) and inner["kind"] in KINDS - OURS:
                return self._canonical(inner)
        return self._foreign(fields)

    def _canonical(self, fields: dict[str, Any]) -> Iterable[Event]:
        original = fields.get("text") if self._keeps_raw else None
        try:
            event = event_from(fields, keep_raw=original if isinstance(original, str) else None, is_clean=self._is_clean)
        except RecordError:
            # `kind` was somebody else's word for something else: {"kind":"message","content":…}
            return self._foreign(fields)
        if event.room is not None and self.room is self._own_room:
            self.platform, self.room = event.platform, event.room
        return (event,)

    def _foreign(self, fields: dict[str, Any]) -> Iterable[Event]:
        event = event_of(fields, SafeText("generic"), self._own_room)
        if event == "nothing":
            return ()
        if event is None:
            return (notice("unknown_kind", raw=bounded(fields)),)
        return (event,)


def _json(frame: str | bytes) -> Any:
    try:
        return _decode(frame)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        pass
    try:  # lone surrogates, broken UTF-8 and NaN still hold a comment
        return json.loads(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return _UNREADABLE


def _lines(frame: str | bytes) -> list[str | bytes]:
    lines: list[str] | list[bytes] = frame.split("\n") if isinstance(frame, str) else frame.split(b"\n")
    return [line for line in lines if line.strip()]


class GenericFeed:
    """`ws://…` and `wss://…`."""

    name = "generic"
    api = API

    def matches(self, source: str) -> bool:
        return source.startswith(("ws://", "wss://", "sse+http://", "sse+https://"))

    def open(self, source: str, options: FeedOptions) -> Source:
        """Raises UsageError: not a WebSocket address, plain ws:// beyond this machine, or sse+ (not read yet)."""
        if source.startswith("sse+"):
            raise UsageError(options.say("feeds.sse"), hint=options.say("feeds.sse_hint"))
        url = checked_url(options.endpoint or source, is_insecure_fine=options.is_insecure_fine, say=options.say)
        key = public_address(url)
        codec = GenericCodec(clean(key.partition("://")[2], 128), keeps_raw=options.keeps_raw)
        return WebSocketSource(codec, url, key=key, world=options.world, say=options.say, is_fail_fast=options.is_fail_fast)


FEED = GenericFeed()
