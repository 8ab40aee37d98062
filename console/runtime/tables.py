"""Reads the shipped tables and hands them to the room parsed: the pure floors open no file."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import msgspec
from msgspec import structs

from console.domain.errors import ConfigError, UsageError
from console.drafts.wording import FILES, read_templates
from console.room.state import Reading, Rules, Settings
from console.triage.contrasts import Contrasts, parse_contrasts
from console.triage.impression import Network
from console.triage.lexicon import parse_lexicon
from console.triage.model import Model, parse_model
from console.triage.own import Own, check_own, joined, own_of, parse_own, with_own
from console.triage.telling import parse_telling
from console.triage.urgency import parse_urgency

_HOME = Path(__file__).parent.parent
MOST_OWN_BYTES = 256 << 10
"""Of one file of a shop's own words: they stand in the head of every recording."""


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
    return Reading(
        lexicon=parse_lexicon(tables), model=trained_model(), telling=parse_telling(tables["told"]), contrasts=shipped_contrasts()
    )


def read_ahead() -> None:
    """What the first question would wait for, meant for a thread behind the first frame: the tables, and the one pattern of all contrasts
    (its 3,000 words take 95 ms to compile)."""
    shipped_reading().contrasts.words.compiled()


@cache
def shipped_rules() -> Rules:
    """What this version ships: urgency table and draft templates, and the word tables as soon as they are asked for."""
    return Rules(
        reading=shipped_reading,
        urgency=parse_urgency(urgency_table()),
        templates=read_templates({name: (_HOME / "drafts" / "templates" / name).read_text(encoding="utf-8") for name in FILES}),
    )


def rules_for(settings: Settings) -> Rules:
    """What a room under these settings needs: the shop's own words, where it has such. Raises ConfigError for words that can't be used."""
    return _rules_with(msgspec.json.encode(settings.words, order="sorted")) if settings.words else shipped_rules()


@lru_cache(4)
def _rules_with(words: bytes) -> Rules:
    own = own_of(msgspec.json.decode(words), "The recording's own words", shipped_rules().lexicon.aspects)
    reading = structs.replace(shipped_reading(), lexicon=parse_lexicon(with_own(word_tables(), own)))
    return structs.replace(shipped_rules(), reading=lambda: reading)


def read_own(name: str) -> Own:
    """A shop's own words: one file, or every .toml of a folder in the order of their names. Raises ConfigError, UsageError."""
    texts = [(str(path), _text_of(path)) for path in _own_files(Path(name).expanduser())]
    shipped = shipped_rules()
    own = joined([parse_own(text, file, shipped.lexicon.aspects) for file, text in texts])
    lexicon = _rules_with(msgspec.json.encode(own, order="sorted")).lexicon
    for file, text in texts:
        check_own(text, file, lexicon, shipped.model)
    return own


def _own_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.glob("*.toml") if one.is_file())
    if not found:
        raise UsageError(f"{path} holds no .toml file", hint="A file of own words is described in docs/words.md")
    return found


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_OWN_BYTES + 1)
    except OSError as error:
        raise UsageError(f"Can't read {path}: {error.strerror or error}", hint="Check what `words` names in the settings") from None
    if len(data) > MOST_OWN_BYTES:
        raise ConfigError(f"{path} is larger than {MOST_OWN_BYTES // 1024} KB", hint="Keep the words that this shop's viewers use")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}, line {line}: not UTF-8", hint="Save the file as UTF-8") from None


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
        return structs.replace(parse_model(path.read_bytes()), reader=trained_net())
    except OSError as error:
        raise ConfigError(f"{path.name} can't be read: {error.strerror}", hint="Install liveroom again") from None


@cache
def trained_net() -> Network:
    """What bench/net wrote. Raises ConfigError where it is missing or broken."""
    # Both take long to load: nobody waits for them before the first frame.
    import numpy as np

    from console.triage.net import Net

    path = _HOME / "triage" / "net.npz"
    try:
        with np.load(path, allow_pickle=False) as weights:
            return Net({name: weights[name] for name in weights.files})
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise ConfigError(f"{path.name} can't be read: {error}", hint="Install liveroom again") from None


def urgency_table() -> dict[str, Any]:
    return read_table(_HOME / "triage" / "urgency.toml")
