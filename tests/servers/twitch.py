"""Twitch chat's stand-in, from its documented behaviour: IRC lines over a WebSocket with the sub-protocol `irc`.

`python tests/servers/twitch.py --port 0 [--rate 20]` prints its port and then talks in the room.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import time

from websockets.asyncio.server import ServerConnection

if __package__:
    from servers.local import LocalServer
else:
    from local import LocalServer  # run as a program

WHOLE_STATE = "emote-only=0;followers-only=-1;r9k=0;slow=0;subs-only=0"
HOST = "tmi.twitch.tv"
ESCAPES = str.maketrans({";": "\\:", " ": "\\s", "\\": "\\\\", "\r": "\\r", "\n": "\\n"})


def privmsg(room: str, login: str, text: str, **tags: str | int) -> str:
    """One chat line with tags; `_` in a tag's name stands for `-`."""
    number = abs(hash_of(login)) % 10_000_000
    known: dict[str, str | int] = {
        "badge-info": "", "badges": "", "color": "#1E90FF", "display-name": login, "emotes": "", "first-msg": 0,
        "mod": 0, "returning-chatter": 0, "room-id": 1337, "subscriber": 0, "turbo": 0, "user-id": number, "user-type": "",
    }  # fmt: skip
    known.update({name.replace("_", "-"): value for name, value in tags.items()})
    written = ";".join(f"{name}={str(value).translate(ESCAPES)}" for name, value in sorted(known.items()))
    return f"@{written} :{login}!{login}@{login}.{HOST} PRIVMSG #{room} :{text}"


def hash_of(login: str) -> int:
    """The same number for the same login in every run."""
    return sum(ord(char) * 31**place for place, char in enumerate(login))


class TwitchServer(LocalServer):
    """Lets anonymous readers in, refuses wrong tokens, welcomes, echoes the JOIN, sends the room's state, answers pings."""

    subprotocols = ("irc",)

    def __init__(self, port: int = 0, *, does_echo: bool = True, roomstate: str = WHOLE_STATE) -> None:
        super().__init__(port, does_echo=does_echo)
        self.joined: list[str] = []
        self.roomstate = roomstate
        self._token: dict[ServerConnection, str] = {}
        self._nick: dict[ServerConnection, str] = {}

    async def in_room(self, times: int = 1) -> None:
        """Wait until readers have joined `times` times."""
        await self.until(lambda: len(self.joined) >= times)

    async def say(self, *lines: str, together: bool = True) -> None:
        """Lines to the newest reader: one frame for all of them, as Twitch does under load, or a frame each."""
        frames = ["".join(f"{line}\r\n" for line in lines)] if together else [f"{line}\r\n" for line in lines]
        await self.send(*frames)

    async def hear(self, connection: ServerConnection, frame: str | bytes) -> None:
        assert isinstance(frame, str)
        for line in frame.split("\r\n"):
            command, _, rest = line.partition(" ")
            answer = getattr(self, f"_on_{command.lower()}", None)
            if answer is not None:
                await answer(connection, rest)

    async def _on_cap(self, connection: ServerConnection, rest: str) -> None:
        await connection.send(f":{HOST} CAP * ACK {rest.removeprefix('REQ ')}\r\n")

    async def _on_pass(self, connection: ServerConnection, rest: str) -> None:
        self._token[connection] = rest

    async def _on_nick(self, connection: ServerConnection, rest: str) -> None:
        nick = self._nick[connection] = rest.strip().lower()
        is_anonymous = nick.startswith("justinfan") and nick[9:].isdigit()
        if not is_anonymous and self._token.get(connection) != "oauth:good":
            await connection.send(f":{HOST} NOTICE * :Login authentication failed\r\n")
            await connection.close()
            return
        texts = {1: "Welcome, GLHF!", 2: f"Your host is {HOST}", 3: "This server is rather new", 4: "-"}
        texts |= {375: "-", 372: "You are in a maze of twisty passages, all alike.", 376: ">"}
        await connection.send("".join(f":{HOST} {number:03} {nick} :{text}\r\n" for number, text in texts.items()))

    async def _on_join(self, connection: ServerConnection, rest: str) -> None:
        room, nick = rest.strip(), self._nick.get(connection, "")
        if not nick or room != room.lower() or not room.startswith("#"):
            return  # Twitch says nothing at all to a JOIN it can't follow
        me = f"{nick}.{HOST}"
        await connection.send(
            f":{nick}!{nick}@{me} JOIN {room}\r\n:{me} 353 {nick} = {room} :{nick}\r\n:{me} 366 {nick} {room} :End of /NAMES list\r\n"
        )
        await connection.send(f"@{self.roomstate};room-id=1337 :{HOST} ROOMSTATE {room}\r\n")
        async with self._changed:
            self.joined.append(room)
            self._changed.notify_all()

    async def _on_ping(self, connection: ServerConnection, rest: str) -> None:
        await connection.send(f":{HOST} PONG {HOST} :{rest.removeprefix(':')}\r\n")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--rate", type=float, default=20.0, help="comments a second")
    args = parser.parse_args()
    async with TwitchServer(args.port) as server:
        print(server.port, flush=True)
        for number in itertools.count(1):
            await asyncio.sleep(1 / args.rate)
            if server.joined and not server.connections[-1].transport.is_closing():
                text = f"how much is number {number % 9 + 1}?" if number % 3 == 0 else f"hello {number}"
                line = privmsg(server.joined[-1][1:], f"viewer{number % 50}", text, id=f"m-{number}", tmi_sent_ts=int(time.time() * 1000))
                await server.say(line)


if __name__ == "__main__":
    asyncio.run(main())
