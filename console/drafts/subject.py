"""Which products a question is about."""

from __future__ import annotations

import re

from msgspec import Struct

from console.domain.text import fold
from console.domain.values import Refusal, Slots, Understanding
from console.drafts.ask import one_of
from console.drafts.wording import is_written_in
from console.shop.catalogue import Catalogue, Product

MOST_PRODUCTS = 3
"""Questions about more products than this get no draft: nobody reads so long a line."""
_NOT_MEANT = re.compile(r"(?:不(?:要|是|买|看|问|想要)|除了|\bnot|\bexcept)\s*(?:#|link\s*#?)?\s*(\d{1,4})(?!\d)")


class Subject(Struct, frozen=True):
    """`products`: in the question's order; (None,) where none is known. `refusal`: why they can't be told. `skipped`: whether links
    were named that are not meant."""

    products: tuple[Product | None, ...]
    refusal: Refusal | None = None
    skipped: bool = False

    def links(self, on_air: str | None) -> tuple[str, ...]:
        """Whose own words may answer: the products meant, then the one on air."""
        known = (*(product.link for product in self.products if product is not None), *((on_air,) if on_air is not None else ()))
        return tuple(dict.fromkeys(known))


def subject_of(u: Understanding, slots: Slots, catalogue: Catalogue, folded: str) -> Subject:
    """A link number that was said decides; then a name that was said; then the product on air; then the only one there is."""
    not_meant = _NOT_MEANT.findall(folded)
    named_links = one_of(u.slots.link)
    said = tuple(link for link in named_links if link not in not_meant)
    skipped = len(said) < len(named_links)
    on_air = () if skipped and not said else tuple(link for link in one_of(slots.link) if link not in not_meant)
    named = () if said else catalogue.find(folded) or _by_word(one_of(u.slots.product), catalogue)
    if len(named) == 1:
        return Subject(named)
    if named:
        chosen = tuple(product for product in named if product.link in on_air)
        return Subject(chosen) if len(chosen) == 1 else Subject((None,), Refusal("ambiguous"))
    if u.intent == "link" and u.slots.product and not said:
        return Subject((None,), Refusal("no_fact", "product"))
    links = said or on_air
    if len(links) > MOST_PRODUCTS or (skipped and not links):
        return Subject((None,), Refusal("ambiguous"), skipped)
    for link in links:
        if catalogue.product(link) is None:
            return Subject((None,), Refusal("no_fact", f"product[{link}]"), skipped)
    if links:
        return Subject(tuple(catalogue.product(link) for link in dict.fromkeys(links)), skipped=skipped)
    return Subject(catalogue.products if len(catalogue.products) == 1 else (None,))


def _by_word(words: tuple[str, ...], catalogue: Catalogue) -> tuple[Product, ...]:
    """Products whose name holds a product word of the question: 大衣 finds 双面羊毛大衣."""
    folded = tuple(fold(word) for word in words if len(word) > 1)
    return catalogue.holding(folded) if folded else ()


def language_of(catalogue: Catalogue | None, lang: str) -> str:
    """The room's language, for a question without words: a shop that writes Chinese is asked in Chinese."""
    names = [product.name for product in catalogue.products] if catalogue is not None else []
    return "zh" if 2 * sum(is_written_in(name, "zh") for name in names) > len(names) else lang
