"""A pattern of the word tables: compiled when a text first comes near it, so that loading the tables costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from console.triage.gate import needed_texts
from console.triage.vocabulary import bad

MOST_TEXTS = 6
"""Of more alternatives than this, looking for them one by one costs as much as trying the pattern."""


class Pattern:
    """`search` and `sub` as `re` has them. Raise ConfigError naming table and key where it is no pattern after all."""

    __slots__ = ("_key", "_needs", "_table", "pattern", "search", "sub")

    def __init__(self, pattern: str, table: str, key: str) -> None:
        self.pattern = pattern
        self._table, self._key = table, key
        self._needs: tuple[str, ...] | None = None
        # Both give way to the compiled pattern's own methods, so that only the first call takes the way through here.
        self.search: Callable[[str], re.Match[str] | None] = lambda text: self.compiled().search(text)
        self.sub: Callable[[str | Callable[[re.Match[str]], str], str], str] = lambda instead, text: self.compiled().sub(instead, text)

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself. Raises ConfigError."""
        try:
            made = re.compile(self.pattern)
        except re.error as error:
            raise bad(self._table, self._key, f"not a pattern ({error})") from error
        self.search, self.sub = made.search, made.sub
        return made

    def could_match(self, text: str) -> bool:
        """False where the text lacks what every match holds: far cheaper than trying, and never wrong."""
        needs = self._needs
        if needs is None:
            found = needed_texts(self.pattern)
            # Where nothing is sure: the empty text, which every text holds.
            needs = self._needs = found if found and len(found) <= MOST_TEXTS else ("",)
        for one in needs:  # noqa: SIM110  (any() over a generator takes three times as long)
            if one in text:
                return True
        return False
