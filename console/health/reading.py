"""The words of health: a level, an alert, and the view a screen gets. Frozen; codes with parameters, never sentences."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Level = Literal["ok", "warn", "critical", "unknown"]
"""`unknown` stands between ok and warn: nothing bad was seen, and nothing says that all is well."""

SEVERITY: dict[Level, int] = {"ok": 0, "unknown": 1, "warn": 2, "critical": 3}

Cause = Literal["none", "no_probe", "unknown", "viewers", "our_network", "platform", "probe_url", "cdn", "origin", "uplink", "encoder"]
"""Where the trouble sits (`cause.<cause>`). `none` goes with ok; `no_probe`: nobody looks at the picture."""


class Alert(Struct, frozen=True, kw_only=True):
    """A code with parameters; the words are made at the edge (`alert.<code>`, `advice.<code>`, `cause.<cause>`).

    `since_ms`: when it was raised (epoch ms). Parameters ending in `_s` are whole seconds."""

    code: str
    level: Level
    cause: str
    since_ms: int
    params: tuple[tuple[str, int | str], ...] = ()


class HealthView(Struct, frozen=True, kw_only=True):
    """The health strip's and page's numbers: whole ms, None = unknown."""

    level: Level
    cause: str
    alerts: tuple[Alert, ...]
    """Worst first."""
    latency_ms: int | None
    latency_kind: Literal["latency", "live_edge", "unknown"]
    playlist_age_ms: int | None
    rtt_ms: int | None
    receipt_ms: int | None
    """Receipt delay over the running minimum; None = the platform gives no time."""
    complaints: int
    """Distinct viewers who complained about picture or sound within the last 15 s."""
    complaints_needed: int
    stalls_5min: int
    silent_ms: int
    """Since the last sign of a viewer; 0 before the first."""
    has_probe: bool
    latency_series: tuple[int, ...] = ()
    """One value a sample, newest last, at most 60."""
    rate_series: tuple[int, ...] = ()
    """Comments a second × 10, one value a second, newest last, at most 60."""
