"""`catalogue.toml` as frozen values. Money in whole micros, times in epoch ms, every text cleaned; absent = unknown = refuse."""

from __future__ import annotations

from typing import Literal, cast

import msgspec
from msgspec import Struct

from console.domain.text import SafeText, clean, fold
from console.shop.charts import read_chart
from console.shop.faq import PLAIN_SLOTS, SLOT, Faq, FaqIndex
from console.shop.reader import Source, Table
from console.shop.sizes import SizeChart

SCHEMA = 1
TOP_KEYS = ("schema", "currency", "updated_at", "shop", "product", "size_chart", "faq")
SHOP_KEYS = (
    "name", "stale_after", "ships_from", "dispatch_within_hours", "carriers", "free_shipping", "return_policy", "freight_insurance",
)  # fmt: skip
PRODUCT_KEYS = (
    "link", "name", "aliases", "price", "list_price", "live_only", "live_price_until", "stock", "coupon", "material", "colors",
    "size_chart", "claims_allowed", "never_say", "evidence",
)  # fmt: skip
COUPON_KEYS = ("text", "min_spend", "off", "until")
FAQ_KEYS = ("id", "product", "ask", "answer")

Stock = int | Literal["plenty", "sold_out"] | None
"""Pieces left, or a word; None = unknown. 0 reads as "sold_out"."""


class Coupon(Struct, frozen=True):
    """`off` from `min_spend` on (micros; no minimum = None; no `off` = nothing to compute), while now ≤ `until_ms`."""

    text: SafeText
    min_spend: int | None = None
    off: int | None = None
    until_ms: int | None = None
    until_text: SafeText | None = None


class Product(Struct, frozen=True, kw_only=True):
    """One link of the room. Prices in micros; a tuple that is None is unknown, an empty one is known to be empty."""

    link: str
    name: SafeText
    aliases: tuple[SafeText, ...] = ()
    price: int | None = None
    list_price: int | None = None
    live_only: bool = False
    live_price_until_ms: int | None = None
    live_price_until_text: SafeText | None = None
    stock: Stock = None
    coupons: tuple[Coupon, ...] | None = None
    material: SafeText | None = None
    colours: tuple[SafeText, ...] | None = None
    size_chart: SafeText | None = None
    claims_allowed: tuple[SafeText, ...] = ()
    never_say: tuple[SafeText, ...] = ()
    evidence: tuple[tuple[SafeText, SafeText], ...] = ()

    def evidence_for(self, claim: str) -> SafeText | None:
        """What proves an allowed claim; None = may not be said."""
        return next((proof for said, proof in self.evidence if said == claim), None) if claim in self.claims_allowed else None


class Shop(Struct, frozen=True, kw_only=True):
    name: SafeText | None = None
    stale_after_ms: int | None = None
    ships_from: SafeText | None = None
    dispatch_within_hours: int | None = None
    carriers: tuple[SafeText, ...] | None = None
    free_shipping: bool | None = None
    return_policy: Literal["seven_day", "none", "custom"] | None = None
    freight_insurance: bool | None = None


