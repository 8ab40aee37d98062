"""The WebSocket transport that all socket feeds share: connect, notice a dead line, come back, never lose the order.

A codec says what the bytes mean; this file only moves them. The receiver waits for nothing but the socket: a slow screen or
disk must not delay a pong (docs/security.md, fact 3).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import force_setattr

from console.domain.errors import FeedAuthError, FeedError
from console.domain.events import Event, Health, HealthOf, Link, LinkOf, System, SystemOf
from console.domain.text import SafeText, clean, trusted
from console.i18n import Speech
from console.wire.backfill import Backfill
from console.wire.backoff import Backoff
from console.wire.world import Put, World

if TYPE_CHECKING:
    from console.wire.line import Line, LineLost, Timing

LONGEST_TURN_MS = 4
"""The reader gives the loop back at least this often, however fast frames come."""
FRAMES_BETWEEN_LOOKS = 32
RESTART_MS = (5_000, 25_000)
"""Close code 1012: come back after a random 5–30 s (IANA WebSocket close code registry)."""
OVERLOAD_MS = (15_000, 30_000)
"""Close code 1013, try again later: at once our most patient wait, 30 s ± 50 %."""
REFUSED = (401, 403)


class Codec(Protocol):
    """What the bytes of one platform mean. Pure: sees frames, never sockets, reads no clock.

    `platform` and `room` name what it reads, as far as known; `is_ready` = the platform has let us in; `bad_frames` counts
    what could not be read; `reconnect_requested` and `auth_refused` (the platform's words) are hints to the transport.
    """

    name: str
    platform: SafeText | None
    room: SafeText | None
    is_ready: bool
    reconnect_requested: bool
    auth_refused: str | None

    @property
    def bad_frames(self) -> int: ...

    def opened(self) -> None:
        """A new connection stands: forget the old one, queue the greeting."""
        ...

    def receive(self, frame: str | bytes) -> Iterable[Event]:
        """The events of one frame, in order. Never raises: what can't be read is counted and told by a System event."""
        ...

    def data_to_send(self) -> list[str | bytes]:
        """What the protocol wants to send now; asking empties it."""
        ...


def explain(say: Speech, reason: str) -> SafeText:
    """A reason code of a Link event in words: `http_503` and `closed_1006` by their family where they have no words of their own."""
    if say.has(f"feeds.reason.{reason}"):
        return say(f"feeds.reason.{reason}")
    family, _, number = reason.rpartition("_")
    return say(f"feeds.reason.{family}", number=number) if number.isdigit() and say.has(f"feeds.reason.{family}") else clean(reason)


class WebSocketSource:
    """One room on one WebSocket address, for ever: `run` ends by an error that a person must act on, or by being cancelled.

    `is_fail_fast`: a first connection that can't be made raises FeedError instead of being tried again (headless commands).
    """

    def __init__(
        self,
        codec: Codec,
        url: str,
        *,
        key: str,
        world: World,
        say: Speech,
        subprotocols: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
        is_fail_fast: bool = False,
        timing: Timing | None = None,
    ) -> None:
        self.name = codec.name
        self.key = key
        self._codec = codec
        self._url = url
        self._subprotocols = tuple(subprotocols)
        self._headers = dict(headers or {})
        self._world = world
        self._say = say
        self._is_fail_fast = is_fail_fast
        self._timing = timing
        self._backoff = Backoff(world)
        self._has_been_live = False
        self._is_up = False
        self._down_reason = ""
        self._heard_ms = 0
        self._gap_from_ms = 0
        self._backfill = Backfill()
        self._batch: list[Event] = []
        self._is_turn_open = False
        self._turn_ms = 0
        self._now_ms = 0
        self._put: Put = _nowhere

    async def run(self, put: Put) -> None:
        """Read until cancelled. Raises FeedAuthError (refused), FeedError (`is_fail_fast` and never connected)."""
        from console.wire.line import LineLost

        self._put = put
        self._tell("connecting")
        try:
            while True:
                try:
                    await self._one_connection()
                    lost = LineLost("server_asked")
                except LineLost as error:
                    lost = error
                await self._wait_after(lost)
        finally:
            self._flush()

    # --- one connection -----------------------------------------------------------------------------------------------

    async def _one_connection(self) -> None:
        """Returns when the platform asks for a new connection. Raises LineLost, FeedAuthError."""
        from console.wire.line import Timing, open_line

        timing = self._timing or Timing()
        line = await open_line(self._url, subprotocols=self._subprotocols, headers=self._headers, timing=timing)
        line.on_pong = self._heard_pong
        codec = self._codec
        codec.opened()
        loop = asyncio.get_running_loop()
        welcome = loop.call_later(timing.open_timeout_s, self._give_up_unless_welcome, line)
        try:
            async with line:
                await self._send(line, timing)
                self._look_up()
                await self._read(line, timing)
        finally:
            welcome.cancel()
            self._flush()

    def _give_up_unless_welcome(self, line: Line) -> None:
        if not self._codec.is_ready:
            line.give_up("no_welcome")

    async def _read(self, line: Line, timing: Timing) -> None:
        from websockets.exceptions import ConnectionClosed

        from console.wire.line import why_closed

        codec, world, frames = self._codec, self._world, 0
        try:
            while not codec.reconnect_requested:
                self._take(codec.receive(await line.recv()))
                if outgoing := codec.data_to_send():
                    await self._send(line, timing, outgoing)
                if codec.is_ready and not self._is_up:
                    self._look_up()
                if codec.auth_refused is not None:
                    raise self._refused(clean(codec.auth_refused))
                frames += 1
                if frames % FRAMES_BETWEEN_LOOKS == 0 and world.monotonic_ms() - self._turn_ms >= LONGEST_TURN_MS:
                    self._flush()
                    await asyncio.sleep(0)
        except ConnectionClosed as closed:
            raise why_closed(line, closed) from None

    async def _send(self, line: Line, timing: Timing, outgoing: list[str | bytes] | None = None) -> None:
        """A peer that doesn't read what we answer is a dead line, not a reason to stand still."""
        from websockets.exceptions import ConnectionClosed

        from console.wire.line import LineLost, why_closed

        try:
            async with asyncio.timeout(timing.ping_timeout_s):
                for message in self._codec.data_to_send() if outgoing is None else outgoing:
                    await line.send(message)
        except TimeoutError:
            line.give_up("no_pong")
            raise LineLost("no_pong") from None
        except ConnectionClosed as closed:
            raise why_closed(line, closed) from None

    # --- handing over ---------------------------------------------------------------------------------------------------

    def _take(self, events: Iterable[Event]) -> None:
        """Stamp and collect; all that arrived within one turn of the loop leaves as one list."""
        if not self._is_turn_open:
            self._start_turn()
        self._heard_ms = now_ms = self._now_ms
        for event in events:
            force_setattr(event, "recv_ms", now_ms)
            if isinstance(event, System):
                self._sign(event)
            elif event.ts_ms is not None and not event.history and self._backfill.is_late(event.ts_ms, now_ms):
                force_setattr(event, "late", True)
            self._batch.append(event)

    def _start_turn(self) -> None:
        self._is_turn_open = True
        self._turn_ms = self._world.monotonic_ms()
        self._now_ms = self._world.now_ms()
        asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._is_turn_open = False
        if self._batch:
            batch, self._batch = self._batch, []
            self._put(batch)

    def _add(self, event: Event) -> None:
        if not self._is_turn_open:
            self._start_turn()
        self._sign(event)
        self._batch.append(event)

    def _sign(self, event: Event) -> None:
        """Our own events belong to the room that the codec reads."""
        force_setattr(event, "platform", self._codec.platform)
        force_setattr(event, "room", self._codec.room)

    def _heard_pong(self, latency_s: float) -> None:
        sample = HealthOf(source=SafeText("chat"), metric=SafeText("rtt"), value=round(latency_s * 1000), unit=SafeText("ms"))
        self._add(Health(health=sample))
        self._heard_ms = self._now_ms

    # --- up and down ----------------------------------------------------------------------------------------------------

    def _look_up(self) -> None:
        """Say `live` (or `resumed`, with the lost stretch) once the platform has let us in."""
        if not self._codec.is_ready or self._is_up:
            return
        self._is_up = True
        self._backoff.went_up()
        self._down_reason = ""
        self._heard_ms = self._world.now_ms()
        if self._has_been_live:
            now_ms = self._world.now_ms()
            self._backfill.resumed(now_ms)
            gap = SystemOf(level="warn", code=SafeText("gap"), from_ms=min(self._gap_from_ms, now_ms), to_ms=now_ms)
            self._add(System(system=gap))
        self._tell("resumed" if self._has_been_live else "live")
        self._has_been_live = True

    def _tell(self, state: str, reason: str | None = None) -> None:
        told = SafeText(reason) if reason else None
        self._add(Link(link=LinkOf(source=trusted(self.key), state=state, reason=told)))  # type: ignore[arg-type]  # a literal above

    async def _wait_after(self, lost: LineLost) -> None:
        words = explain(self._say, lost.reason)
        if lost.status in REFUSED:
            raise self._refused(words)
        if lost.is_config or (self._is_fail_fast and not self._has_been_live):
            raise FeedError(self._say("feeds.unreachable", key=self.key, reason=words), hint=self._say("feeds.unreachable_hint"))
        if self._is_up:
            self._is_up, self._gap_from_ms = False, self._heard_ms
        if lost.reason != self._down_reason:  # a long outage is told once, not at each try
            self._down_reason = lost.reason
            self._tell("down", lost.reason)
        self._flush()
        await self._world.sleep(self._backoff.next_ms(self._asked_ms(lost)) / 1000)

    def _refused(self, words: SafeText) -> FeedAuthError:
        return FeedAuthError(self._say("feeds.refused", key=self.key, reason=words), hint=self._say("feeds.refused_hint"))

    def _asked_ms(self, lost: LineLost) -> int:
        asked = {"closed_1012": RESTART_MS, "closed_1013": OVERLOAD_MS}.get(lost.reason)
        return lost.at_least_ms if asked is None else asked[0] + int(self._world.random() * asked[1])


def _nowhere(events: Sequence[Event]) -> None:
    raise RuntimeError("run() was not called")
