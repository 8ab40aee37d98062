"""A WebSocket server written by hand that never answers a ping: it says something instead. Relays like that exist."""

from __future__ import annotations

import asyncio
import base64
import hashlib

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PING_BYTES = 10
"""A client's keep-alive: two bytes of header, four of mask, four of payload."""


class DeafServer:
    """`pings` counts the pings heard, `calls` the connections."""

    def __init__(self) -> None:
        self.pings = 0
        self.calls = 0
        self.url = ""

    async def __aenter__(self) -> DeafServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            key = next(line.split(b":", 1)[1].strip() for line in request.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
            accept = base64.b64encode(hashlib.sha1(key + _GUID).digest())
            writer.write(b"HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n")
            while await reader.readexactly(PING_BYTES):
                self.pings += 1
                said = b'{"msg":"%d"}' % self.pings
                writer.write(b"\x81" + bytes([len(said)]) + said)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
