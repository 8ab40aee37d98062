"""How long things last in the queue."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """All in ms. `expire_ms` None = an open question is never given up."""

    expire_ms: int | None = 600_000
    trouble_ms: int = 120_000
    """A picture or sound problem that nobody has repeated for this long is over; the next one is another. Not where nothing expires."""
    snooze_ms: int = 60_000
    reuse_ms: int = 600_000
    echo_ms: int = 0
    """Who asks so soon after the answer hears it late, and is answered (0 = off; the config says 12 s, a recording without it had none)."""
    quiet_ms: int = 60_000
    """How long a dismissed question swallows further askers before it may come back."""
