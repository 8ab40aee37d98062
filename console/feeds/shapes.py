"""Reading objects of relays nobody told us about: which field is the comment, the viewer, the time. Guesses, written down.

Everything here is pure and total: it takes any JSON object and gives an event, nothing, or None for "not one of these".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

from console.domain.events import Event, Follow, Gift, GiftOf, Join, Leave, Like, LikeOf, Message, Share, User, Viewers, ViewersOf
from console.domain.text import SafeText, clean, clean_all, clean_name
from console.wire.limits import MOST_RAW_CHARACTERS

TEXT = ("text", "content", "message", "msg", "comment", "chatmessage")
ID = ("id", "msg_id", "message_id", "msgId", "messageId", "comment_id", "commentId")
TIME = ("ts_ms", "timestamp", "time", "ts", "created_at", "createdAt", "comment_time", "commentTime")
ROOM = ("room", "room_id", "roomId", "roomid", "room_name")
TYPE = ("type", "event", "kind", "msg_type", "method", "cmd", "action")
WHO = ("user", "author", "sender", "from")
NAME = ("name", "nickname", "nick_name", "nickName", "nick", "username", "userName", "user_name", "uname", "display_name", "chatname")
USER_ID = ("user_id", "userId", "uid", "userid", "sec_openid", "open_id")
REPLY = ("reply_to", "reply_id", "replyTo")
NESTS = ("data", "payload", "Data")

KIND: dict[str, Literal["message", "join", "leave", "follow", "share", "like", "gift", "viewers", "nothing"]] = {
    "chat": "message", "message": "message", "comment": "message", "danmu": "message", "danmaku": "message", "msg": "message",
    "join": "join", "enter": "join", "room_enter": "join", "entrance": "join", "leave": "leave", "part": "leave",
    "follow": "follow", "room_follow": "follow", "share": "share", "room_share": "share", "like": "like", "room_like": "like",
    "likes": "like", "gift": "gift", "viewers": "viewers", "online": "viewers", "room_stats": "viewers",
    "ping": "nothing", "pong": "nothing", "heartbeat": "nothing", "keepalive": "nothing", "hello": "nothing",
    "welcome": "nothing", "connected": "nothing", "ack": "nothing",
}  # fmt: skip
_PLAIN_EVENTS: dict[str, type[Event]] = {"join": Join, "leave": Leave, "follow": Follow, "share": Share}

# Only a true boolean makes a role: never a name, a level or a number (safety: roles come from the platform).
ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("host", ("is_host", "isHost", "is_anchor", "isAnchor", "IsAnchor", "is_owner", "isOwner", "is_broadcaster", "isBroadcaster")),
    ("mod", ("is_mod", "isMod", "is_moderator", "isModerator", "is_admin", "isAdmin", "IsAdmin", "moderator", "admin", "mod")),
    ("vip", ("is_vip", "isVip", "vip")),
    ("member", ("is_member", "isMember", "is_subscriber", "isSubscriber", "subscriber", "member")),
    ("verified", ("is_verified", "isVerified", "verified")),
    ("buyer", ("is_buyer", "isBuyer", "buyer")),
    ("bot", ("is_bot", "isBot", "bot")),
    ("first_time", ("is_first_time", "isFirstTime", "first_time", "first_msg")),
)
ROLE_NAMES = frozenset((*(role for role, _ in ROLES), "anon"))


def event_of(fields: Mapping[str, Any], platform: SafeText, room: SafeText | None) -> Event | Literal["nothing"] | None:
    """The event an object most likely means; "nothing" for a keep-alive; None where no field says what it is.

    `platform` and `room` stand in where the object names none. Ids are prefixed with the platform. What no field of ours
    holds stays under `raw`, cleaned, up to 4,096 characters of JSON.
    """
    body, kind = _unwrapped(fields)
    if kind == "nothing":
        return "nothing"
    text = _first_text(body, TEXT)
    if kind is None and text is None:
        return None
    platform = _named(body, ("platform",)) or platform
    own_id, (user, used) = _as_id(_first(body, ID)), _user_of(body)
    ts_ms = epoch_ms(_first(body, TIME))
    common: dict[str, Any] = {
        "platform": platform,
        "room": _named(body, ROOM) or room,
        "id": clean(f"{platform}:{own_id}") if own_id else None,
        "ts_ms": ts_ms,
        "ts_src": None if ts_ms is None else "relay",
        "user": user,
        "raw": _rest(body, used),
    }
    return _made(kind or "message", body, text, common)


def _made(kind: str, body: Mapping[str, Any], text: str | None, common: dict[str, Any]) -> Event | None:
    if kind in _PLAIN_EVENTS:
        return _PLAIN_EVENTS[kind](**common)
    if kind == "like":
        return Like(**common, like=LikeOf(delta=_int(body, ("delta", "count", "like_count", "likes")), total=_int(body, ("total",))))
    if kind == "viewers":
        online = _int(body, ("online", "viewers", "count", "online_count", "viewer_count"))
        return Viewers(**common, viewers=ViewersOf(online=online, total=_int(body, ("total", "total_count"))))
    if kind == "gift":
        name = _named(body, ("gift_name", "giftName", "gift"))
        return Gift(**common, gift=GiftOf(name=name, delta=_int(body, ("count", "num", "gift_count", "giftCount"))))
    if text is None:
        return None
    reply_id = _as_id(_first(body, REPLY))
    return Message(**common, text=clean(text), reply_to=clean(f"{common['platform']}:{reply_id}") if reply_id else None)


def _unwrapped(fields: Mapping[str, Any]) -> tuple[Mapping[str, Any], str | None]:
    """(the object that holds the fields, its kind): one level of envelope is opened, double-encoded JSON included."""
    kind = _kind_of(fields)
    if kind != "nothing" and _first_text(fields, TEXT) is None:
        for key in NESTS:
            inner = inside(fields.get(key))
            if isinstance(inner, dict):
                outer = {name: value for name, value in fields.items() if name != key and name not in inner}
                return {**outer, **inner}, _kind_of(inner) or kind
    return fields, kind


def inside(value: Any) -> Any:
    """What an envelope's field holds: a text that is itself a JSON object or array is decoded once."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            return None
    return value


