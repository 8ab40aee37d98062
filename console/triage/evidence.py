"""Which words of a comment made it what it was taken for: what it asks by them, and what each of its slots was read from."""

from __future__ import annotations

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import Slots, Understanding
from console.triage.finding import signs
from console.triage.intent import Match
from console.triage.language import Canonical, canonical
from console.triage.late import Late
from console.triage.lexicon import Lexicon
from console.triage.model import Model
from console.triage.parts import asking
from console.triage.rules import PLACEHOLDER
from console.triage.tracing import Span, Trace, canonical_trace, folded_trace
from console.triage.understand import POINTS, TO_SOMEONE, choose, fitting, understand, what_asks

LONGEST = 200
"""Characters of a comment whose words are told; a longer one is a story, and laying its steps side by side takes long."""

_FIELD = {
    char: next(field for field in Slots.__struct_fields__ if field == kind or field.startswith(f"{kind}_"))
    for kind, char in PLACEHOLDER.items()
}
"""Placeholder → the slot that it stands for."""
_FINAL = Late(r"(?:吗|么|嘛|没有?|不|否|呢|\?|？)+")
"""What asks at the end of a comment and is cut off before rules are tried."""
_SIGNS = " ,.?!;:，。？！；：、~"
_A_NOT_A = Late(r"([\u3400-\u9fff])(?:不|没)\1")


class Telltale(Struct, frozen=True):
    """One stretch of the comment (half-open, code points). `slots`: which of them were read from it ("163 150斤" gives two); none = it
    shows what is asked; `POINTS_AT` = "this one": the product on air."""

    start: int
    end: int
    slots: tuple[str, ...] = ()


POINTS_AT = ("points",)


def evidence(text: SafeText, lexicon: Lexicon, model: Model) -> tuple[Telltale, ...]:
    """The deciding words of one comment in their order, none over another; empty where it needs no answer or is a long story."""
    read = understand(text, lexicon, model)
    if read.need == "none" or len(text) > LONGEST:
        return ()
    folded = folded_trace(text, lexicon)
    said = canonical(folded.text, lexicon)
    whole = canonical_trace(text, lexicon)
    part, masked, said_of = what_asks(said, folded.text, lexicon)
    found = fitting(masked, part, said_of, lexicon)
    asked = asking(folded.text, lexicon)
    trace = folded.into(asked).into(part.text).into(masked)
    chosen = choose(found, signs(said, lexicon), TO_SOMEONE.match(text) is not None, masked, part, lexicon)
    match = chosen[1] if chosen is not None else found[0] if found else None
    match = match if match is not None and match.rule.aspect == read.aspect else None
    slots = [*_slots(trace, read.slots), *_pointing(folded, read)]
    asks = [*_rule(trace, match), *_signs(whole, said, read, match, lexicon), *_final(text, said, whole)]
    return _laid_out(text, slots, asks)


def _slots(trace: Trace, slots: Slots) -> list[Telltale]:
    """Slots that stand side by side are read from one stretch together."""
    by_span: dict[Span, list[str]] = {}
    for at, char in enumerate(trace.text):
        name = _FIELD.get(char)
        span = trace.span(at, at + 1) if name is not None and getattr(slots, name) is not None else None
        if name is not None and span is not None:
            by_span.setdefault(span, []).append(name)
    return [Telltale(*span, tuple(dict.fromkeys(names))) for span, names in by_span.items()]


def _pointing(folded: Trace, read: Understanding) -> list[Telltale]:
    found = POINTS.search(folded.text) if read.points and read.slots.link is None else None
    span = folded.span(*found.span()) if found is not None else None
    return [Telltale(*span, POINTS_AT)] if span is not None else []


def _rule(trace: Trace, match: Match | None) -> list[Span]:
    span = trace.span(match.start, match.end) if match is not None else None
    return [span] if span is not None else []


def _signs(whole: Trace, said: Canonical, read: Understanding, match: Match | None, lexicon: Lexicon) -> list[Span]:
    """The marker that asks, where the rule alone would not have been enough, or there is none."""
    if match is not None and match.rule.kind not in ("topic", "bare"):
        return []
    for lang, side in (("zh", lexicon.zh), ("en", lexicon.en)):
        if said.language not in (lang, "mixed"):
            continue
        for sign in (side.request, side.question) if read.need == "request" else (side.question, side.request):
            found = sign.joined.search(said.text)
            span = whole.span(*found.span()) if found is not None else None
            if span is not None:
                return [span]
    return []


def _final(text: str, said: Canonical, whole: Trace) -> list[Span]:
    """能不能, and the 吗 or ? behind all that is left of a comment."""
    if not said.asked:
        return []
    end = max((end for _, end in whole.spans), default=0)
    return [
        *(one.span() for one in _A_NOT_A.finditer(text)),
        *((end + one.start(), end + one.end()) for one in _FINAL.finditer(text[end:])),
    ]


def _laid_out(text: str, slots: list[Telltale], asks: list[Span]) -> tuple[Telltale, ...]:
    """Slots over what asks, the earlier over the later; each stretch once, neighbours of a kind joined."""
    last = max((end for _, end in (*((0, one.end) for one in slots), *asks)), default=0)
    of: list[tuple[str, ...] | None] = [None] * last
    for start, end in asks:
        of[start:end] = [()] * (end - start)
    for one in reversed(slots):
        of[one.start : one.end] = [one.slots] * (one.end - one.start)
    out: list[Telltale] = []
    for at, read in enumerate(of):
        if read is None:
            continue
        if out and out[-1].end == at and out[-1].slots == read:
            out[-1] = Telltale(out[-1].start, at + 1, read)
        else:
            out.append(Telltale(at, at + 1, read))
    return tuple(trimmed for one in out if (trimmed := _trimmed(text, one)) is not None)


def _trimmed(text: str, one: Telltale) -> Telltale | None:
    said, around = text[one.start : one.end], _SIGNS if one.slots else " "
    start, end = one.start + len(said) - len(said.lstrip(around)), one.end - len(said) + len(said.rstrip(around))
    return Telltale(start, end, one.slots) if end > start else None
