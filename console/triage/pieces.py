"""Cuts a folded text into the pieces that the network knows: characters and common words of Chinese, stems and words of English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

_DIGIT = re.compile(r"\d")
_BLANK = "▁"
LEAST_LETTERS = 2
"""A word of letters whose pieces are shorter than that on average is spelt out: nobody knows what it means."""
UNKNOWN = -60_000
"""Thousandths of a logarithm: what a character that nothing knows costs, more than any piece."""
REMEMBERED_WORDS = 4_096
MOST_CHARACTERS = 160
"""A longer comment says the same again."""


class Pieces:
    """Unigram segmentation: of all ways to cut a word the one whose pieces are likeliest together; of equals the one with the
    longer pieces at its end. Every digit counts as 0: which number it is, the slots know.

    `scores`: piece → thousandths of a logarithm of its probability, below nought; `▁` stands before a word and nowhere else."""

    def __init__(self, scores: Mapping[str, int]) -> None:
        self._scores = scores
        self._at = {piece: place for place, piece in enumerate(scores)}
        self._reach: dict[str, int] = {}
        """First character → length of the longest piece that begins with it."""
        for piece in scores:
            self._reach[piece[0]] = max(self._reach.get(piece[0], 1), len(piece))
        self._cut = lru_cache(REMEMBERED_WORDS)(self._cut_word)

    def of(self, text: str) -> list[str]:
        """The pieces of a text, `▁` before a word; a character that is none stands alone."""
        out: list[str] = []
        for word in _DIGIT.sub("0", text[:MOST_CHARACTERS]).split(" "):
            out += self._cut(word)
        return out

    def place(self, piece: str) -> int | None:
        """None for one that is not known."""
        return self._at.get(piece)

    def _cut_word(self, word: str) -> tuple[str, ...]:
        marked = _BLANK + word
        length, scores, reach = len(marked), self._scores, self._reach
        best: list[int | None] = [0] + [None] * length
        came = [0] * (length + 1)
        for begin in range(length):
            so_far = best[begin]
            assert so_far is not None, "every character is a piece or unknown, so every place is reached"
            for end in range(begin + 1, min(length, begin + reach.get(marked[begin], 1)) + 1):
                score = scores.get(marked[begin:end])
                if score is None:
                    if end > begin + 1:
                        continue
                    score = UNKNOWN
                reached = best[end]
                if reached is None or so_far + score > reached:
                    best[end], came[end] = so_far + score, begin
        out, end = [], length
        while end > 0:
            out.append(marked[came[end] : end])
            end = came[end]
        return tuple(reversed(out))


def spelt(pieces: list[str], known: Callable[[str], object]) -> list[str]:
    """The words among the pieces that those don't explain: spelt out by letters (akuq), or with a character that is no piece. In order."""
    words: list[list[str]] = []
    for piece in pieces:
        is_more = words and piece.isascii() and piece.isalpha() and words[-1][-1].lstrip(_BLANK).isascii()
        if is_more:
            words[-1].append(piece)
        else:
            words.append([piece])
    out = []
    for word in words:
        text = "".join(word).lstrip(_BLANK)
        is_letters = text.isascii() and text.isalpha()
        is_spelt = is_letters and len(word) > 1 and len(text) < LEAST_LETTERS * len(word)
        if is_spelt or (text.isalnum() and not is_letters and any(known(piece) is None for piece in word)):
            out.append(text)
    return out