def _kind_of(fields: Mapping[str, Any]) -> str | None:
    for key in TYPE:
        value = fields.get(key)
        if isinstance(value, str) and (kind := KIND.get(value.lower())) is not None:
            return kind
    return None


def _user_of(body: Mapping[str, Any]) -> tuple[User | None, str | None]:
    """(the viewer, the key his object stood under)."""
    for key in WHO:
        who = body.get(key)
        if isinstance(who, dict):
            user_id = _as_id(_first(who, ("id", "Id", *USER_ID)))
            level = who.get("level")
            return _user(user_id, _first_text(who, (*NAME, "Nickname")), who, level if type(level) is int else None), key
    name = _first_text(body, NAME) or _first_text(body, WHO)
    return _user(_as_id(_first(body, USER_ID)), name, body, None), None


def _user(user_id: str | None, name: str | None, flags: Mapping[str, Any], level: int | None) -> User | None:
    roles = [role for role, keys in ROLES if any(flags.get(key) is True for key in keys)]
    told = flags.get("roles")
    if isinstance(told, list):
        roles += [role for role in told[:16] if isinstance(role, str) and role in ROLE_NAMES and role not in roles]
    if not (user_id or name or roles):
        return None
    return User(
        id=clean(user_id, 128) if user_id else None,
        name=clean_name(name) if name else None,
        roles=tuple(SafeText(role) for role in roles),
        level=level,
    )


def epoch_ms(value: Any) -> int | None:
    """A time in s, ms, µs or ns since 1970 (told apart by size), or ISO 8601 with its zone → epoch ms; anything else → None.

    Before 1973 in seconds is no wall time but an offset from somewhere: unknown. A time without a zone is unknown too.
    """
    if isinstance(value, str):
        if not value.isascii() or len(value) > 40:
            return None
        try:
            value = float(value) if "." in value and value.replace(".", "", 1).isdigit() else int(value)
        except ValueError:
            return _iso_ms(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 10**8 <= value < 10**20:
        return None
    if value < 10**11:
        return round(value * 1000)
    if value < 10**14:
        return int(value)
    return int(value) // (1_000 if value < 10**17 else 1_000_000)


def _iso_ms(value: str) -> int | None:
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return None
    return None if when.tzinfo is None else int(when.timestamp() * 1000)


def _rest(body: Mapping[str, Any], who: str | None) -> dict[str, Any] | None:
    known = (*TEXT, *ID, *TIME, *ROOM, "platform", "v") if who else (*TEXT, *ID, *TIME, *ROOM, *NAME, *USER_ID, "platform", "v")
    rest = {key: value for key, value in body.items() if key != who and (key not in known or isinstance(value, dict | list))}
    for key in TYPE:
        if isinstance(word := rest.get(key), str) and word.lower() in KIND:
            del rest[key]
    return bounded(rest) if rest else None


def bounded(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """`fields` cleaned for `raw`, or None where they are too long to be kept."""
    kept = clean_all(dict(fields))
    return kept if len(msgspec.json.encode(kept)) <= MOST_RAW_CHARACTERS else None


def _first(fields: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    for key in keys:
        value = fields.get(key)
        if value is not None and not isinstance(value, dict | list):
            return value
    return None


def _first_text(fields: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and value:
            return value
    return None


def _named(fields: Mapping[str, Any], keys: tuple[str, ...]) -> SafeText | None:
    found = _as_id(_first(fields, keys))
    return clean(found, 128) if found else None


def _as_id(value: Any) -> str | None:
    """Ids are texts: int64 ids keep every digit."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(int(value)) if value == value and abs(value) < 10**30 and value == int(value) else None


def _int(fields: Mapping[str, Any], keys: tuple[str, ...]) -> int | None:
    for key in keys:
        value = fields.get(key)
        if type(value) is int and abs(value) < 1 << 62:
            return value
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
            return int(value)
    return None
