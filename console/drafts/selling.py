"""Answers about price, coupon, stock and link number."""

from __future__ import annotations

from console.domain.values import Fact, Refusal
from console.drafts.ask import (
    Answer,
    Answerer,
    Ask,
    Said,
    best_coupon,
    is_sold_out,
    lacks,
    live_coupons,
    one_of,
    path,
    price_fact,
    product_of,
    stock_fact,
    unanswered,
    warned,
    who,
)
from console.drafts.fitting import colour_have, size_have
from console.drafts.grounding import COUNT_PATH
from console.drafts.wording import has_word
from console.shop.money import written
from console.shop.sizes import several

MOST_PIECES = 99
"""More pieces than this in one question is a joke or a wholesale order: a person answers."""


def price_now(ask: Ask) -> Answer:
    """Price, the price after the best coupon, and whether it is there."""
    product, voice = product_of(ask), ask.voice
    fact = price_fact(product, ask.now_ms)
    if isinstance(fact, Refusal):
        return fact
    assert product.price is not None
    named, name = who(ask)
    clauses, facts = (
        [voice.say("price.live" if product.live_only else "price.now", who=named, price=ask.money(product.price))],
        [name, fact],
    )
    count = _count(ask)
    if count > 1:
        clauses.append(voice.say("price.many", count=str(count), total=ask.money(product.price * count)))
        facts.append(Fact(COUNT_PATH, str(count)))
    best = best_coupon(product, product.price * count, ask.now_ms)
    if best is not None:
        clauses.append(voice.say("price.final", coupon=best[1].value, final=ask.money(best[0])))
        facts.append(best[1])
    elif ask.aspect == "price.final" and (coupons := live_coupons(product, ask.now_ms)):
        clauses.append(voice.say("price.unmet", coupon=coupons[0][1].value))
        facts.append(coupons[0][1])
    return _with_stock(ask, Said(tuple(clauses), tuple(facts)))


def _count(ask: Ask) -> int:
    """How many pieces the question is about; 1 where it doesn't say."""
    counts = several(ask.slots.count)
    return counts[0] if len(counts) == 1 and 1 < counts[0] <= MOST_PIECES else 1


def _with_stock(ask: Ask, said: Said) -> Said:
    product = product_of(ask)
    if product.stock is None or is_sold_out(product):
        return warned(ask, said)
    return Said((*said.clauses, ask.voice.say("stock.here")), (*said.facts, stock_fact(product)))


def price_list(ask: Ask) -> Answer:
    """The struck-through price, beside the one that holds."""
    product, voice = product_of(ask), ask.voice
    if product.list_price is None:
        return lacks(product, "list_price")
    named, name = who(ask)
    clauses = [voice.say("price.list", who=named, list_price=ask.money(product.list_price))]
    facts = [name, Fact(path(product, "list_price"), written(product.list_price))]
    now = price_fact(product, ask.now_ms)
    if isinstance(now, Fact) and product.price is not None:
        clauses.append(voice.say("price.live_short" if product.live_only else "price.now_short", price=ask.money(product.price)))
        facts.append(now)
    return warned(ask, Said(tuple(clauses), tuple(facts)))


def price_until(ask: Ask) -> Answer:
    """When the live price ends."""
    product = product_of(ask)
    if product.live_price_until_text is None:
        return lacks(product, "live_price_until")
    said = price_now(ask)
    if isinstance(said, Refusal):
        return said
    until = Fact(path(product, "live_price_until"), product.live_price_until_text, product.live_price_until_ms)
    return Said((*said.clauses, ask.voice.say("price.until", until=until.value)), (*said.facts, until), said.is_good_news)


def stock_have(ask: Ask) -> Answer:
    """Whether it is there. Of one size or colour the catalogue knows the range, not the pieces: the draft says both."""
    product = product_of(ask)
    if product.stock is None:
        return lacks(product, "stock")
    if is_sold_out(product):
        return _stock(ask)
    for slot, answer in ((ask.slots.size, size_have), (ask.slots.colour, colour_have)):
        if not slot:
            continue
        ranged, total = answer(ask), _stock(ask)
        if isinstance(ranged, Refusal) or not ranged.is_good_news or isinstance(total, Refusal):
            return ranged
        return Said((*ranged.clauses, ask.voice.say("stock.variant")), ranged.facts)
    return _stock(ask)


