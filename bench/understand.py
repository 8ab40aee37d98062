"""How long one comment takes to understand, nothing remembered from the one before; and how long the tables take to load.

    python bench/understand.py [COMMENTS.jsonl ...] [--lines 6000] [--runs 3]

A JSONL holds one object a line with `text`. Two made-up sets are always measured: `shop`, usual questions of a shopping
room each behind a word that nobody knows, so that no two texts are alike (a flood), and `chatter`. Microseconds of process
time a comment, one decimal; `mean` and `median` of the best run, `p99` of the same. Loading: milliseconds of
`shipped_reading()` and of the import of `console.room.room`, each in a fresh interpreter, the best of `--runs`.
"""

from __future__ import annotations

import argparse
import json
import random
import string
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from console.domain.text import SafeText, clean
from console.runtime.tables import shipped_rules
from console.triage.understand import understand

QUESTIONS = (
    "这个多少钱 有没有大码", "how much is the shipping to germany?", "160斤能穿吗", "3号链接多少钱", "什么时候发货", "包邮吗", "还有货吗",
    "黑色有没有M码", "is it true to size", "do you ship to canada", "能便宜点吗", "怎么洗", "会不会起球",
    "这件是什么面料", "身高165体重110穿什么码", "does it fit 150 lbs", "what size should i get", "any discount code", "链接在哪",
    "孕妇能用吗", "有运费险吗", "几天到北京", "can you show the back please", "my payment keeps failing", "没声音了", "偏大还是偏小",
    "有几个颜色", "这个和3号有什么区别", "is it real leather", "when will it ship",
)  # fmt: skip
CHATTER = (
    "来了来了", "好看", "主播晚上好", "支持主播", "哈哈哈哈哈哈", "666", "已拍", "爱了爱了", "关注了", "冲冲冲", "这也太好看了吧",
    "刚下班到家 正好", "love it", "so cute", "hello everyone from sydney", "just bought two",
    "带娃看直播", "[玫瑰][玫瑰]", "下次一定", "姐妹们晚上好",
)  # fmt: skip


def flood(count: int, lines: tuple[str, ...], *, marked: bool) -> list[str]:
    """`count` texts; `marked` puts seven capitals and digits before each, drawn with a fixed seed."""
    drawn = random.Random(1)
    signs = string.ascii_uppercase + string.digits
    return ["".join(drawn.choices(signs, k=7)) + " " + lines[n % len(lines)] if marked else lines[n % len(lines)] for n in range(count)]


def read_texts(path: Path) -> list[str]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [row["text"] for row in rows if isinstance(row.get("text"), str)]


def timed(understood: Callable[[SafeText], Any], texts: list[SafeText]) -> list[int]:
    clock = time.thread_time_ns
    took = []
    for text in texts:
        start = clock()
        understood(text)
        took.append(clock() - start)
    return sorted(took)


def measured(texts: list[str], count: int, runs: int) -> dict[str, Any]:
    rules = shipped_rules()
    chosen = [clean(texts[n % len(texts)]) for n in range(count)]
    took = min((timed(lambda text: understand(text, rules.lexicon, rules.model), chosen) for _ in range(runs + 1)), key=sum)
    return {
        "comments": count,
        "mean_us": round(sum(took) / count / 1000, 1),
        "median_us": round(took[count // 2] / 1000, 1),
        "p99_us": round(took[count * 99 // 100] / 1000, 1),
    }


def in_a_fresh_interpreter(setting_up: str, doing: str, runs: int) -> float:
    """Milliseconds of `doing` after `setting_up`, the best of `runs`."""
    code = f"{setting_up}\nimport time\nstart = time.perf_counter_ns()\n{doing}\nprint(time.perf_counter_ns() - start)"
    took = [int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout) for _ in range(runs)]
    return round(min(took) / 1_000_000, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--lines", type=int, default=6000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    sets = {
        "shop": flood(chosen.lines, QUESTIONS, marked=True),
        "chatter": flood(chosen.lines, CHATTER, marked=False),
        "unknown_chatter": flood(chosen.lines, CHATTER, marked=True),
    } | {path.name: read_texts(path) for path in chosen.files}
    report: dict[str, Any] = {name: measured(texts, chosen.lines, chosen.runs) for name, texts in sets.items() if texts}
    report["loading_ms"] = {
        "import_room": in_a_fresh_interpreter("import msgspec", "import console.room.room", chosen.runs),
        "shipped_reading": in_a_fresh_interpreter("from console.runtime.tables import shipped_reading", "shipped_reading()", chosen.runs),
    }
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
