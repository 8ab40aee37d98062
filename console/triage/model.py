"""What was learned from labelled comments: token n-grams with whole-number weights. Judges what no rule knows.

A linear model (multinomial logistic regression, trained by bench/train.py, which says on what): the score of a class is its bias
plus the weights of all n-grams that stand in the text, each counted once. Thousandths of a logit; all sums are whole.
"""

from __future__ import annotations

import re
from itertools import chain
from operator import add

import msgspec
from msgspec import Struct

from console.domain.errors import ConfigError

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
    """Weights of three questions: does it need an answer (`need`), is it rather a request or a problem than a question
    (classes `kind:…`), and what it is about (`intent:…`). All in thousandths of a logit."""

    need: dict[str, int]
    need_bias: int
    biases: dict[str, int]
    """By class."""
    weights: dict[str, tuple[int, ...]]
    """n-gram → (place in `biases`, weight) pairs, flat."""

    def need_score(self, found: list[str]) -> int:
        """Above nought: more likely than not, the comment needs an answer."""
        return sum(filter(None, map(self.need.get, found)), self.need_bias)

    @property
    def rule_weight(self) -> int:
        """What it counts that the rules call a comment a need."""
        return self.need.get(RULE, 0)

    def best(self, found: list[str], prefix: str) -> str:
        """The class with the highest score among those that begin with `prefix`; the first of equals."""
        totals = list(self.biases.values())
        for pairs in filter(None, map(self.weights.get, found)):
            for at in range(0, len(pairs), 2):
                totals[pairs[at]] += pairs[at + 1]
        named = [(-totals[place], place, name) for place, name in enumerate(self.biases) if name.startswith(prefix)]
        return min(named)[2].removeprefix(prefix)


NO_MODEL = Model({}, 0, {}, {})
"""Judges nothing: what no rule finds needs no answer."""


def parse_model(data: bytes) -> Model:
    """What bench/train.py wrote → Model. Raises ConfigError where it can't be used."""
    try:
        model = msgspec.json.decode(data, type=Model)
    except msgspec.DecodeError as error:
        raise ConfigError(f"The trained model can't be used: {error}", hint="Reinstall liveroom-console") from None
    if any(len(pairs) % 2 or max(pairs[::2], default=0) >= len(model.biases) for pairs in model.weights.values()):
        raise ConfigError("The trained model can't be used: a weight of no class", hint="Reinstall liveroom-console")
    return model
