"""Units: what viewers say → whole grams, millimetres, millilitres, micros. No floats."""

from __future__ import annotations

_POUND = 453_592_370
# Millionths of a gram, millionths of a millilitre.
_GRAM_MICROS = {
    "斤": 500_000_000, "jin": 500_000_000, "公斤": 10**9, "千克": 10**9, "kg": 10**9, "kgs": 10**9, "克": 10**6, "g": 10**6,
    "lb": _POUND, "lbs": _POUND, "磅": _POUND, "st": 14 * _POUND,
    "kilo": 10**9, "kilos": 10**9, "kilogram": 10**9, "kilograms": 10**9,
}  # fmt: skip
_MILLILITRE_MICROS = {
    "ml": 10**6, "毫升": 10**6, "l": 10**9, "升": 10**9, "liter": 10**9, "litre": 10**9, "oz": 29_573_530, "盎司": 29_573_530,
    "ounce": 29_573_530, "gal": 3_785_411_784, "gallon": 3_785_411_784, "加仑": 3_785_411_784,
}  # fmt: skip


def micros(number: str) -> int:
    """ "1.75" → 1,750,000; more than six decimals are cut."""
    whole, _, rest = number.partition(".")
    return int(whole or "0") * 10**6 + int((rest + "000000")[:6])


def grams(number: str, unit: str) -> int:
    """160 斤 → 80,000 g; rounded to the whole gram."""
    return _scaled(number, _GRAM_MICROS[unit])


def millilitres(number: str, unit: str) -> int:
    """12 oz → 355 ml; rounded to the whole millilitre."""
    return _scaled(number, _MILLILITRE_MICROS[unit])


def millimetres_of_inches(feet: int, inches: int) -> int:
    """5 ft 4 in → 1,626 mm (an inch is 25.4 mm), rounded."""
    return ((feet * 12 + inches) * 254 + 5) // 10


def _scaled(number: str, unit_micros: int) -> int:
    return (micros(number) * unit_micros + 5 * 10**11) // 10**12
