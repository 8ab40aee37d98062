"""Plain JSON data → typed event: texts cleaned, numbers that stand for texts made texts, unknown fields kept under `raw`."""

from __future__ import annotations

import types
import typing
from typing import Any, NamedTuple

import msgspec

from console.domain.events import EVENT_TYPES, Event, User
from console.domain.text import MOST_NAME_CHARACTERS, clean, clean_all, clean_name

_BIGGEST = 2**63 - 1


class RecordError(ValueError):
    """A line or an object that is no event. Counted and skipped by whoever reads it; never ends a feed."""


class _Shape(NamedTuple):
    """What a struct looks like on the wire: which keys it knows, which of them are texts, whole numbers, structs."""

    known: frozenset[str]
    texts: frozenset[str]
    ints: frozenset[str]
    structs: dict[str, _Shape]
    is_user: bool


def _shape_of(struct: type[msgspec.Struct]) -> _Shape:
    texts: set[str] = set()
    ints: set[str] = set()
    structs: dict[str, _Shape] = {}
    hints = typing.get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        key = field.encode_name
        options = _options(hints[field.name])
        may_be_several = any(typing.get_origin(option) is tuple for option in options)
        for option in options:
            if isinstance(option, typing.NewType) or option is str:
                texts.update(() if may_be_several else (key,))
            elif option is int:
                ints.update(() if may_be_several else (key,))
            elif isinstance(option, type) and issubclass(option, msgspec.Struct):
                structs[key] = _shape_of(option)
    known = frozenset(field.encode_name for field in msgspec.structs.fields(struct))
    return _Shape(known, frozenset(texts), frozenset(ints), structs, struct is User)


def _options(hint: Any) -> tuple[Any, ...]:
    return typing.get_args(hint) if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union else (hint,)


_TYPES: dict[str, type[Event]] = {event.kind: event for event in EVENT_TYPES}
_SHAPES: dict[str, _Shape] = {event.kind: _shape_of(event) for event in EVENT_TYPES}
_OURS = frozenset(("kind", "v", "seq", "at_ms"))
KINDS = frozenset(_TYPES)


def event_from(fields: dict[str, Any], *, keep_raw: str | None = None, is_clean: bool = False) -> Event:
    """The typed event of a decoded JSON object. Unknown fields survive under `raw`; `keep_raw` puts the original text there.

    `is_clean` skips cleaning for data known to be harmless. Raises RecordError where `kind` is unknown, a needed field is
    missing or a value has the wrong type.
    """
    kind = fields.get("kind")
    if not isinstance(kind, str) or kind not in _SHAPES:
        raise RecordError(f"unknown kind {clean(str(kind), 40)!r}")
    if not is_clean:
        fields = clean_all(fields)
    if kind == "room" and not isinstance(fields.get("room"), dict):
        fields = _flat_room(fields)
    kept, rest = _shaped(fields, _SHAPES[kind])
    if rest or keep_raw is not None:
        raw = dict(kept.get("raw") or {})
        raw.update(rest)
        if keep_raw is not None:
            raw["text"] = keep_raw[:4096]
        kept["raw"] = raw
    try:
        return msgspec.convert(kept, _TYPES[kind], strict=False)
    except (msgspec.ValidationError, OverflowError) as error:
        raise RecordError(str(error)) from None


def _flat_room(fields: dict[str, Any]) -> dict[str, Any]:
    """`room` events written flat, with the room's id under `room`: read them too."""
    own = {key: fields[key] for key in ("state", "slow_s", "members_only", "mode", "title") if key in fields}
    rest = {key: value for key, value in fields.items() if key not in own and key != "room"}
    return {**rest, "room_id": fields.get("room") or fields.get("room_id"), "room": own}


def _shaped(fields: dict[str, Any], shape: _Shape) -> tuple[dict[str, Any], dict[str, Any]]:
    """(fields the struct knows, all others). Null means absent."""
    kept: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for key, value in fields.items():
        if isinstance(value, str) and key in shape.texts:  # most of what a line holds
            kept[key] = value
        elif value is None or key in _OURS:
            continue
        elif key not in shape.known:
            rest[key] = value
        elif key in shape.structs and isinstance(value, dict):
            kept[key], inner = _shaped(value, shape.structs[key])
            if inner:
                rest[key] = inner
        elif key in shape.texts:
            if isinstance(value, int) and not isinstance(value, bool):
                kept[key] = str(value)
            else:
                rest[key] = value
        elif key in shape.ints:
            whole = _whole(value)
            if whole is None:
                rest[key] = value
            else:
                kept[key] = whole
        else:
            kept[key] = value
    if shape.is_user and len(kept.get("name", "")) > MOST_NAME_CHARACTERS:
        kept["name"] = clean_name(kept["name"])
    return kept, rest


def _whole(value: Any) -> int | None:
    """A whole number however it was written ("12", 12.0); None for what is none or can't be stored in 64 bits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value) if "." in value or "e" in value.lower() else int(value)
        except (ValueError, OverflowError):
            return None
    if isinstance(value, float):
        if value != value or abs(value) > _BIGGEST:
            return None
        value = int(value)
    return value if isinstance(value, int) and abs(value) <= _BIGGEST else None
