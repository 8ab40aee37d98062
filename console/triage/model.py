"""What was learned from labelled comments: token n-grams with whole-number weights. Judges what no rule knows.

A linear model (multinomial logistic regression, trained by bench/train.py, which says on what): the score of a class is its bias
plus the weights of all n-grams that stand in the text, each counted once. Thousandths of a logit; all sums are whole.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[a-z']+|\d+|[^\s\w]|\w")
_SINGLE = re.compile(r"[^\x00-\x40\x5b-\x7f]+")
MOST_GRAM = 4
"""Tokens in the longest n-gram."""
MOST_TOKENS = 120
"""A comment of 500 characters is read so far: the rest of it says the same again."""


def tokens(text: str) -> list[str]:
    """A folded text cut into what the model counts: a Chinese character, an English word with a blank behind it, a number as `0`."""
    out = []
    for token in _TOKEN.findall(text)[:MOST_TOKENS]:
        first = token[0]
        out.append("0" if first.isdigit() else token + " " if "a" <= first <= "z" else token)
    return out


def grams(text: str) -> list[str]:
    """Every n-gram of a folded text, `^` and `$` standing for its ends; each once, in order."""
    cut = ["^", *tokens(text), "$"]
    last = len(cut)
    found = dict.fromkeys(cut[1:-1])
    for length in range(2, MOST_GRAM + 1):
        for at in range(last - length + 1):
            found["".join(cut[at : at + length])] = None
    return list(found)
