"""What a draft costs: `python bench/drafts.py [--products 1000] [--rounds 20]` prints one JSON object.

Every question is asked of a catalogue with that many products, each with a coupon, a size chart and FAQ entries; microseconds
a draft, the number check included. `parse_ms`: reading the catalogue once.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter_ns

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from console.domain.text import clean, fold  # noqa: E402
from console.domain.values import Intent, Slots, Understanding  # noqa: E402
from console.drafts.desk import draft_for  # noqa: E402
from console.drafts.wording import FILES, Templates, read_templates  # noqa: E402
from console.shop.catalogue import Catalogue, parse_catalogue  # noqa: E402

QUESTIONS: tuple[tuple[str, Intent, str, Slots], ...] = (
    ("多少钱", "price", "price.now", Slots()),
    ("到手多少", "price", "price.final", Slots()),
    ("还有货吗", "stock", "stock.have", Slots()),
    ("165 110斤穿什么码", "size", "size.which", Slots(height_mm=1650, weight_g=55_000)),
    ("有红色吗", "colour", "colour.have", Slots(colour="红")),
    ("什么面料", "material", "material.what", Slots()),
    ("会起球吗", "material", "material.pill", Slots()),
    ("什么时候发货", "shipping", "shipping.when", Slots()),
    ("可以机洗吗", "usage", "usage.wash", Slots(wash="机洗")),
    ("能开发票吗", "other", "other", Slots()),
    ("how much is it", "price", "price.now", Slots()),
    ("do you have it in black", "colour", "colour.have", Slots(colour="black")),
)


def a_shop_of(products: int) -> str:
    """A catalogue text: every product with its coupon, chart and two FAQ entries."""
    lines = ['currency = "CNY"', "[shop]", "dispatch_within_hours = 48", 'ships_from = "浙江杭州"', 'carriers = ["中通", "韵达"]']
    for link in range(1, products + 1):
        lines += ["[[product]]", f"link = {link}", f'name = "羊毛大衣{link}款"', f'aliases = ["大衣{link}"]', f'price = "{100 + link}.00"']
        lines += ["stock = 120", 'material = "羊毛 70%、聚酯纤维 30%"', 'colors = ["黑", "驼"]', 'size_chart = "coat"']
        lines += ['coupon = [{ text = "满100减50", min_spend = "100", off = "50" }]']
        lines += ['claims_allowed = ["可机洗"]', 'evidence = { "可机洗" = "吊牌" }']
    lines += ["[size_chart.coat]", 'unit = { height = "cm", weight = "kg" }', "height = [150, 160, 170]", "weight = [40, 50, 60]"]
    lines += ["max = { height = 180, weight = 80 }", 'cells = [["S", "M", "L"], ["M", "L", "XL"], ["L", "XL", "2XL"]]']
    for link in range(1, products + 1):
        lines += [
            "[[faq]]",
            f'id = "wash{link}"',
            f"product = {link}",
            'ask = ["能机洗吗", "怎么洗"]',
            'answer = "{name}，{claim:可机洗}。"',
        ]
    lines += ["[[faq]]", 'id = "invoice"', 'ask = ["能开发票吗"]', 'answer = "支持电子发票。"']
    return "\n".join(lines)


def measured(catalogue: Catalogue, templates: Templates, products: int, rounds: int) -> tuple[list[int], int]:
    """(nanoseconds of each draft, how many questions got one)."""
    taken: list[int] = []
    drafted = 0
    for turn in range(rounds):
        for number, (text, intent, aspect, said) in enumerate(QUESTIONS):
            link = str((turn * len(QUESTIONS) + number) * 7919 % products + 1)
            language = "en" if text.isascii() else "zh"
            u = Understanding(need="question", intents=(intent,), aspect=aspect, slots=said, folded=fold(text), language=language)
            slots = Slots(link=link, height_mm=said.height_mm, weight_g=said.weight_g, colour=said.colour, wash=said.wash)
            start = perf_counter_ns()
            drafts, _, _ = draft_for(u, slots, catalogue, 0, text=clean(text), lang="zh", templates=templates)
            taken.append(perf_counter_ns() - start)
            drafted += bool(drafts)
    return taken, drafted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args()
    folder = ROOT / "console" / "drafts" / "templates"
    templates = read_templates({name: (folder / name).read_text(encoding="utf-8") for name in FILES})
    text = a_shop_of(chosen.products)
    start = perf_counter_ns()
    catalogue = parse_catalogue(text, "bench.toml")
    parse_ns = perf_counter_ns() - start
    measured(catalogue, templates, chosen.products, 2)
    taken, drafted = measured(catalogue, templates, chosen.products, chosen.rounds)
    taken.sort()
    figures = {
        "drafts": len(taken),
        "with_a_draft": drafted,
        "products": chosen.products,
        "p50_us": taken[len(taken) // 2] / 1000,
        "p99_us": taken[len(taken) * 99 // 100] / 1000,
        "max_us": taken[-1] / 1000,
        "parse_ms": parse_ns / 1_000_000,
        "catalogue_kb": len(text.encode()) // 1024,
    }
    print(json.dumps(figures, sort_keys=True))


if __name__ == "__main__":
    main()
