"""Which addresses we connect to, and how they are shown."""

from __future__ import annotations

from urllib.parse import urlsplit

from console.domain.errors import UsageError
from console.i18n import Speech
from console.wire.limits import is_loopback


def checked_url(url: str, *, is_insecure_fine: bool, say: Speech) -> str:
    """`url` if we may connect to it. Raises UsageError: no ws/wss address, or plain ws:// beyond this machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("ws", "wss"):
        raise UsageError(say("feeds.bad_url", url=url), hint=say("feeds.bad_url_hint"))
    if parts.scheme == "ws" and not is_loopback(host) and not is_insecure_fine:
        raise UsageError(say("feeds.insecure", host=host), hint=say("feeds.insecure_hint"))
    return url


def public_address(url: str) -> str:
    """The address without user, password and query: fit for a screen and a journal."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path.rstrip('/')}"
