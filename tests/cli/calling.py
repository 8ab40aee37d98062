"""The command line as a function: what it returned, what it said on stdout and on stderr."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Said(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[Any]:
        """stdout as JSON, one value a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, kind: str) -> list[Any]:
        return [line for line in self.lines if line["kind"] == kind]


Liveroom = Callable[..., Said]
