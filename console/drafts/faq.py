"""The shop's own answers: which entry a question is for, and its slots filled from the catalogue. A missing slot = no draft."""

from __future__ import annotations

import re

import msgspec

from console.domain.text import fold
from console.domain.values import Fact, Refusal, Slots
from console.drafts.ask import Answer, Ask, Said, live_coupons, one_of, path, price_fact
from console.drafts.gate import left_over, names_another
from console.shop.catalogue import Catalogue, Product
from console.shop.faq import SLOT, Faq, Found, is_telling
from console.shop.money import written

_LINK_SAID = re.compile(
    r"(?:#\s*|\b(?:link|item|number|no\.?)\s*#?\s*)\d{1,4}(?!\d)|(?<!\d)(?:\d{1,4}|[一二两三四五六七八九十]+)号(?:链接|车)?"
)
_SEGMENT = re.compile(r"[\s,，。.！!？?;；~～]+")
CIRCUMSTANCES = ("link", "product", "place", "date", "count", "money", "courier", "negated")
"""Slots that an entry on the whole matter may speak about: it says for whom and when it holds."""


def bare(folded: str, product: Product | None) -> str:
    """The question without the link number and the product's name: 3号能机洗么 asks what 能机洗么 asks."""
    text = _LINK_SAID.sub(" ", folded)
    for name in sorted((fold(one) for one in (product.name, *product.aliases)), key=len, reverse=True) if product else ():
        text = text.replace(name, " ")
    text = " ".join(text.split())
    return text if is_telling(text) or not is_telling(folded) else folded


def exact(folded: str, catalogue: Catalogue, links: tuple[str, ...]) -> Faq | None:
    """The entry that was written for this very wording, whatever else it was understood as."""
    found = catalogue.faq.exact(folded, links)
    for link in links if found is None else ():
        found = found or catalogue.faq.exact(bare(folded, catalogue.product(link)), (link,))
    return found


def nearest(folded: str, catalogue: Catalogue, product: Product | None, slots: Slots) -> Found | None:
    """The entry whose wording is nearest, with the product named or not."""
    link = product.link if product is not None else None
    found = [catalogue.faq.nearest(text, link, slots) for text in dict.fromkeys((folded, bare(folded, product)))]
    return max((one for one in found if one is not None), key=lambda one: one.permille, default=None)


def on_the_matter(ask: Ask) -> Faq | None:
    """The entry that speaks about the whole matter asked: one of its questions says the aspect and nothing else.

    It goes before a template: "free over $35" must not stand beside "not free". Of a place that was named the entry that names it
    goes first (新疆 in its answer). What else the asking part of the question says must stand in the entry too.
    """
    words = ask.templates.words_of(ask.aspect)
    circumstances = msgspec.structs.asdict(ask.said)
    if not words or names_another(ask) or any(value is not None for key, value in circumstances.items() if key not in CIRCUMSTANCES):
        return None
    places, left = one_of(ask.said.place), left_over(ask, words)
    on_it = [(said, entry) for said, entry in ask.catalogue.faq.asks(ask.product.link if ask.product else None) if _hit(said, words)]
    for _, entry in on_it if places else ():
        if all(place in fold(entry.answer) for place in places) and _holds(entry, left, ask, words):
            return entry
    whole = (entry for said, entry in on_it if not is_telling(_without(said, words, ask.catalogue.product(entry.link))))
    return next((entry for entry in whole if _holds(entry, left, ask, words)), None)


def _hit(said: str, words: tuple[str, ...]) -> bool:
    return any(word in said for word in words)


def _without(said: str, words: tuple[str, ...], product: Product | None) -> str:
    text = bare(said, product) if product is not None else said
    for word in words:
        text = text.replace(word, " ")
    return text


def _holds(entry: Faq, left: tuple[str, ...], ask: Ask, words: tuple[str, ...]) -> bool:
    """Whether what is left of the question's asking part stands in the entry; what else was told beside it asks nothing."""
    asking = "".join(part for part in _SEGMENT.split(ask.folded) if _hit(part, words)) or ask.folded
    text = fold(" ".join((entry.answer, *entry.ask)))
    return all(word in text for word in left if word in asking)


def fill(entry: Faq, ask: Ask) -> Answer:
    """The entry's answer for the product it is bound to, else for the one asked about."""
    product = ask.catalogue.product(entry.link) if entry.link is not None else ask.product
    facts = [Fact(f"faq[{entry.id}]", entry.answer)]
    filled: dict[str, str] = {}
    for slot in dict.fromkeys(SLOT.findall(entry.answer)):
        found = _slot(slot, ask, product)
        if isinstance(found, Refusal):
            return found
        filled[slot], fact = found
        facts.append(fact)
    return Said((SLOT.sub(lambda slot: filled[slot[1]], entry.answer),), tuple(facts))


def _slot(slot: str, ask: Ask, product: Product | None) -> tuple[str, Fact] | Refusal:
    shop = ask.catalogue.shop
    of_shop = {
        "shop": ("name", shop.name),
        "ships_from": ("ships_from", shop.ships_from),
        "dispatch_within_hours": ("dispatch_within_hours", shop.dispatch_within_hours),
        "carriers": ("carriers", ask.voice.join(shop.carriers) if shop.carriers else None),
    }
    if slot in of_shop:
        key, value = of_shop[slot]
        return Refusal("no_fact", f"shop.{key}") if value is None else (str(value), Fact(f"shop.{key}", str(value)))
    if product is None:
        return Refusal("ambiguous")
    if slot.startswith("claim:"):
        claim = slot.removeprefix("claim:")
        if product.evidence_for(claim) is None:
            return Refusal("no_fact", path(product, f"evidence[{claim}]"))
        number = [str(one) for one in product.claims_allowed].index(claim)
        return claim, Fact(path(product, f"claims_allowed[{number}]"), claim)
    return _of_product(slot, ask, product)


def _of_product(slot: str, ask: Ask, product: Product) -> tuple[str, Fact] | Refusal:
    if slot == "price":
        price = price_fact(product, ask.now_ms)
        if isinstance(price, Refusal):
            return price
        assert product.price is not None
        return ask.money(product.price), price
    if slot == "list_price" and product.list_price is not None:
        return ask.money(product.list_price), Fact(path(product, slot), written(product.list_price))
    if slot == "coupon" and (coupons := live_coupons(product, ask.now_ms)):
        return coupons[0][1].value, coupons[0][1]
    values = {
        "name": product.name,
        "link": product.link,
        "material": product.material,
        "colors": ask.voice.join(product.colours) if product.colours else None,
        "stock": str(product.stock) if isinstance(product.stock, int) else None,
    }
    value = values.get(slot)
    return Refusal("no_fact", path(product, slot)) if value is None else (value, Fact(path(product, slot), value))
