"""The number check: every number, size and percentage of a text is a fact's, or the question's own, or it is marked."""

from __future__ import annotations

import re
from decimal import Decimal

from console.domain.values import Fact
from console.shop.catalogue import Catalogue, Product
from console.shop.money import written
from console.shop.sizes import spelled

Spans = tuple[tuple[int, int], ...]

_SIZE = re.compile(
    r"(?<![A-Za-z0-9])(?:[2-9]\s?XL|X{1,5}[SL]|[SML])(?![A-Za-z0-9'’])|(?<![A-Za-z0-9])(?:[2-9]xl|x{1,5}[sl]|[sml](?=码|号))(?![a-z0-9])"
)
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|[0-9\uff10-\uff19]+)(?:\.\d+)?(?:\s?[%％])?")
_CHINESE = re.compile(
    r"百分之(?P<percent>[零〇一二两三四五六七八九十百]+)"
    r"|(?P<plain>[零〇一二两三四五六七八九十百千万半]+)(?=折|天|个?小时|分钟|个?月|年|元|块|件|公斤|斤|厘米|号链接|号|倍|米|毫升|克)"
)
_MANTISSA = {
    digit: value for value, digits in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for digit in digits
}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_COUNTING = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENGLISH = {word: str(value) for value, word in enumerate(_COUNTING)}
_ENGLISH_WORD = re.compile(rf"(?<![a-z])(?:{'|'.join(_ENGLISH)})(?![a-z])")
_LINK_PATH = re.compile(r"^product\[(\d+)\]")
_LINK_AFTER = re.compile(r"\s?(?:号|链接)")
_LINK_BEFORE = re.compile(r"(?:#|链接|link|item|no\.?)\s?#?$", re.IGNORECASE)
COUNT_PATH = "question.count"
"""Pieces asked for, in whatever spelling the question had (两件, a pair)."""


def ungrounded(text: str, facts: tuple[Fact, ...], question_text: str, catalogue: Catalogue | None = None) -> Spans:
    """Spans of `text` (code points, half-open, rising) that stand in no fact and not in the question.

    Link numbers of cited products and, with a catalogue, their names and price − coupon (× the pieces asked for) count as
    facts: both halves of the sum are cited. 399.00 = 399 = 三百九十九元; 70 and 70% differ; XXL = 2XL.
    """
    known = _Known()
    known.read(question_text)
    pieces = {1, *(int(one) for one in known.numbers if one.isdigit() and 0 < len(one) <= 2 and int(one) > 0)}
    for fact in facts:
        known.read(fact.value)
        link = _LINK_PATH.match(fact.path)
        if link is not None:
            known.links.add(link[1])
        if fact.path == COUNT_PATH:
            pieces.add(int(fact.value))
    if catalogue is not None:
        known.numbers |= _computed(facts, tuple(sorted(pieces)), catalogue)
        for product in _cited(facts, catalogue):
            for name in (product.name, *product.aliases):
                known.read(name)
    return tuple(sorted(span for span, kind, value in _values(text) if not known.has(kind, value)))


class _Known:
    """The values that facts and question hold, in their one spelling. A link number grounds "3号", never "打3折"."""

    def __init__(self) -> None:
        self.numbers: set[str] = set()
        self.sizes: set[str] = set()
        self.links: set[str] = set()

    def read(self, text: str) -> None:
        for _, kind, value in _values(text):
            (self.sizes if kind == "size" else self.links if kind == "link" else self.numbers).add(value)
        folded = text.lower()
        for word in _ENGLISH_WORD.finditer(folded):
            self.numbers.add(_ENGLISH[word.group()])
        for token in re.findall(r"[a-z0-9]+", folded):
            if token in ("s", "m", "l") or re.fullmatch(r"[2-9]xl|x{1,5}[sl]", token):
                self.sizes.add(spelled(token))

    def has(self, kind: str, value: str) -> bool:
        if kind == "size":
            return value in self.sizes
        return value in self.numbers or (kind == "link" and value in self.links)


def facts_of(catalogue: Catalogue, link: str | None) -> tuple[Fact, ...]:
    """Everything the catalogue knows about one product and the shop, for checking what a person or a model wrote."""
    shop, product = catalogue.shop, catalogue.product(link)
    found = [
        Fact(f"shop.{key}", str(value))
        for key, value in (("name", shop.name), ("ships_from", shop.ships_from), ("dispatch_within_hours", shop.dispatch_within_hours))
        if value is not None
    ]
    found += [Fact("shop.carriers", "、".join(shop.carriers))] if shop.carriers else []
    found += [Fact("shop.return_policy", shop.return_policy)] if shop.return_policy else []
    found += [Fact(f"faq[{entry.id}]", entry.answer) for entry in catalogue.faq.entries if entry.link in (None, link)]
    return (*found, *_product_facts(catalogue, product)) if product is not None else tuple(found)


