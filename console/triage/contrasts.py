"""Words that tell one thing from another without being slots: 左 and 右, hot and cold (contrasts.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.triage.late import Late
from console.triage.vocabulary import bad, get, longest_first, strings

TABLE = "contrasts"


@dataclass(frozen=True, slots=True)
class Contrast:
    """One group, with two lines that it must tell apart and two that it must not."""

    name: str
    apart: tuple[str, str]
    same: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contrasts:
    """All groups: each word with the value that it means ("side.left"; "" for one that only looks like a word of a group). `alone`: the
    values that make another question even where the other comment says nothing of their group."""

    groups: tuple[Contrast, ...]
    meant: Mapping[str, str]
    words: Late
    alone: frozenset[str] = frozenset()

    def of(self, folded: str) -> tuple[str, ...]:
        """What a folded text says of all groups, each value once, in the order of the alphabet."""
        found = dict.fromkeys(self.meant[word] for word in self.words.findall(folded))
        found.pop("", None)
        return tuple(sorted(found))


NO_CONTRASTS = Contrasts((), {}, Late("(?!)"))


def parse_contrasts(table: Mapping[str, Any]) -> Contrasts:
    """Raises ConfigError naming the key of the first thing that can't be used."""
    groups, meant, alone = [], {}, []
    for name in table:
        group = get(TABLE, table, name, dict)
        groups.append(Contrast(name, _pair(group, name, "apart"), _pair(group, name, "same")))
        for word in strings(TABLE, group, "none") if "none" in group else ():
            meant[word.lower()] = ""
        values = get(TABLE, group, "values", dict)
        for value in strings(TABLE, group, "alone") if "alone" in group else ():
            if value not in values:
                raise bad(TABLE, f"{name}.alone", f"{value} is none of its values")
            alone.append(f"{name}.{value}")
        for value in values:
            for word in strings(TABLE, values, value):
                if meant.setdefault(word.lower(), f"{name}.{value}") != f"{name}.{value}":
                    raise bad(TABLE, f"{name}.values.{value}", f"{word} means something else already")
    return Contrasts(tuple(groups), meant, Late(_pattern(longest_first(meant))), frozenset(alone))


def _pair(group: Mapping[str, Any], name: str, key: str) -> tuple[str, str]:
    lines = strings(TABLE, group, key)
    if len(lines) != 2:
        raise bad(TABLE, f"{name}.{key}", "two lines")
    return lines[0], lines[1]


def _pattern(words: Iterable[str]) -> str:
    """Sorted by their first characters: of some thousand words only those are tried that begin as the text does here."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(_rest(word))
    return "|".join(f"{_before(first)}(?:{'|'.join(rests[first])})" for first in rests)


def _before(first: str) -> str:
    """An English word stands for itself only: "old" is not in "gold"."""
    plain = first if first.isalnum() else f"\\{first}"
    return f"{plain}(?<![a-z0-9]{plain})" if first.isascii() and first.isalnum() else plain


def _rest(word: str) -> str:
    """What follows the first character; nor is "cap" in "capital"."""
    escaped = "".join(f"\\{char}" if not (char.isalnum() or char == " ") else char for char in word[1:])
    return f"{escaped}(?![a-z0-9])" if word.isascii() else escaped
