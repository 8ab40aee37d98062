"""`liveroom replay FILE`: the same console on a recorded session, or the proof that it decides alike."""

from __future__ import annotations

import argparse
from pathlib import Path

from msgspec import to_builtins

from console.cli.output import FINDINGS, OK, Printer
from console.config import Config
from console.domain.errors import UsageError
from console.i18n import Speech
from console.runtime.recording import settings_from, versions
from console.runtime.replay import Verified, is_other_ground, verify


def replay(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    if flags.verify:
        return _verify(flags, config, say)
    if flags.json:
        raise UsageError(say("usage.json_verify"), hint=say("usage.json_verify_hint"))
    from console.cli.screen import play

    return play(flags, config, say)


def _verify(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    if flags.file == "-" or Path(flags.file).is_fifo():
        raise UsageError(say("usage.verify_file"), hint=say("usage.verify_file_hint"))
    found = verify(flags.file, settings_from(config, on_air=flags.on_air), say)
    if not found.events:  # nothing was proved, and nobody should read that it was
        raise UsageError(say("usage.no_events", file=flags.file), hint=say("usage.no_events_hint"))
    printer = Printer(say, as_json=flags.json)
    if flags.json:
        printer.data(_line(found))
    else:
        _tell(printer, found)
    printer.flush()
    printer.note_skipped(found.bad_lines, found.first_bad, is_torn=found.is_torn)
    if found.missing_catalogues:
        printer.note("cli.no_catalogue", count=found.missing_catalogues)
    if is_other_ground(found):
        printer.note("cli.other_ground")
    return OK if found.is_same else FINDINGS


def _line(found: Verified) -> dict[str, object]:
    """Digests, counts, versions; no times, no paths: the same bytes on every run."""
    line: dict[str, object] = to_builtins(found)
    return {"kind": "verify", "ok": found.is_same, "versions": versions(), **line}


def _tell(printer: Printer, found: Verified) -> None:
    say = printer.say
    printer.line(say("verify.counts", events=found.events, comments=found.comments))
    if not found.is_same:
        printer.line(say("verify.apart", seq=found.first_wrong or 0, agreed=found.agreed, checks=found.checks))
    elif found.checks:
        printer.line(say("verify.same", checks=found.checks))
    else:
        printer.line(say("verify.no_checks"))
    printer.line(say("verify.digest", digest=found.digest))
