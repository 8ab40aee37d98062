"""A pattern that is compiled when it is first used: a class of all Chinese characters alone takes a millisecond to compile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Found = re.Match[str] | None


class Late:
    """Methods as `re.Pattern` has them. After the first call they are the compiled pattern's own."""

    __slots__ = ("findall", "finditer", "fullmatch", "match", "pattern", "search", "sub", "subn")

    search: Callable[[str], Found]
    match: Callable[[str], Found]
    fullmatch: Callable[[str], Found]
    findall: Callable[[str], list[Any]]
    finditer: Callable[[str], Iterator[re.Match[str]]]
    sub: Callable[..., str]
    """(what stands instead, or what makes it of a match; the text; count: int = 0 for all) → text"""
    subn: Callable[..., tuple[str, int]]

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        """Asked for only what is not there yet."""
        if name not in Late.__slots__ or name == "pattern":
            raise AttributeError(name)
        self.compiled()
        return getattr(self, name)

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself. Raises re.error where it is none."""
        made = re.compile(self.pattern)
        self.search, self.match, self.fullmatch = made.search, made.match, made.fullmatch
        self.findall, self.finditer, self.sub, self.subn = made.findall, made.finditer, made.sub, made.subn
        return made
