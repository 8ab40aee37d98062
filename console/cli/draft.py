"""`liveroom draft FILE|- --catalogue FILE`: drafts without a screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from console.cli.output import Printer
from console.config import Config
from console.domain.errors import UsageError
from console.domain.text import SafeText, clean
from console.domain.values import Draft, Refusal, Slots
from console.drafts.desk import draft_for
from console.i18n import Speech
from console.runtime.clock import cpu_ns, parse_now
from console.runtime.recording import read_catalogue, settings_from
from console.runtime.tables import rules_for
from console.triage.same import resolve
from console.triage.understand import understand
from console.wire.record import RecordError, decode_object, plain_or_gzip, whole_lines


class FactLine(Struct, frozen=True):
    path: str
    value: str


class DraftText(Struct, frozen=True, kw_only=True):
    facts: tuple[FactLine, ...]
    lint: tuple[dict[str, Any], ...]
    source: str
    text: str
    marks: tuple[tuple[int, int], ...] | UnsetType = UNSET
    """Spans that could not be traced or stand on a fact that has ended; absent = none."""


class DraftLine(Struct, frozen=True, tag="draft", tag_field="kind", kw_only=True):
    drafts: tuple[DraftText, ...]
    id: str
    intent: str | None
    ms: float
    refused: Refusal | None
    slots: Slots
    holding: str | UnsetType = UNSET


class _Question(Struct, frozen=True):
    id: str
    text: SafeText
    on_air: str | None


def draft(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    catalogue = read_catalogue(flags.catalogue).facts
    rules, now_ms = rules_for(settings_from(config)), parse_now(getattr(flags, "now", None))
    rules.reading()  # before a question is timed
    printer = Printer(say, as_json=flags.json)
    has_read = False
    for question in _questions(flags, printer):
        has_read, begin = True, cpu_ns()
        understood = understand(question.text, rules.lexicon, rules.model)
        slots = resolve(understood, question.on_air)
        drafts, refusal, holding = draft_for(
            understood, slots, catalogue, now_ms, text=question.text, lang=say.lang, templates=rules.templates, on_air=question.on_air
        )
        line = DraftLine(
            drafts=tuple(_text(one) for one in drafts), id=question.id, intent=understood.intent,
            ms=round((cpu_ns() - begin) / 1e6, 3), refused=refusal, slots=slots, holding=holding or UNSET,
        )  # fmt: skip
        if flags.json:
            printer.data(line)
        else:
            _tell(printer, question, line)
    printer.flush()
    return printer.code_of(has_read=has_read)


def _text(one: Draft) -> DraftText:
    facts = tuple(FactLine(fact.path, fact.value) for fact in one.facts)
    return DraftText(facts=facts, lint=(), source=one.source, text=one.text, marks=one.marks or UNSET)


def _tell(printer: Printer, question: _Question, line: DraftLine) -> None:
    printer.line(f"{question.id}  {question.text}")
    for one in line.drafts:
        printer.line(f"    → {one.text}   [{', '.join(fact.path for fact in one.facts)}]")
    if line.refused is not None:
        missing = f" {line.refused.missing}" if line.refused.missing else ""
        printer.line(f"    – {printer.say(f'refused.{line.refused.reason}')}{missing}")


def _questions(flags: argparse.Namespace, printer: Printer) -> Iterator[_Question]:
    """JSON Lines with `id`, `text`, `on_air`, or plain lines of text, mixed as they come. JSON without a text is counted and skipped."""
    name, say = flags.file, printer.say
    try:
        stream = plain_or_gzip(sys.stdin.buffer if name == "-" else open(name, "rb"))  # noqa: SIM115 - closed below
    except OSError as error:
        raise UsageError(say("usage.no_file", file=name, reason=error.strerror or str(error)), hint=say("usage.no_file_hint")) from None
    bad, first_bad = 0, 0
    with stream:
        for number, (line, is_cut) in enumerate(whole_lines(stream), 1):
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not line.strip():
                continue
            question = None if is_cut else _question(line, str(number), flags.on_air)
            if question is not None:
                yield question
            else:
                bad, first_bad = bad + 1, first_bad or number
    printer.flush()
    printer.note_skipped(bad, first_bad, is_torn=False)


def _question(line: bytes, number: str, on_air: str | None) -> _Question | None:
    if line.lstrip()[:1] != b"{":
        return _Question(number, clean(line.decode("utf-8", "replace").strip()), on_air)
    try:
        fields, _ = decode_object(line)
    except RecordError:
        return None
    text, given, own = fields.get("text"), fields.get("id"), fields.get("on_air")
    if not isinstance(text, str):
        return None
    return _Question(clean(str(given)) if given is not None else number, clean(text), str(own) if own is not None else on_air)
