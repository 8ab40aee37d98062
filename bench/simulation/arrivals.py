"""Who types what and when: thirty minutes of a shopping room, made up from a bank and a seed. All the dice are thrown here."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import NamedTuple

from simulation.bank import Bank, Group

from console.domain.text import SafeText

SEGMENT_MS = 300_000
BURST_MS = 60_000
BURST, REST = 2.0, 0.8
"""Rate in the first minute of a segment and after it, as parts of the room's."""
ASK = 0.3
PATIENCE_S = 25.0
SERVICE_S, SIGMA = 6.0, 0.5
"""An answer takes 6 s on average, log-normal; sigma .5: half under 5.3 s, one in twenty over 12 s."""


class Comment(NamedTuple):
    """`group` None = chatter. `patience_ms`: how long he stays for an answer."""

    n: int
    at_ms: int
    text: SafeText
    group: Group | None
    patience_ms: int


def arrivals(bank: Bank, rate: float, seed: int, length_ms: int) -> list[Comment]:
    """Poisson; every comment from another viewer. The same seed and rate give the same room."""
    dice = random.Random(f"{seed} {rate} room")
    out: list[Comment] = []
    for place, segment in enumerate(bank.segments):
        start = place * SEGMENT_MS
        weights = [1 / rank for rank in range(1, len(segment.groups) + 1)]
        pieces = ((start, start + BURST_MS, rate * BURST), (start + BURST_MS, start + SEGMENT_MS, rate * REST))
        for from_ms, to_ms, per_s in pieces:
            for at_ms in _moments(dice, from_ms, min(to_ms, length_ms), per_s):
                asks = dice.random() < ASK
                group = dice.choices(segment.groups, weights)[0] if asks else None
                text = dice.choice(group.wordings) if group is not None else dice.choice(bank.chatter)
                out.append(Comment(len(out) + 1, at_ms, text, group, round(dice.expovariate(1 / PATIENCE_S) * 1000)))
    return out


def _moments(dice: random.Random, from_ms: int, to_ms: int, per_s: float) -> Iterator[int]:
    at_ms = float(from_ms)
    while (at_ms := at_ms + dice.expovariate(per_s) * 1000) < to_ms:
        yield int(at_ms)


def services(seed: int) -> Iterator[int]:
    """How long one whole answer after another takes (ms): the same row for every policy and oracle of a seed."""
    dice = random.Random(f"{seed} services")
    mu = math.log(SERVICE_S) - SIGMA * SIGMA / 2
    while True:
        yield max(1, round(dice.lognormvariate(mu, SIGMA) * 1000))
