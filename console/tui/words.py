"""Numbers as people read them: clocks, durations, counts. All input in whole ms."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.text import SafeText, trusted
from console.i18n import Speech

CALM_FROM_MS = 30_000
"""Ruling 22: a clock steps each second up to here, then each five."""


def spoken(say: Speech, code: str, params: Iterable[tuple[str, str | int]], otherwise: str) -> SafeText:
    """The string of a code that came with a view; where the table lacks it, or the view lacks one of its parameters, `otherwise`:
    a code somebody can look up is better than a screen that went away."""
    if not say.has(code):
        return trusted(otherwise)
    try:
        return say(code, **dict(params))
    except (KeyError, IndexError, ValueError):
        return trusted(otherwise)


def clock(ms: int) -> str:
    """`0:07`, `12:35`, `1h02`; after 30 s in steps of five, because nobody acts on the sixth second of a late question."""
    if ms >= CALM_FROM_MS:
        ms -= ms % 5_000
    seconds = max(0, ms) // 1000
    if seconds >= 3600:
        return f"{seconds // 3600}h{seconds % 3600 // 60:02}"
    return f"{seconds // 60}:{seconds % 60:02}"


def lasted(ms: int) -> str:
    """`0:07`, `2:05`, `1:02:05`: how long a trouble lasts, to the second."""
    seconds = max(0, ms) // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def next_step(ms: int) -> int:
    """Milliseconds until `clock()` of a running wait shows something else."""
    step = 5_000 if ms >= CALM_FROM_MS else 1_000
    return step - max(0, ms) % step


def seconds(ms: int | None) -> str:
    """`6.8 s`, `38 s`, `4 min`; `–` where unknown, never 0."""
    if ms is None:
        return "–"
    if ms < 10_000:
        return f"{ms // 1000}.{ms % 1000 // 100} s"
    if ms < 180_000:
        return f"{ms // 1000} s"
    return f"{ms // 60_000} min"


def millis(ms: int | None) -> str:
    return "–" if ms is None else f"{ms} ms" if ms < 10_000 else seconds(ms)


def count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def percent(permille: int | None) -> str:
    return "–" if permille is None else f"{permille // 10}%"


def per_second(x10: int) -> str:
    """Comments a second: one digit after the point below 10."""
    return f"{x10 // 10}.{x10 % 10}/s" if x10 < 100 else f"{x10 // 10:,}/s"