class Catalogue(Struct, frozen=True, kw_only=True):
    """All facts of one shop. `updated_ms`: when the owner last vouched for them."""

    name: SafeText
    currency: SafeText | None
    updated_ms: int | None
    updated_text: SafeText | None
    shop: Shop
    products: tuple[Product, ...]
    size_charts: dict[str, SizeChart]
    faq: FaqIndex
    by_link: dict[str, Product]
    names: dict[str, tuple[tuple[str, str], ...]]
    """First character of a folded name or alias → (folded, link), longest first."""

    def product(self, link: str | None) -> Product | None:
        """The product under a link number ("3")."""
        return self.by_link.get(link) if link is not None else None

    def chart(self, product: Product) -> SizeChart | None:
        return self.size_charts.get(product.size_chart) if product.size_chart is not None else None

    def find(self, text: str) -> tuple[Product, ...]:
        """Products whose name or alias stands in `text`, in the order of their first mention; the longest name wins its place.

        Two products that share an alias are both returned: the caller must ask which.
        """
        folded, found, at = fold(text), dict[str, None](), 0
        while at < len(folded):
            length = 0
            for name, link in self.names.get(folded[at], ()):
                if len(name) < length:
                    break
                if folded.startswith(name, at) and _stands_alone(folded, at, len(name)):
                    found.setdefault(link)
                    length = len(name)
            at += length or 1
        return tuple(self.by_link[link] for link in found)

    def holding(self, words: tuple[str, ...]) -> tuple[Product, ...]:
        """Products with one of the folded `words` inside a name or alias, in the catalogue's order."""
        links = {link for names in self.names.values() for name, link in names if any(word in name for word in words)}
        return tuple(product for product in self.products if product.link in links)

    def replacing(self, product: Product) -> Catalogue:
        """The same catalogue with one product's facts changed (sold out, back, a new price). Its names stay as they are."""
        products = tuple(product if one.link == product.link else one for one in self.products)
        return msgspec.structs.replace(self, products=products, by_link={one.link: one for one in products})

    def stale_since_ms(self) -> int | None:
        """From when on the facts are stale; None = never said."""
        if self.updated_ms is None or self.shop.stale_after_ms is None:
            return None
        return self.updated_ms + self.shop.stale_after_ms


def parse_catalogue(text: str, name: str) -> Catalogue:
    """Read a catalogue. `name` = the file's name, for messages.

    Raises:
        ConfigError: naming file, line and key; for an unknown key also the nearest known one.
    """
    source = Source(text, name)
    top = Table(source, (), source.parse())
    top.only(TOP_KEYS)
    if top.whole("schema", 0, 1_000_000) not in (None, SCHEMA):
        raise top.bad("schema", f"this liveroom reads schema {SCHEMA}", "Written by a newer liveroom? Upgrade, or set schema = 1.")
    currency = top.text("currency", 8)
    if currency is not None and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise top.bad("currency", f"“{currency}” is not a currency code", 'Three capitals: currency = "CNY".')
    charts_table = top.table("size_chart")
    charts: dict[str, SizeChart] = {}
    for key in charts_table.raw if charts_table else ():
        charts[str(clean(key))] = read_chart(key, Table(source, ("size_chart", key), top.raw["size_chart"][key]))
    products = _products(top, charts)
    by_link = {product.link: product for product in products}
    shop, updated = top.table("shop"), top.moment("updated_at")
    return Catalogue(
        name=source.name,
        currency=currency,
        updated_ms=updated[0] if updated else None,
        updated_text=updated[1] if updated else None,
        shop=_shop(shop) if shop else Shop(),
        products=products,
        size_charts=charts,
        faq=FaqIndex(_entries(top, by_link)),
        by_link=by_link,
        names=_names(products),
    )


def _shop(table: Table) -> Shop:
    table.only(SHOP_KEYS)
    policy = table.choice("return_policy", ("seven_day", "none", "custom"))
    return Shop(
        name=table.text("name", 100),
        stale_after_ms=table.duration_ms("stale_after"),
        ships_from=table.text("ships_from", 100),
        dispatch_within_hours=table.whole("dispatch_within_hours", 1, 24 * 365),
        carriers=table.texts("carriers", 40),
        free_shipping=table.flag("free_shipping"),
        return_policy=cast("Literal['seven_day', 'none', 'custom'] | None", policy),
        freight_insurance=table.flag("freight_insurance"),
    )


def _products(top: Table, charts: dict[str, SizeChart]) -> tuple[Product, ...]:
    products: list[Product] = []
    taken: dict[str, int] = {}
    for index, table in enumerate(top.tables("product") or ()):
        product = _product(table, charts)
        if product.link in taken:
            line = table.source.line_of(("product", taken[product.link], "link"))
            raise table.bad("link", f"number {product.link} is already taken on line {line}", "Every link number stands once.")
        taken[product.link] = index
        products.append(product)
    return tuple(products)


