"""The hand-written pools: lines with their marks, popular chatter, scenes. Format: the head of each lines.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MARK = re.compile(r"([qrpnh])((?:[*~]\d+)?)((?:@\S+)?) (.+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One wording: who may say it, and how many people do."""

    kind: str
    text: str
    people: int = 1
    repeats: int = 1
    who: str = ""
    after: str = ""
    """What the line takes up: it comes soon after that one."""


def read_lines(path: Path) -> dict[str, list[Line]]:
    """The pools of one file by section; a line that doesn't parse is an error."""
    sections: dict[str, list[Line]] = {}
    for raw in path.read_text("utf-8").splitlines():
        if raw.startswith("["):
            section = sections.setdefault(raw.strip("[]"), [])
        elif raw and not raw.startswith("#"):
            line = parse_line(raw.removeprefix(">"))
            section.append(replace(line, after=section[-1].text) if raw.startswith(">") else line)
    return sections


def parse_line(raw: str) -> Line:
    """`q*3@buyer text` in its parts."""
    found = MARK.fullmatch(raw)
    if found is None:
        raise ValueError(f"not a line of chat: {raw!r}")
    kind, many, who, text = found.groups()
    times = int(many[1:]) if many else 1
    people, repeats = (1, times) if many.startswith("~") else (times, 1)
    return Line(kind, text, people, repeats, who[1:])


def read_popular(path: Path) -> dict[str, list[tuple[int, Line]]]:
    """Short chatter with its weight, by section; `p| text` where it needs an answer after all."""
    sections: dict[str, list[tuple[int, Line]]] = {}
    for raw in path.read_text("utf-8").splitlines():
        if raw.startswith("[") and raw.endswith("]") and " " not in raw:
            section = sections.setdefault(raw[1:-1], [])
        elif raw and not raw.startswith("#"):
            weight, text = raw.split(" ", 1)
            kind, mark, rest = text.partition("| ")
            section.append((int(weight), Line(kind, rest) if mark else Line("n", text)))
    return sections


def read_scenes(path: Path) -> Iterator[tuple[int, str, Line]]:
    """(ms from the start, nickname, line) for what happens at a set moment."""
    for raw in path.read_text("utf-8").splitlines():
        if raw and not raw.startswith("#"):
            when, name, rest = raw.split(" ", 2)
            yield clock(when), name, parse_line(rest)


def tongue_of(text: str) -> str:
    """zh, en, or nothing for signs and pictures."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in text):
        return "zh"
    return "en" if any(sign.isalpha() for sign in text) else ""


def clock(text: str) -> int:
    """`7:31.9` → 451900 ms."""
    minutes, seconds = text.split(":")
    return int(minutes) * 60_000 + round(float(seconds) * 1000)
