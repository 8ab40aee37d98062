"""What was learned from labelled comments: token n-grams with whole-number weights. Judges what no rule knows.

A linear model (logistic regression, trained by bench/train.py, which says on what): the score is a bias plus the weights of all
n-grams that stand in the text, each counted once. Thousandths of a logit; all sums are whole. What it is not sure of is read by
the network too (`net.py`).
"""

from __future__ import annotations

import re
from itertools import chain
from operator import add
from typing import Any

import msgspec
from msgspec import Struct, structs

from console.domain.errors import ConfigError
from console.triage.impression import Network

_TOKEN = re.compile(r"[a-z']+|\d+|[^\s\w]|\w")
RULE = "#rule"
"""Stands among the n-grams of a comment that the rules call a need. No n-gram looks like it."""
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
    """Every n-gram of a folded text, of one to four tokens, `^` and `$` standing for its ends; each once, in order."""
    cut = ["^", *tokens(text), "$"]
    pairs = list(map(add, cut, cut[1:]))
    return list(dict.fromkeys(chain(cut[1:-1], pairs, map(add, pairs, cut[2:]), map(add, pairs, pairs[2:]))))


class Model(Struct, frozen=True):
    """Does a comment need an answer? Weights in thousandths of a logit; `blend` says how the network's word is added to it."""

    need: dict[str, int]
    need_bias: int
    net_permille: int = 0
    """What a thousandth of the network's need score counts, in permille."""
    most_by_net: int = 0
    """The most that the network adds or takes."""
    reader: Any = None

    def need_score(self, found: list[str]) -> int:
        """Above nought: more likely than not, the comment needs an answer."""
        return sum(filter(None, map(self.need.get, found)), self.need_bias)

    def by_net(self, score: int) -> int:
        """What the network's score adds."""
        return max(-self.most_by_net, min(self.most_by_net, score * self.net_permille // 1000))

    @property
    def net(self) -> Network | None:
        """It stands in a file of its own."""
        network: Network | None = self.reader
        return network

    @property
    def rule_weight(self) -> int:
        """What it counts that the rules call a comment a need."""
        return self.need.get(RULE, 0)

    @property
    def most_by_others(self) -> int:
        """What rules and network together could add to the n-grams."""
        return self.rule_weight + self.most_by_net


NO_MODEL = Model({}, 0)
"""Judges nothing: what no rule finds needs no answer."""


def parse_model(data: bytes) -> Model:
    """What bench/train.py wrote → Model. Raises ConfigError where it can't be used."""
    try:
        model = msgspec.json.decode(data, type=Model)
    except msgspec.DecodeError as error:
        raise ConfigError(f"The trained model can't be used: {error}", hint="Reinstall liveroom-console") from None
    # A hundred thousand n-grams share three thousand weights.
    one: dict[int, int] = {}
    return structs.replace(model, need={gram: one.setdefault(weight, weight) for gram, weight in model.need.items()})
