"""Prices for people: whole micros in, "399 元" or "$12.99" out. No float on the way."""

from __future__ import annotations

from console.shop.reader import MICROS

_SIGNS = {
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$", "SGD": "S$", "AUD": "A$", "CAD": "C$",
    "MYR": "RM", "THB": "฿", "KRW": "₩", "VND": "₫", "PHP": "₱",
}  # fmt: skip
_NAMES = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "HKD": "港币", "TWD": "新台币", "SGD": "新加坡元",
    "AUD": "澳元", "CAD": "加元", "MYR": "马币", "THB": "泰铢", "KRW": "韩元", "VND": "越南盾", "PHP": "菲律宾比索",
}  # fmt: skip


def written(micros: int) -> str:
    """The catalogue's spelling, at least two decimals: 399000000 → "399.00"."""
    whole, part = divmod(micros, MICROS)
    return f"{whole}.{f'{part:06}'.rstrip('0').ljust(2, '0')}"


def shown(micros: int, currency: str | None, lang: str) -> str:
    """A price in `lang` ("zh" | "en"): "399 元", "29.9 元", "$12.99", "$12"; a currency we have no sign for keeps its code."""
    text = written(micros)
    if text.endswith(".00"):
        text = text[:-3]
    if currency is None:
        return text
    if lang == "zh":
        return f"{text.rstrip('0') if '.' in text else text} {_NAMES.get(currency, currency)}"
    sign = _SIGNS.get(currency)
    return f"{sign}{text}" if sign else f"{text} {currency}"
