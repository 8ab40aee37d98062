"""TOML tables read key by key. Every complaint is one sentence that names file, line and key, and a hint what to write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from rapidfuzz.distance import OSA

from console.domain.errors import ConfigError
from console.domain.text import MOST_CHARACTERS, SafeText, clean

MOST_BYTES = 4 * 1024 * 1024
"""Largest file that is read. A shop of 5,000 products with 1 KB each would be a fifth over it: sell in two rooms."""
MOST_KEY_ERRORS = 3
"""A misspelt key within this many edits of a known one is named as its neighbour; farther off all keys are listed."""
MICROS = 1_000_000

_PRICE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_DURATION = re.compile(r"([0-9]{1,6})\s*(s|m|min|h|d)")
_DURATION_MS = {"s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SYNTAX = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL)
_HEADER = re.compile(r"^\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")

Path = tuple[str | int, ...]


class Source:
    """One TOML text under its name, able to say on which line a key stands."""

    def __init__(self, text: str, name: str) -> None:
        self.name = clean(name, 200)
        self._text = text

    def parse(self) -> dict[str, Any]:
        """The document. Numbers with a point become `Decimal`, never float.

        Raises:
            ConfigError: larger than 4 MB, or no TOML (with line and column).
        """
        if len(self._text) > MOST_BYTES or len(self._text.encode("utf-8", "replace")) > MOST_BYTES:
            raise ConfigError(
                f"{self.name} is larger than {MOST_BYTES // 1024 // 1024} MB", hint="Keep only the products of this room in it."
            )
        try:
            return tomllib.loads(self._text.removeprefix("\ufeff"), parse_float=Decimal)
        except RecursionError:
            raise ConfigError(f"{self.name} nests brackets too deeply", hint="Look for an array that is never closed.") from None
        except ValueError as error:
            raise self._no_toml(str(error)) from None

    def _no_toml(self, said: str) -> ConfigError:
        found = _SYNTAX.match(said)
        what = clean(found["what"] if found else said, 200)
        where = f", line {found['line']}, column {found['column']}" if found and found["line"] else ", at its end" if found else ""
        return ConfigError(
            f"{self.name}{where} can't be read as TOML: {what}",
            hint='Texts stand in straight quotes, one `key = value` a line; prices are texts: price = "399.00".',
        )

    def bad(self, path: Path, what: str, hint: str = "") -> ConfigError:
        """An error about the value at `path` (table indexes from 0)."""
        key = ".".join(str(part) for part in path if isinstance(part, str))
        return ConfigError(f"{self.name}, line {self.line_of(path)}, {clean(key, 120)}: {what}", hint=hint)

    def line_with(self, key: str, value: str) -> int | None:
        """The first line (from 1) on which a key is given this text as it stands; None where none does."""
        given = re.compile(rf"""{re.escape(key)}["']?\s*=\s*["']{re.escape(value)}["']""")
        return next((number for number, line in enumerate(self._text.splitlines(), 1) if given.search(line)), None)

    def line_of(self, path: Path) -> int:
        """Line (from 1) on which `path` stands; where it is absent, the line of the table it belongs to."""
        lines = self._text.splitlines() or [""]
        names = [str(part) for part in path if isinstance(part, str)]
        best_depth, best, first_key = 0, 1, 0
        for number, at in _tables(lines):
            depth = _shared(at, path)
            if depth > best_depth and depth == len(at):
                best_depth, best = depth, number
        rest = [str(part) for part in path[best_depth:] if isinstance(part, str)]
        if not rest and best_depth == 0:
            rest = names
        for key in rest:
            pattern = re.compile(rf"(?:^|[\s{{,.\"'])[\"']?{re.escape(key)}[\"']?\s*[.=]")
            start = first_key or (best if best_depth else 0)
            for number in range(start, len(lines)):
                if _HEADER.match(lines[number]):
                    break
                if pattern.search(lines[number].split("#", 1)[0]):
                    best = number + 1
                    first_key = number
                    break
        return best


def _tables(lines: list[str]) -> Iterable[tuple[int, Path]]:
    """(line, path) of every table header, array tables counted from 0; lines inside long strings are passed over."""
    counts: dict[str, int] = {}
    quote = ""
    for number, line in enumerate(lines, 1):
        for mark in ('"""', "'''"):
            if quote in ("", mark) and line.count(mark) % 2 == 1:
                quote = "" if quote else mark
        found = None if quote else _HEADER.match(line)
        if found is None:
            continue
        keys = [part.strip().strip("\"'") for part in found["name"].split(".")]
        name = ".".join(keys)
        if found["open"] == "[[":
            counts[name] = counts.get(name, -1) + 1
        path: list[str | int] = []
        for depth, key in enumerate(keys, 1):
            path.append(key)
            if ".".join(keys[:depth]) in counts:
                path.append(counts[".".join(keys[:depth])])
        yield number, tuple(path)


def _shared(one: Path, other: Path) -> int:
    depth = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        depth += 1
    return depth


