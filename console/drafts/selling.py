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
from console.drafts.colours import colour_have, colours_of
from console.drafts.fitting import size_have
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
    if ask.said.size and ask.catalogue.chart(product) is None:
        return lacks(product, "size_chart")
    denied = _denied(ask)
    if denied is not None:
        return denied
    short = _short(ask)
    if short is not None:
        return Said((*clauses, voice.say("stock.short_here", **short)), (*facts, *_short_facts(ask, short)), is_good_news=False)
    if any(one > MOST_PIECES for one in several(ask.slots.count)):
        return Refusal("no_match")
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


_TOGETHER = ("一起", "一共", "总共", "加起来", "合计", "together", "both", "total")


def sum_of(asks: list[Ask]) -> list[Said]:
    """What several products cost together, where that is asked; coupons are each order's own, so they stay out of the sum."""
    first = asks[0]
    prices = [ask.product.price for ask in asks if ask.product is not None and ask.product.price is not None]
    if first.intent != "price" or len(prices) < len(asks) or not has_word(first.folded, _TOGETHER):
        return []
    has_coupon = any(live_coupons(product_of(ask), ask.now_ms) for ask in asks)
    key = "price.sum_before" if has_coupon else "price.sum"
    facts = [fact for ask in asks if isinstance(fact := price_fact(product_of(ask), ask.now_ms), Fact)]
    return [Said((first.voice.say(key, total=first.money(sum(prices))),), tuple(facts))]


def _short(ask: Ask) -> dict[str, str] | None:
    """Pieces there and pieces asked for, where more are asked for than there are."""
    product, counts = product_of(ask), several(ask.slots.count)
    if len(counts) != 1 or not isinstance(product.stock, int) or counts[0] <= product.stock:
        return None
    return {"count": str(product.stock), "asked": str(counts[0])}


def _short_facts(ask: Ask, short: dict[str, str]) -> tuple[Fact, ...]:
    return stock_fact(product_of(ask)), Fact("question.pieces", short["asked"])


def _denied(ask: Ask) -> Said | None:
    """That a colour or size of the question isn't sold at all, where the catalogue knows its range."""
    product = product_of(ask)
    for is_known, answer in (
        (bool(ask.slots.colour) and product.colours is not None, colour_have),
        (bool(ask.slots.size) and ask.catalogue.chart(product) is not None, size_have),
    ):
        said = answer(ask) if is_known else None
        if isinstance(said, Said) and not is_sold_out(product) and not said.is_good_news:
            return said
    return None


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
    denied = _denied(ask)
    if denied is not None:
        return denied
    named, name = who(ask)
    short = _short(ask)
    if short is not None:
        return Said((ask.voice.say("stock.short", who=named, **short),), (name, *_short_facts(ask, short)), is_good_news=False)
    ranged = [answer(ask) for slot, answer in ((ask.slots.colour, colour_have), (ask.slots.size, size_have)) if slot]
    for one in ranged:
        if isinstance(one, Refusal):
            return one
    said = [one for one in ranged if isinstance(one, Said)]
    if not said:
        return _stock(ask)
    facts = tuple(dict.fromkeys(fact for one in said for fact in one.facts))
    clauses = said[0].clauses
    if len(said) > 1:
        colours = ask.voice.join(colours_of(ask)[0])
        clauses = (ask.voice.say("stock.both", who=named, colours=colours, sizes=ask.voice.join(one_of(ask.slots.size))),)
    return Said((*clauses, ask.voice.say("stock.variant")), facts)


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
    """Whether and when more comes is no fact of the catalogue, sold out or not: the one who asks may see a variant that is gone."""
    return lacks(product_of(ask), "restock")


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
    """Where its link is: its number, unless that was said. How to order (怎么下单) is another question."""
    return unanswered(ask) if ask.said.link or has_word(ask.folded, ask.templates.beyond.get("link", ())) else link_which(ask)


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
    "stock.more": stock_restock,
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
