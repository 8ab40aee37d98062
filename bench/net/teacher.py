"""Tunes a pretrained encoder on the labelled lines.

    python bench/net/teacher.py WORK [--also COMMENTS.jsonl] [--minutes 72] [--seed 0]

Writes WORK/teacher.SEED.pt after each 600 steps and at the end. It learns for so many minutes, the rate falling to nought: 72 on two
cores are some three rounds. The student hears the mean of all teachers that are there."""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from texts import ASPECTS, KINDS, NEEDS, Row, groups, rows, whole_families
from torch import Tensor, nn
from transformer import Cutter, Transformer, Weights, padded, weights_file

from console.domain.values import INTENTS

BATCH, GROUP_BATCH, BLOCK = 64, 32, 2_048
MEANING = 128
BODY_RATE, HEAD_RATE, DECAY = 1e-4, 1e-3, 0.01
INTENT_PART, ASPECT_PART, GROUP_PART = 0.3, 0.5, 0.3
DROP, DROP_PIECES = 0.1, 0.05
TEMPERATURE = 0.07
MOST_GROUP_PIECES = 20
WARM_UP, KEEP_EVERY, TELL_EVERY = 150, 600, 100
TOLD_AT_ONCE = 256
Answers = tuple[Tensor, Tensor, Tensor, Tensor]


class Teacher(nn.Module):
    """kind, intent, aspect (logits), meaning (length 1)."""

    def __init__(self, weights: Weights, kept: list[int]) -> None:
        super().__init__()
        self.body = Transformer(weights, kept)
        width = self.body.width
        self.kind, self.intent, self.aspect = (nn.Linear(2 * width, n) for n in (len(KINDS), len(INTENTS), len(ASPECTS)))
        self.meaning = nn.Linear(width, MEANING, bias=False)

    def forward(self, x: Tensor) -> Answers:
        with torch.autocast("cpu", torch.bfloat16):
            mean, first = self.body(x, DROP, DROP_PIECES)
        mean, first = mean.float(), first.float()
        both = F.dropout(torch.cat([mean, first], 1), DROP, self.training)
        return self.kind(both), self.intent(both), self.aspect(both), F.normalize(self.meaning(mean), dim=1)


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


def batches(cut: list[list[int]], dice: random.Random, size: int = BATCH, block_size: int = BLOCK) -> Iterator[list[int]]:
    """Places of lines, those of like length together."""
    order = list(range(len(cut)))
    dice.shuffle(order)
    for at in range(0, len(order), block_size):
        block = sorted(order[at : at + block_size], key=lambda n: len(cut[n]))
        found = [block[n : n + size] for n in range(0, len(block), size)]
        dice.shuffle(found)
        yield from found


def loss_of(net: Teacher, lines: list[tuple[Row, list[int]]], grouped: list[tuple[Row, list[int]]]) -> Tensor:
    some = [row for row, _ in (*lines, *grouped)]
    parts = net(padded([cut for _, cut in lines])), net(padded([cut for _, cut in grouped]))
    kind, intent, aspect, _ = (torch.cat(both) for both in zip(*parts, strict=True))
    loss = kind_loss(kind, torch.tensor([row.kind for row in some]), torch.tensor([row.weight for row in some]))
    loss = loss + INTENT_PART * known_loss(intent, [row.intent for row in some])
    loss = loss + ASPECT_PART * known_loss(aspect, [row.aspect for row in some])
    return loss + GROUP_PART * group_loss(parts[1][3], [row.group for row, _ in grouped])


def optimizer_of(net: Teacher) -> torch.optim.AdamW:
    table = [net.body.table.weight]
    body = [value for name, value in net.body.named_parameters() if name != "table.weight"]
    heads = [value for name, value in net.named_parameters() if not name.startswith("body.")]
    return torch.optim.AdamW(
        [{"params": body, "lr": BODY_RATE, "weight_decay": DECAY}, {"params": table, "lr": BODY_RATE, "weight_decay": 0.0},
         {"params": heads, "lr": HEAD_RATE, "weight_decay": DECAY}], betas=(0.9, 0.98),
    )  # fmt: skip


def kept(net: Teacher, cutter: Cutter, path: Path) -> None:
    torch.save({"net": net.state_dict(), "kept": cutter.kept}, path)


def known_teacher(path: Path, weights: Weights) -> tuple[Teacher, Cutter]:
    """The one that `kept` wrote, and what cuts texts for it."""
    known = torch.load(path)
    teacher = Teacher(weights, known["kept"])
    teacher.load_state_dict(known["net"])
    teacher.eval()
    return teacher, Cutter(weights, [], known["kept"])


def by_length(cut: list[list[int]]) -> Iterator[list[int]]:
    """Places of all lines, the shortest first, as many as are told at once."""
    order = sorted(range(len(cut)), key=lambda n: len(cut[n]))
    return (order[at : at + TOLD_AT_ONCE] for at in range(0, len(order), TOLD_AT_ONCE))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--also", type=Path)
    parser.add_argument("--minutes", type=float, default=72)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    dice = random.Random(chosen.seed)
    weights = Weights(weights_file())
    lines = rows(chosen.also)
    cutter = Cutter(weights, [row.text for row in (*lines, *groups())])
    cut = [cutter.cut(line.text) for line in lines]
    net = Teacher(weights, cutter.kept)
    net.train()
    optimizer = optimizer_of(net)
    rates = [(group, group["lr"]) for group in optimizer.param_groups]
    grouped = groups()
    cut_short = [cutter.cut(row.text)[:MOST_GROUP_PIECES] for row in grouped]
    company = whole_families(grouped, GROUP_BATCH, dice)
    since, total = time.perf_counter(), 0.0
    for step, batch in enumerate(itertools.chain.from_iterable(batches(cut, dice) for _ in itertools.count()), 1):
        done = (time.perf_counter() - since) / 60 / chosen.minutes
        if done >= 1:
            break
        for group, rate in rates:
            group["lr"] = rate * min(1, step / WARM_UP) * max(0.02, 1 - done)
        loss = loss_of(net, [(lines[n], cut[n]) for n in batch], [(grouped[n], cut_short[n]) for n in next(company)])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
        if step % TELL_EVERY == 0:
            print(f"step {step}: loss {total / TELL_EVERY:.3f}, {done:.0%}", flush=True)
            total = 0.0
        if step % KEEP_EVERY == 0:
            kept(net, cutter, chosen.work / f"teacher.{chosen.seed}.pt")
    kept(net, cutter, chosen.work / f"teacher.{chosen.seed}.pt")


if __name__ == "__main__":
    main()
