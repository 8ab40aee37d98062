"""A pattern of the word tables: compiled when a text first comes near it, so that loading the tables costs nothing."""

from __future__ import annotations

import re

from console.triage.gate import needed_texts
from console.triage.late import Late
from console.triage.vocabulary import bad

MOST_TEXTS = 10
"""Of more alternatives than this, looking for them one by one costs as much as trying the pattern."""


class Pattern(Late):
    """Used or compiled, raises ConfigError naming table and key where it is no pattern after all."""

    __slots__ = ("_key", "_needs", "_table")

    def __init__(self, pattern: str, table: str, key: str) -> None:
        super().__init__(pattern)
        self._table, self._key = table, key
        self._needs: tuple[str, ...] = ()

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself. Raises ConfigError."""
        try:
            return super().compiled()
        except re.error as error:
            raise bad(self._table, self._key, f"not a pattern ({error})") from error

    def could_match(self, text: str) -> bool:
        """False where the text lacks what every match holds: far cheaper than trying, and never wrong."""
        needs = self._needs
        if not needs:
            found = needed_texts(self.pattern)
            # Where nothing is sure: the empty text, which every text holds.
            needs = self._needs = found if found and len(found) <= MOST_TEXTS else ("",)
        for one in needs:  # noqa: SIM110  (any() over a generator takes three times as long)
            if one in text:
                return True
        return False
