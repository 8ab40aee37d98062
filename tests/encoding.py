"""An encoder for tests: it knows which texts mean the same because it was told, and keeps account of what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from console.drafters.base import EncoderError, Vector


class Told:
    """A vector that points to one meaning, or to two at once. `@` is the cosine."""

    def __init__(self, meanings: dict[str, float]) -> None:
        self.meanings = meanings

    def __matmul__(self, other: Told) -> float:
        return sum(part * other.meanings.get(meaning, 0.0) for meaning, part in self.meanings.items())


class ToldEncoder:
    """`same`: groups of texts of one meaning; within a group the cosine is 0.9, beyond it 0."""

    name = "told"
    version = "1.2"
    dims = 2
    alike_permille = 820

    def __init__(self, *same: Sequence[str], breaks_after: int | None = None) -> None:
        self._group = {text: f"group {n}" for n, group in enumerate(same) for text in group}
        self._left = breaks_after
        self.batches: list[list[str]] = []
        self.threads: set[str] = set()

    def encode(self, texts: Sequence[str]) -> Sequence[Vector]:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise EncoderError("the model is gone")
        self.batches.append(list(texts))
        self.threads.add(threading.current_thread().name)
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> Told:
        group = self._group.get(text)
        return Told({text: 1.0}) if group is None else Told({group: 0.9**0.5, text: 0.1**0.5})
