"""The commands with a screen: `demo`, `watch`, and what `replay` shows. The only place that reaches for `console.tui`."""

from __future__ import annotations

import argparse
import sys

from msgspec import structs

from console.cli.output import OK
from console.cli.sources import opened_probes, opened_sources, room_of
from console.config import Config, shipped
from console.domain.errors import UsageError
from console.i18n import Speech
from console.runtime.clock import Clock
from console.runtime.live import LiveSession, session_file
from console.runtime.logfile import log_to
from console.runtime.played import Colleague, PlayedSession
from console.runtime.recording import settings_from

DEMO = "autumn_coats.jsonl"
DEMO_STARTS = "6:36"
"""A product has just opened: questions pour in, and within a minute the picture stalls."""
COLLEAGUE_MS = 2_000
"""How often whoever sat there before answered one: a brisk colleague, so that the newcomer takes over a room in hand."""
SPEEDS = (0.25, 64.0)


def demo(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    """The shipped story from a lively point, in its own language whatever the locale says (`--lang` decides otherwise)."""
    path = str(shipped("sample_feeds", DEMO))
    start = flags.start or DEMO_STARTS
    lang = say.lang if getattr(flags, "lang", None) or config.lang else "zh"
    session = PlayedSession(
        _themed(flags, config), path, settings_from(config, on_air=flags.on_air),
        speed_permille=_speed(flags.speed), from_ms=_offset(start), lang=lang, colleague=Colleague(COLLEAGUE_MS),
    )  # fmt: skip
    return _show(session, config, say)


def play(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    _need_terminal(say)
    session = PlayedSession(
        _themed(flags, config), flags.file, settings_from(config, on_air=flags.on_air),
        speed_permille=_speed(flags.speed), from_ms=_offset(flags.start), lang=say.lang,
    )  # fmt: skip
    return _show(session, config, say)


def watch(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    _need_terminal(say)
    clock = Clock()
    room = room_of(flags, config)
    sources = opened_sources(flags, config, say, clock, is_headless=False)
    stream = flags.stream or (room.stream if room is not None else None)
    on_air = flags.on_air or (room.on_air if room is not None else None)
    session = LiveSession(
        _themed(flags, config),
        sources,
        settings=settings_from(config, on_air=on_air, language=say.lang),
        probes=opened_probes(stream, say, clock, is_insecure_fine=flags.insecure),
        catalogue=flags.catalogue or (room.catalogue if room is not None else None),
        journal=session_file(config, flags.journal, sources[0][0], clock),
        clock=clock,
        lang=(room.lang if room is not None and room.lang else say.lang),
    )
    done = _show(session, config, say)
    if session.journal is not None:
        print(say("cli.session_kept", file=str(session.journal.path)), file=sys.stderr)
    return done


def _show(session: LiveSession | PlayedSession, config: Config, say: Speech) -> int:
    _need_terminal(say)
    log_to(config)
    from console.tui.app import ConsoleApp

    app = ConsoleApp(session)
    app.run()
    if app.failure is not None:
        raise app.failure
    return OK


def _need_terminal(say: Speech) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(say("cli.no_terminal"), hint=say("cli.no_terminal_hint"))


def _themed(flags: argparse.Namespace, config: Config) -> Config:
    return structs.replace(config, theme=flags.theme) if flags.theme else config


def _speed(text: str) -> int:
    """`4`, `4x`, `0.25` → permille."""
    try:
        speed = float(text.lower().removesuffix("x"))
    except ValueError:
        speed = 0.0
    if not SPEEDS[0] <= speed <= SPEEDS[1]:
        raise UsageError(f"--speed {text} is not between 0.25 and 64", hint="--speed 4 plays four times as fast")
    return int(speed * 1000)


def _offset(text: str | None) -> int:
    """`12:30`, `1:02:30` or seconds → ms."""
    if text is None:
        return 0
    parts = text.split(":")
    if len(parts) > 3 or not all(part.isdigit() for part in parts):
        raise UsageError(f"--from {text} is no time", hint="--from 12:30 starts twelve and a half minutes in")
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds * 1000
