"""Teaches the small network what the teachers say, and writes it in whole numbers.

    python bench/net/student.py WORK --out console/triage/net.npz

It hears the training lines and as many mixtures of them (a piece left out, pieces of another line put in, two halves, a stretch):
for those there is no label, only the teachers' word."""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from encoder import BEGIN, END, Cutter
from teacher import BATCH, MEANING, batches, by_length, group_loss, kind_loss, known_teacher
from texts import ASPECTS, INTENTS, Row, groups, is_chinese, rows, whole_families
from torch import Tensor, nn
from transformer import Weights, padded, weights_file

from console.triage.windows import WINDOWS

WIDTH, CHANNELS, HIDDEN, DIRECTIONS = 128, 192, 256, 96
RATE, DECAY, WARM_UP = 1.5e-3, 0.01, 200
INTENT_PART, ASPECT_PART, LABEL_PART, MEANING_PART = 0.3, 0.5, 0.3, 10.0
GROUP_MEANING_PART, CONTRAST_PART = 30.0, 0.3
"""Of a batch of families, whose near misses rarely meet among the lines."""
MIXTURES = 80_000
TOP = 127
Array = np.ndarray[Any, Any]


class Student(nn.Module):
    """`base` (the encoder's table) @ `project` + `own`: so a piece that no line holds has a vector too."""

    def __init__(self, base: Array) -> None:
        super().__init__()
        self.register_buffer("base", torch.tensor(base - base[4:].mean(0)))
        _, _, axes = np.linalg.svd(base[4:] - base[4:].mean(0), full_matrices=False)
        first = axes[:WIDTH].T.copy()
        self.project = nn.Parameter(torch.tensor(first / math.sqrt(((base[4:] - base[4:].mean(0)) @ first).var())).float())
        self.own = nn.Embedding(len(base), WIDTH, padding_idx=0)
        nn.init.zeros_(self.own.weight)
        self.windows = nn.ModuleList(nn.Conv1d(WIDTH, CHANNELS, length, padding=length - 1) for length in WINDOWS)
        self.hidden = nn.Linear(len(WINDOWS) * CHANNELS, HIDDEN)
        self.heads = nn.ModuleList(nn.Linear(HIDDEN, n) for n in (4, len(INTENTS), len(ASPECTS), DIRECTIONS))

    def strongest(self, x: Tensor) -> Tensor:
        heard = (x > 0).float()
        if self.training:
            heard = heard * (torch.rand(x.shape) > 0.05).float()
        said = ((self.base[x] @ self.project + self.own(x)) * heard[:, :, None]).transpose(1, 2)
        said = F.dropout(said, 0.1, self.training)
        return torch.cat([F.relu(window(said)).max(2)[0] for window in self.windows], 1)

    def thought(self, strongest: Tensor) -> Tensor:
        return F.relu(self.hidden(F.dropout(strongest, 0.3, self.training)))

    def forward(self, x: Tensor) -> list[Tensor]:
        thought = F.dropout(self.thought(self.strongest(x)), 0.2, self.training)
        kind, intent, aspect, meaning = (head(thought) for head in self.heads)
        return [kind, intent, aspect, F.normalize(meaning, dim=1)]


def mixtures(cut: list[list[int]], chinese: list[bool], dice: random.Random, count: int) -> list[list[int]]:
    pools = [[row[1:-1] for row, is_zh in zip(cut, chinese, strict=True) if is_zh is side and len(row) > 3] for side in (True, False)]
    made = []
    for _ in range(count):
        pool = dice.choice(pools)
        one, other, luck = list(dice.choice(pool)), dice.choice(pool), dice.random()
        at, there = dice.randrange(len(one)), dice.randrange(len(other))
        if luck < 0.3:
            del one[at]
        elif luck < 0.6:
            one[at : at + dice.randint(1, 3)] = other[there : there + dice.randint(1, 3)]
        elif luck < 0.85:
            one = one[: dice.randint(1, len(one))] + other[there:]
        else:
            one = one[at : at + dice.randint(2, 8)]
        made.append([BEGIN, *one[:40], END])
    return made


