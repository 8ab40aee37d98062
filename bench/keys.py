"""Writes console/triage/keys.json: by language and digest of a pattern, what a text must hold before the pattern is tried.

    python bench/keys.py

A cache of `rules.known_keys`, so that loading the tables takes no second; a test sees when it is out of date.
"""

from __future__ import annotations

import json
from pathlib import Path

from console.runtime.tables import word_tables
from console.triage.early import early_keys
from console.triage.keys import Keys, digest, keys_of
from console.triage.lexicon import Lexicon, parse_lexicon

OUT = Path(__file__).parents[1] / "console" / "triage" / "keys.json"


def keys_by_pattern(lexicon: Lexicon) -> dict[str, dict[str, tuple[Keys, Keys]]]:
    out: dict[str, dict[str, tuple[Keys, Keys]]] = {}
    for lang, side in (("zh", lexicon.zh), ("en", lexicon.en)):
        markers = (*side.masks, *side.questions, *side.requests, *side.statements, *side.settled)
        patterns = sorted({one.pattern.pattern for one in (*side.rules, *markers)})
        out[lang] = {digest(one): (keys_of(one, lang), early_keys(one, lang)) for one in patterns}
        assert len(out[lang]) == len(patterns), "two patterns with one digest"
    return out


def main() -> None:
    tables = {name: table for name, table in word_tables().items() if name != "keys"}
    made = keys_by_pattern(parse_lexicon(tables))
    OUT.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({lang: len(found) for lang, found in made.items()} | {"bytes": OUT.stat().st_size}))


if __name__ == "__main__":
    main()
