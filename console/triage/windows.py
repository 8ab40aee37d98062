"""What two networks begin with: a table of pieces, and of all windows of 1 to 4 pieces the strongest answer of each channel.

All weights are whole numbers of eight bits and every sum stays below 2^24, where a float of 32 bits is exact: the same comment is read
alike on every machine. Between two layers a sum is halved so many times and rounded down; the halving is done to the weights
beforehand, which moves the point and loses no bit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

import numpy as np

Exact = np.ndarray[Any, np.dtype[np.float32]]
Eighth = np.ndarray[Any, np.dtype[np.int8]]

WINDOWS = (1, 2, 3, 4)
MOST_PIECES = 64
TOP = 127
_NEVER = -float(1 << 24)
"""Less than any sum: what a window says where it does not stand."""


class Windows:
    """`table`: a row a piece; `weights`: a row for each column of the table, the columns length by length, each step by step; `shift`:
    bits to drop; `remembered`: pieces whose products with all windows are kept (7.7 kB each)."""

    def __init__(self, table: Eighth, weights: Any, bias: Any, shift: int, remembered: int) -> None:
        self.table = table
        self.channels = weights.shape[1] // sum(WINDOWS)
        self._weights = _by_steps(halved(weights, shift), self.channels)
        self._blank = _blank(halved(bias, shift), self.channels)
        self._row = lru_cache(remembered)(self._row_of)

    def _row_of(self, place: int) -> Exact:
        # One after another: the product of several rows at once takes ten times as long as that of one.
        return cast(Exact, self.table[place].astype(np.float32) @ self._weights)

    def strongest(self, places: Sequence[int]) -> Exact:
        """Of all windows of each length, those that hang over the ends included, the greatest sum of each channel, of seven bits; the
        longest first. At most MOST_PIECES places."""
        rows = np.array([self._row(place) for place in places])
        count, most = len(rows), len(WINDOWS)
        # A row for each place where a window of the greatest length ends; a shorter one ends where that one does.
        sums = self._blank[: count + most - 1].copy()
        at = 0
        for step in range(most):
            width = (most - step) * self.channels
            sums[most - 1 - step : most - 1 - step + count, :width] += rows[:, at : at + width]
            at += width
        return seven_bits(sums.max(axis=0))


def halved(weights: Any, times: int) -> Exact:
    return cast(Exact, np.ldexp(weights.astype(np.float32), -times))


def seven_bits(sums: Exact) -> Exact:
    """Rounded down, nothing below nought or above 127. In place."""
    np.floor(sums, out=sums)
    return cast(Exact, np.minimum(np.maximum(sums, 0, out=sums), TOP, out=sums))


def longest_first(rows: Exact, channels: int) -> Exact:
    """Rows that stand by the length of the window, the shortest first, the other way round; what stands behind them stays."""
    end = len(WINDOWS) * channels
    return np.concatenate([rows[n * channels : (n + 1) * channels] for n in reversed(range(len(WINDOWS)))] + [rows[end:]])


def _by_steps(windows: Exact, channels: int) -> Exact:
    """The columns in the order in which they are added up: step by step, of each step the longest windows first."""
    begin = {length: sum(WINDOWS[:n]) for n, length in enumerate(WINDOWS)}
    places = [begin[length] + step for step in range(len(WINDOWS)) for length in reversed(WINDOWS) if step < length]
    return np.concatenate([windows[:, at * channels : (at + 1) * channels] for at in places], axis=1)


def _blank(bias: Exact, channels: int) -> Exact:
    """What the sums of the longest comment begin with: the bias of each window, the longest first. A shorter window begins later."""
    out = np.tile(longest_first(bias, channels), (MOST_PIECES + len(WINDOWS) - 1, 1))
    for row in range(len(WINDOWS) - 1):
        out[row, (row + 1) * channels :] = _NEVER
    return out
