"""`liveroom config path|show|check`."""

from __future__ import annotations

import argparse

from msgspec import to_builtins

from console.cli.output import OK, Printer
from console.config import Config, config_path, data_folder, load_config
from console.i18n import Speech
from console.runtime.tables import read_own, urgency_table


def config(flags: argparse.Namespace, _: Config, say: Speech) -> int:
    printer = Printer(say, as_json=flags.json)
    path = config_path()
    if flags.what == "path":
        _path(printer, str(path))
    elif flags.what == "show":
        _show(printer, load_config())
    else:
        words = checked_words(load_config())
        if flags.json:
            told = {"words": words} if words else {}
            printer.data({"kind": "config", "ok": True, "path": str(path), "there": path.exists(), **told})
        else:
            printer.line(say("config.fine" if path.exists() else "config.none", path=str(path)))
            for one in words:
                printer.line(say("config.words", **one))
    printer.flush()
    return OK


def checked_words(found: Config) -> list[dict[str, str | int]]:
    """The files and folders of own words that the settings name, with what they hold. Raises ConfigError, UsageError."""
    named = dict.fromkeys(path for path in (found.words, *(room.words for room in found.rooms.values())) if path)
    told: list[dict[str, str | int]] = []
    for path in named:
        own = read_own(path)
        rules = sum(len(body["rules"]) for lang in ("zh", "en") for body in own[lang].values())
        words = sum(len(said) for values in own["words"].values() for said in values.values())
        told.append({"path": path, "rules": rules, "words": words, "spellings": len(own["spelling"])})
    return told


def _path(printer: Printer, path: str) -> None:
    if printer.as_json:
        printer.data({"kind": "config", "path": path})
    else:
        printer.line(path)


def _show(printer: Printer, found: Config) -> None:
    """Every setting as it is in force, and the urgency table."""
    values, urgency = to_builtins(found), urgency_table()
    values["data_folder"] = str(data_folder(found))
    if printer.as_json:
        printer.data({"kind": "config", "settings": values, "urgency": urgency})
        return
    rooms = values.pop("rooms")
    for key in sorted(values):
        printer.line(_toml(key, values[key]))
    for name in sorted(rooms):
        printer.line("")
        printer.line(f"[room.{name}]")
        for key in sorted(rooms[name]):
            if key != "name" and rooms[name][key] not in (None, ()):
                printer.line(_toml(key, rooms[name][key]))
    printer.line("")
    printer.line(printer.say("config.urgency"))
    for section, terms in urgency.items():
        printer.line(f"  {section:10} " + "  ".join(f"{key} {value}" for key, value in terms.items()))
        printer.line(f"  {'':10} {printer.say(f'config.reason.{section}')}")


def _toml(key: str, value: object) -> str:
    """One setting as the file would have it; one that is not set, as a comment."""
    if value is None:
        return f"# {key} ="
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    if isinstance(value, dict):
        return f"{key} = {{ {', '.join(f'{name} = {value[name]}' for name in sorted(value))} }}" if value else f"# {key} = {{}}"
    if isinstance(value, list | tuple):
        return f"{key} = [{', '.join(_quoted(str(one)) for one in value)}]"
    return f"{key} = {value}" if isinstance(value, int) else f"{key} = {_quoted(str(value))}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
