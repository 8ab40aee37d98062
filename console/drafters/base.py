"""What an encoder is: an entry-point object that opens a model of sentences (docs/architecture.md, Adding something)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from console.domain.errors import LiveroomError

__all__ = ["API", "Encoder", "EncoderError", "EncoderPlugin", "Vector"]

API = 1
"""Version of this seam. An encoder with another `api` is named and left out, never half loaded."""


class EncoderError(LiveroomError):
    """A model that can't be loaded or broke. Nobody waits for it: the room goes on as if there were none."""


class Vector(Protocol):
    """A sentence as a vector of length 1, so that `a @ b` is the cosine. A numpy row is one."""

    def __matmul__(self, other: Any, /) -> Any: ...


class Encoder(Protocol):
    """An open model. `version` is its package's; both names stand in a recording's header."""

    name: str
    version: str
    dims: int
    alike_permille: int
    """From which cosine on two questions mean the same: measured with this model (bench/semantic.py)."""

    def encode(self, texts: Sequence[str]) -> Sequence[Vector]:
        """One vector a text, in their order. Slow, and called from a thread of its own. Raises EncoderError."""
        ...


class EncoderPlugin(Protocol):
    """The object an entry point of `liveroom.encoders` names. Importing its module loads no model and no numpy."""

    name: str
    api: int

    def version(self) -> str | None:
        """Of the package it needs; None where that is not installed. Looks at no model."""
        ...

    def open(self) -> Encoder:
        """The model, loaded when it is first asked. Raises EncoderError where its package is not there."""
        ...
