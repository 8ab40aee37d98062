"""What each Twitch command means as a canonical event. Roles come from badges and tags, never from a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain.events import (
    Delete,
    DeleteOf,
    Event,
    Join,
    Leave,
    Member,
    MemberOf,
    Message,
    Paid,
    Raid,
    RoomChange,
    RoomOf,
    User,
    ViewersOf,
)
from console.domain.text import SafeText, clean, clean_name
from console.domain.values import Money
from console.feeds.irc import IrcLine
from console.feeds.notice import notice
from console.wire.limits import MOST_RAW_CHARACTERS

PLATFORM = SafeText("twitch")
BADGES = {
    "broadcaster": "host", "moderator": "mod", "lead_moderator": "mod", "vip": "vip", "subscriber": "member", "founder": "member",
    "partner": "verified", "verified": "verified", "bot-badge": "bot", "staff": "verified", "admin": "verified", "global_mod": "mod",
}  # fmt: skip
MEMBER_NEWS = (
    "sub", "resub", "subgift", "anonsubgift", "giftpaidupgrade", "anongiftpaidupgrade", "primepaidupgrade", "standardpayforward",
    "communitypayforward",
)  # fmt: skip
TIERS = {"1000": "1", "2000": "2", "3000": "3"}
OFF = {"emote-only": "0", "followers-only": "-1", "r9k": "0"}
_ACTION = "\x01ACTION "


def chat_line(line: IrcLine, room: str, *, keeps_raw: bool = False) -> Event:
    """A comment; with bits, a paid one (bits stay native: what one is worth differs by country)."""
    tags, text = line.tags, line.params[-1]
    if text.startswith(_ACTION):
        text = text[len(_ACTION) :].removesuffix("\x01")
    common = _common(line, room)
    if raw := _raw(tags, text if keeps_raw else None):
        common["raw"] = raw
    bits = _int(tags.get("bits"))
    if bits:
        return Paid(**common, text=clean(text), money=Money(native=bits, native_unit="bits"))
    parent = tags.get("reply-parent-msg-id")
    return Message(**common, text=clean(text), parts=_parts(text, tags.get("emotes", "")), reply_to=_id(parent) if parent else None)


def member_news(line: IrcLine, room: str) -> Iterable[Event]:
    """USERNOTICE: subscriptions and raids as events, with what the viewer wrote beside it as a comment of its own."""
    tags, common = line.tags, _common(line, room)
    news, said = tags.get("msg-id", ""), line.params[1] if len(line.params) > 1 else ""
    if news == "raid":
        yield Raid(**common, viewers=ViewersOf(online=_int(tags.get("msg-param-viewerCount"))))
    elif news in MEMBER_NEWS:
        yield _member(news, line, common)
    elif news != "announcement":
        # submysterygift included: each gift in it follows as a subgift of its own, counted there.
        yield notice("twitch", text=tags.get("system-msg") or news)
    if said:
        own_id = f"{common['id']}:text" if common["id"] and news != "announcement" else common["id"]
        yield Message(**{**common, "id": own_id}, text=clean(said), parts=_parts(said, tags.get("emotes", "")))


def _member(news: str, line: IrcLine, common: dict[str, Any]) -> Member:
    tags = line.tags
    tier = tags.get("msg-param-sub-plan", "")
    giver = None
    if news in ("subgift", "anonsubgift"):
        giver = "anonymous" if news == "anonsubgift" else tags.get("display-name") or tags.get("login", "")
        name = tags.get("msg-param-recipient-display-name") or tags.get("msg-param-recipient-user-name") or ""
        common = {**common, "user": User(id=_some(tags.get("msg-param-recipient-id")), name=clean_name(name) if name else None)}
    months = _int(tags.get("msg-param-cumulative-months")) or _int(tags.get("msg-param-months"))
    told = MemberOf(
        tier=clean(TIERS.get(tier, tier)) if tier else None,
        months=months or None,
        count=_int(tags.get("msg-param-gift-months")) or None,
        gift_from=clean_name(giver) if giver else None,
    )
    return Member(**common, member=told)


def cleared(line: IrcLine, room: str) -> Delete:
    """CLEARCHAT: everything, or all of one viewer (with a duration a time-out, without one a ban)."""
    tags = line.tags
    if len(line.params) < 2:
        return Delete(**_base(line, room), delete=DeleteOf(scope="all"))
    seconds = _int(tags.get("ban-duration"))
    told = DeleteOf(
        scope="user",
        user_id=_some(tags.get("target-user-id")),
        duration_s=seconds,
        reason=SafeText("ban" if seconds is None else "timeout"),
    )
    return Delete(**_base(line, room), user=User(id=told.user_id, name=clean_name(line.params[1])), delete=told)


def deleted(line: IrcLine, room: str) -> Delete:
    """CLEARMSG: one comment."""
    target, login = line.tags.get("target-msg-id"), line.tags.get("login")
    user = User(name=clean_name(login)) if login else None
    return Delete(**_base(line, room), user=user, delete=DeleteOf(scope="message", target_id=_id(target) if target else None))


def room_state(line: IrcLine, room: str) -> Iterable[Event]:
    """ROOMSTATE: whole at the JOIN, later only what changed. What a line doesn't say stays unsaid."""
    tags = line.tags
    modes = [name for name in OFF if name in tags]
    on = [name.replace("-", "_") for name in modes if tags[name] != OFF[name]]
    change = RoomOf(
        slow_s=_int(tags.get("slow")),
        members_only=tags["subs-only"] == "1" if "subs-only" in tags else None,
        mode=SafeText("+".join(on) or "open") if modes else None,
    )
    return (RoomChange(**_base(line, room), change=change),) if change != RoomOf() else ()


