"""A pattern of the word tables: compiled when a text first comes near it, so that loading the tables costs nothing."""

from __future__ import annotations

import re

from console.triage.gate import Ways, could_match, ways_of
from console.triage.late import Late
from console.triage.vocabulary import bad


class Pattern(Late):
    """Used or compiled, raises ConfigError naming table and key where it is no pattern after all."""

    __slots__ = ("_key", "_table", "_ways")

    def __init__(self, pattern: str, table: str, key: str) -> None:
        super().__init__(pattern)
        self._table, self._key = table, key
        self._ways: Ways = ()

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself. Raises ConfigError."""
        try:
            return super().compiled()
        except re.error as error:
            raise bad(self._table, self._key, f"not a pattern ({error})") from error

    def could_match(self, text: str) -> bool:
        """False where the text lacks what every match holds: far cheaper than trying, and never wrong."""
        if not self._ways:
            self._ways = ways_of(self.pattern)
        return could_match(self._ways, text)
