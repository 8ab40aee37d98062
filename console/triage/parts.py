"""Why somebody asks is not what he asks: 家里人多 五升的饭煲够几口人吃 asks only in its second part.

A comment is cut at its signs and, between Chinese characters, at its blanks. A part stays where it asks, where it says a number
that the answer may depend on, or where it is little more than a slot (备孕 可以吃吗).
"""

from __future__ import annotations

from msgspec import Struct

from console.domain.values import Slots
from console.triage.finding import signs
from console.triage.intent import matches
from console.triage.language import canonical
from console.triage.late import Late
from console.triage.lexicon import Lexicon
from console.triage.slots import read_slots, without_slots

MOST_PARTS = 8
"""A comment of more parts is a story; it is read whole."""
BARE = 3
"""Characters beside its slots with which a part still says nothing but them."""
LONGEST_WHOLE = 8
"""A comment this short has no room for a reason."""

_PARTS = Late("[,!?~;。、…]+|(?<!\\d)\\.|\\.(?!\\d)|(?<=[\u3400-\u9fff]) +| +(?=[\u3400-\u9fff])")
_NUMBER = Late(r"[\d一二两三四五六七八九十百]")
# For whom it is and what it is called are often part of the story; every other slot is part of the question.
_OF_STORIES = ("person", "product")


class _Part(Struct):
    text: str
    asks: bool
    matters: bool


def asking(folded: str, lexicon: Lexicon) -> str:
    """The folded text without the parts that only say why one asks; whole where no part, or every part, asks."""
    if len(folded) <= LONGEST_WHOLE:
        return folded
    texts = [part for part in _split(folded) if part]
    if not 2 <= len(texts) <= MOST_PARTS:
        return folded
    parts = [_read(text, lexicon) for text in texts]
    if not any(part.asks for part in parts) or all(part.asks or part.matters for part in parts):
        return folded
    return " ".join(part.text for part in parts if part.asks or part.matters)


def _split(folded: str) -> list[str]:
    """The parts, each with the ? that ends it."""
    out, at = [], 0
    for cut in _PARTS.finditer(folded):
        end = cut.end() if "?" in cut.group() else cut.start()
        out.append(folded[at:end].strip())
        at = cut.end()
    return [*out, folded[at:].strip()]


def _read(text: str, lexicon: Lexicon) -> _Part:
    said = canonical(text, lexicon)
    seen = signs(said, lexicon)
    masked, slots = read_slots(said.text, said.language, lexicon.words)
    asks = seen.asks or seen.requests or any(one.rule.kind != "topic" for one in matches(masked, said, lexicon))
    matters = _NUMBER.search(text) is not None or _is_asked_for(slots) or len(without_slots(masked).replace(" ", "")) <= BARE
    return _Part(text, asks and not seen.states, matters)


def _is_asked_for(slots: Slots) -> bool:
    return any(getattr(slots, name) is not None for name in slots.__struct_fields__ if name not in _OF_STORIES)
