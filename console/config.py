"""Settings: flag > environment (`LIVEROOM_*`) > `config.toml` in the platform's config folder. Frozen; unknown keys name a neighbour."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field, structs

from console.domain.errors import ConfigError
from console.domain.values import INTENTS
from console.shop.reader import Source, Table

NAME = "liveroom"


PATIENCE = {"link": 20, "price": 20, "stock": 20, "after_sale": 60, "order_problem": 60}
"""Seconds after which an asker has given up, where they are not `patience_s`."""


class RoomConfig(Struct, frozen=True):
    """One `[room.NAME]`, so that `liveroom watch NAME` works."""

    name: str
    sources: tuple[str, ...] = ()
    catalogue: str | None = None
    stream: str | None = None
    endpoint: str | None = None
    on_air: str | None = None
    lang: str | None = None
    words: str | None = None


class Config(Struct, frozen=True, kw_only=True):
    """All settings with their defaults (ruling 17). Durations in seconds, as people write them."""

    lang: str | None = None
    theme: str = "midnight"
    answer_s: int = 10
    answer_by_intent_s: dict[str, int] = {}
    expire_s: int = 600
    snooze_s: int = 60
    reuse_s: int = 600
    echo_s: int = 12
    chat_answers: bool = True
    patience_s: int = 25
    patience_by_intent_s: dict[str, int] = field(default_factory=lambda: dict(PATIENCE))
    drill_reuse_ms: int = 1_200
    """What giving an answer again costs an autopilot."""
    keep_raw: bool = False
    semantic: bool | Literal["auto"] = "auto"
    """Whether an encoder is asked which questions mean the same. auto = while a room is watched, where one is installed."""
    semantic_permille: int | None = None
    """From which likeness on they are put together; None = as measured for the encoder."""
    words: str | None = None
    """File or folder of the shop's own words and rules."""
    data_folder: str | None = None
    rooms: dict[str, RoomConfig] = {}


_NUMBERS = {
    "answer_s": (1, 3600), "expire_s": (10, 86_400), "snooze_s": (1, 3600), "reuse_s": (1, 86_400), "echo_s": (0, 60),
    "patience_s": (1, 3600), "drill_reuse_ms": (1, 3_600_000), "semantic_permille": (1, 1000),
}  # fmt: skip
_FLAGS = ("keep_raw", "chat_answers")
_TEXTS = ("lang", "theme", "words", "data_folder")
_TOP = (*_TEXTS, *_NUMBERS, *_FLAGS, "semantic", "answer_by_intent_s", "patience_by_intent_s", "room")
_SEMANTIC: dict[str, bool | str] = {"auto": "auto", "true": True, "false": False}
_ROOM = ("sources", "catalogue", "stream", "endpoint", "on_air", "lang", "words")


def shipped(*parts: str) -> Path:
    """A folder or file that travels with the program (`themes`, `sample_feeds`), in a wheel as in an editable install."""
    here = Path(__file__).parent
    inside = here / "_shipped" / Path(*parts)
    return inside if inside.exists() else here.parent / Path(*parts)


def config_path() -> Path:
    """Where the config is read from: `LIVEROOM_CONFIG`, else the platform's config folder."""
    named = os.environ.get("LIVEROOM_CONFIG")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path(NAME) / "config.toml"


def data_folder(config: Config) -> Path:
    """Where sessions and the log are kept."""
    if config.data_folder:
        return Path(config.data_folder).expanduser()
    import platformdirs

    return platformdirs.user_data_path(NAME)


def load_config(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """The file (where there is one), then the environment over it. Raises ConfigError naming file, line, key and neighbour."""
    path = path or config_path()
    config = Config()
    if path.exists():
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} can't be read: {error}", hint="Save it as UTF-8 text that you may read") from None
        config = parse_config(text, str(path))
    return _from_environment(config, environ)


def parse_config(text: str, name: str) -> Config:
    source = Source(text, name)
    top = Table(source, (), source.parse())
    top.only(_TOP)
    values: dict[str, Any] = {key: top.text(key) for key in _TEXTS if key in top.raw}
    for key, (least, most) in _NUMBERS.items():
        if key in top.raw:
            values[key] = top.whole(key, least, most)
    values.update({key: top.flag(key) for key in _FLAGS if key in top.raw})
    if "semantic" in top.raw and top.raw["semantic"] != "auto":
        values["semantic"] = top.flag("semantic")
    if "lang" in values:
        values["lang"] = top.choice("lang", ("zh", "en"))
    by_intent = top.table("answer_by_intent_s")
    if by_intent is not None:
        by_intent.only(INTENTS)
        values["answer_by_intent_s"] = {key: by_intent.whole(key, 1, 3600) for key in by_intent.raw}
    patience = top.table("patience_by_intent_s")
    if patience is not None:
        patience.only(INTENTS)
        values["patience_by_intent_s"] = PATIENCE | {key: patience.whole(key, 1, 3600) for key in patience.raw}
    rooms = top.table("room")
    if rooms is not None:
        values["rooms"] = {key: _room(rooms, key) for key in rooms.raw}
    return Config(**values)


def _room(rooms: Table, key: str) -> RoomConfig:
    table = rooms.table(key)
    assert table is not None, "the key was just read from this table"
    table.only(_ROOM)
    texts = {name: table.text(name) for name in _ROOM if name != "sources" and name in table.raw}
    return RoomConfig(key, tuple(table.texts("sources") or ()), **texts)


def _from_environment(config: Config, environ: Mapping[str, str]) -> Config:
    changes: dict[str, Any] = {}
    for key in _TEXTS:
        value = environ.get(f"LIVEROOM_{key.upper()}")
        if value:
            changes[key] = value
    for key, (least, most) in _NUMBERS.items():
        name = f"LIVEROOM_{key.upper()}"
        value = environ.get(name)
        if value:
            if not value.isdecimal() or not least <= int(value) <= most:
                raise ConfigError(f"{name}={value} must be a whole number between {least} and {most}", hint="Unset it or mend it")
            changes[key] = int(value)
    semantic = environ.get("LIVEROOM_SEMANTIC")
    if semantic:
        if semantic not in _SEMANTIC:
            raise ConfigError(f"LIVEROOM_SEMANTIC={semantic} is not true, false or auto", hint="Unset it or mend it")
        changes["semantic"] = _SEMANTIC[semantic]
    if changes.get("lang") not in (None, "zh", "en"):
        raise ConfigError(f"LIVEROOM_LANG={changes['lang']} is not a language", hint="zh or en")
    return structs.replace(config, **changes)
