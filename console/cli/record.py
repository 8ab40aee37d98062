"""`liveroom record SOURCE -o FILE`: record without a screen."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections import Counter
from pathlib import Path

from console.cli.output import OK, Printer
from console.cli.sources import opened_sources
from console.config import Config
from console.domain.events import Event
from console.i18n import Speech
from console.runtime.clock import Clock
from console.runtime.live import LiveSession


def record(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    clock = Clock()
    sources = opened_sources(flags, config, say, clock, is_headless=True)
    session = LiveSession(config, sources, journal=Path(flags.out), clock=clock, lang=say.lang, is_headless=True)
    try:
        asyncio.run(_run(session, flags.seconds))
    finally:
        printer = Printer(say, as_json=flags.json)
        counts = _counts(Path(flags.out))
        if flags.json:
            printer.data({"kind": "recorded", "events": dict(counts), "dropped": session.runner.intake.dropped})
        printer.flush()
        printer.note("cli.recorded", events=sum(counts.values()), comments=counts["message"] + counts["paid"], file=flags.out)
    return OK


async def _run(session: LiveSession, seconds: float | None) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, session.end)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt there
            break
    if seconds is not None:
        loop.call_later(seconds, session.end)
    await session.run()


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