def _product_facts(catalogue: Catalogue, product: Product) -> list[Fact]:
    at = f"product[{product.link}]"
    found = [Fact(f"{at}.name", product.name)]
    if product.price is not None:
        found.append(Fact(f"{at}.price", written(product.price), product.live_price_until_ms))
    if product.list_price is not None:
        found.append(Fact(f"{at}.list_price", written(product.list_price)))
    if product.stock is not None:
        found.append(Fact(f"{at}.stock", str(product.stock)))
    if product.material is not None:
        found.append(Fact(f"{at}.material", product.material))
    if product.colours:
        found.append(Fact(f"{at}.colors", "、".join(product.colours)))
    found += [Fact(f"{at}.coupon[{n}]", one.text, one.until_ms) for n, one in enumerate(product.coupons or ())]
    found += [Fact(f"{at}.claims_allowed[{n}]", one) for n, one in enumerate(product.claims_allowed) if product.evidence_for(one)]
    chart = catalogue.chart(product)
    if chart is not None:
        found.append(Fact(f"size_chart.{chart.name}", "、".join(chart.sizes)))
        found += [Fact(f"size_chart.{chart.name}.note", chart.note)] if chart.note else []
    return found


def _values(text: str) -> list[tuple[tuple[int, int], str, str]]:
    """(span, "number" | "link" | "size", canonical value), left to right by kind."""
    found: list[tuple[tuple[int, int], str, str]] = []
    taken: list[tuple[int, int]] = []
    for size in _SIZE.finditer(text):
        taken.append(size.span())
        found.append((size.span(), "size", spelled(size.group().replace(" ", ""))))
    for number in _NUMBER.finditer(text):
        if not any(start <= number.start() < end for start, end in taken):
            kind, said = _kind(text, *number.span()), number.group()
            said = said.rstrip("%％ ") if kind == "link" else said
            found.append(((number.start(), number.start() + len(said)), kind, _canonical(said)))
    for chinese in _CHINESE.finditer(text):
        value = _chinese(chinese["percent"] or chinese["plain"])
        if value is not None:
            kind = "number" if chinese["percent"] else _kind(text, *chinese.span())
            found.append((chinese.span(), kind, f"{value}%" if chinese["percent"] else str(value)))
    return found


def _kind(text: str, start: int, end: int) -> str:
    """A link number is one that is said as such: 3号, #3, link 3."""
    return "link" if _LINK_AFTER.match(text, end) or _LINK_BEFORE.search(text[max(0, start - 8) : start]) else "number"


def _canonical(number: str) -> str:
    """0399.00 → "399", "70 %" → "70%", "1,299" → "1299"."""
    digits = number.replace(",", "").replace("％", "%")
    percent = "%" if digits.endswith("%") else ""
    return f"{Decimal(digits.rstrip('% ')).normalize():f}{percent}"


def _chinese(text: str) -> int | None:
    """三百九十九 → 399, 四十八 → 48. 一 alone counts nothing (大一码, 一件), 半 is no whole number."""
    if "半" in text or text == "一":
        return None
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _MANTISSA:
            digit = _MANTISSA[char]
        elif char == "万":
            total, section, digit = (total + section + digit) * _PLACES[char], 0, 0
        else:
            section += (digit or 1) * _PLACES[char]
            digit = 0
    return total + section + digit


def _cited(facts: tuple[Fact, ...], catalogue: Catalogue) -> tuple[Product, ...]:
    links = dict.fromkeys(found[1] for fact in facts if (found := _LINK_PATH.match(fact.path)))
    return tuple(product for link in links if (product := catalogue.product(link)) is not None)


def _computed(facts: tuple[Fact, ...], pieces: tuple[int, ...], catalogue: Catalogue) -> set[str]:
    """Prices added up, price × pieces, and that minus a cited coupon whose minimum it meets; pieces stand in the question."""
    paths = {fact.path for fact in facts}
    found: set[str] = set()
    priced = [one.price for one in _cited(facts, catalogue) if one.price is not None and f"product[{one.link}].price" in paths]
    if len(priced) > 1:
        found.add(_canonical(written(sum(priced))))
    for product in _cited(facts, catalogue):
        if product.price is None or f"product[{product.link}].price" not in paths:
            continue
        for count in pieces:
            total = product.price * count
            found.add(_canonical(written(total)))
            for number, coupon in enumerate(product.coupons or ()):
                cited = f"product[{product.link}].coupon[{number}]" in paths
                if cited and coupon.off is not None and total >= max(coupon.min_spend or 0, coupon.off):
                    found.add(_canonical(written(total - coupon.off)))
    return found
