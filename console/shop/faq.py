"""The shop's own questions and answers: the nearest by integer distance, and only above a threshold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from console.domain.text import SafeText, fold
from console.domain.values import Slots

MIN_PERMILLE = 750
"""Least similarity (Dice over characters and their pairs) of a match. Chosen on tests/shop/faq_pairs.toml: pairs that must stay
apart and that nothing else disposes of reach 714 (衣长 / 袖长); 17 of 21 paraphrases lie above. A wrong answer costs more than none."""
EXACT_PERMILLE = 900
"""From here on the shop answered this very question: its words go before a template's."""
MOST_CANDIDATES = 64
STEM = 4
"""Letters of a Latin word that count: washable = wash."""

SLOT = re.compile(r"\{([^{}]*)\}")
PLAIN_SLOTS = (
    "link", "name", "price", "list_price", "stock", "material", "colors", "coupon",
    "ships_from", "dispatch_within_hours", "carriers", "shop",
)  # fmt: skip

# Words that every question has and that tell none from another.
_FILLERS = re.compile(
    r"请问|主播|老板|小姐姐|姐姐|宝子|亲|这个|那个|这款|那款|这件|那件|可不可以|能不能|会不会|是不是|有没有|可以|一下|怎么办|咋办|怎么回事|[吗嘛么呢啊呀哦吧能会有是的了]"
    r"|\b(?:is|are|can|could|do|does|will|would|i|you|it|this|that|the|a|an|to|of|for|in|please|and|there|be|my|your)\b"
    r"|[^\w\s]"
)
# Words that only ask: two questions that share nothing else are not alike ("how much" is no "how much is shipping").
_ASKING = re.compile(
    r"什么|怎么|多少|多久|几|哪里?|谁|吗|呢|不|没|能|要|给|拍|大概"
    r"|\b(?:how|much|many|what|which|when|where|who|why|long|about|have|get|does|any)\b"
)
_LETTERS = re.compile(r"[a-z0-9]+|[^\W_]")
_TOKEN = re.compile(r"[a-z0-9.]+|[^\sa-z0-9.]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_OPPOSITES = (
    ("退", "换"),
    ("男", "女"),
    ("大", "小"),
    ("冷", "热"),
    ("干", "油"),
    ("机洗", "手洗"),
    ("水洗", "干洗"),
    ("return", "exchange"),
)


class Faq(Struct, frozen=True):
    """One entry. `link` binds it to a product; None = for the whole shop. `answer` holds slots like {name}, {claim:可机洗}."""

    id: SafeText
    ask: tuple[SafeText, ...]
    answer: SafeText
    link: str | None = None


class Found(Struct, frozen=True):
    """`permille`: how alike question and `ask` are, 0–1000."""

    faq: Faq
    permille: int


def features(text: str) -> tuple[str, ...]:
    """What is compared: the folded text's characters (Latin words whole) and their neighbours in pairs, fillers taken out."""
    tokens = _TOKEN.findall(_FILLERS.sub(" ", fold(text)))
    if not tokens:
        tokens = _TOKEN.findall(fold(text))
    stems = [token[:STEM] if token.isascii() else token for token in tokens]
    return tuple(sorted({*stems, *(f"{a} {b}" for a, b in pairwise(stems))}))


def spoken(text: str) -> str:
    """A question as it is said: folded, without blanks and marks. Two of the same are the same question."""
    return "".join(_LETTERS.findall(fold(text)))


def is_telling(text: str) -> bool:
    """Whether a folded text says anything beside the words that only ask."""
    return bool(_LETTERS.search(_ASKING.sub(" ", _FILLERS.sub(" ", text))))


class _Ask(Struct, frozen=True):
    folded: str
    size: int
    entry: int


class FaqIndex:
    """All entries, found by what they ask. Built once a catalogue; reading it changes nothing."""

    def __init__(self, entries: tuple[Faq, ...]) -> None:
        self.entries = entries
        self._asks: list[_Ask] = []
        self._spoken: dict[str, list[Faq]] = {}
        self._postings: dict[str | None, dict[str, list[int]]] = {}
        for number, entry in enumerate(entries):
            for ask in entry.ask:
                found = features(ask)
                scope = self._postings.setdefault(entry.link, {})
                for feature in found:
                    scope.setdefault(feature, []).append(len(self._asks))
                self._asks.append(_Ask(fold(ask), len(found), number))
                self._spoken.setdefault(spoken(ask), []).append(entry)

    def exact(self, text: str, links: Iterable[str]) -> Faq | None:
        """The entry that asks just this, however it is spaced and marked: the first product's that has one, else the shop's.

        Without any product, an entry of a single product serves where its answer says which product it speaks about.
        """
        found = self._spoken.get(spoken(text), []) if text else []
        order = (*links, None)
        for link in order:
            for entry in found:
                if entry.link == link:
                    return entry
        is_sure = len(order) == 1 and len(found) == 1 and "{name}" in found[0].answer
        return found[0] if is_sure else None

    def asks(self, link: str | None) -> Iterable[tuple[str, Faq]]:
        """(folded ask, entry) of the product's entries, then of the shop's."""
        for scope in (link, None) if link is not None else (None,):
            for ask in self._asks:
                if self.entries[ask.entry].link == scope:
                    yield ask.folded, self.entries[ask.entry]

    def nearest(self, text: str, link: str | None, slots: Slots | None = None) -> Found | None:
        """The entry for `text` among the product's and the shop's own; the product's wins a draw, then the earlier one.

        Numbers, opposites (退 / 换) and spoken slots (孕妇, 手洗) must agree: they dispose of what looks alike.
        """
        wanted = features(text)
        folded, best = fold(text), (0, 0, 0)
        least = MIN_PERMILLE if is_telling(folded) else EXACT_PERMILLE
        for scope in (link, None) if link is not None else (None,):
            for ask_no, common in self._candidates(scope, wanted):
                ask = self._asks[ask_no]
                permille = 2000 * common // (len(wanted) + ask.size)
                rank = (permille, 1 if scope is not None else 0, -ask.entry)
                if permille >= least and (best[0] == 0 or rank > best) and _agree(folded, ask.folded, slots):
                    best = rank
        return Found(self.entries[-best[2]], best[0]) if best[0] else None

    def _candidates(self, scope: str | None, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
        """(ask, features in common), most first, at most 64."""
        postings, common = self._postings.get(scope, {}), dict[int, int]()
        for feature in wanted:
            for ask_no in postings.get(feature, ()):
                common[ask_no] = common.get(ask_no, 0) + 1
        return sorted(common.items(), key=lambda item: (-item[1], item[0]))[:MOST_CANDIDATES]


def _agree(question: str, ask: str, slots: Slots | None) -> bool:
    if sorted(_NUMBER.findall(question)) != sorted(_NUMBER.findall(ask)):
        return False
    for one, other in _OPPOSITES:
        if (one in question and other not in question and other in ask and one not in ask) or (
            other in question and one not in question and one in ask and other not in ask
        ):
            return False
    return all(word in ask for word in _spoken(slots) if word in question)


def _spoken(slots: Slots | None) -> Iterable[str]:
    """Slot values that tell two questions of the same wording apart."""
    if slots is None:
        return
    for value in (slots.person, slots.wash, slots.colour, slots.place, slots.courier, slots.material):
        if value is not None:
            yield from (value,) if isinstance(value, str) else value
