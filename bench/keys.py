"""Writes console/triage/keys.json: by language and pattern, what a text must hold before the pattern is tried.

    python bench/keys.py

A cache of `gate.needed_keys`, so that loading the tables takes no third of a second; a test sees when it is out of date.
"""

from __future__ import annotations

import json
from pathlib import Path

from console.runtime.tables import word_tables
from console.triage.gate import needed_keys
from console.triage.lexicon import Lexicon, parse_lexicon
from console.triage.rules import KEY_LENGTH

OUT = Path(__file__).parents[1] / "console" / "triage" / "keys.json"


def keys_by_pattern(lexicon: Lexicon) -> dict[str, dict[str, list[list[str]]]]:
    out: dict[str, dict[str, list[list[str]]]] = {}
    for lang, side in (("zh", lexicon.zh), ("en", lexicon.en)):
        markers = (*side.masks, *side.questions, *side.requests, *side.statements) if lang == "zh" else ()
        patterns = sorted({one.pattern.pattern for one in (*side.rules, *markers)})
        out[lang] = {one: [sorted(found) for found in needed_keys(one, KEY_LENGTH[lang])] for one in patterns}
    return out


def main() -> None:
    tables = {name: table for name, table in word_tables().items() if name != "keys"}
    made = keys_by_pattern(parse_lexicon(tables))
    OUT.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({lang: len(found) for lang, found in made.items()} | {"bytes": OUT.stat().st_size}))


if __name__ == "__main__":
    main()
