"""One question, laid beside the facts that may answer it; and what an answer is made of."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from console.domain.values import Fact, Intent, Need, Refusal, Slots
from console.drafts.wording import Templates, Voice
from console.shop.catalogue import Catalogue, Coupon, Product
from console.shop.money import shown, written


class Ask(Struct, frozen=True, kw_only=True):
    """`product` = the one it is about; None = none is known, which only shop-wide answers survive. `folded` = the question's text,
    `content` = what of it the aspect doesn't say. `said` = the slots of its own words, `slots` = those with what was inherited.
    `skipped` = whether it named links that it does not mean (不要3号 4号多少钱)."""

    need: Need
    intent: Intent
    intents: tuple[Intent, ...]
    aspect: str
    said: Slots
    slots: Slots
    skipped: bool = False
    catalogue: Catalogue
    product: Product | None
    now_ms: int
    folded: str
    content: str
    voice: Voice
    templates: Templates

    def money(self, micros: int) -> str:
        return shown(micros, self.catalogue.currency, self.voice.lang)


class Said(Struct, frozen=True):
    """Clauses in order and the facts they stand on. `is_good_news` chooses the sentence's end."""

    clauses: tuple[str, ...]
    facts: tuple[Fact, ...]
    is_good_news: bool = True


Answer = Said | Refusal
Answerer = Callable[[Ask], Answer]


class NoProductError(Exception):
    """The answer needs a product and none is known; caught by the desk, which asks which link is meant."""


def product_of(ask: Ask) -> Product:
    """Raises NoProductError."""
    if ask.product is None:
        raise NoProductError
    return ask.product


def path(product: Product, key: str) -> str:
    """`product[3].price`: 3 is the link number (ruling 31)."""
    return f"product[{product.link}].{key}"


def lacks(product: Product, key: str) -> Refusal:
    return Refusal("no_fact", path(product, key))


def who(ask: Ask) -> tuple[str, Fact]:
    """The product's name as a draft says it, and the fact for it."""
    product = product_of(ask)
    return ask.voice.say("who.link", link=product.link, name=product.name), Fact(path(product, "name"), product.name)


def price_fact(product: Product, now_ms: int) -> Fact | Refusal:
    """The price while it holds: a live price whose end has passed is no fact any more."""
    if product.price is None:
        return lacks(product, "price")
    until = product.live_price_until_ms
    if until is not None and until < now_ms:
        return Refusal("stale_fact", path(product, "price"))
    return Fact(path(product, "price"), written(product.price), until)


def live_coupons(product: Product, now_ms: int) -> tuple[tuple[Coupon, Fact], ...]:
    """Coupons that hold now, in the catalogue's order."""
    return tuple(
        (coupon, Fact(path(product, f"coupon[{number}]"), coupon.text, coupon.until_ms))
        for number, coupon in enumerate(product.coupons or ())
        if coupon.until_ms is None or coupon.until_ms >= now_ms
    )


def best_coupon(product: Product, total: int, now_ms: int) -> tuple[int, Fact] | None:
    """(price after it, fact) of the coupon that takes most off `total` micros, where its minimum is met. Coupons are never stacked."""
    best: tuple[int, Fact] | None = None
    for coupon, fact in live_coupons(product, now_ms):
        if coupon.off is None or coupon.off >= total or (coupon.min_spend is not None and total < coupon.min_spend):
            continue
        if best is None or total - coupon.off < best[0]:
            best = (total - coupon.off, fact)
    return best


def is_sold_out(product: Product) -> bool:
    return product.stock == "sold_out"


def stock_fact(product: Product) -> Fact:
    """Only where the stock is known."""
    return Fact(path(product, "stock"), str(product.stock))


def warned(ask: Ask, said: Said) -> Said:
    """The same answer, saying so where the product is sold out."""
    if ask.product is None or not is_sold_out(ask.product):
        return said
    return Said((*said.clauses, ask.voice.say("stock.also_sold_out")), (*said.facts, stock_fact(ask.product)), is_good_news=False)


def one_of(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """A slot as a tuple."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def unanswered(ask: Ask) -> Refusal:
    """No template answers it: an FAQ entry of that name would."""
    return Refusal("no_fact", f"faq[{ask.aspect}]")
