"""Answers about shipping, returns, and what may be claimed of a product."""

from __future__ import annotations

import re

from console.domain.text import fold
from console.domain.values import Fact, Refusal
from console.drafts.ask import Answer, Answerer, Ask, Said, one_of, path, product_of, unanswered, who
from console.drafts.faq import bare
from console.drafts.gate import left_over
from console.drafts.wording import has_word

_SILENT = re.compile(r"[可能会以的用不无是被有没了吗]|\b(?:is|are|can|be|the|a|an|for|not|no|and|with|of|to|safe|formula|product|fabric)\b")
_WORD = re.compile(r"[a-z]+|[\u3400-\u9fff]")


def shipping_when(ask: Ask) -> Answer:
    """Within how many hours, and from where."""
    hours = _hours(ask)
    return Refusal("no_fact", "shop.dispatch_within_hours") if hours is None else _together(hours, _origin(ask))


def shipping_arrive(ask: Ask) -> Answer:
    """When it leaves is known, when it arrives is the courier's: the draft says just that."""
    hours, place = _hours(ask), one_of(ask.slots.place)
    if hours is None:
        return Refusal("no_fact", "shop.dispatch_within_hours")
    if place and (ask.catalogue.currency != "CNY" or any(one in ask.templates.far for one in place)):
        return Refusal("no_fact", f"shop.ships_to[{place[0]}]")
    said = _together(hours, _origin(ask))
    return Said((*said.clauses, ask.voice.say("shipping.arrive")), said.facts)


def shipping_fee(ask: Ask) -> Answer:
    """Free or not. A named place may be an exception the catalogue doesn't know."""
    if ask.slots.place:
        return Refusal("no_fact", f"shop.free_shipping[{one_of(ask.slots.place)[0]}]")
    if ask.slots.count or ask.slots.money or ask.slots.courier or left_over(ask):
        return unanswered(ask)
    return _fee(ask) or Refusal("no_fact", "shop.free_shipping")


def shipping_from(ask: Ask) -> Answer:
    return _origin(ask) or Refusal("no_fact", "shop.ships_from")


def shipping_courier(ask: Ask) -> Answer:
    """Which couriers; yes or no where one was named."""
    carriers = ask.catalogue.shop.carriers
    if not carriers:
        return Refusal("no_fact", "shop.carriers")
    fact = Fact("shop.carriers", ask.voice.join(carriers))
    everyone = ask.voice.say("shipping.courier_ours", carriers=fact.value)
    asked = one_of(ask.slots.courier)
    if not asked:
        return Said((everyone,), (fact,))
    lacking = tuple(one for one in asked if not any(_same_name(one, carrier) for carrier in carriers))
    if not lacking:
        ours = tuple(carrier for carrier in carriers if any(_same_name(one, carrier) for one in asked))
        named = asked if all(not one.isascii() for one in ours) else ours
        return Said((ask.voice.say("shipping.courier_yes", asked=ask.voice.join(named)),), (fact,))
    refused = ask.voice.join(tuple(_cased(one) for one in lacking))
    return Said((ask.voice.say("shipping.courier_no", asked=refused), everyone), (fact,), is_good_news=False)


def shipping_to(ask: Ask) -> Answer:
    """Where the shop ships to is no fact of the catalogue: the FAQ may know."""
    place = one_of(ask.slots.place)
    return Refusal("no_fact", f"shop.ships_to[{place[0]}]" if place else "shop.ships_to")


def shipping_all(ask: Ask) -> Answer:
    """Everything the shop says about shipping, for a question that names no part of it."""
    if ask.slots.courier:
        return shipping_courier(ask)
    if ask.slots.place:
        return shipping_to(ask)
    known = [said for said in (_hours(ask), _origin(ask), _fee(ask), _carriers(ask)) if said is not None]
    return _together(*known) if known else Refusal("no_fact", "shop.dispatch_within_hours")


def _carriers(ask: Ask) -> Said | None:
    carriers = ask.catalogue.shop.carriers
    if not carriers:
        return None
    names = ask.voice.join(carriers)
    return Said((ask.voice.say("shipping.courier", carriers=names),), (Fact("shop.carriers", names),))


def _hours(ask: Ask) -> Said | None:
    hours = ask.catalogue.shop.dispatch_within_hours
    if hours is None:
        return None
    return Said((ask.voice.say("shipping.when", hours=str(hours)),), (Fact("shop.dispatch_within_hours", str(hours)),))


