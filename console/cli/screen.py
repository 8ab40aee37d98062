"""The commands with a screen: `demo`, `watch`, and what `replay` shows. The only place that reaches for `console.tui`."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from msgspec import structs

from console.cli.output import INTERRUPTED, OK
from console.cli.parser import nearest
from console.cli.semantic import opened_encoder, settings_for
from console.cli.sources import opened_probes, opened_sources, room_of, words_for, words_of
from console.config import Config, shipped
from console.domain.errors import UsageError
from console.i18n import Speech
from console.runtime.answerbook import AnswerBook, answers_file
from console.runtime.clock import Clock
from console.runtime.live import LiveSession, session_file
from console.runtime.logfile import log_to
from console.runtime.played import Colleague, PlayedSession
from console.runtime.recording import read_catalogue, settings_from

DEMO = "autumn_coats.jsonl"
DEMO_STARTS = "6:36"
"""A product has just opened: questions pour in, and within a minute the picture stalls."""
COLLEAGUE_MS = 2_000
"""How often whoever sat there before answered one: a brisk colleague, so that the newcomer takes over a room in hand."""
SPEEDS = (0.25, 64.0)


def demo(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    """The shipped story from a lively point, in its own language whatever the locale says (`--lang` decides otherwise)."""
    _need_terminal(say)
    path = str(shipped("sample_feeds", DEMO))
    start = flags.start or DEMO_STARTS
    lang = say.lang if getattr(flags, "lang", None) or config.lang else "zh"
    session = PlayedSession(
        _themed(flags, config, say), path, settings_from(config, on_air=flags.on_air),
        speed_permille=_speed(flags.speed, say), from_ms=_offset(start, say), lang=lang, colleague=Colleague(COLLEAGUE_MS),
    )  # fmt: skip
    return _show(session, config)


def play(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    _need_terminal(say)
    session = PlayedSession(
        _themed(flags, config, say), flags.file, settings_from(config, on_air=flags.on_air),
        speed_permille=_speed(flags.speed, say), from_ms=_offset(flags.start, say), lang=say.lang,
    )  # fmt: skip
    return _show(session, config)


def watch(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    has_pipe = "-" in words_of(flags, config)
    _need_terminal(say, is_pipe_fine=has_pipe)
    clock = Clock()
    room = room_of(flags, config)
    themed = _themed(flags, config, say)
    pipe = _keyboard_from_terminal(say) if has_pipe and not sys.stdin.isatty() else None
    sources = opened_sources(flags, config, say, clock, is_headless=False, stream=pipe)
    stream = flags.stream or (room.stream if room is not None else None)
    on_air = flags.on_air or (room.on_air if room is not None else None)
    catalogue = flags.catalogue or (room.catalogue if room is not None else None)
    facts = read_catalogue(catalogue) if catalogue else None  # before the session's folder is made: a typo must not leave one behind
    encoder = opened_encoder(flags, config, say, is_watching=True)
    settings = settings_from(config, on_air=on_air, language=say.lang, **settings_for(encoder, config), **words_for(flags, config))
    journal = session_file(config, flags.journal, sources[0][0], clock)
    shop = room.name if room is not None else str(facts.facts.shop.name) if facts is not None and facts.facts.shop.name else sources[0][0]
    session = LiveSession(
        themed,
        sources,
        settings=settings,
        probes=opened_probes(stream, say, clock, is_insecure_fine=flags.insecure),
        catalogue=facts,
        journal=journal,
        answers=AnswerBook(answers_file(config, shop), journal.parent.name),
        clock=clock,
        encoder=encoder,
        lang=(room.lang if room is not None and room.lang else say.lang),
    )
    try:
        return _show(session, config)
    finally:
        if session.journal is not None:
            print(say("cli.session_kept", file=str(session.journal.path)), file=sys.stderr)


def _show(session: LiveSession | PlayedSession, config: Config) -> int:
    log_to(config)
    if not sys.stderr.isatty():
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]  # where Textual paints: `2>errors.txt` must not swallow the screen
    from console.tui.app import ConsoleApp

    app = ConsoleApp(session)
    with _leaving_when_told(app.exit) as told:
        app.run()
    if app.failure is not None:
        raise getattr(app.failure, "error", app.failure)  # what broke, not the worker that it broke in
    return INTERRUPTED if signal.SIGINT in told or app.quit_by_ctrl_c else OK


@contextmanager
def _leaving_when_told(leave: Callable[[], object]) -> Iterator[list[int]]:
    """A signal, or a terminal that hangs up, ends the console as `q` does: journal closed, alternate screen left.

    Yields the signals that came. (Ctrl-C on the keyboard is a key here, no signal.)
    """
    came: list[int] = []

    def told(number: int, _: object) -> None:
        came.append(number)
        try:
            asyncio.get_running_loop().call_soon_threadsafe(leave)
        except RuntimeError:  # not begun yet, or over already
            raise SystemExit(128 + number) from None

    names = [one for name in ("SIGTERM", "SIGHUP", "SIGINT") if (one := getattr(signal, name, None)) is not None]
    before = {one: signal.signal(one, told) for one in names}
    try:
        yield came
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _need_terminal(say: Speech, *, is_pipe_fine: bool = False) -> None:
    if not ((sys.stdin.isatty() or is_pipe_fine) and sys.stdout.isatty()):
        raise UsageError(say("cli.no_terminal"), hint=say("cli.no_terminal_hint"))


def _keyboard_from_terminal(say: Speech) -> BinaryIO:
    """`… | liveroom watch -`: the pipe steps aside and the terminal takes the place of standard input. Returns the pipe.

    Raises UsageError where the process has no terminal of its own.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise UsageError(say("cli.no_terminal"), hint=say("cli.no_terminal_hint")) from None
    pipe = os.fdopen(os.dup(0), "rb", buffering=0)
    os.dup2(terminal, 0)
    os.close(terminal)
    return pipe  # raw, as the reading thread wants it


def _themed(flags: argparse.Namespace, config: Config, say: Speech) -> Config:
    """The config with `--theme`. Raises UsageError for a theme that isn't there, whoever named it."""
    name = flags.theme or config.theme
    themes = sorted(path.stem for path in shipped("themes").glob("*.toml"))
    if name not in themes:
        hint = say("usage.theme_hint", near=nearest(name, themes), names=", ".join(themes))
        raise UsageError(say("usage.theme", name=name), hint=hint)
    return structs.replace(config, theme=name)


def _speed(text: str, say: Speech) -> int:
    """`4`, `4x`, `0.25` → permille."""
    try:
        speed = float(text.lower().removesuffix("x"))
    except ValueError:
        speed = 0.0
    if not SPEEDS[0] <= speed <= SPEEDS[1]:
        raise UsageError(say("usage.speed", value=text), hint=say("usage.speed_hint"))
    return int(speed * 1000)


def _offset(text: str | None, say: Speech) -> int:
    """`12:30`, `1:02:30` or seconds → ms."""
    if text is None:
        return 0
    parts = text.split(":")
    if len(parts) > 3 or not all(part.isdecimal() and len(part) < 8 for part in parts):
        raise UsageError(say("usage.start", value=text), hint=say("usage.start_hint"))
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds * 1000
