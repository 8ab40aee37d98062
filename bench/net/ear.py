"""Teaches a small network to point where the teacher points, and writes it beside the one that finds needs, in whole numbers.

    python bench/net/ear.py WORK --net console/triage/net.npz [--epochs 13]

It hears the training lines that need an answer, the groups, and mixtures of them. Its pieces begin where the teacher hears them, each read
alone. Beside each batch of lines stands one of whole families, whose near misses rarely meet among the lines."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from encoder import Cutter
from student import Array, Descent, eight_bits, mixtures, shift_of, told_by, unit_of, unlike
from teacher import DROP, MEANING, batches, by_length, group_loss, known_teacher
from texts import Row, groups, is_chinese, rows, whole_families
from torch import Tensor, nn
from transformer import Weights, padded, weights_file

from console.triage.ear import MEAN_PARTS
from console.triage.windows import WINDOWS

WIDTH, CHANNELS, HIDDEN = 160, 192, 384
BATCH, FAMILIES_BATCH, BLOCK = 128, 64, 4_096
RATE = 1.5e-3
LIKENESS_PART, CONTRAST_PART = 15.0, 0.1
DROP_HARD, DROP_PIECES = 0.15, 0.05
MIXTURES, LONGEST, LEAST_WEIGHT = 45_000, 90, 0.01
BEFORE_PIECES = 4
"""Rows of the table: empty, beginning, end, unknown."""


class Ear(nn.Module):
    """As console/triage/ear.py; `base`: a row a piece."""

    def __init__(self, base: Array) -> None:
        super().__init__()
        self.table = nn.Embedding.from_pretrained(torch.tensor(base), freeze=False, padding_idx=0)
        self.windows = nn.ModuleList(nn.Conv1d(WIDTH, CHANNELS, length, padding=length - 1) for length in WINDOWS)
        self.hidden = nn.Linear(len(WINDOWS) * CHANNELS + WIDTH, HIDDEN)
        self.out, self.straight = nn.Linear(HIDDEN, MEANING), nn.Linear(WIDTH, MEANING, bias=False)

    def strongest(self, said: Tensor, ends: Tensor) -> Tensor:
        """No window that holds nothing but padding counts."""
        best = []
        for length, window in zip(WINDOWS, self.windows, strict=True):
            heard = F.relu(window(said.transpose(1, 2)))
            beyond = torch.arange(heard.shape[2])[None] >= (ends + length - 1)[:, None]
            best.append(heard.masked_fill(beyond[:, None], 0).amax(2))
        return torch.cat(best, 1)

    def layers(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """strongest, mean, thought, direction."""
        is_there = x > 0
        kept = is_there.float()
        if self.training:
            kept = kept * ((torch.rand(x.shape) > DROP_PIECES) | (x < BEFORE_PIECES - 1)).float()
        said = F.dropout(self.table(x) * kept[:, :, None], DROP, self.training)
        mean = said.sum(1) / kept.sum(1, keepdim=True).clamp(min=1)
        strongest = self.strongest(said, is_there.sum(1))
        thought = F.relu(self.hidden(F.dropout(torch.cat([strongest, mean], 1), DROP_HARD, self.training)))
        return strongest, mean, thought, self.out(F.dropout(thought, DROP, self.training)) + self.straight(mean)

    def forward(self, x: Tensor) -> Tensor:
        return F.normalize(self.layers(x)[3], dim=1)


def heard_alone(path: Path, names: list[str]) -> Array:
    """The table to begin with, a row of WIDTH for each piece: the main directions of what the teacher makes of it alone."""
    teacher, cutter = known_teacher(path, Weights(weights_file()))
    cut = [cutter.cut(name.replace("▁", " ").strip() or " ") for name in names]
    whole = np.zeros((len(cut), teacher.body.width), np.float32)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for some in by_length(cut):
            whole[some] = teacher.body(padded([cut[n] for n in some]), 0.0, 0.0)[0].float().numpy()
    whole -= whole.mean(0)
    whole /= np.linalg.norm(whole, axis=1, keepdims=True) + 1e-6
    _, _, axes = np.linalg.svd(whole, full_matrices=False)
    rows = whole @ axes[:WIDTH].T
    before = np.random.RandomState(0).randn(BEFORE_PIECES, WIDTH) * 0.3
    before[0] = 0
    return np.concatenate([before, rows / rows.std()]).astype(np.float32)


def taught(net: Ear, cut: list[list[int]], wanted: Tensor, families: list[Row], places: list[int], epochs: int) -> None:
    """`wanted`: the teacher's direction of each; `places`: where in `cut` the texts of the families stand."""
    dice, descent = random.Random(0), Descent(net, "table.weight", RATE, epochs * (len(cut) // BATCH + 1))
    company = whole_families(families, FAMILIES_BATCH, dice)
    for epoch in range(epochs):
        net.train()
        since, total = time.perf_counter(), 0.0
        of_round = list(batches(cut, dice, BATCH, BLOCK))
        dice.shuffle(of_round)
        for batch in of_round:
            grouped = next(company)
            at = torch.tensor([places[n] for n in grouped])
            mine, theirs = net(padded([cut[places[n]] for n in grouped])), wanted[at]
            loss = (1 - (net(padded([cut[n] for n in batch])) * wanted[torch.tensor(batch)]).sum(1)).mean()
            loss = loss + (1 - (mine * theirs).sum(1)).mean() + LIKENESS_PART * unlike(mine, theirs)
            loss = loss + CONTRAST_PART * group_loss(mine, [families[n].group for n in grouped])
            total += descent.step(loss)
        print(f"epoch {epoch}: loss {total / (len(cut) / BATCH):.3f}, {time.perf_counter() - since:.0f} s", flush=True)


def written(net: Ear, sample: list[list[int]]) -> dict[str, Array]:
    """The network in whole numbers; `sample`: lines on which the sums are sized. Rows of a layer hold the unit of what comes in."""
    net.eval()
    with torch.no_grad():
        strongest, mean, thought, _ = (
            torch.cat(parts).numpy() for parts in zip(*(net.layers(padded([row])) for row in sample), strict=True)
        )
    table = net.table.weight.detach().numpy().copy()
    table[0] = 0
    taps = [window.weight.detach().numpy() for window in net.windows]
    of_table, of_windows = unit_of(table[1:], 99.9), unit_of(np.concatenate([tap.ravel() for tap in taps]), 99.99)
    shift = shift_of(strongest, of_table * of_windows)
    comes = np.r_[np.full(strongest.shape[1], of_table * of_windows * 2**shift), np.full(mean.shape[1], of_table / MEAN_PARTS)]
    hidden = net.hidden.weight.detach().numpy().T * comes[:, None]
    of_hidden = unit_of(hidden, 99.99)
    hidden_shift = shift_of(thought, of_hidden)
    joined = np.concatenate(
        [net.out.weight.detach().numpy().T * of_hidden * 2**hidden_shift, net.straight.weight.detach().numpy().T * comes[-1]]
    )
    of_out = unit_of(joined, 99.99)

    def bias(layers: Any, unit: float) -> Array:
        return np.round(np.concatenate([layer.bias.detach().numpy() for layer in layers]) / unit).astype(np.int32)

    return {
        "ear_table": eight_bits(table, of_table),
        "ear_windows": np.concatenate([eight_bits(tap[:, :, n].T, of_windows) for tap in taps for n in range(tap.shape[2])], 1),
        "ear_window_bias": bias(net.windows, of_table * of_windows),
        "ear_hidden": eight_bits(hidden, of_hidden), "ear_hidden_bias": bias([net.hidden], of_hidden),
        "ear_out": eight_bits(joined, of_out), "ear_out_bias": bias([net.out], of_out),
        "ear_shifts": np.array([shift, hidden_shift], np.int64),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--net", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=13)
    chosen = parser.parse_args()
    torch.manual_seed(0)
    cutter, teacher, families = Cutter(chosen.work / "vocabulary.json"), chosen.work / "teacher.0.pt", groups()
    asked = {row.text for row in rows() if row.kind > 0 and row.weight > LEAST_WEIGHT and 0 < len(row.text) < LONGEST}
    texts = sorted(asked | {row.text for row in families})
    cut = [cutter.cut(text) for text in texts]
    mixed = mixtures(cut, [is_chinese(text) for text in texts], random.Random(1), MIXTURES)
    wanted = told_by(teacher, Weights(weights_file()), [*texts, *map(cutter.text, mixed)])[3]
    net = Ear(heard_alone(teacher, cutter.names))
    place = {text: n for n, text in enumerate(texts)}
    taught(net, cut + mixed, wanted, families, [place[row.text] for row in families], chosen.epochs)
    torch.save(net.state_dict(), chosen.work / "ear.pt")
    with np.load(chosen.net) as file:
        arrays = {name: file[name] for name in file.files if not name.startswith("ear_")}
    np.savez_compressed(chosen.net, **arrays, **written(net, cut[::20]))


if __name__ == "__main__":
    main()
