"""A small network that was trained on labelled comments: does one need an answer, and what is it about?

Convolutions over pieces (`windows.py`), one hidden layer, two answers at once; which others ask the same is heard by another
(`ear.py`). What trained them, and on what, stands in bench/net.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from console.domain.errors import ConfigError
from console.domain.values import Intent, Need
from console.triage.ear import Ear
from console.triage.impression import Impression
from console.triage.pieces import Pieces, spelt
from console.triage.windows import MOST_PIECES, Exact, Windows, halved, longest_first, seven_bits

Whole = np.ndarray[Any, np.dtype[np.int32]]

KINDS: tuple[Need, ...] = ("none", "question", "request", "problem")
_BEGIN, _END, _UNKNOWN, _FIRST = 1, 2, 3, 4
"""Rows of the table: 0 is empty, the pieces begin at 4."""
_REMEMBERED = 2_048
"""Of the nine pieces of a comment, drawn from lines of many shops, two are not among so many; with half as many, three."""
_BROKEN = ConfigError("The trained network can't be used", hint="Reinstall liveroom-console")


class Net:
    """`weights`: the arrays that bench/net wrote, by name. Raises ConfigError where they don't fit together."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        try:
            pieces = bytes(weights["pieces"]).decode("utf-8").split("\n")
            self._pieces = Pieces(dict(zip(pieces, weights["scores"].tolist(), strict=True)))
            shift, hidden_shift, self._scale = (int(one) for one in weights["shifts"])
            self._windows = Windows(weights["table"], weights["windows"], weights["window_bias"], shift, _REMEMBERED)
            self._hidden: Exact = longest_first(halved(weights["hidden"], hidden_shift), self._windows.channels)
            self._hidden_bias: Exact = halved(weights["hidden_bias"], hidden_shift)
            self._intents: list[str] = bytes(weights["intents"]).decode().split("\n")
            self._heard = frozenset(bytes(weights["heard"]).decode("utf-8").split("\n"))
            begin = len(KINDS) + len(self._intents)
            # It was taught aspects and a meaning too so that it hears what they are made of; nobody asks it for them.
            self._heads: Exact = weights["heads"][:, :begin].astype(np.float32)
            self._head_bias: Exact = weights["head_bias"][:begin].astype(np.float32)
            self._ear = Ear(weights)
        except (KeyError, ValueError, IndexError, UnicodeDecodeError):
            raise _BROKEN from None
        if self._windows.table.shape[0] != len(pieces) + _FIRST or self._heads.shape[1] < begin:
            raise _BROKEN

    def read(self, folded: str, *, to_someone: bool = False) -> Impression:
        """Read a folded comment; `to_someone`: it speaks to another viewer."""
        raw = self._answers(self._rows(f"@@ {folded}" if to_someone else folded))
        kinds = raw[: len(KINDS)]
        needs = [(int(points), -place) for place, points in enumerate(kinds[1:].tolist(), 1)]
        best, at = max(needs)
        intent = self._intents[int(raw[len(KINDS) :].argmax())]
        return Impression(self._points(best - int(kinds[0])), KINDS[-at], cast(Intent, intent))

    def meaning(self, folded: str) -> bytes:
        """A direction of whole numbers of eight bits, near that of comments that ask the same (`alike`)."""
        return self._ear.meaning(self._rows(folded))

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

    def _rows(self, text: str) -> list[int]:
        """Where its pieces stand in the tables."""
        pieces = self._pieces.of(text)[: MOST_PIECES - 2]
        return [_BEGIN, *map(self._place, pieces), _END]

    def _place(self, piece: str) -> int:
        place = self._pieces.place(piece)
        return _UNKNOWN if place is None else place + _FIRST

    def _answers(self, rows: list[int]) -> Whole:
        """The sums of all answers, one after another."""
        thought = seven_bits(self._windows.strongest(rows) @ self._hidden + self._hidden_bias)
        return cast(Whole, (thought @ self._heads + self._head_bias).astype(np.int32))
