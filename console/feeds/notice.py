"""What a feed says about itself: counted, so that a flood of garbage is a handful of notices."""

from __future__ import annotations

from typing import Any, Literal

from console.domain.events import System, SystemOf
from console.domain.text import SafeText, clean


class Tally:
    """Counts what could not be used and speaks up at the 1st, 10th, 100th … of it. `code` names the string of the notice."""

    def __init__(self, code: str) -> None:
        self.count = 0
        self._code = code
        self._next = 1

    def one_more(self) -> list[System]:
        """A notice, or nothing."""
        self.count += 1
        if self.count < self._next:
            return []
        self._next *= 10
        return [notice(self._code, "warn", count=self.count)]


def notice(
    code: str,
    level: Literal["info", "warn", "error"] = "info",
    text: str | None = None,
    *,
    count: int | None = None,
    raw: dict[str, Any] | None = None,
) -> System:
    """Our own notice, shown through the string `feeds.notice.<code>`."""
    said = SystemOf(level=level, code=SafeText(f"feeds.notice.{code}"), text=None if text is None else clean(text), count=count)
    return System(system=said, raw=raw)