def _origin(ask: Ask) -> Said | None:
    place = ask.catalogue.shop.ships_from
    return None if place is None else Said((ask.voice.say("shipping.from", place=place),), (Fact("shop.ships_from", place),))


def _fee(ask: Ask) -> Said | None:
    free = ask.catalogue.shop.free_shipping
    if free is None:
        return None
    return Said((ask.voice.say("shipping.free" if free else "shipping.not_free"),), (Fact("shop.free_shipping", _flag(free)),), free)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _together(*said: Said | None) -> Said:
    known = [one for one in said if one is not None]
    clauses = tuple(clause for one in known for clause in one.clauses)
    return Said(clauses, tuple(fact for one in known for fact in one.facts), all(one.is_good_news for one in known))


def _cased(courier: str) -> str:
    """Triage understands couriers in lower case; FedEx and the like keep what they were given."""
    return courier.upper() if courier.isascii() and courier.islower() and len(courier) <= 4 else courier


def _same_name(one: str, other: str) -> bool:
    """DHL is meant by "DHL eCommerce", 中通 by 中通快递."""
    a, b = fold(one).removesuffix("快递").removesuffix("速运"), fold(other).removesuffix("快递").removesuffix("速运")
    return (a in b or b in a) if not a.isascii() else has_word(b, (a,)) or has_word(a, (b,))


def returns(ask: Ask) -> Answer:
    """The shop's return policy, and whether the way back is insured."""
    policy = _policy(ask)
    return policy if isinstance(policy, Refusal) else _together(policy, _insurance(ask))


def return_fee(ask: Ask) -> Answer:
    """Who pays the way back: only insurance is known."""
    insured = _insurance(ask)
    return insured if insured is not None and insured.is_good_news else unanswered(ask)


def insurance(ask: Ask) -> Answer:
    return _insurance(ask) or Refusal("no_fact", "shop.freight_insurance")


def _policy(ask: Ask) -> Said | Refusal:
    policy = ask.catalogue.shop.return_policy
    if policy is None or policy == "custom":
        return Refusal("no_fact", "shop.return_policy" if policy is None else "faq[return]")
    said = ask.voice.say(f"after_sale.{policy}")
    return Said((said,), (Fact("shop.return_policy", policy),), policy != "none")


def _insurance(ask: Ask) -> Said | None:
    insured = ask.catalogue.shop.freight_insurance
    if insured is None:
        return None
    said = ask.voice.say("after_sale.insured" if insured else "after_sale.not_insured")
    return Said((said,), (Fact("shop.freight_insurance", _flag(insured)),), insured)


def claimed(ask: Ask) -> Answer:
    """A claim that is allowed and proven, where it is what the question asks: all its words stand in the question
    or in its canonical slots ("machine washable" was understood as 机洗)."""
    product = product_of(ask)
    said = (*one_of(ask.slots.wash), *one_of(ask.slots.person), *one_of(ask.slots.material))
    text = " ".join((bare(ask.folded, product), *(fold(one) for one in said)))
    asked, told = _WORD.findall(text), _SILENT.sub("", text)
    for number, claim in enumerate(product.claims_allowed):
        proof = product.evidence_for(claim)
        words = _WORD.findall(_SILENT.sub(" ", fold(claim)))
        if proof is None or not words or not all(_said(word, asked) for word in words):
            continue
        if not fold(claim).isascii() and (len(words) == 1 or _SILENT.sub("", fold(claim)).replace(" ", "") not in told):
            continue
        named, name = who(ask)
        facts = (name, Fact(path(product, f"claims_allowed[{number}]"), claim), Fact(path(product, f"evidence[{claim}]"), proof))
        return Said((ask.voice.say("claim.proof", who=named, claim=claim, evidence=proof),), facts)
    return unanswered(ask)


def _said(word: str, asked: list[str]) -> bool:
    """Latin words by their first four letters: machine, machines; washable, wash."""
    return word in asked if not word.isascii() else any(one[:4] == word[:4] for one in asked if one.isascii())


ANSWERS: dict[str, Answerer] = {
    "shipping": shipping_all,
    "shipping.when": shipping_when,
    "shipping.arrive": shipping_arrive,
    "shipping.fee": shipping_fee,
    "shipping.from": shipping_from,
    "shipping.courier": shipping_courier,
    "shipping.to": shipping_to,
    "after_sale": returns,
    "after_sale.return": returns,
    "after_sale.seven": returns,
    "after_sale.both": returns,
    "after_sale.return_fee": return_fee,
    "after_sale.insurance": insurance,
}
