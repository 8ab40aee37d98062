"""The encoder as a module that can be trained, over our own pieces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from vocabulary import RESOURCES

from console.triage.pieces import Pieces, spelt

CHUNKS, WIDTH = 17, 512
BRANCHES = ((2, 0), (3, 1), (5, 2))
"""(window, of it before) of its three convolutions."""
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


def padded(rows: list[list[int]]) -> Tensor:
    length = max(map(len, rows))
    return torch.tensor([[*row, *[EMPTY] * (length - len(row))] for row in rows])


class Encoder(nn.Module):
    """Universal Sentence Encoder, multilingual v3, as its numpy port computes it. Returns the sentence vector and the mean before it."""

    def __init__(self, table: np.ndarray[Any, Any]) -> None:
        super().__init__()
        self.table = nn.Embedding(len(table), WIDTH, padding_idx=EMPTY, sparse=True)
        self.table.weight.data = torch.tensor(table)
        with np.load(RESOURCES / "weights.npz") as weights:
            for name in weights.files:
                if name[0] != "q" and name not in ("lo", "scale", "bits", "eps"):
                    self.register_parameter(name, nn.Parameter(torch.tensor(weights[name].astype(np.float32))))
            self.eps = float(weights["eps"])

    def _joined(self, name: str) -> Tensor:
        return torch.cat([getattr(self, f"{name}{length}") for length, _ in BRANCHES], -1)

    def forward(self, x: Tensor, drop: float = 0.0) -> tuple[Tensor, Tensor]:
        mask = (x > 0).float().unsqueeze(2)
        said = self.table(x)
        if drop and self.training:
            said = said * (torch.rand((*x.shape, 1)) > drop).float()
        start = F.layer_norm(
            said @ self._joined("proj") + self._joined("proj_b"), (768,), self._joined("ln_g"), self._joined("ln_b"), self.eps
        )
        features, start = [said], start * mask
        for n, (length, before) in enumerate(BRANCHES):
            kept = start[:, :, n * 256 : n * 256 + 256]
            for step in ("1", "2"):
                windows = F.pad(kept, (0, 0, before, length - 1 - before)).unfold(1, length, 1)
                windows = windows.permute(0, 1, 3, 2).reshape(*kept.shape[:2], length * 256)
                kept = (F.relu(windows @ getattr(self, f"w{step}_{length}") + getattr(self, f"b{step}_{length}")) + kept) * mask
            features.append(kept)
        seen = F.layer_norm(torch.cat(features, 2), (1280,), self.ln_g, self.ln_b, self.eps) * mask
        count = mask.sum(1)
        mean = (seen.sum(1) @ self.cnn_W + count * self.cnn_b) / count.sqrt()
        one = F.relu(mean @ self.p1 + F.relu(mean @ self.d0) @ self.d1)
        sentence = torch.tanh(one @ self.p3 + F.relu(one @ self.d2) @ self.d3)
        return F.normalize(sentence, dim=1), mean
