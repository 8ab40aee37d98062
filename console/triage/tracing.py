"""Where the characters of a normalised text stood in the comment. Asked only for what somebody looks at, so reading costs nothing more.

The normal form is made by the one normalisation that there is, step by step, and each step is laid beside the one before: what
is the same character is the same place; what was rewritten (咋 → 怎么, 一百六 → 160, a slot → its placeholder) is the stretch it was
made of. So the text can't differ from what was understood, whatever the steps come to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from console.triage.language import canonical, folded_of
from console.triage.lexicon import Lexicon

_TOKEN = re.compile(r"[a-zA-Z]+|\d+|.", re.S)
Span = tuple[int, int]
"""Half-open, in code points."""


class Trace(Struct, frozen=True):
    """A text, and for each of its characters the span of the original that it was made of. Spans never go back."""

    original: str
    text: str
    spans: tuple[Span, ...]

    def span(self, start: int, end: int) -> Span | None:
        """The stretch of the original that `text[start:end]` was made of, without blanks at its ends; None where that is nothing."""
        made_of = [one for one in self.spans[start:end] if one[1] > one[0]]
        if not made_of:
            return None
        first, last = made_of[0][0], max(one[1] for one in made_of)
        said = self.original[first:last]
        first, last = first + len(said) - len(said.lstrip()), last - len(said) + len(said.rstrip())
        return (first, last) if last > first else None

    def into(self, text: str) -> Trace:
        """What the next step made of it."""
        if text == self.text:
            return self
        return Trace(self.original, text, tuple(self._moved(text)))

    def _moved(self, text: str) -> Iterator[Span]:
        for first, last, start, end in _blocks(self.text, text):
            if last - first == end - start:
                yield from self.spans[first:last]
                continue
            whole = self._whole(first, last)
            for _ in range(start, end):
                yield whole

    def _whole(self, first: int, last: int) -> Span:
        if first < last:
            return self.spans[first][0], max(end for _, end in self.spans[first:last])
        at = self.spans[first - 1][1] if first else 0
        return at, at


def untouched(text: str) -> Trace:
    return Trace(text, text, tuple((at, at + 1) for at in range(len(text))))


def _blocks(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of both texts that belong together: equal ones, and between two of these everything that differs as one."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    old_at, new_at = _ends(old), _ends(new)
    first = start = 0
    for op in Levenshtein.opcodes(*_as_characters(old, new)):
        if op.tag != "equal":
            continue
        at, to = old_at[op.src_start], new_at[op.dest_start]
        if at > first or to > start:
            yield first, at, start, to
        first, start = old_at[op.src_end], new_at[op.dest_end]
        yield at, first, to, start
    if len(before) > first or len(after) > start:
        yield first, len(before), start, len(after)


def _ends(tokens: list[str]) -> list[int]:
    """Where each begins, and where the last one ends."""
    return [0, *accumulate(len(token) for token in tokens)]


def _as_characters(old: list[str], new: list[str]) -> tuple[str, str]:
    """Both with a character for each token: words and numbers are compared whole. Blanks come and go at every step, so none of them shows
    that two texts belong together there."""
    names: dict[str, str] = {}
    return tuple(  # type: ignore[return-value]
        "".join(blank if token == " " else names.setdefault(token, chr(2 + len(names))) for token in tokens)
        for tokens, blank in ((old, "\0"), (new, "\1"))
    )


def through(text: str, steps: Iterable[str]) -> Trace:
    """A comment followed through the forms that it was given, one made of the other."""
    trace = untouched(text)
    for step in steps:
        trace = trace.into(step)
    return trace


def folded_trace(text: str, lexicon: Lexicon) -> Trace:
    """`folded_of`, with its places. Characters first, then what is taken out."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(lexicon.simplified)
    return through(text, (plain, folded_of(text, lexicon)))


def canonical_trace(text: str, lexicon: Lexicon) -> Trace:
    """The canonical form of a whole comment, with its places."""
    folded = folded_trace(text, lexicon)
    return folded.into(canonical(folded.text, lexicon).text)
