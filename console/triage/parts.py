"""Why somebody asks is not what he asks: 家里人多 五升的饭煲够几口人吃 asks only in its second part.

A comment is cut at its signs and, between Chinese characters, at its blanks. A part stays where it asks, where it says a number
that the answer may depend on, or where it is little more than a slot (备孕 可以吃吗).
"""

from __future__ import annotations

from functools import cached_property

from console.domain.values import NO_SLOTS, Slots
from console.triage.finding import signs
from console.triage.intent import asks_outright
from console.triage.language import Canonical, canonical
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
_BOUGHT = Late(r"[拍买订付]|下单|order|bought|buy|paid|[发寄收退播活]|ship|ends?\b|start")
# For whom it is and what it is called are often part of the story; every other slot is part of the question.
_OF_STORIES = ("person", "product")


def asking(folded: str, lexicon: Lexicon) -> str:
    """The folded text without the parts that only say why one asks; whole where no part, or every part, asks."""
    if len(folded) <= LONGEST_WHOLE:
        return folded
    texts = [part for part in _split(folded) if part]
    if not 2 <= len(texts) <= MOST_PARTS:
        return folded
    parts = [_Part(text, lexicon) for text in texts]
    told = [part for part in parts if part.tells_day]
    if told and not any(part.says_day and part.asks for part in parts):
        told = []
    kept = [part for part in parts if part not in told and part.stays]
    if len(kept) == len(parts) or not any(part.asks for part in parts):
        return folded
    return " ".join(part.text for part in kept)


def _split(folded: str) -> list[str]:
    """The parts, each with the ? that ends it."""
    out, at = [], 0
    for cut in _PARTS.finditer(folded):
        end = cut.end() if "?" in cut.group() else cut.start()
        out.append(folded[at:end].strip())
        at = cut.end()
    return [*out, folded[at:].strip()]


class _Part:
    """One part, read only as far as somebody wants to know."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._lexicon = lexicon

    @cached_property
    def _said(self) -> Canonical:
        return canonical(self.text, self._lexicon)

    @cached_property
    def _read(self) -> tuple[str, Slots]:
        return read_slots(self._said.text, self._said.language, self._lexicon.words)

    @property
    def stays(self) -> bool:
        """Whether it asks or matters; what is cheap to tell first."""
        return _NUMBER.search(self.text) is not None or self._matters or self.asks

    @property
    def says_day(self) -> bool:
        return self._read[1].date is not None

    @property
    def tells_day(self) -> bool:
        """Whether it only says on which day something is that is not asked about (今天要睡了 明天播吗); not when one bought."""
        masked, slots = self._read
        return _asked_for(slots) == ["date"] and not self.asks and len(without_slots(masked)) > BARE and _BOUGHT.search(self.text) is None

    @property
    def _matters(self) -> bool:
        """Whether it says something that an answer may depend on, or hardly more than that."""
        masked, slots = self._read
        return bool(_asked_for(slots)) or len(without_slots(masked).replace(" ", "")) <= BARE

    @cached_property
    def asks(self) -> bool:
        seen = signs(self._said, self._lexicon)
        if seen.states:
            return False
        if seen.asks or seen.requests:
            return True
        return asks_outright(self._read[0], self._said, self._lexicon)


def _asked_for(slots: Slots) -> list[str]:
    """The slots on which an answer may depend."""
    if slots is NO_SLOTS:
        return []
    return [name for name in slots.__struct_fields__ if name not in _OF_STORIES and getattr(slots, name) is not None]
