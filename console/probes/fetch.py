"""One bounded GET, for a probe: no cookies, no login, no proxy, few redirects, a byte limit and a time limit.

The URL was given by the user, everything behind it by strangers: each redirect and each variant passes the same gate.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Awaitable, Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import httpx
from msgspec import Struct

from console import __version__
from console.domain.errors import FeedError, UsageError
from console.wire.limits import is_loopback
from console.wire.world import World

MOST_BODY_BYTES = 1 << 20
"""A playlist; RFC 8216 knows no limit, a live one of two hours has some 300 KiB."""
MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)

# Both write whole URLs, signatures included, into whatever log is on.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)

Resolve = Callable[[str, int], Awaitable[list[str]]]


class NotReached(FeedError):
    """A GET that gave no usable answer. `code` names its string (`probe.timeout` …)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Answer(Struct, frozen=True, kw_only=True):
    """`url`: where the redirects led; `ttfb_ms`: from the request to the answer's head, redirects included."""

    url: str
    status: int
    body: bytes
    ttfb_ms: int


async def addresses_of(host: str, port: int) -> list[str]:
    """The host's addresses, as the system resolves them. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Gate:
    """Which addresses the probe may call: the user's own host, and public ones."""

    def __init__(self, url: str, *, is_insecure_fine: bool, resolve: Resolve = addresses_of) -> None:
        """Raises UsageError where the user's URL itself can't be used."""
        self._is_insecure_fine = is_insecure_fine
        self._resolve = resolve
        try:
            parts = urlsplit(url)
            self._host = (parts.hostname or "").lower()
            parts.port  # noqa: B018 - reading it is what checks it
        except ValueError as wrong:
            raise UsageError("The stream URL can't be read", hint="It looks like https://host/path.m3u8") from wrong
        if parts.scheme not in ("http", "https") or not self._host:
            raise UsageError("A stream URL begins with https:// or http://", hint="It looks like https://host/path.m3u8")
        if parts.username is not None or parts.password is not None:
            raise UsageError("The stream URL holds a login", hint="Probes send no logins; use a signed URL without user:password@")
        if parts.scheme == "http" and not self._is_plain_fine(self._host):
            raise UsageError(
                "Plain http would show the stream URL to everybody on the way", hint="Use https://, or allow it with --insecure"
            )

    def _is_plain_fine(self, host: str) -> bool:
        return self._is_insecure_fine or is_loopback(host)

    async def check(self, url: str) -> None:
        """Raises NotReached where a stranger's URL leads somewhere a probe must not go."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port or 443
        except ValueError as wrong:
            raise NotReached("probe.bad_address") from wrong
        if parts.scheme not in ("http", "https") or not host or parts.username is not None:
            raise NotReached("probe.scheme_refused")
        if parts.scheme == "http" and not self._is_plain_fine(host):
            raise NotReached("probe.plain_refused")
        if host != self._host and not all(_is_public(address) for address in await self._resolve(host, port)):
            raise NotReached("probe.private_refused")


def _is_public(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        address = mapped
    return address.is_global and not address.is_multicast


def probe_client() -> httpx.AsyncClient:
    """A client that brings nothing of the user's along: no environment, no proxy, no netrc, and a jar that takes no cookie."""
    return httpx.AsyncClient(
        trust_env=False,
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"User-Agent": f"liveroom/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"},
    )


async def fetch(client: httpx.AsyncClient, gate: Gate, world: World, url: str, timeout_ms: int) -> Answer:
    """GET `url`, at most three redirects, 1 MiB and `timeout_ms` in all. Raises NotReached, and nothing else."""
    try:
        async with asyncio.timeout(timeout_ms / 1000):
            return await _follow(client, gate, world, url)
    except (TimeoutError, httpx.TimeoutException) as late:
        raise NotReached("probe.timeout") from late
    except (httpx.ConnectError, socket.gaierror) as gone:
        raise NotReached("probe.no_connection") from gone
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as wrong:
        raise NotReached("probe.bad_address") from wrong
    except (httpx.HTTPError, httpx.StreamError, OSError) as cut:
        raise NotReached("probe.broken_off") from cut


async def _follow(client: httpx.AsyncClient, gate: Gate, world: World, url: str) -> Answer:
    start_ms = world.monotonic_ms()
    for _ in range(MOST_REDIRECTS + 1):
        await gate.check(url)
        async with client.stream("GET", url) as response:
            location = response.headers.get("Location")
            if response.status_code not in REDIRECTS or location is None:
                ttfb_ms = world.monotonic_ms() - start_ms
                return Answer(url=url, status=response.status_code, body=await _body(response), ttfb_ms=ttfb_ms)
        try:
            url = urljoin(url, location)
        except ValueError as wrong:
            raise NotReached("probe.bad_address") from wrong
    raise NotReached("probe.too_many_redirects")


async def _body(response: httpx.Response) -> bytes:
    if response.status_code >= 400:
        return b""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotReached("probe.unreadable")  # Asked for none: unpacking a stranger's archive is no probe's work.
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            raise NotReached("probe.too_large")
    return bytes(body)