def stock_left(ask: Ask) -> Answer:
    """How many pieces; of one size or colour that is not known."""
    product = product_of(ask)
    if product.stock is None:
        return lacks(product, "stock")
    if not is_sold_out(product):
        for slot in (*one_of(ask.slots.size), *one_of(ask.slots.colour)):
            return lacks(product, f"stock[{slot}]")
    return _stock(ask, counted=True)


def stock_restock(ask: Ask) -> Answer:
    """Still here: say so. Sold out: the catalogue doesn't know when it returns."""
    product = product_of(ask)
    return lacks(product, "restock") if is_sold_out(product) else stock_have(ask)


def _stock(ask: Ask, *, counted: bool = False) -> Answer:
    product = product_of(ask)
    named, name = who(ask)
    facts = (name, stock_fact(product))
    if is_sold_out(product):
        return Said((ask.voice.say("stock.sold_out", who=named),), facts, is_good_news=False)
    if product.stock == "plenty":
        return Said((ask.voice.say("stock.plenty", who=named),), facts)
    if counted:
        return Said((ask.voice.say("stock.left", who=named, count=str(product.stock)),), facts)
    return Said((ask.voice.say("stock.have", who=named),), facts)


def coupon_have(ask: Ask) -> Answer:
    """Every coupon that holds, and the price after the best."""
    product, voice = product_of(ask), ask.voice
    named, name = who(ask)
    if product.coupons is None:
        return lacks(product, "coupon")
    if not product.coupons:
        return Said((voice.say("coupon.none", who=named),), (name, Fact(path(product, "coupon"), "[]")), is_good_news=False)
    live = live_coupons(product, ask.now_ms)
    if not live:
        return Refusal("stale_fact", path(product, "coupon[0]"))
    facts = [name, *(fact for _, fact in live)]
    clauses = [voice.say("coupon.have", who=named, coupon=voice.join(tuple(fact.value for _, fact in live)))]
    price = price_fact(product, ask.now_ms)
    if isinstance(price, Fact) and product.price is not None:
        best = best_coupon(product, product.price, ask.now_ms)
        if best is not None:
            is_only = len(live) == 1
            key = "coupon.final" if is_only else "price.final"
            clauses.append(voice.say(key, final=ask.money(best[0]), **({} if is_only else {"coupon": best[1].value})))
            facts.append(price)
    return warned(ask, Said(tuple(clauses), tuple(facts)))


def coupon_lower(ask: Ask) -> Answer:
    """Whether it can be cheaper: only by a coupon that holds."""
    return coupon_have(ask) if live_coupons(product_of(ask), ask.now_ms) else unanswered(ask)


def coupon_until(ask: Ask) -> Answer:
    """When the coupon ends."""
    product = product_of(ask)
    if not product.coupons:
        return coupon_have(ask)
    live = live_coupons(product, ask.now_ms)
    if not live:
        return Refusal("stale_fact", path(product, "coupon[0]"))
    coupon, fact = live[0]
    if coupon.until_text is None:
        return lacks(product, "coupon[0].until")
    return Said(
        (ask.voice.say("coupon.until", coupon=coupon.text, until=coupon.until_text),),
        (fact, Fact(f"{fact.path}.until", coupon.until_text, coupon.until_ms)),
    )


def link_which(ask: Ask) -> Answer:
    """Which link number a product has."""
    product = product_of(ask)
    return Said((ask.voice.say("link.which", name=product.name, link=product.link),), (Fact(path(product, "name"), product.name),))


def link_where(ask: Ask) -> Answer:
    """Where its link is: its number. How to order (怎么下单) is another question."""
    return unanswered(ask) if has_word(ask.folded, ask.templates.beyond.get("link", ())) else link_which(ask)


ANSWERS: dict[str, Answerer] = {
    "price": price_now,
    "price.now": price_now,
    "price.final": price_now,
    "price.list": price_list,
    "price.until": price_until,
    "stock": stock_have,
    "stock.have": stock_have,
    "stock.left": stock_left,
    "stock.presale": stock_have,
    "stock.restock": stock_restock,
    "coupon": coupon_have,
    "coupon.have": coupon_have,
    "coupon.event": coupon_lower,
    "coupon.lower": coupon_lower,
    "coupon.off": coupon_have,
    "coupon.until": coupon_until,
    "link": link_which,
    "link.which": link_which,
    "link.where": link_where,
    "link.have": link_which,
}
