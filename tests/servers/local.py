"""A WebSocket server on this machine that can misbehave on demand: what all stand-ins for platforms share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

LONGEST_WAIT_S = 20


class LocalServer:
    """`async with LocalServer() as server:` then `server.url`. Subclasses say what happens on a connection.

    `subprotocols` it speaks; `does_echo` = it names the one it chose, as it should; `received` holds every frame that clients
    sent, in order; `handshakes` counts requests, refused ones included.
    """

    path = "/"
    subprotocols: tuple[str, ...] = ()

    def __init__(self, port: int = 0, *, does_echo: bool = True) -> None:
        self.port = port
        self.does_echo = does_echo
        self.received: list[str | bytes] = []
        self.offered: list[list[str]] = []
        self.handshakes = 0
        self.connections: list[ServerConnection] = []
        self._refusals: list[tuple[int, Mapping[str, str]]] = []
        self._changed = asyncio.Condition()
        self._server: Server | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}{self.path}"

    async def __aenter__(self) -> Self:
        self._server = await serve(
            self._serve,
            "127.0.0.1",
            self.port,
            process_request=self._answer_handshake,
            select_subprotocol=self._choose if self.subprotocols else None,
            compression=None,
            ping_interval=None,
            close_timeout=1,
            max_queue=None,
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._server is not None
        for connection in self.connections:
            connection.transport.abort()
        self._server.close(close_connections=False)
        await self._server.wait_closed()

    # --- what a test asks for ---------------------------------------------------------------------------------------------

    async def connected(self, times: int = 1) -> ServerConnection:
        """The newest connection, once there have been `times` of them."""
        await self.until(lambda: len(self.connections) >= times)
        return self.connections[-1]

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(LONGEST_WAIT_S), self._changed:
            await self._changed.wait_for(is_so)

    async def send(self, *frames: str | bytes) -> None:
        """To the newest connection, one message each."""
        for frame in frames:
            await self.connections[-1].send(frame)

    async def close(self, code: int, reason: str = "") -> None:
        await self.connections[-1].close(code, reason)

    def cut(self) -> None:
        """The connection breaks without a word."""
        self.connections[-1].transport.abort()

    def write_broken(self, piece: bytes) -> None:
        """Bytes as they are on the newest connection, then the end of the stream: a frame cut in the middle."""
        self.connections[-1].transport.write(piece)
        self.connections[-1].transport.close()

    def go_dark(self) -> None:
        """The connection stays open and nothing is read or answered any more, pings included."""
        self.connections[-1].transport.pause_reading()

    def refuse_next(self, status: int, headers: Mapping[str, str] | None = None, times: int = 1) -> None:
        """Answer the next handshakes with an HTTP status instead."""
        self._refusals += [(status, headers or {})] * times

    # --- what a stand-in says ---------------------------------------------------------------------------------------------

    async def greet(self, connection: ServerConnection) -> None:
        """A connection stands."""

    async def hear(self, connection: ServerConnection, frame: str | bytes) -> None:
        """A frame came from the client."""

    async def _serve(self, connection: ServerConnection) -> None:
        async with self._changed:
            self.connections.append(connection)
            self._changed.notify_all()
        try:
            await self.greet(connection)
            async for frame in connection:
                async with self._changed:
                    self.received.append(frame)
                    self._changed.notify_all()
                await self.hear(connection, frame)
        except ConnectionClosed:
            pass

    def _answer_handshake(self, connection: ServerConnection, request: Request) -> Response | None:
        self.handshakes += 1
        self.offered.append([name.strip() for name in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if name])
        if not self._refusals:
            return None
        status, headers = self._refusals.pop(0)
        return Response(status, "Refused", Headers({"Content-Length": "0", "Connection": "close", **headers}), b"")

    def _choose(self, connection: ServerConnection, offered: list[Subprotocol]) -> Subprotocol | None:
        return next((name for name in offered if name in self.subprotocols), None) if self.does_echo else None
