"""Reads the shipped tables and hands them to the room parsed: the pure floors open no file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from console.domain.errors import ConfigError
from console.drafts.wording import FILES, read_templates
from console.room.state import Reading, Rules, Settings
from console.triage.contrasts import Contrasts, parse_contrasts
from console.triage.lexicon import parse_lexicon
from console.triage.model import Model, parse_model
from console.triage.telling import parse_telling
from console.triage.urgency import parse_urgency

_HOME = Path(__file__).parent.parent


def read_table(path: Path) -> dict[str, Any]:
    """One TOML file. Raises ConfigError naming it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path.name}: {error}", hint="Mend the line, or put the shipped file back") from None
    except OSError as error:
        raise ConfigError(f"{path.name} can't be read: {error.strerror}", hint="Install liveroom again") from None


@cache
def shipped_reading() -> Reading:
    """The word tables and the model that this version ships; a fifth of a second, once."""
    tables = word_tables()
    return Reading(lexicon=parse_lexicon(tables), model=trained_model(), telling=parse_telling(tables["told"]))


@cache
def shipped_rules() -> Rules:
    """What this version ships: urgency table and draft templates, and the word tables as soon as they are asked for."""
    return Rules(
        reading=shipped_reading,
        urgency=parse_urgency(urgency_table()),
        templates=read_templates({name: (_HOME / "drafts" / "templates" / name).read_text(encoding="utf-8") for name in FILES}),
    )


def rules_for(settings: Settings) -> Rules:
    """What a room under these settings needs: the contrasts, 5 ms to read, only where an encoder is believed."""
    return shipped_rules() if settings.alike_permille is None else structs.replace(shipped_rules(), contrasts=shipped_contrasts())


@cache
def shipped_contrasts() -> Contrasts:
    return parse_contrasts(contrast_table())


def contrast_table() -> dict[str, Any]:
    return read_table(_HOME / "triage" / "contrasts.toml")


def word_tables() -> dict[str, dict[str, Any]]:
    """By name without ending, that of a language behind its folder: `words`, `zh/price`."""
    home = _HOME / "triage" / "tables"
    keys = {"keys": msgspec.json.decode(path.read_bytes())} if (path := _HOME / "triage" / "keys.json").exists() else {}
    return keys | {path.relative_to(home).with_suffix("").as_posix(): read_table(path) for path in sorted(home.rglob("*.toml"))}


@cache
def trained_model() -> Model:
    """What bench/train.py wrote. Raises ConfigError where it is missing or broken."""
    path = _HOME / "triage" / "model.json"
    try:
        return parse_model(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path.name} can't be read: {error.strerror}", hint="Install liveroom again") from None


def urgency_table() -> dict[str, Any]:
    return read_table(_HOME / "triage" / "urgency.toml")
