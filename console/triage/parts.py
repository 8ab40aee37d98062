"""Why somebody asks is not what he asks: 家里人多 五升的饭煲够几口人吃 asks only in its second part.

A comment is cut at its signs and, between Chinese characters, at its blanks. A part stays where it asks, where it says a number
that the answer may depend on, or where it is little more than a slot (备孕 可以吃吗).
"""

from __future__ import annotations

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


def asking(folded: str, lexicon: Lexicon) -> str:
    """The folded text without the parts that only say why one asks; whole where no part, or every part, asks."""
    if len(folded) <= LONGEST_WHOLE:
        return folded
    texts = [part for part in _split(folded) if part]
    if not 2 <= len(texts) <= MOST_PARTS:
        return folded
    kept = [text for text in texts if _matters(text, lexicon)]
    idle = [text for text in texts if text not in kept]
    if not idle:
        return folded
    asking_ones = [text for text in idle if _asks(text, lexicon)]
    if len(asking_ones) == len(idle) or not (asking_ones or any(_asks(text, lexicon) for text in kept)):
        return folded
    return " ".join(text for text in texts if text in kept or text in asking_ones)


def _split(folded: str) -> list[str]:
    """The parts, each with the ? that ends it."""
    out, at = [], 0
    for cut in _PARTS.finditer(folded):
        end = cut.end() if "?" in cut.group() else cut.start()
        out.append(folded[at:end].strip())
        at = cut.end()
    return [*out, folded[at:].strip()]


def _matters(text: str, lexicon: Lexicon) -> bool:
    """Whether a part says something that an answer may depend on, or hardly more than that."""
    if _NUMBER.search(text):
        return True
    said = canonical(text, lexicon)
    masked, slots = read_slots(said.text, said.language, lexicon.words)
    return _is_asked_for(slots) or len(without_slots(masked).replace(" ", "")) <= BARE


def _asks(text: str, lexicon: Lexicon) -> bool:
    said = canonical(text, lexicon)
    seen = signs(said, lexicon)
    if seen.states:
        return False
    if seen.asks or seen.requests:
        return True
    masked, _ = read_slots(said.text, said.language, lexicon.words)
    return any(one.rule.kind != "topic" for one in matches(masked, said, lexicon))


def _is_asked_for(slots: Slots) -> bool:
    return any(getattr(slots, name) is not None for name in slots.__struct_fields__ if name not in _OF_STORIES)
