"""`liveroom doctor` and `liveroom plugins`: what this machine has, and what would trip a user over."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import packages_distributions

from console import __version__
from console.cli.config import checked_words
from console.cli.output import OK, Printer
from console.cli.semantic import known_encoders
from console.config import Config, config_path, data_folder, load_config
from console.domain.errors import LiveroomError
from console.i18n import Speech
from console.registry import GROUPS, names
from console.registry import versions as plugin_versions
from console.runtime.answerbook import answers_file
from console.runtime.recording import versions


def doctor(flags: argparse.Namespace, _: Config, say: Speech) -> int:
    """Facts first, then what should be looked at. Always exit 0: it tells, it doesn't judge."""
    facts, warnings = _facts(say), _warnings(say)
    printer = Printer(say, as_json=flags.json)
    if flags.json:
        printer.data({"kind": "doctor", **facts, "warnings": warnings})
    else:
        for key, value in facts.items():
            printer.line(f"{key:12} {value}")
        for warning in warnings:
            printer.line(f"! {warning}")
        if not warnings:
            printer.line(say("doctor.fine"))
    printer.flush()
    return OK


def _facts(say: Speech) -> dict[str, str]:
    try:
        folder = data_folder(load_config())
    except LiveroomError:
        folder = data_folder(Config())
    return {
        "liveroom": __version__,
        "python": sys.version.split()[0],
        "system": sys.platform,
        **{name: version for name, version in versions().items() if name != "liveroom"},
        "terminal": os.environ.get("TERM", "none"),
        "colours": os.environ.get("COLORTERM", "by TERM"),
        "config": str(config_path()),
        "sessions": str(folder / "sessions"),
        "answers": str(answers_file(Config(data_folder=str(folder)), "*")),
        "log": str(folder / "liveroom.log"),
        "feeds": ", ".join(names("feeds")),
        "probes": ", ".join(names("probes")),
        "encoders": ", ".join(f"{name} {version or say('doctor.not_installed')}" for name, version in known_encoders().items()),
        "proxy": ", ".join(sorted(key for key in os.environ if key.lower() in _PROXIES and os.environ[key])) or "none",
    }


_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "socks_proxy", "ws_proxy", "wss_proxy")


def _warnings(say: Speech) -> list[str]:
    found: list[str] = []
    owners = sorted(set(packages_distributions().get("console", [])))
    others = [name for name in owners if name.lower() != "liveroom-console"]
    if others:
        found.append(say("doctor.other_console", name=", ".join(others)))
    for key in sorted(os.environ):
        if key.lower() in _PROXIES and os.environ[key].lower().startswith("socks"):
            found.append(say("doctor.socks", name=key))
    try:
        checked_words(load_config())
    except LiveroomError as error:
        found.append(f"{error.message} {error.hint}".strip())
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        found.append(say("doctor.encoding", name=encoding or "none"))
    return found


def plugins(flags: argparse.Namespace, _: Config, say: Speech) -> int:
    printer = Printer(say, as_json=flags.json)
    found: dict[str, str | None] = {**plugin_versions(), **{f"encoders.{name}": version for name, version in known_encoders().items()}}
    for name, version in found.items():
        group, plugin = name.split(".", 1)
        if flags.json:
            printer.data({"kind": "plugin", "group": group, "name": plugin, "version": version})
        else:
            printer.line(f"{group:10} {plugin:14} {version or say('doctor.not_installed')}")
    if not found:
        printer.note("doctor.no_plugins", groups=", ".join(GROUPS))
    printer.flush()
    return OK
