"""Feeds say the same things in both languages, and every notice a codec can give has a string."""

from __future__ import annotations

import re
import string
from pathlib import Path

from console.i18n import table

SOURCES = sorted((Path(__file__).parents[2] / "console").glob("feeds/*.py")) + sorted(
    (Path(__file__).parents[2] / "console").glob("wire/*.py")
)


def ours(lang: str) -> dict[str, str]:
    return {code: text for code, text in table(lang).items() if code.startswith(("feeds.", "limits."))}


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_hold_the_same_strings_with_the_same_places() -> None:
    english, chinese = ours("en"), ours("zh")
    assert sorted(english) == sorted(chinese)
    for code, text in english.items():
        assert names_in(text) == names_in(chinese[code]), code


def test_every_string_that_the_code_names_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    named = set(re.findall(r'say\("(feeds\.[a-z_]+)"', code))
    named |= {f"feeds.notice.{name}" for name in re.findall(r'(?:notice|Tally)\("([a-z_]+)"', code)}
    named |= {f"feeds.reason.{name}" for name in re.findall(r'(?:LineLost|give_up)\("([a-z_]+)"', code)}
    assert len(named) > 20
    assert named <= set(ours("en"))