class Table:
    """One TOML table. Every reader returns None for an absent key: absent = unknown."""

    def __init__(self, source: Source, path: Path, raw: object) -> None:
        if not isinstance(raw, dict):
            raise source.bad(path, f"must be a table, not {_named(raw)}", "Write it as [name] with `key = value` lines below.")
        self.source, self.path, self.raw = source, path, raw

    def only(self, known: tuple[str, ...]) -> None:
        """Refuse keys outside `known`, naming the nearest."""
        for key in self.raw:
            if key in known:
                continue
            near = min(known, key=lambda name: (OSA.distance(key.lower(), name), known.index(name)))
            close = OSA.distance(key.lower(), near) <= max(MOST_KEY_ERRORS, len(near) // 3)
            hint = f"Did you mean `{near}`?" if close else f"Nearest is `{near}`. Known here: {', '.join(known)}."
            raise self.bad(key, "unknown key", hint)

    def bad(self, key: str, what: str, hint: str = "") -> ConfigError:
        return self.source.bad((*self.path, key), what, hint)

    def need(self, key: str) -> None:
        if key not in self.raw:
            raise self.bad(key, "is missing", f"Add `{key} = …` to this table.")

    def text(self, key: str, most: int = MOST_CHARACTERS) -> SafeText | None:
        """A cleaned text of 1 to `most` characters."""
        return None if key not in self.raw else self._text(key, self.raw[key], most)

    def _text(self, key: str, value: object, most: int) -> SafeText:
        if not isinstance(value, str):
            raise self.bad(key, f"must be a text in quotes, not {_named(value)}", f'Write {key} = "…".')
        if len(value) > most:
            raise self.bad(key, f"is longer than {most} characters", "Shorten it: viewers read one line.")
        text = SafeText(clean(value, most).strip())
        if not text:
            raise self.bad(key, "is empty", "Leave the key out where nothing is known.")
        return text

    def texts(self, key: str, most: int = 200) -> tuple[SafeText, ...] | None:
        """A list of texts, at most 200 of them."""
        if key not in self.raw:
            return None
        value = self.raw[key]
        if not isinstance(value, list) or len(value) > 200:
            raise self.bad(key, f"must be a list of texts, not {_named(value)}", f'Write {key} = ["…", "…"].')
        return tuple(self._text(key, one, most) for one in value)

    def whole(self, key: str, least: int, most: int) -> int | None:
        if key not in self.raw:
            return None
        value = self.raw[key]
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.bad(key, f"must be a whole number, not {_named(value)}", f"Write {key} = {least}, without quotes.")
        if not least <= value <= most:
            raise self.bad(key, f"must lie between {least} and {most}", "")
        return value

    def flag(self, key: str) -> bool | None:
        if key not in self.raw:
            return None
        value = self.raw[key]
        if not isinstance(value, bool):
            raise self.bad(key, f"must be true or false, not {_named(value)}", f"Write {key} = true, without quotes.")
        return value

    def money(self, key: str) -> int | None:
        """A price in micros (1/1,000,000 of the currency), more than 0, read from text like "399.00"."""
        if key not in self.raw:
            return None
        value = self.raw[key]
        if not isinstance(value, str):
            raise self.bad(key, f"must be a price in quotes, not {_named(value)}", f'Write {key} = "399.00".')
        if _PRICE.fullmatch(value) is None:
            raise self.bad(key, f"“{clean(value, 30)}” is not a price", f'Digits and one point only, no sign, no comma: {key} = "1299.00".')
        micros = int(Decimal(value) * MICROS)
        if micros == 0:
            raise self.bad(key, "must be more than 0", "Leave it out where no price is known.")
        return micros

    def moment(self, key: str) -> tuple[int, SafeText] | None:
        """A time with its offset: (epoch ms, the shop's own clock as "11-22 23:59")."""
        if key not in self.raw:
            return None
        value = self.raw[key]
        if not isinstance(value, datetime):
            raise self.bad(
                key, f"must be a date with a time, not {_named(value)}", f"Write {key} = 2026-11-22T23:59:00+08:00, without quotes."
            )
        if value.tzinfo is None:
            raise self.bad(key, "has no time zone", f"Add the offset: {key} = {value.isoformat()}+08:00.")
        return (value - _EPOCH) // timedelta(milliseconds=1), SafeText(f"{value.month:02}-{value.day:02} {value.hour:02}:{value.minute:02}")

    def duration_ms(self, key: str) -> int | None:
        """A duration like "90s", "30m", "12h", "2d"."""
        value = self.text(key)
        if value is None:
            return None
        found = _DURATION.fullmatch(value)
        if found is None:
            raise self.bad(key, f"“{clean(value, 30)}” is not a duration", f'Write {key} = "12h" (s, m, h, d).')
        return int(found[1]) * _DURATION_MS[found[2]]

    def choice(self, key: str, allowed: tuple[str, ...]) -> str | None:
        value = self.text(key)
        if value is None or value in allowed:
            return value
        near = min(allowed, key=lambda name: (OSA.distance(value.lower(), name), allowed.index(name)))
        raise self.bad(key, f"“{clean(value, 30)}” is not one of {', '.join(allowed)}", f'Nearest is "{near}".')

    def table(self, key: str) -> Table | None:
        return Table(self.source, (*self.path, key), self.raw[key]) if key in self.raw else None

    def tables(self, key: str) -> tuple[Table, ...] | None:
        if key not in self.raw:
            return None
        value = self.raw[key]
        if not isinstance(value, list):
            raise self.bad(key, f"must be a list of tables, not {_named(value)}", f"Write [[{key}]] (or {key} = [{{ … }}]).")
        return tuple(Table(self.source, (*self.path, key, index), one) for index, one in enumerate(value))


def _named(value: object) -> str:
    """What a TOML value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    for kind, word in ((str, "a text"), (int, "a whole number"), (Decimal, "a number with a point"), (list, "a list"), (dict, "a table")):
        if isinstance(value, kind):
            return word
    return "a date or time"
