"""The shop's own answers, with their slots filled from the catalogue. A missing slot = no draft."""

from __future__ import annotations

from console.domain.values import Fact, Refusal
from console.drafts.ask import Answer, Ask, Said, live_coupons, path, price_fact
from console.shop.catalogue import Product
from console.shop.faq import SLOT, Faq
from console.shop.money import written


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