def presence(line: IrcLine, room: str) -> Event:
    """JOIN and PART: a login without an id; Twitch tells them in batches, late."""
    kind = Join if line.command == "JOIN" else Leave
    return kind(**_base(line, room), user=User(name=clean_name(line.nick)))


def _common(line: IrcLine, room: str) -> dict[str, Any]:
    return {**_base(line, room), "id": _id(own) if (own := line.tags.get("id")) else None, "user": _user(line)}


def _base(line: IrcLine, room: str) -> dict[str, Any]:
    tags = line.tags
    ts_ms = _int(tags.get("tmi-sent-ts"))
    base: dict[str, Any] = {"platform": PLATFORM, "room": SafeText(room)}
    if ts_ms is not None:
        base |= {"ts_ms": ts_ms, "ts_src": "platform"}
    if tags.get("historical") == "1":
        base["history"] = True
    return base


def _user(line: IrcLine) -> User:
    tags = line.tags
    roles: list[SafeText] = []
    worn = tags.get("badges", "")
    for badge in worn.split(",") if worn else ():
        role = BADGES.get(badge.partition("/")[0])
        if role is not None and role not in roles:
            roles.append(SafeText(role))
    for tag, role in (("mod", "mod"), ("vip", "vip"), ("subscriber", "member"), ("first-msg", "first_time")):
        if tags.get(tag) == "1" and role not in roles:
            roles.append(SafeText(role))
    name = tags.get("display-name") or line.nick or tags.get("login", "")
    return User(id=_some(tags.get("user-id")), name=clean_name(name) if name else None, roles=tuple(roles))


def _parts(text: str, emotes: str) -> tuple[dict[str, Any], ...] | None:
    """`emotes` = id:start-end,start-end/id:…, in code points, both ends included. Positions that can't be right are left out."""
    places: list[tuple[int, int, str]] = []
    for emote in emotes.split("/") if emotes else ():
        emote_id, _, spans = emote.partition(":")
        for span in spans.split(","):
            start, end = (_int(edge) for edge in (*span.split("-", 1), "")[:2])
            if start is not None and end is not None and start <= end < len(text):
                places.append((start, end + 1, emote_id))
    if not places:
        return None
    parts: list[dict[str, Any]] = []
    done = 0
    for start, end, emote_id in sorted(places):
        if start < done:
            continue
        if start > done:
            parts.append({"t": "text", "s": clean(text[done:start])})
        parts.append({"t": "emote", "s": clean(text[start:end]), "id": clean(emote_id, 64)})
        done = end
    if done < len(text):
        parts.append({"t": "text", "s": clean(text[done:])})
    return tuple(parts)


def _raw(tags: dict[str, str], text: str | None) -> dict[str, Any] | None:
    """Shared chat: the line was written in another room. Kept, so that nobody answers it as ours by mistake."""
    raw: dict[str, Any] = {}
    elsewhere = tags.get("source-room-id")
    if elsewhere and elsewhere != tags.get("room-id"):
        raw["source_room_id"] = clean(elsewhere, 64)
    if text is not None:
        raw["text"] = text[:MOST_RAW_CHARACTERS]
    return raw or None


def _id(platform_id: str) -> SafeText:
    return clean(f"twitch:{platform_id}", 128)


def _some(value: str | None) -> SafeText | None:
    return clean(value, 128) if value else None


def _int(value: str | None) -> int | None:
    """Digits only, at most 18 of them; everything else is unknown."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None
