"""Our pieces, and the vectors that a pretrained encoder (Google's multilingual Universal Sentence Encoder, Apache-2.0) has of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from vocabulary import RESOURCES

from console.triage.pieces import Pieces, spelt

CHUNKS, WIDTH = 17, 512
EMPTY, BEGIN, END, UNKNOWN, FIRST = 0, 1, 2, 3, 4
MOST_PIECES = 64


class Cutter:
    """Texts → rows of the table."""

    def __init__(self, vocabulary: Path) -> None:
        entries = json.loads(vocabulary.read_text("utf-8"))
        self.names, self.rows = list(entries), [row for row, _ in entries.values()]
        self.scores = [score for _, score in entries.values()]
        self._pieces = Pieces(dict(zip(self.names, self.scores, strict=True)))

    def cut(self, text: str) -> list[int]:
        places = [self._pieces.place(piece) for piece in self._pieces.of(text)[: MOST_PIECES - 2]]
        return [BEGIN, *(place + FIRST if place is not None else UNKNOWN for place in places), END]

    def text(self, rows: list[int]) -> str:
        """What these rows of the table say."""
        return "".join(self.names[row - FIRST] for row in rows if row >= FIRST).replace("▁", " ").strip()

    def spelt(self, texts: list[str]) -> list[str]:
        """The words of all texts that the pieces don't explain."""
        return sorted({word for text in texts for word in spelt(self._pieces.of(text), self._pieces.place)})

    def table(self) -> np.ndarray[Any, Any]:
        """The encoder's vectors of our pieces (rows: empty, begin, end, unknown, pieces)."""
        with np.load(RESOURCES / "weights.npz") as weights:
            whole = np.empty((CHUNKS * weights["q1"].shape[0], WIDTH), np.uint8)
            for n in range(CHUNKS):
                whole[n::CHUNKS] = weights[f"q{n + 1}"]
            ids = np.array([0, 1, 2, 0, *self.rows])
            made = whole[ids] * weights["scale"][ids % CHUNKS][:, None] + weights["lo"][ids % CHUNKS][:, None]
        made[EMPTY] = 0
        return made.astype(np.float32)
