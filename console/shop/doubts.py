"""What in a catalogue is sound and yet looks wrong: ended prices, claims nobody allows, questions that two entries answer."""

from __future__ import annotations

from console.domain.text import SafeText, fold
from console.shop.catalogue import Catalogue, Product
from console.shop.faq import EXACT_PERMILLE, SLOT, Faq, spoken

Doubt = tuple[str, str, dict[str, str]]
"""(path, code, parameters of its sentence)."""
CODES = (
    "no_products", "price_ended", "coupon_ended", "list_price_below", "no_size_chart", "no_evidence", "claim_unknown", "alias_shared",
    "ask_shared", "facts_stale",
)  # fmt: skip
"""Every code that `doubts()` gives, for the string tables."""


def doubts(catalogue: Catalogue, now_ms: int) -> tuple[Doubt, ...]:
    """What the owner should look at, in the catalogue's order; paths as in drafts (`product[3].price`: 3 = the link number).

    `now_ms`: feed time, epoch ms. A fact that ends at `now_ms` still holds (as in drafts). Codes and parameters:
    `no_products`; `price_ended`, `coupon_ended` {until}; `list_price_below`; `no_size_chart` {like}: a product with colours and
    without a chart in a shop of charts, `like` = the product that has one; `no_evidence` {claim}: allowed and never proven;
    `claim_unknown` {claim}: an answer says what no product is allowed to claim; `alias_shared` {name, other}: two links of one name;
    `ask_shared` {ask, other}: a question that another entry answers as well; `facts_stale` {since}.
    """
    found: list[Doubt] = [] if catalogue.products else [("product", "no_products", {})]
    since = catalogue.stale_since_ms()
    if since is not None and now_ms > since:
        found.append(("updated_at", "facts_stale", {"since": str(catalogue.updated_text)}))
    for product in catalogue.products:
        found += _of_product(product, catalogue, now_ms)
    found += _shared_names(catalogue)
    for entry in catalogue.faq.entries:
        found += _of_entry(entry, catalogue)
    return tuple(found)


def _of_product(product: Product, catalogue: Catalogue, now_ms: int) -> list[Doubt]:
    at, found = f"product[{product.link}]", list[Doubt]()
    if product.live_price_until_ms is not None and product.live_price_until_ms < now_ms:
        found.append((f"{at}.price", "price_ended", {"until": str(product.live_price_until_text)}))
    if product.price is not None and product.list_price is not None and product.list_price < product.price:
        found.append((f"{at}.list_price", "list_price_below", {}))
    for number, coupon in enumerate(product.coupons or ()):
        if coupon.until_ms is not None and coupon.until_ms < now_ms:
            found.append((f"{at}.coupon[{number}]", "coupon_ended", {"until": str(coupon.until_text)}))
    found += [
        (f"{at}.evidence[{claim}]", "no_evidence", {"claim": claim})
        for claim in product.claims_allowed
        if product.evidence_for(claim) is None
    ]
    like = _same_kind(product, catalogue)
    if product.size_chart is None and like is not None:
        found.append((f"{at}.size_chart", "no_size_chart", {"like": like.name}))
    return found


def _same_kind(product: Product, catalogue: Catalogue) -> Product | None:
    """A product with a chart whose names end like this one's: 长裙 and 半身裙 are sized alike, a bag and a jacket are not."""
    ends = sorted({end for name in (product.name, *product.aliases) if (end := _kind(name))})
    for other in catalogue.products:
        if other.size_chart is not None and any(_kind(name) in ends for name in (other.name, *other.aliases)):
            return other
    return None


def _kind(name: str) -> str:
    """The noun at a name's end: 裤 of 直筒裤子, jacket of "Denim Jacket"."""
    folded = fold(name)
    return (folded.split() or [""])[-1] if folded.isascii() else folded.removesuffix("子")[-1:]


def _shared_names(catalogue: Catalogue) -> list[Doubt]:
    first: dict[str, str] = {}
    found: list[Doubt] = []
    for product in catalogue.products:
        for name in dict.fromkeys((product.name, *product.aliases)):
            owner = first.setdefault(fold(name), product.link)
            if owner != product.link:
                found.append((f"product[{product.link}].aliases", "alias_shared", {"name": name, "other": f"product[{owner}]"}))
    return found


def _of_entry(entry: Faq, catalogue: Catalogue) -> list[Doubt]:
    at, found = f"faq[{entry.id}]", list[Doubt]()
    for slot in SLOT.findall(entry.answer):
        claim = slot.removeprefix("claim:")
        speaks_of = [catalogue.product(entry.link)] if entry.link is not None else list(catalogue.products)
        if slot != claim and not any(one is not None and one.evidence_for(claim) for one in speaks_of):
            found.append((f"{at}.answer", "claim_unknown", {"claim": claim}))
    for ask in entry.ask:
        other = _also_answered(ask, entry, catalogue)
        if other is not None:
            found.append((f"{at}.ask", "ask_shared", {"ask": ask, "other": f"faq[{other.id}]"}))
    return found


def _also_answered(ask: SafeText, entry: Faq, catalogue: Catalogue) -> Faq | None:
    """Another entry of the same product, or of the shop for a shop's entry, that is asked in the same words or nearly so.

    A product's entry beside the shop's is no doubt: it goes first for its product. The entry itself is found first for its own
    wording (`FaqIndex.exact`), so only a twin's wording can take its place.
    """
    for other in catalogue.faq.entries:
        if other is not entry and other.link == entry.link and any(spoken(one) == spoken(ask) for one in other.ask):
            return other
    found = catalogue.faq.nearest(ask, entry.link)
    is_other = found is not None and found.faq is not entry and found.faq.link == entry.link and found.permille >= EXACT_PERMILLE
    return found.faq if found is not None and is_other else None