def told(files: list[Path], texts: list[str]) -> list[Tensor]:
    """What the teachers say of every text: the mean of their logits, and their meanings side by side."""
    weights = Weights(weights_file())
    each = [told_by(path, weights, texts) for path in files]
    mean = [torch.stack(parts).mean(0) for parts in zip(*each, strict=True)]
    return [*mean[:3], F.normalize(torch.cat([one[3] for one in each], 1), dim=1)]


def told_by(path: Path, weights: Weights, texts: list[str]) -> list[Tensor]:
    teacher, cutter = known_teacher(path, weights)
    cut = [cutter.cut(text) for text in texts]
    out: list[Tensor] = [torch.zeros(len(cut), n) for n in (4, len(INTENTS), len(ASPECTS), MEANING)]
    with torch.no_grad():
        for some in by_length(cut):
            for whole, part in zip(out, teacher(padded([cut[n] for n in some])), strict=True):
                whole[some] = part
    return out


def unlike(mine: Tensor, theirs: Tensor) -> Tensor:
    """How far the likenesses within a batch are from those that the teachers see."""
    return ((mine @ mine.T - theirs @ theirs.T) ** 2).mean()


class Descent:
    """Steps whose rate rises for a while, then falls as a cosine; `plain`: the weights that are not held small."""

    def __init__(self, net: nn.Module, plain: str, rate: float, steps: int) -> None:
        self._net, self._rate, self._steps, self._done = net, rate, steps, 0
        held = [value for name, value in net.named_parameters() if name != plain]
        self._optimizer = torch.optim.AdamW(
            [{"params": held, "weight_decay": DECAY}, {"params": [net.get_parameter(plain)], "weight_decay": 0.0}], lr=rate
        )

    def step(self, loss: Tensor) -> float:
        falling = max(0.01, 0.5 * (1 + math.cos(math.pi * self._done / self._steps)))
        self._done += 1
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * min(1, self._done / WARM_UP) * falling
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._net.parameters(), 2.0)
        self._optimizer.step()
        return loss.item()


