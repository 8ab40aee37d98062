"""One WebSocket connection: the websockets library behind five words of ours (open, recv, send, close, errors).

Imported only when a connection is opened: the library costs 120 ms of start-up.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxy,
    InvalidStatus,
    InvalidURI,
    NegotiationError,
    ProxyError,
)
from websockets.typing import Subprotocol

from console.wire.limits import MOST_FRAME_BYTES, is_loopback

if TYPE_CHECKING:
    from websockets.typing import DataLike

LONGEST_RETRY_AFTER_MS = 600_000
SERVICE_RESTART = 1012
TRY_AGAIN_LATER = 1013
_logger = logging.getLogger("liveroom.websocket")
_logger.setLevel(logging.WARNING)  # its DEBUG lines hold headers, and headers hold credentials


class Timing(NamedTuple):
    """Seconds. A dead line is noticed after at most `ping_interval_s + ping_timeout_s` (10 s; docs/security.md allows 11)."""

    open_timeout_s: float = 8.0
    ping_interval_s: float = 5.0
    ping_timeout_s: float = 5.0
    close_timeout_s: float = 1.0


class LineLost(Exception):
    """The connection ended, or never came about. `reason` is a code of `feeds.reason.*`; `status` the HTTP status, if any;
    `at_least_ms` what the server asked us to wait; `is_config` = another try can't help before a person changes something."""

    def __init__(self, reason: str, *, status: int | None = None, at_least_ms: int = 0, is_config: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.at_least_ms = at_least_ms
        self.is_config = is_config


class Line(ClientConnection):
    """A connection that knows when it last heard anything, and says how long each keep-alive took.

    The library would end a connection whose pong is late even while data pours in, and for ever reconnect to a relay that
    answers no ping at all. Here any traffic is a sign of life.
    """

    on_pong: Callable[[float], None] = staticmethod(lambda latency_s: None)
    heard: int = 0
    dead_reason: str = ""
    ping_timeout_ours_s: float = 5.0

    def data_received(self, data: bytes) -> None:
        self.heard += 1
        super().data_received(data)

    async def ping(self, data: DataLike | None = None) -> Awaitable[float]:
        pong = await super().ping(data)
        assert isinstance(pong, asyncio.Future)
        alarm = self.loop.call_later(self.ping_timeout_ours_s, self._give_up_if_silent, self.heard)
        pong.add_done_callback(lambda done: self._heard_pong(done, alarm))
        return pong

    def _heard_pong(self, pong: asyncio.Future[float], alarm: asyncio.TimerHandle) -> None:
        alarm.cancel()
        if not pong.cancelled() and pong.exception() is None:
            self.on_pong(pong.result())

    def _give_up_if_silent(self, heard_then: int) -> None:
        if self.heard == heard_then:
            self.give_up("no_pong")

    def give_up(self, reason: str) -> None:
        """Drop the connection now, without a closing handshake nobody would answer."""
        self.dead_reason = self.dead_reason or reason
        self.transport.abort()


class _Connect(connect):
    """Follows no redirect: it would lead to a host that nobody named."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def open_line(
    url: str,
    *,
    subprotocols: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    timing: Timing,
) -> Line:
    """Connect. Raises LineLost with the reason. TLS is always verified; loopback never goes through a proxy."""
    near = is_loopback(urlsplit(url).hostname or "")
    try:
        line = await _Connect(
            url,
            create_connection=Line,
            subprotocols=[Subprotocol(name) for name in subprotocols] or None,
            additional_headers=dict(headers or {}),
            user_agent_header="liveroom",
            proxy=None if near else True,
            compression=None if near else "deflate",
            open_timeout=timing.open_timeout_s,
            ping_interval=timing.ping_interval_s,
            ping_timeout=None,
            close_timeout=timing.close_timeout_s,
            max_size=MOST_FRAME_BYTES,
            max_queue=64,
            logger=_logger,
        )
    except (OSError, InvalidHandshake, InvalidURI, InvalidProxy, TimeoutError, ImportError, UnicodeError) as error:
        raise _why_not_open(error) from error
    assert isinstance(line, Line)
    line.ping_timeout_ours_s = timing.ping_timeout_s
    return line


def _why_not_open(error: Exception) -> LineLost:
    if isinstance(error, InvalidStatus):
        status = error.response.status_code
        headers = error.response.headers
        asked_ms = retry_after_ms(headers.get("Retry-After"), headers.get("Date"))
        return LineLost(f"http_{status}", status=status, at_least_ms=asked_ms)
    if isinstance(error, ImportError):
        return LineLost("socks_proxy", is_config=True)
    if isinstance(error, InvalidURI | UnicodeError):  # a host name that IDNA can't write
        return LineLost("bad_url", is_config=True)
    if isinstance(error, InvalidProxy | ProxyError):
        return LineLost("proxy")
    if isinstance(error, NegotiationError):
        return LineLost("subprotocol")
    if isinstance(error, ssl.SSLCertVerificationError):
        return LineLost("certificate")
    if isinstance(error, ssl.SSLError):
        return LineLost("tls")
    if isinstance(error, TimeoutError):
        return LineLost("timeout")
    if isinstance(error, ConnectionRefusedError):
        return LineLost("refused")
    if isinstance(error, ConnectionError):
        return LineLost("reset")
    if isinstance(error, OSError):
        return LineLost("dns" if type(error).__name__ == "gaierror" else "network")
    return LineLost("handshake")


def retry_after_ms(value: str | None, server_date: str | None = None) -> int:
    """Retry-After in ms, from 0 to 10 min: seconds, or a date against the server's own `Date` (our clock may be wrong)."""
    if value is None:
        return 0
    if value.isascii() and value.isdigit():
        return min(int(value[:9]) * 1000, LONGEST_RETRY_AFTER_MS)
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(server_date or "")
        return max(0, min(int(wait.total_seconds()) * 1000, LONGEST_RETRY_AFTER_MS))
    except (ValueError, TypeError):  # no date, or one with a zone against one without
        return 0


def why_closed(line: Line, closed: ConnectionClosed) -> LineLost:
    """The reason in one code: ours where we gave up, else the close code that was received or sent."""
    if line.dead_reason:
        return LineLost(line.dead_reason)
    close = closed.rcvd or closed.sent
    return LineLost("reset" if close is None else f"closed_{close.code}")
