"""Hears which question a comment asks: a direction, near that of comments which ask the same in other words.

A network of its own, because it has one thing to learn, and only comments that need an answer are shown to it. It was taught to point
where a transformer of twelve layers points (bench/net)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from console.triage.windows import TOP, Windows, halved, longest_first, seven_bits

_REMEMBERED = 512
MEAN_PARTS = 4
"""The mean of a comment's pieces is counted in quarters."""


class Ear:
    """`weights`: the arrays that bench/net/ear.py wrote, by name. Raises KeyError, ValueError or IndexError where they don't fit."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        shift, hidden_shift = (int(one) for one in weights["ear_shifts"])
        self._windows = Windows(weights["ear_table"], weights["ear_windows"], weights["ear_window_bias"], shift, _REMEMBERED)
        self._hidden = longest_first(halved(weights["ear_hidden"], hidden_shift), self._windows.channels)
        self._hidden_bias = halved(weights["ear_hidden_bias"], hidden_shift)
        self._out = weights["ear_out"].astype(np.float32)
        self._out_bias = weights["ear_out_bias"].astype(np.float32)

    def meaning(self, places: Sequence[int]) -> bytes:
        """The direction of the pieces that stand in these rows of the table, its longest side 127."""
        seen = self._windows.strongest(places)
        mean = self._windows.table[list(places)].sum(axis=0, dtype=np.int32) * MEAN_PARTS // len(places)
        exact = mean.astype(np.float32)
        thought = seven_bits(np.concatenate([seen, exact]) @ self._hidden + self._hidden_bias)
        pointed = (np.concatenate([thought, exact]) @ self._out + self._out_bias).astype(np.int64)
        top = max(1, int(np.abs(pointed).max()))
        direction: bytes = (pointed * TOP // top).astype(np.int8).tobytes()
        return direction
