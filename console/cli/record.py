"""`liveroom record SOURCE -o FILE`: record without a screen."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections import Counter
from pathlib import Path

from console.cli.output import INTERRUPTED, OK, Printer
from console.cli.semantic import opened_encoder, settings_for
from console.cli.sources import opened_sources, words_for
from console.config import Config
from console.domain.errors import FeedError, UsageError
from console.domain.events import Event
from console.i18n import Speech
from console.runtime.clock import Clock
from console.runtime.live import LiveSession
from console.runtime.recording import settings_from

OURS = frozenset(("link", "tick", "check", "catalogue", "canned", "system"))
"""Kinds that we write ourselves: a file that holds nothing else recorded nothing."""
LONGEST_S = 30 * 86_400


def record(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    if flags.seconds is not None and not 0 < flags.seconds <= LONGEST_S:
        raise UsageError(say("usage.seconds", value=str(flags.seconds)), hint=say("usage.seconds_hint"))
    clock = Clock()
    sources = opened_sources(flags, config, say, clock, is_headless=True)
    encoder = opened_encoder(flags, config, say, is_watching=False)
    session = LiveSession(
        config, sources, settings=settings_from(config, **settings_for(encoder, config), **words_for(flags, config)),
        journal=Path(flags.out), clock=clock, encoder=encoder, lang=say.lang, is_headless=True,
    )  # fmt: skip
    try:
        done = asyncio.run(_run(session, flags.seconds))
    except FeedError:
        _forget_if_empty(Path(flags.out))
        raise
    finally:
        if Path(flags.out).exists():
            _tell(flags, say, session.runner.intake.dropped)
    return done


async def _run(session: LiveSession, seconds: float | None) -> int:
    """Ctrl-C ends a recording as it should end, last check included; the exit code still says that it was Ctrl-C."""
    loop = asyncio.get_running_loop()
    done = OK

    def interrupted() -> None:
        nonlocal done
        done = INTERRUPTED
        session.end()

    for name, end in ((signal.SIGINT, interrupted), (signal.SIGTERM, session.end)):
        try:
            loop.add_signal_handler(name, end)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt there
            break
    if seconds is not None:
        loop.call_later(seconds, session.end)
    await session.run()
    return done


def _tell(flags: argparse.Namespace, say: Speech, dropped: int) -> None:
    printer = Printer(say, as_json=flags.json)
    counts = _counts(Path(flags.out))
    if flags.json:
        printer.data({"kind": "recorded", "events": dict(counts), "dropped": dropped})
    printer.flush()
    printer.note("cli.recorded", events=sum(counts.values()), comments=counts["message"] + counts["paid"], file=flags.out)


def _forget_if_empty(path: Path) -> None:
    """A source that was never reached leaves no file behind, so that the same command can be tried again."""
    if not set(_counts(path)) - OURS:
        path.unlink(missing_ok=True)


def _counts(path: Path) -> Counter[str]:
    """What the file holds, by kind: counted from the file itself, not from what we believe to have written."""
    from console.wire.record import open_recording, read_lines

    counts: Counter[str] = Counter()
    if path.exists():
        with open_recording(str(path)) as stream:
            for line in read_lines(stream):
                if isinstance(line.event, Event):
                    counts[line.event.kind] += 1
    return counts
