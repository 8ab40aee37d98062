"""Reads `[size_chart.NAME]`: units to whole millimetres and grams, every row as long as the head."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from math import ceil

from console.domain.text import SafeText, clean
from console.shop.reader import Table
from console.shop.sizes import SizeChart

KEYS = ("unit", "height", "weight", "max", "cells", "note")
LENGTHS = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000), "in": Decimal("25.4"), "ft": Decimal("304.8")}
WEIGHTS = {"g": Decimal(1), "kg": Decimal(1000), "jin": Decimal(500), "斤": Decimal(500), "lb": Decimal("453.59237")}
_MOST = Decimal(100_000)
_MOST_BOUNDS = 60


def read_chart(name: str, table: Table) -> SizeChart:
    """Raises ConfigError: a missing key, an unknown unit, bounds that don't rise, a ragged row, a maximum below a bound."""
    table.only(KEYS)
    for key in KEYS[:5]:
        table.need(key)
    unit, most = table.table("unit"), table.table("max")
    assert unit is not None and most is not None
    unit.only(("height", "weight"))
    most.only(("height", "weight"))
    length, mass = _unit(unit, "height", LENGTHS), _unit(unit, "weight", WEIGHTS)
    heights, weights = _bounds(table, "height", length), _bounds(table, "weight", mass)
    max_height, max_weight = _most(most, "height", length), _most(most, "weight", mass)
    for key, bounds, end in (("height", heights, max_height), ("weight", weights, max_weight)):
        if end < bounds[-1]:
            raise most.bad(key, "lies below the last lower bound", f"`max.{key}` is the largest {key} that still fits.")
    return SizeChart(clean(name), heights, weights, max_height, max_weight, _cells(table, len(heights), len(weights)), table.text("note"))


def _unit(table: Table, key: str, known: dict[str, Decimal]) -> Decimal:
    table.need(key)
    chosen = table.choice(key, tuple(known))
    return known[str(chosen)]


def _number(table: Table, key: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise table.bad(key, "must be a number", "Write numbers without quotes and units; the unit stands in `unit`.")
    number = Decimal(value)
    if not number.is_finite() or not 0 < number <= _MOST:
        raise table.bad(key, "must be more than 0 and at most 100000", "")
    return number


def _bounds(table: Table, key: str, unit: Decimal) -> tuple[int, ...]:
    """Lower bounds, floored: an imperial bound that falls between two grams must not turn away the one who weighs just that."""
    value = table.raw[key]
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST_BOUNDS:
        raise table.bad(
            key, f"must be a list of 1 to {_MOST_BOUNDS} numbers", f"Write {key} = [150, 160, 165]: the lower bound of each class."
        )
    bounds = tuple(int(_number(table, key, one) * unit) for one in value)
    if any(b <= a for a, b in pairwise(bounds)):
        raise table.bad(key, "must rise from left to right", "Lower bounds, smallest first, none twice.")
    return bounds


def _most(table: Table, key: str, unit: Decimal) -> int:
    """The inclusive maximum, rounded up for the same reason."""
    table.need(key)
    return ceil(_number(table, key, table.raw[key]) * unit)


def _cells(table: Table, rows: int, columns: int) -> tuple[tuple[SafeText, ...], ...]:
    value = table.raw["cells"]
    if not isinstance(value, list) or len(value) != rows:
        raise table.bad("cells", f"must have {rows} rows, one for each height", 'Write cells = [["S", "M"], …]; "" = outside.')
    for number, row in enumerate(value, 1):
        if not isinstance(row, list) or len(row) != columns:
            got = len(row) if isinstance(row, list) else 0
            raise table.bad(
                "cells", f"row {number} has {got} cells, but `weight` has {columns} classes", 'Fill the row up with "" (outside).'
            )
        if not all(isinstance(cell, str) and len(cell) <= 12 for cell in row):
            raise table.bad(
                "cells", f"row {number} holds something that is not a size in quotes", 'Sizes are short texts: "M", "2XL", "39".'
            )
    return tuple(tuple(SafeText(clean(cell).strip()) for cell in row) for row in value)
