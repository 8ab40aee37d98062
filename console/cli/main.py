"""Flags → one command. A command's module is imported when it is run, so that `rank` never waits for a screen's toolkit."""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import sys
import traceback
from collections.abc import Sequence

from console import __version__
from console.cli.output import INTERRUPTED, OK, USAGE, complain, drop_stdout
from console.cli.parser import Parser, nearest
from console.config import Config, load_config
from console.domain.errors import LiveroomError, UsageError
from console.i18n import LANGUAGES, Speech, system_language
from console.runtime.clock import parse_now

COMMANDS: dict[str, str] = {
    "demo": "console.cli.screen", "watch": "console.cli.screen", "replay": "console.cli.replay", "drill": "console.cli.drill",
    "rank": "console.cli.rank", "draft": "console.cli.draft", "record": "console.cli.record", "catalogue": "console.cli.catalogue",
    "config": "console.cli.config", "doctor": "console.cli.doctor", "plugins": "console.cli.doctor",
}  # fmt: skip
PLANNED = ("lint", "probe", "convert", "host", "report", "serve", "login", "sessions", "purge", "hosts", "limits")
"""Commands of the contract (docs/cli.md) that this version does not have."""


def parser(say: Speech) -> tuple[Parser, dict[str, Parser]]:
    """The whole command line, and each command's own part of it."""
    Parser.say = say
    everywhere = Parser(add_help=False)
    everywhere.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=say("cli.flag_lang"))
    everywhere.add_argument("--now", metavar="ISO", default=argparse.SUPPRESS, help=say("cli.flag_now"))
    everywhere.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=say("cli.flag_debug"))
    whole = Parser(prog="liveroom", description=say("cli.about"), parents=[everywhere])
    whole.add_argument("--version", action="version", version=f"liveroom {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title=say("cli.commands"))
    for name in COMMANDS:
        command = commands.add_parser(name, help=say(f"cli.{name}"), description=say(f"cli.{name}"), parents=[everywhere], add_help=True)
        _FLAGS[name](command, say)
    return whole, dict(commands.choices)


def _json(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("--json", action="store_true", help=say("cli.flag_json"))


def _screen(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("--on-air", metavar="N", help=say("cli.flag_on_air"))
    command.add_argument("--theme", metavar="NAME", help=say("cli.flag_theme"))


def _semantic(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("--semantic", action=argparse.BooleanOptionalAction, default=None, help=say("cli.flag_semantic"))


def _sources(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("sources", nargs="*", metavar="SOURCE", help=say("cli.arg_source"))
    command.add_argument("--endpoint", metavar="URL", help=say("cli.flag_endpoint"))
    command.add_argument("--insecure", action="store_true", help=say("cli.flag_insecure"))
    command.add_argument("--trust-host", action="store_true", help=say("cli.flag_trust_host"))


def _demo_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    _screen(command, say)
    command.add_argument("--speed", metavar="N", default="1", help=say("cli.flag_speed"))
    command.add_argument("--from", dest="start", metavar="M:SS", help=say("cli.flag_from"))


def _watch_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    _sources(command, say)
    _screen(command, say)
    command.add_argument("--stream", metavar="URL", help=say("cli.flag_stream"))
    command.add_argument("--catalogue", metavar="FILE", help=say("cli.flag_catalogue"))
    command.add_argument("--journal", metavar="DIR", help=say("cli.flag_journal"))
    _semantic(command, say)


def _replay_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("file", metavar="FILE", help=say("cli.arg_recording"))
    command.add_argument("--speed", metavar="N", default="1", help=say("cli.flag_speed"))
    command.add_argument("--from", dest="start", metavar="M:SS", help=say("cli.flag_from"))
    command.add_argument("--verify", action="store_true", help=say("cli.flag_verify"))
    _screen(command, say)
    _json(command, say)


def _drill_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("file", metavar="FILE", help=say("cli.arg_recording"))
    command.add_argument("--autopilot", metavar="SECONDS", help=say("cli.flag_autopilot"))
    command.add_argument("--policy", choices=("newest", "fifo", "count", "urgency", "reuse"), help=say("cli.flag_policy"))
    command.add_argument("--key", metavar="KEY", help=say("cli.flag_key"))
    command.add_argument("--on-air", metavar="N", help=say("cli.flag_on_air"))
    _json(command, say)


def _rank_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("file", metavar="FILE", help=say("cli.arg_comments"))
    command.add_argument("--snapshots", type=int, metavar="MS", help=say("cli.flag_snapshots"))
    command.add_argument("--expire", type=int, metavar="SECONDS", help=say("cli.flag_expire"))
    command.add_argument("--on-air", metavar="N", help=say("cli.flag_on_air"))
    command.add_argument("--catalogue", metavar="FILE", help=say("cli.flag_catalogue"))
    _semantic(command, say)
    _json(command, say)


def _draft_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("file", metavar="FILE", help=say("cli.arg_comments"))
    command.add_argument("--catalogue", metavar="FILE", required=True, help=say("cli.flag_catalogue"))
    command.add_argument("--on-air", metavar="N", help=say("cli.flag_on_air"))
    _json(command, say)


def _record_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    _sources(command, say)
    command.add_argument("-o", dest="out", metavar="FILE", required=True, help=say("cli.flag_out"))
    command.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help=say("cli.flag_for"))
    _semantic(command, say)
    _json(command, say)


def _catalogue_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("what", choices=("check",), help=say("cli.arg_catalogue"))
    command.add_argument("file", metavar="FILE", help=say("cli.flag_catalogue"))
    _json(command, say)


def _config_flags(command: argparse.ArgumentParser, say: Speech) -> None:
    command.add_argument("what", choices=("path", "show", "check"), help=say("cli.arg_config"))
    _json(command, say)


_FLAGS = {
    "demo": _demo_flags, "watch": _watch_flags, "replay": _replay_flags, "drill": _drill_flags, "rank": _rank_flags,
    "draft": _draft_flags, "record": _record_flags, "catalogue": _catalogue_flags, "config": _config_flags, "doctor": _json,
    "plugins": _json,
}  # fmt: skip


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. No traceback ever reaches a user without `--debug`."""
    _write_anything()
    try:
        done = _run(arguments)
        sys.stdout.flush()
        return done
    except KeyboardInterrupt:
        drop_stdout()  # what still waits to be written must not keep us: perhaps nobody reads it
        return INTERRUPTED
    except BrokenPipeError:
        drop_stdout()
        return OK
    except Exception as error:
        return _told(error, is_debug="--debug" in arguments, say=Speech(_language(arguments, None)))
    finally:
        logging.shutdown()


def _told(error: Exception, *, is_debug: bool, say: Speech) -> int:
    """What went wrong in two lines; where, only for those who ask. The exit code."""
    if is_debug:
        traceback.print_exception(error)
    if isinstance(error, LiveroomError):
        complain(error.message, error.hint)
        return error.exit_code
    if isinstance(error, OSError) and error.strerror:
        complain(f"{error.strerror}{f': {error.filename}' if error.filename else ''}", say("cli.debug_hint"))
        return USAGE
    if logging.getLogger().handlers:  # only where there is a log file: the fall-back would print a traceback
        logging.getLogger("liveroom").error("a fault of our own", exc_info=error)
    complain(say("cli.fault", name=type(error).__name__), say("cli.fault_hint"))
    return USAGE


def _write_anything() -> None:
    """A terminal or pipe that isn't UTF-8 shows escapes for what it can't write; it never stops us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: Sequence[str]) -> int:
    say = Speech(_language(arguments, None))
    flags = _parsed(arguments, say)
    if flags is None:
        return OK
    if flags.command is None:
        parser(say)[0].print_help(sys.stderr)
        return USAGE
    _checked(flags, say)
    # `config path|check` and `doctor` must work where the config itself is broken.
    config = Config() if flags.command in ("config", "doctor") else load_config()
    say = Speech(_language(arguments, config))
    command = importlib.import_module(COMMANDS[flags.command])
    done: int = getattr(command, flags.command)(flags, config, say)
    return done


def _parsed(arguments: Sequence[str], say: Speech) -> argparse.Namespace | None:
    """The flags; None where `--help` or `--version` has said it all. Raises UsageError."""
    name = _command_word(arguments)
    if name in PLANNED:
        raise UsageError(say("cli.not_yet", name=str(name)), hint=say("cli.not_yet_hint"))
    if name is not None and name not in COMMANDS:
        raise UsageError(say("cli.unknown_command", name=name), hint=say("cli.did_you_mean", name=nearest(name, COMMANDS)))
    whole, commands = parser(say)
    try:
        flags, unknown = whole.parse_known_args(list(arguments))
    except SystemExit:
        return None
    if unknown:
        commands.get(flags.command, whole).refuse(unknown[0])
    return flags


def _checked(flags: argparse.Namespace, say: Speech) -> None:
    """What several commands take, in its one form. Raises UsageError."""
    parse_now(getattr(flags, "now", None))
    on_air = getattr(flags, "on_air", None)
    if on_air is None:
        return
    if not on_air.isdecimal() or len(on_air) > 6:
        raise UsageError(say("usage.on_air", value=on_air), hint=say("usage.on_air_hint"))
    flags.on_air = str(int(on_air))


def _command_word(arguments: Sequence[str]) -> str | None:
    """The first word that is neither a flag nor the value of one of those that may stand before the command."""
    words = iter(arguments)
    for word in words:
        if word in ("--lang", "--now"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def _language(arguments: Sequence[str], config: Config | None) -> str:
    """`--lang`, else the config, else the locale."""
    for place, word in enumerate(arguments):
        named = word[7:] if word.startswith("--lang=") else arguments[place + 1] if word == "--lang" and place + 1 < len(arguments) else ""
        if named in LANGUAGES:
            return named
    return (config.lang if config is not None else None) or system_language()
