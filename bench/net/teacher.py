"""Tunes the whole encoder on the labelled lines.

    python bench/net/teacher.py WORK [--also COMMENTS.jsonl] [--epochs 4] [--seed 0]

WORK holds `vocabulary.json`; `teacher.SEED.pt` is written there after each epoch, some 2.5 minutes on two cores. The student hears the
mean of all that are there."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from encoder import WIDTH, Cutter, Encoder, padded
from texts import ASPECTS, KINDS, NEEDS, Row, groups, rows
from torch import Tensor, nn

from console.domain.values import INTENTS

BATCH, GROUP_BATCH, BLOCK = 64, 40, 2_048
MEANING = 128
BODY_RATE, TABLE_RATE, HEAD_RATE = 2e-4, 2e-4, 2e-3
INTENT_PART, ASPECT_PART, GROUP_PART = 0.3, 0.5, 0.3
TEMPERATURE = 0.07
MOST_GROUP_PIECES = 18
WARM_UP = 100
Answers = tuple[Tensor, Tensor, Tensor, Tensor]


class Teacher(nn.Module):
    """kind, intent, aspect (logits), meaning (length 1)."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.kind, self.intent, self.aspect = (nn.Linear(2 * WIDTH, n) for n in (len(KINDS), len(INTENTS), len(ASPECTS)))
        self.meaning = nn.Linear(WIDTH, MEANING, bias=False)

    def forward(self, x: Tensor) -> Answers:
        sentence, mean = self.encoder(x, 0.1)
        both = F.dropout(torch.cat([sentence * 4, mean], 1), 0.3, self.training)
        return self.kind(both), self.intent(both), self.aspect(both), F.normalize(self.meaning(sentence), dim=1)


def kind_loss(logits: Tensor, kinds: Tensor, weights: Tensor) -> Tensor:
    """Cross entropy; of a need of unknown kind only that it is one."""
    likely = logits.log_softmax(1)
    need = torch.logsumexp(likely[:, 1:], 1)
    known = likely.gather(1, kinds.clamp(0, NEEDS - 1)[:, None])[:, 0]
    return -(torch.where(kinds == NEEDS, need, known) * weights).sum() / BATCH


def group_loss(meanings: Tensor, names: list[str]) -> Tensor:
    """Supervised contrast: wordings of a group near, all others of the batch far."""
    places = torch.tensor([names.index(name) for name in names])
    own = torch.eye(len(names), dtype=torch.bool)
    near = (meanings @ meanings.T / TEMPERATURE).masked_fill(own, -1e9)
    same = (places[:, None] == places[None]) & ~own
    likely = near - torch.logsumexp(near, 1, keepdim=True)
    return (-(likely * same).sum(1) / same.sum(1).clamp(min=1)).mean()


def known_loss(logits: Tensor, places: list[int]) -> Tensor:
    wanted = torch.tensor(places)
    is_known = wanted >= 0
    return F.cross_entropy(logits[is_known], wanted[is_known]) if is_known.any() else logits.sum() * 0


def batches(cut: list[list[int]], dice: random.Random) -> Iterator[list[int]]:
    """Places of lines, those of like length together."""
    order = list(range(len(cut)))
    dice.shuffle(order)
    for at in range(0, len(order), BLOCK):
        block = sorted(order[at : at + BLOCK], key=lambda n: len(cut[n]))
        found = [block[n : n + BATCH] for n in range(0, len(block), BATCH)]
        dice.shuffle(found)
        yield from found


def families(dice: random.Random, cutter: Cutter) -> Iterator[list[tuple[Row, list[int]]]]:
    """Endlessly: some families of groups, whole."""
    by_family: dict[str, list[tuple[Row, list[int]]]] = {}
    for row in groups():
        by_family.setdefault(row.family, []).append((row, cutter.cut(row.text)[:MOST_GROUP_PIECES]))
    batch: list[tuple[Row, list[int]]] = []
    while True:
        for name in dice.sample(sorted(by_family), len(by_family)):
            batch += by_family[name]
            if len(batch) >= GROUP_BATCH:
                yield batch
                batch = []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--also", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    dice = random.Random(chosen.seed)
    cutter = Cutter(chosen.work / "vocabulary.json")
    lines = rows(chosen.also)
    cut = [cutter.cut(line.text) for line in lines]
    net = Teacher(Encoder(cutter.table()))
    body = [value for name, value in net.encoder.named_parameters() if name != "table.weight"]
    heads = [value for name, value in net.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": BODY_RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01)
    table = torch.optim.SparseAdam([net.encoder.table.weight], lr=TABLE_RATE)
    rates = [(group, group["lr"]) for one in (optimizer, table) for group in one.param_groups]
    company = families(dice, cutter)
    steps, step = chosen.epochs * (len(lines) // BATCH + 1), 0
    for epoch in range(chosen.epochs):
        net.train()
        since, total = time.perf_counter(), 0.0
        for batch in batches(cut, dice):
            grouped = next(company)
            some = [*(lines[n] for n in batch), *(row for row, _ in grouped)]
            parts = net(padded([cut[n] for n in batch])), net(padded([row for _, row in grouped]))
            kind, intent, aspect, _ = (torch.cat(both) for both in zip(*parts, strict=True))
            loss = kind_loss(kind, torch.tensor([row.kind for row in some]), torch.tensor([row.weight for row in some]))
            loss = loss + INTENT_PART * known_loss(intent, [row.intent for row in some])
            loss = loss + ASPECT_PART * known_loss(aspect, [row.aspect for row in some])
            loss = loss + GROUP_PART * group_loss(parts[1][3], [row.group for row, _ in grouped])
            for group, rate in rates:
                group["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
            step += 1
            optimizer.zero_grad()
            table.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            table.step()
            total += loss.item()
        print(f"epoch {epoch}: loss {total / (len(lines) / BATCH):.3f}, {time.perf_counter() - since:.0f} s", flush=True)
        torch.save(net.state_dict(), chosen.work / f"teacher.{chosen.seed}.pt")


if __name__ == "__main__":
    main()