def taught(net: Student, cut: list[list[int]], says: list[Tensor], lines: list[Row], epochs: int, rate: float) -> None:
    """`lines`: what is known of the first of them; the others are mixtures."""
    kinds = torch.tensor([*(line.kind for line in lines), *([-1] * (len(cut) - len(lines)))])
    weights = torch.tensor([*(line.weight for line in lines), *([0.0] * (len(cut) - len(lines)))])
    dice, descent = random.Random(0), Descent(net, "own.weight", rate, epochs * (len(cut) // BATCH + 1))
    company = whole_families(lines, BATCH, dice)
    for epoch in range(epochs):
        net.train()
        since, total = time.perf_counter(), 0.0
        for batch in batches(cut, dice):
            at, grouped = torch.tensor(batch), next(company)
            kind, intent, aspect, meaning = net(padded([cut[n] for n in batch]))
            loss = sum(
                part * F.kl_div(mine.log_softmax(1), theirs[at].softmax(1), reduction="batchmean")
                for part, mine, theirs in ((1.0, kind, says[0]), (INTENT_PART, intent, says[1]), (ASPECT_PART, aspect, says[2]))
            )
            is_labelled = kinds[at] >= 0
            loss = loss + LABEL_PART * kind_loss(kind[is_labelled], kinds[at][is_labelled], weights[at][is_labelled])
            loss = loss + MEANING_PART * unlike(meaning, says[3][at])
            meaning = net(padded([cut[n] for n in grouped]))[3]
            loss = loss + GROUP_MEANING_PART * unlike(meaning, says[3][torch.tensor(grouped)])
            loss = loss + CONTRAST_PART * group_loss(meaning, [lines[n].group for n in grouped])
            total += descent.step(loss)
        print(f"epoch {epoch}: loss {total / (len(cut) / BATCH):.3f}, {time.perf_counter() - since:.0f} s", flush=True)


def eight_bits(values: Array, unit: float) -> Array:
    return np.clip(np.round(values / unit), -TOP, TOP).astype(np.int8)


def unit_of(values: Array, percent: float) -> float:
    """The step with which that part of all values fits into eight bits."""
    return float(np.percentile(np.abs(values), percent)) / TOP


def shift_of(values: Array, unit: float) -> int:
    """Bits to drop so that nearly all sums fit into seven."""
    return max(0, math.ceil(math.log2(np.percentile(values, 99.9) / unit / TOP)))


def written(net: Student, cutter: Cutter, sample: list[list[int]], heard: list[str]) -> dict[str, Array]:
    """The network in whole numbers; `sample`: lines on which the sums are sized; `heard`: words it was taught though they are spelt out."""
    net.eval()
    with torch.no_grad():
        table = (net.base @ net.project + net.own.weight).numpy()
        table[0] = 0
        strongest = torch.cat([net.strongest(padded([row])) for row in sample])
        thought = net.thought(strongest).numpy()
    taps = [window.weight.detach().numpy() for window in net.windows]
    of_table, of_windows = unit_of(table[1:], 99.9), unit_of(np.concatenate([tap.ravel() for tap in taps]), 99.99)
    shift = shift_of(strongest.numpy(), of_table * of_windows)
    seen = of_table * of_windows * 2**shift
    hidden = net.hidden.weight.detach().numpy()
    of_hidden = unit_of(hidden, 99.99)
    hidden_shift = shift_of(thought, seen * of_hidden)
    known = seen * of_hidden * 2**hidden_shift
    heads = np.concatenate([head.weight.detach().numpy() for head in net.heads])
    of_heads = unit_of(heads[:-DIRECTIONS], 99.99)

    def bias(layers: Any, unit: float) -> Array:
        return np.round(np.concatenate([layer.bias.detach().numpy() for layer in layers]) / unit).astype(np.int32)

    def letters(names: Any) -> Array:
        return np.frombuffer("\n".join(names).encode(), np.uint8)

    return {
        "pieces": letters(cutter.names), "scores": np.array(cutter.scores, np.int32), "table": eight_bits(table, of_table),
        "windows": np.concatenate([eight_bits(tap[:, :, n].T, of_windows) for tap in taps for n in range(tap.shape[2])], 1),
        "window_bias": bias(net.windows, of_table * of_windows), "hidden": eight_bits(hidden.T, of_hidden),
        "hidden_bias": bias([net.hidden], seen * of_hidden),
        "heads": eight_bits(heads.T, of_heads), "head_bias": bias(net.heads, known * of_heads),
        "shifts": np.array([shift, hidden_shift, round(1 / (known * of_heads))], np.int64),
        "heard": letters(heard), "intents": letters(INTENTS), "aspects": letters(ASPECTS),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--also", type=Path)
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--begin", type=Path, help="a student to go on with")
    parser.add_argument("--rate", type=float, default=RATE)
    chosen = parser.parse_args()
    torch.manual_seed(0)
    cutter = Cutter(chosen.work / "vocabulary.json")
    lines = [*rows(chosen.also), *groups()]
    cut = [cutter.cut(line.text) for line in lines]
    mixed = mixtures(cut, [is_chinese(line.text) for line in lines], random.Random(1), MIXTURES)
    base = cutter.table()
    says = told(sorted(chosen.work.glob("teacher.*.pt")), [*(line.text for line in lines), *map(cutter.text, mixed)])
    net = Student(base)
    if chosen.begin is not None:
        net.load_state_dict(torch.load(chosen.begin))
    taught(net, cut + mixed, says, lines, chosen.epochs, chosen.rate)
    torch.save(net.state_dict(), chosen.work / "student.pt")
    np.savez_compressed(chosen.out, **written(net, cutter, cut[::20], cutter.spelt([line.text for line in lines])))


if __name__ == "__main__":
    main()