def _product(table: Table, charts: dict[str, SizeChart]) -> Product:
    table.only(PRODUCT_KEYS)
    table.need("link")
    table.need("name")
    chart = table.text("size_chart", 100)
    if chart is not None and chart not in charts:
        hint = f"Known: {', '.join(charts)}." if charts else "Add the chart, or drop the key."
        raise table.bad("size_chart", f"no table [size_chart.{chart}] in this file", hint)
    until = table.moment("live_price_until")
    coupons = table.tables("coupon")
    evidence = table.table("evidence")
    return Product(
        link=str(table.whole("link", 1, 9999)),
        name=cast("SafeText", table.text("name", 100)),
        aliases=table.texts("aliases", 60) or (),
        price=table.money("price"),
        list_price=table.money("list_price"),
        live_only=table.flag("live_only") or False,
        live_price_until_ms=until[0] if until else None,
        live_price_until_text=until[1] if until else None,
        stock=_stock(table),
        coupons=None if coupons is None else tuple(_coupon(one) for one in coupons),
        material=table.text("material", 200),
        colours=table.texts("colors", 40),
        size_chart=chart,
        claims_allowed=table.texts("claims_allowed", 100) or (),
        never_say=table.texts("never_say", 100) or (),
        evidence=() if evidence is None else tuple((clean(key), cast("SafeText", evidence.text(key, 200))) for key in evidence.raw),
    )


def _stock(table: Table) -> Stock:
    value = table.raw.get("stock")
    if isinstance(value, str):
        return cast("Stock", table.choice("stock", ("plenty", "sold_out")))
    count = table.whole("stock", 0, 10_000_000)
    return "sold_out" if count == 0 else count


def _coupon(table: Table) -> Coupon:
    table.only(COUPON_KEYS)
    table.need("text")
    until = table.moment("until")
    least, off = table.money("min_spend"), table.money("off")
    if least is not None and off is not None and off > least:
        raise table.bad("off", "takes off more than `min_spend`", 'A coupon "300 − 50" is min_spend = "300", off = "50".')
    return Coupon(cast("SafeText", table.text("text", 100)), least, off, until[0] if until else None, until[1] if until else None)


def _entries(top: Table, by_link: dict[str, Product]) -> tuple[Faq, ...]:
    entries: dict[str, Faq] = {}
    for table in top.tables("faq") or ():
        entry = _faq(table, by_link)
        if entry.id in entries:
            raise table.bad("id", f"“{entry.id}” stands twice", "Drafts cite an entry by its id: every id stands once.")
        entries[entry.id] = entry
    return tuple(entries.values())


def _faq(table: Table, by_link: dict[str, Product]) -> Faq:
    table.only(FAQ_KEYS)
    for key in ("id", "ask", "answer"):
        table.need(key)
    number = table.whole("product", 1, 9999)
    if number is not None and str(number) not in by_link:
        raise table.bad("product", f"no product has link {number}", "Name the link of a [[product]], or drop the key for the whole shop.")
    answer = cast("SafeText", table.text("answer"))
    for slot in SLOT.findall(answer):
        if slot not in PLAIN_SLOTS and not slot.startswith("claim:"):
            raise table.bad("answer", f"unknown slot {{{slot}}}", f"Known: {', '.join(f'{{{one}}}' for one in PLAIN_SLOTS)}, {{claim:…}}.")
    return Faq(cast("SafeText", table.text("id", 60)), table.texts("ask") or (), answer, None if number is None else str(number))


def _names(products: tuple[Product, ...]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for product in products:
        for name in dict.fromkeys(fold(one) for one in (product.name, *product.aliases)):
            if name:
                found.setdefault(name[0], []).append((name, product.link))
    return {first: tuple(sorted(names, key=lambda item: -len(item[0]))) for first, names in found.items()}


def _stands_alone(text: str, at: int, length: int) -> bool:
    """Latin words don't match inside others: "top" is not in "stop"; a plural s is let pass."""
    before, after = text[at - 1 : at], text[at + length : at + length + 1]
    if after == "s" and text[at + length - 1].isascii():
        after = text[at + length + 1 : at + length + 2]
    left = before.isascii() and before.isalnum() and text[at].isascii() and text[at].isalnum()
    last = text[at + length - 1]
    return not left and not (after.isascii() and after.isalnum() and last.isascii() and last.isalnum())
