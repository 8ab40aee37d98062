"""Could one answer settle two questions that are worded differently? An encoder only proposes it; what stands here disposes.

An encoder hears what a text is about. It does not hear 160斤 / 170斤, 左边 / 右边 or start / end, so all of that must be equal before
it is asked, and again when its answer comes.
"""

from __future__ import annotations

import re

from msgspec import Struct
from rapidfuzz.distance import Indel

from console.domain.values import Slots, Understanding
from console.triage.contrasts import Contrasts
from console.triage.language import canonical
from console.triage.lexicon import Lexicon
from console.triage.same import spoken

MOST_ALIKE_PERCENT = 65
"""Of the words of two texts that stand in both, in the same order. Above it they differ by a word or two, and then that word is what is
asked (左边那件几号 / 右边那件几号). Measured on pairs that all else leaves together: 19 of 46 with different answers lie above it, 2 of
270 rewordings (which were written to be worded differently)."""

_SAID = re.compile(r"[a-z]+|\d+|[\u3400-\u9fff]")
_NUMBERS = re.compile(
    r"\d+|第[零一二两三四五六七八九十百]+|(?!百亿补|千万[别不要]|半[天夜]|万一)[二两三四五六七八九十百千万半]"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|second|third|once|twice|double|triple)\b"
)


class Facets(Struct, frozen=True):
    """What is known of a question beside its meaning. `key`: equal, or the two are different questions; `text`: what an encoder reads;
    `said`: the words (Latin) and characters of the comment; `is_clear`: its aspect is known, and it asks nothing beyond it."""

    key: str
    aspect: str
    is_clear: bool
    said: tuple[str, ...]
    contrasts: tuple[str, ...]
    text: str


def facets(room: str, slots: Slots, understood: Understanding, lexicon: Lexicon, contrasts: Contrasts) -> Facets:
    """Of a question asked in `room` whose slots were meant as `slots`."""
    folded, aspect = understood.folded, known_aspect(understood)
    return Facets(
        repr((room, understood.need, spoken(slots), numbers_of(understood.content))),
        aspect,
        aspect != "other" and not understood.content,
        words_of(folded),
        contrasts.of(folded),
        canonical(folded, lexicon).text,
    )


def known_aspect(understood: Understanding) -> str:
    """One that a network guessed (`material.other`) is not known."""
    return "other" if understood.aspect.endswith("other") else understood.aspect


def words_of(folded: str) -> tuple[str, ...]:
    """Its words (Latin), numbers and characters."""
    return tuple(_SAID.findall(folded))


def differ(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether both say something of one group of contrasts, and nothing of it in common."""
    if not a or not b or a == b:
        return False
    groups = {one.partition(".")[0] for one in a} & {one.partition(".")[0] for one in b}
    return any(not {one for one in a if one.startswith(f"{group}.")} & set(b) for group in sorted(groups))


def numbers_of(content: str) -> tuple[str, ...]:
    """The numbers that no slot took, as they stand: 买二送一 is not 买一送二."""
    return tuple(_NUMBERS.findall(content))


def may_be_one(a: Facets, b: Facets) -> bool:
    """Whether only the meaning is left to be asked. Two whose aspects are known and differ never are one, nor two that are clear."""
    if a.key != b.key or (a.is_clear and b.is_clear) or differ(a.contrasts, b.contrasts):
        return False
    if a.aspect != b.aspect and "other" not in (a.aspect, b.aspect):
        return False
    return not are_worded_alike(a.said, b.said)


def are_worded_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two texts share so many words that the few others must make the difference."""
    letter: dict[str, str] = {}
    one, two = ("".join(letter.setdefault(word, chr(0xE000 + len(letter))) for word in said) for said in (a, b))
    length = len(a) + len(b)
    return (length - Indel.distance(one, two)) * 100 >= MOST_ALIKE_PERCENT * length
