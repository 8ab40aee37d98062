"""Which product a comment names: by the names that the room itself showed, or that its catalogue gives.

马丁靴多少钱 while 英伦风马丁靴女 has been shown as link 12 asks what 12号多少钱 asks. Only words that no rule and no slot explains are
looked at: 真皮 in "是真皮吗" asks for the material, whatever product bears it in its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import structs

from console.domain.text import SafeText, fold
from console.domain.values import Understanding

LEAST = 2
"""Chinese characters that a product's name and a comment must share: one alone (锅, 鞋) names it only as a product word."""
MOST_NAMES = 500
"""Links of one room that are remembered by name; the oldest goes first."""

_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z][a-z\-]{2,}")
# 裤子, 鞋子, 包包: what carries the meaning is the first character.
_TAILS = frozenset("子儿包")
# In half of all names, and in questions that mean no product.
_NO_NAMES = frozenset(
    ["for", "the", "and", "with", "set", "new", "one", "women", "men", "woman", "man", "girls", "boys", "kids", "size", "free", "real"]
)
_GAPS = re.compile(r"\s+")


class Names:
    """Products by the words of their names. Built from (link → name), the newest last; pure."""

    def __init__(self, names: Mapping[str, SafeText]) -> None:
        self._folded = {link: fold(name) for link, name in names.items()}
        self._grams: dict[str, dict[str, None]] = {}
        for link, name in self._folded.items():
            for run in _HAN_RUN.findall(name):
                for at in range(len(run) - LEAST + 1):
                    self._grams.setdefault(run[at : at + LEAST], {})[link] = None
            for word in _WORD.findall(name):
                if word not in _NO_NAMES:
                    self._grams.setdefault(_singular(word), {})[link] = None

    def __bool__(self) -> bool:
        return bool(self._folded)

    def by_word(self, word: str, on_air: str | None) -> str | None:
        """The link of a product word (裤子, lipstick): of the product on air where its name holds it, else of the only one whose does."""
        stem = word[0] if len(word) == 2 and word[1] in _TAILS else _singular(word) if word.isascii() else word
        return self._one([link for link, name in self._folded.items() if stem in name], on_air)

    def in_content(self, content: str, on_air: str | None) -> tuple[str | None, str]:
        """The link that words left over name, and what is left without them."""
        shared: dict[str, int] = {}
        for gram in self._grams_of(content):
            for link in self._grams.get(gram, ()):
                shared[link] = shared.get(link, 0) + 1
        if not shared:
            return None, content
        most = max(shared.values())
        found = self._one([link for link, count in shared.items() if count == most], on_air)
        return (found, self._without(content, self._folded[found])) if found is not None else (None, content)

    def _one(self, links: list[str], on_air: str | None) -> str | None:
        if on_air in links:
            return on_air
        return links[0] if len(links) == 1 else None

    def _grams_of(self, content: str) -> list[str]:
        found = [run[at : at + LEAST] for run in _HAN_RUN.findall(content) for at in range(len(run) - LEAST + 1)]
        return list(dict.fromkeys([*found, *map(_singular, _WORD.findall(content))]))

    def _without(self, content: str, name: str) -> str:
        """The content without the stretches and words that it shares with a name."""
        words = {_singular(word) for word in _WORD.findall(name)}
        left = _WORD.sub(lambda m: " " if _singular(m.group()) in words else m.group(), content)
        out, at = [], 0
        while at < len(left):
            length = LEAST
            while at + length <= len(left) and left[at : at + length] in name and not left[at : at + length].isascii():
                length += 1
            if length > LEAST:
                at += length - 1
                continue
            out.append(left[at])
            at += 1
        return _GAPS.sub(" ", "".join(out)).strip()


NO_NAMES = Names({})


def named(u: Understanding, names: Names, on_air: str | None) -> Understanding:
    """The understanding with the product that it names as a link. A link that was said stands; then names only explain words."""
    slots, content = u.slots, u.content
    if isinstance(slots.link, tuple) or isinstance(slots.product, tuple):
        return u
    link = slots.link
    if slots.product is not None:
        found = names.by_word(slots.product, on_air)
        if link is not None or found is not None:
            link = link or found
            slots = structs.replace(slots, link=link, product=None)
    if content:
        found, left = names.in_content(content, link or on_air)
        if found is not None and link in (None, found):
            content = left
            slots = structs.replace(slots, link=found)
    return u if slots is u.slots and content is u.content else structs.replace(u, slots=slots, content=content)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "shes", "ches")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def remember(names: dict[str, SafeText], link: str, name: SafeText) -> bool:
    """Keep a link's name, newest last. True where that changed what names mean."""
    if not name or names.get(link) == name:
        return False
    names.pop(link, None)
    names[link] = name
    if len(names) > MOST_NAMES:
        del names[next(iter(names))]
    return True
