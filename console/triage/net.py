"""A small network that was trained on labelled comments: does one need an answer, what does it ask, and which others ask the same?

Convolutions over pieces (windows of 1 to 4), the strongest of each, one hidden layer, four answers at once. All weights are whole
numbers of eight bits and every sum stays below 2^24, where a float of 32 bits is exact: the same comment is read alike on every
machine. Between two layers a sum is halved so many times and rounded down; the halving is done to the weights beforehand, which
moves the point and loses no bit. What trained it, and on what, stands in bench/net.
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
Eighth = np.ndarray[Any, np.dtype[np.int8]]

WINDOWS = (1, 2, 3, 4)
MOST_PIECES = 64
KINDS: tuple[Need, ...] = ("none", "question", "request", "problem")
_BEGIN, _END, _UNKNOWN, _FIRST = 1, 2, 3, 4
"""Rows of the table: 0 is empty, the pieces begin at 4."""
_TOP = 127
_HOT_PIECES = 2_048
"""Pieces whose products with all windows are kept (7.7 kB each). Of the nine pieces of a comment, drawn from lines of many shops, two
are not among them; with half as many, three."""
_NEVER = -float(1 << 24)
"""Less than any sum: what a window says where it does not stand."""
_BROKEN = ConfigError("The trained network can't be used", hint="Reinstall liveroom-console")


class Net:
    """`weights`: the arrays that bench/net/student.py wrote, by name. Raises ConfigError where they don't fit together."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        try:
            pieces = bytes(weights["pieces"]).decode("utf-8").split("\n")
            self._pieces = Pieces(dict(zip(pieces, weights["scores"].tolist(), strict=True)))
            self._table: Eighth = weights["table"]
            shift, hidden_shift, self._scale = (int(one) for one in weights["shifts"])
            self._channels = weights["windows"].shape[1] // sum(WINDOWS)
            self._windows = _by_steps(_halved(weights["windows"], shift), self._channels)
            self._blank = _blank(_halved(weights["window_bias"], shift), self._channels)
            self._hidden = _longest_first(_halved(weights["hidden"], hidden_shift), self._channels)
            self._hidden_bias = _halved(weights["hidden_bias"], hidden_shift)
            self._intents: list[str] = bytes(weights["intents"]).decode().split("\n")
            self._heard = frozenset(bytes(weights["heard"]).decode("utf-8").split("\n"))
            aspects = len(bytes(weights["aspects"]).split(b"\n"))
            begin = len(KINDS) + len(self._intents)
            # It was taught the aspects so that it hears what is meant; nobody asks it for them.
            asked = np.r_[:begin, begin + aspects : weights["heads"].shape[1]]
            self._heads: Exact = weights["heads"][:, asked].astype(np.float32)
            self._head_bias: Exact = weights["head_bias"][asked].astype(np.float32)
        except (KeyError, ValueError, IndexError, UnicodeDecodeError):
            raise _BROKEN from None
        self._row = lru_cache(_HOT_PIECES)(self._row_of)
        self._of_intents, self._of_meaning = slice(len(KINDS), begin), slice(begin, None)
        if self._table.shape[0] != len(pieces) + _FIRST or self._heads.shape[1] <= begin:
            raise _BROKEN

    def _row_of(self, place: int) -> Exact:
        # One after another: the product of several rows at once takes ten times as long as that of one.
        return cast(Exact, self._table[place].astype(np.float32) @ self._windows)

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
            meaning=(meaning * _TOP // top).astype(np.int8).tobytes(),
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
        seen = self._strongest(np.array([row(_BEGIN), *[row(self._place(piece)) for piece in pieces], row(_END)]))
        thought = _eight_bits(_eight_bits(seen) @ self._hidden + self._hidden_bias)
        return cast(Whole, (thought @ self._heads + self._head_bias).astype(np.int32))

    def _place(self, piece: str) -> int:
        place = self._pieces.place(piece)
        return _UNKNOWN if place is None else place + _FIRST

    def _strongest(self, rows: Exact) -> Exact:
        """Of all windows of each length, those that hang over the ends included, the greatest sum of each channel; the longest first."""
        count, most = len(rows), len(WINDOWS)
        # A row for each place where a window of the greatest length ends; a shorter one ends where that one does.
        sums = self._blank[: count + most - 1].copy()
        at = 0
        for step in range(most):
            width = (most - step) * self._channels
            sums[most - 1 - step : most - 1 - step + count, :width] += rows[:, at : at + width]
            at += width
        return cast(Exact, sums.max(axis=0))


def _halved(weights: Any, times: int) -> Exact:
    return cast(Exact, np.ldexp(weights.astype(np.float32), -times))


def _eight_bits(sums: Exact) -> Exact:
    """Rounded down, nothing below nought or above 127. In place."""
    np.floor(sums, out=sums)
    return cast(Exact, np.minimum(np.maximum(sums, 0, out=sums), _TOP, out=sums))


def _by_steps(windows: Exact, channels: int) -> Exact:
    """Columns that stand length by length, each step by step, brought into the order in which they are added up: step by step, of each
    step the longest windows first."""
    begin = {length: sum(WINDOWS[:n]) for n, length in enumerate(WINDOWS)}
    places = [begin[length] + step for step in range(len(WINDOWS)) for length in reversed(WINDOWS) if step < length]
    return np.concatenate([windows[:, at * channels : (at + 1) * channels] for at in places], axis=1)


def _longest_first(rows: Exact, channels: int) -> Exact:
    """Rows that stand by the length of the window, the shortest first, the other way round."""
    return np.concatenate([rows[n * channels : (n + 1) * channels] for n in reversed(range(len(WINDOWS)))])


def _blank(bias: Exact, channels: int) -> Exact:
    """What the sums of the longest comment begin with: the bias of each window, the longest first. A shorter window begins later."""
    out = np.tile(_longest_first(bias, channels), (MOST_PIECES + len(WINDOWS) - 1, 1))
    for row in range(len(WINDOWS) - 1):
        out[row, (row + 1) * channels :] = _NEVER
    return out
