"""Twitch chat, read without an account: IRC over a WebSocket (dev.twitch.tv/docs/chat/irc)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from console.domain.errors import UsageError
from console.domain.events import Event
from console.domain.text import SafeText, clean
from console.feeds.base import API, FeedOptions, Source, WebSocketSource, checked_url
from console.feeds.irc import IrcLine, parse
from console.feeds.notice import Tally, notice
from console.feeds.twitch_events import chat_line, cleared, deleted, member_news, presence, room_state
from console.wire.limits import MOST_EVENTS_A_FRAME

ADDRESS = "wss://irc-ws.chat.twitch.tv:443"
CAPABILITIES = "twitch.tv/tags twitch.tv/commands twitch.tv/membership"
_LOGIN_REFUSED = ("Login authentication failed", "Improperly formatted auth", "Login unsuccessful", "Invalid NICK")
_ROOM = re.compile(r"[a-z0-9_]{1,25}")


class TwitchCodec:
    """IRC lines ⇄ events of one room. Greets as tmi.js does, answers PING, leaves at RECONNECT."""

    name = "twitch"

    def __init__(self, room: str, nick: str = "justinfan15489", *, keeps_raw: bool = False) -> None:
        self.platform: SafeText | None = SafeText("twitch")
        self.room: SafeText | None = clean(room)
        self.is_ready = False
        self.reconnect_requested = False
        self.auth_refused: str | None = None
        self._login = room
        self._nick = nick
        self._keeps_raw = keeps_raw
        self._outgoing: list[str | bytes] = []
        self._bad = Tally("bad_frame")
        self._known: dict[str, Callable[[IrcLine], Iterable[Event]]] = {
            "PRIVMSG": self._privmsg, "USERNOTICE": self._usernotice, "CLEARCHAT": self._clearchat, "CLEARMSG": self._clearmsg,
            "ROOMSTATE": self._roomstate, "JOIN": self._presence, "PART": self._presence, "PING": self._ping,
            "RECONNECT": self._reconnect, "NOTICE": self._notice,
        }  # fmt: skip

    @property
    def bad_frames(self) -> int:
        """Lines that could not be read."""
        return self._bad.count

    def opened(self) -> None:
        self.is_ready = self.reconnect_requested = False
        self.auth_refused = None
        self._outgoing = [f"CAP REQ :{CAPABILITIES}", "PASS SCHMOOPIIE", f"NICK {self._nick}", f"JOIN #{self._login}"]

    def data_to_send(self) -> list[str | bytes]:
        if not self._outgoing:
            return []
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    def receive(self, frame: str | bytes) -> Iterator[Event]:
        """One frame may hold many lines. A line that can't be read is counted; the others are read all the same."""
        text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
        lines = [line for line in text.replace("\r", "\n").split("\n") if line]
        if len(lines) > MOST_EVENTS_A_FRAME:
            yield from self._bad.one_more()
        for line in lines[:MOST_EVENTS_A_FRAME]:
            parts = parse(line)
            if parts is None:
                yield from self._bad.one_more()
            elif (meaning := self._known.get(parts.command)) is not None:
                yield from meaning(parts)

    # --- one command each -------------------------------------------------------------------------------------------------

    def _is_ours(self, line: IrcLine) -> bool:
        return bool(line.params) and line.params[0] == f"#{self._login}"

    def _privmsg(self, line: IrcLine) -> Iterable[Event]:
        return (
            [chat_line(line, self._login, keeps_raw=self._keeps_raw)] if self._is_ours(line) and len(line.params) > 1 else self._odd(line)
        )

    def _usernotice(self, line: IrcLine) -> Iterable[Event]:
        return member_news(line, self._login) if self._is_ours(line) else ()

    def _clearchat(self, line: IrcLine) -> Iterable[Event]:
        return (cleared(line, self._login),) if self._is_ours(line) else ()

    def _clearmsg(self, line: IrcLine) -> Iterable[Event]:
        return (deleted(line, self._login),) if self._is_ours(line) else ()

    def _roomstate(self, line: IrcLine) -> Iterable[Event]:
        if not self._is_ours(line):
            return ()
        self.is_ready = True
        return room_state(line, self._login)

    def _presence(self, line: IrcLine) -> Iterable[Event]:
        if not self._is_ours(line):
            return ()
        if line.nick == self._nick:
            self.is_ready = True
            return ()
        return (presence(line, self._login),) if line.nick else ()

    def _ping(self, line: IrcLine) -> Iterable[Event]:
        self._outgoing.append(f"PONG :{line.params[-1]}" if line.params else "PONG")
        return ()

    def _reconnect(self, line: IrcLine) -> Iterable[Event]:
        self.reconnect_requested = True
        return ()

    def _notice(self, line: IrcLine) -> Iterable[Event]:
        text = line.params[-1] if line.params else ""
        if text.startswith(_LOGIN_REFUSED):
            self.auth_refused = text
            return ()
        is_ours_gone = line.tags.get("msg-id") in ("msg_channel_suspended", "tos_ban", "msg_banned")
        return (notice("twitch", "error" if is_ours_gone else "info", text),)

    def _odd(self, line: IrcLine) -> Iterable[Event]:
        """A comment of another room is none of ours; one without a room or a text is garbage."""
        return () if len(line.params) > 1 else self._bad.one_more()


class TwitchFeed:
    """`twitch:NAME`, also written `twitch:#name` or as the channel's address."""

    name = "twitch"
    api = API

    def matches(self, source: str) -> bool:
        return source.startswith(("twitch:", "https://www.twitch.tv/", "https://twitch.tv/"))

    def open(self, source: str, options: FeedOptions) -> Source:
        """Raises UsageError for what can't be a channel's name."""
        room = room_named(source)
        if room is None:
            raise UsageError(options.say("feeds.bad_room", name=source), hint=options.say("feeds.bad_room_hint"))
        url = checked_url(options.endpoint or ADDRESS, is_insecure_fine=options.is_insecure_fine, say=options.say)
        nick = f"justinfan{10_000 + int(options.world.random() * 89_999)}"
        return WebSocketSource(
            TwitchCodec(room, nick, keeps_raw=options.keeps_raw),
            url,
            key=f"twitch:{room}",
            world=options.world,
            say=options.say,
            subprotocols=("irc",),
            is_fail_fast=options.is_fail_fast,
        )


def room_named(source: str) -> str | None:
    """The channel's login, in lower case, from whatever form a user has at hand; None where there is none."""
    name = source.removeprefix("twitch:").strip()
    if "/" in name:
        name = urlsplit(name if "://" in name else f"https://{name}").path.strip("/").partition("/")[0]
    name = name.removeprefix("#").removeprefix("@").lower()
    return name if _ROOM.fullmatch(name) else None


FEED = TwitchFeed()
