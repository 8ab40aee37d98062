"""A small network that was trained on labelled comments: does one need an answer, what does it ask, and which others ask the same?

Convolutions over pieces (windows of 1 to 4), the strongest of each, one hidden layer, four answers at once. All weights are whole
numbers of eight bits and every sum stays below 2^24, where a float of 32 bits is exact: the same comment is read alike on every
machine. What trained it, and on what, stands in bench/net.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import numpy as np

from console.domain.errors import ConfigError
from console.domain.values import Intent, Need
from console.triage.impression import Impression
from console.triage.pieces import Pieces, spelt

Whole = np.ndarray[Any, np.dtype[np.int32]]
Exact = np.ndarray[Any, np.dtype[np.float32]]

WINDOWS = (1, 2, 3, 4)
MOST_PIECES = 64
KINDS: tuple[Need, ...] = ("none", "question", "request", "problem")
_BEGIN, _END, _UNKNOWN, _FIRST = 1, 2, 3, 4
"""Rows of the table: 0 is empty, the pieces begin at 4."""
_TOP = 127
_HOT_PIECES = 2_048
"""Pieces whose products with all windows are kept (5 kB each)."""
_BROKEN = ConfigError("The trained network can't be used", hint="Reinstall liveroom-console")


class Net:
    """`weights`: the arrays that bench/net/student.py wrote, by name. Raises ConfigError where they don't fit together."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        try:
            pieces = bytes(weights["pieces"]).decode("utf-8").split("\n")
            self._pieces = Pieces(dict(zip(pieces, weights["scores"].tolist(), strict=True)))
            self._table: Exact = weights["table"].astype(np.float32)
            self._windows: Exact = weights["windows"].astype(np.float32)
            self._window_bias: Whole = weights["window_bias"]
            self._hidden: Exact = weights["hidden"].astype(np.float32)
            self._hidden_bias: Whole = weights["hidden_bias"]
            self._shift, self._hidden_shift, self._scale = (int(one) for one in weights["shifts"])
            self._intents: list[str] = bytes(weights["intents"]).decode().split("\n")
            self._heard = frozenset(bytes(weights["heard"]).decode("utf-8").split("\n"))
            aspects = len(bytes(weights["aspects"]).split(b"\n"))
            begin = len(KINDS) + len(self._intents)
            # It was taught the aspects so that it hears what is meant; nobody asks it for them.
            asked = np.r_[:begin, begin + aspects : weights["heads"].shape[1]]
            self._heads: Exact = weights["heads"][:, asked].astype(np.float32)
            self._head_bias: Whole = weights["head_bias"][asked]
        except (KeyError, ValueError, IndexError, UnicodeDecodeError):
            raise _BROKEN from None
        self._channels = self._windows.shape[1] // sum(WINDOWS)
        self._row = lru_cache(_HOT_PIECES)(self._row_of)
        self._of_intents, self._of_meaning = slice(len(KINDS), begin), slice(begin, None)
        if self._table.shape[0] != len(pieces) + _FIRST or self._heads.shape[1] <= begin:
            raise _BROKEN

    def _row_of(self, place: int) -> Whole:
        return cast(Whole, (self._table[place] @ self._windows).astype(np.int32))

    def read(self, folded: str, *, to_someone: bool = False) -> Impression:
        """Read a folded comment; `to_someone`: it speaks to another viewer."""
        pieces = self._pieces.of(f"@@ {folded}" if to_someone else folded)[: MOST_PIECES - 2]
        raw = self._answers(pieces)
        kinds = raw[: len(KINDS)]
        needs = [(int(points), -place) for place, points in enumerate(kinds[1:].tolist(), 1)]
        best, at = max(needs)
        meaning = raw[self._of_meaning]
        top = max(1, int(np.abs(meaning).max()))
        intent = self._intents[int(raw[self._of_intents].argmax())]
        return Impression(
            need_score=self._points(best - int(kinds[0])),
            kind=KINDS[-at],
            intent=cast(Intent, intent),
            meaning=(meaning.astype(np.int64) * _TOP // top).astype(np.int8).tobytes(),
        )

    def strange(self, folded: str) -> tuple[str, ...]:
        """Its words that say nothing to it: no piece of them does, and it was not taught them."""
        return tuple(sorted({word for word in spelt(self._pieces.of(folded), self._pieces.place) if word not in self._heard}))

    def near(self, meaning: bytes, others: bytes, least: int) -> list[tuple[int, int]]:
        """Of other meanings, which stand one after another, those that are `least` permille alike or a hair less: place, scalar product."""
        rows = np.frombuffer(others, np.int8).reshape(-1, len(meaning)).astype(np.float32)
        mine = np.frombuffer(meaning, np.int8).astype(np.float32)
        products, squares = (rows @ mine).astype(np.int64), np.einsum("ij,ij->i", rows, rows).astype(np.int64)
        is_near = (products > 0) & (products**2 * 1_000_000 >= (least - 2) ** 2 * int(mine @ mine) * squares)
        places = np.flatnonzero(is_near)
        return list(zip(places.tolist(), products[places].tolist(), strict=True))

    def _points(self, total: int) -> int:
        return total * 1000 // self._scale

    def _answers(self, pieces: list[str]) -> Whole:
        """The sums of all answers, one after another."""
        row = self._row
        rows = np.array([row(_BEGIN), *[row(self._place(piece)) for piece in pieces], row(_END)])
        best = self._strongest(rows)
        best += self._window_bias
        best >>= self._shift
        seen = np.minimum(np.maximum(best, 0, out=best), _TOP, out=best).astype(np.float32)
        hidden = (seen @ self._hidden).astype(np.int32)
        hidden += self._hidden_bias
        hidden >>= self._hidden_shift
        thought = np.minimum(np.maximum(hidden, 0, out=hidden), _TOP, out=hidden).astype(np.float32)
        return cast(Whole, (thought @ self._heads).astype(np.int32) + self._head_bias)

    def _place(self, piece: str) -> int:
        place = self._pieces.place(piece)
        return _UNKNOWN if place is None else place + _FIRST

    def _strongest(self, rows: Whole) -> Whole:
        """Of all windows of each length, those that hang over the ends included, the greatest sum of each channel."""
        count, channels = len(rows), self._channels
        out = np.empty(len(WINDOWS) * channels, np.int32)
        at = 0
        for n, length in enumerate(WINDOWS):
            mine = out[n * channels : (n + 1) * channels]
            if length == 1:
                rows[:, :channels].max(axis=0, out=mine)
            else:
                sums = np.zeros((count + length - 1, channels), np.int32)
                for step in range(length):
                    sums[length - 1 - step : length - 1 - step + count] += rows[:, at + step * channels : at + (step + 1) * channels]
                sums.max(axis=0, out=mine)
            at += length * channels
        return out
