"""Size charts: height × weight → size, exact at every boundary. Whole millimetres and grams; nothing is rounded in between."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from msgspec import Struct

from console.domain.text import SafeText
from console.domain.values import SomeInt

Body = Literal["women", "men", "children"]
MOST_READINGS = 4
_XS = re.compile(r"(x{2,5})([sl])")
SERVES: dict[str, Body] = {"womens": "women", "mens": "men", "kids": "children"}
"""Whom a chart serves, by the first part of its name (`womens-coat`); a name without one serves adults of either sex."""


class SizeChart(Struct, frozen=True):
    """A cross table. `heights_mm`, `weights_g`: lower bounds, ascending, inclusive. `max_*`: inclusive (ruling 34).
    `cells[row][column]`: the size at height row, weight column; "" = outside the chart."""

    name: SafeText
    heights_mm: tuple[int, ...]
    weights_g: tuple[int, ...]
    max_height_mm: int
    max_weight_g: int
    cells: tuple[tuple[SafeText, ...], ...]
    note: SafeText | None = None

    @property
    def serves(self) -> Body | None:
        """Whom the chart was made for; None = adults of either sex."""
        return SERVES.get(self.name.lower().replace("'", "").replace("_", "-").split("-")[0])

    @property
    def sizes(self) -> tuple[SafeText, ...]:
        """Every size of the chart once, smallest body first."""
        found: dict[SafeText, None] = {}
        for diagonal in range(len(self.heights_mm) + len(self.weights_g) - 1):
            for row, cells in enumerate(self.cells):
                column = diagonal - row
                if 0 <= column < len(cells) and cells[column]:
                    found.setdefault(cells[column])
        return tuple(found)


class Reading(Struct, frozen=True):
    """One way to read the question's numbers, and the size for it; None = outside the chart."""

    height_mm: int
    weight_g: int
    size: SafeText | None


class SizeAnswer(Struct, frozen=True):
    """`size`: one size (one reading, or several that agree). `need_*`: ask for the number that is missing. `outside`: no
    reading lies in the chart, or the one number that was said lies beyond it. `ambiguous`: the readings disagree."""

    kind: Literal["size", "need_height", "need_weight", "need_both", "outside", "ambiguous"]
    readings: tuple[Reading, ...] = ()

    @property
    def size(self) -> SafeText | None:
        return self.readings[0].size if self.kind == "size" else None


def look_up(chart: SizeChart, height_mm: int, weight_g: int) -> SafeText | None:
    """The size at (height, weight). None = outside the chart: below the first bound, above a maximum, or an empty cell."""
    if height_mm > chart.max_height_mm or weight_g > chart.max_weight_g:
        return None
    row, column = bisect_right(chart.heights_mm, height_mm) - 1, bisect_right(chart.weights_g, weight_g) - 1
    if row < 0 or column < 0:
        return None
    return chart.cells[row][column] or None


def several(value: SomeInt | None) -> tuple[int, ...]:
    """A slot as a tuple: none, one, or several in the order they were said."""
    if value is None:
        return ()
    return (value,) if isinstance(value, int) else value


def size_for(chart: SizeChart, height_mm: SomeInt | None, weight_g: SomeInt | None) -> SizeAnswer:
    """What the chart says to the numbers of a question. Several values of one kind are several readings."""
    heights, weights = several(height_mm), several(weight_g)
    if heights and all(not chart.heights_mm[0] <= one <= chart.max_height_mm for one in heights):
        return SizeAnswer("outside")
    if weights and all(not chart.weights_g[0] <= one <= chart.max_weight_g for one in weights):
        return SizeAnswer("outside")
    if not heights or not weights:
        return SizeAnswer("need_both" if not heights and not weights else "need_weight" if heights else "need_height")
    return judged([Reading(h, w, look_up(chart, h, w)) for h in heights for w in weights])


def judged(readings: list[Reading]) -> SizeAnswer:
    """One answer from at least one reading."""
    sizes = {reading.size: None for reading in readings}
    if list(sizes) == [None]:
        return SizeAnswer("outside", tuple(readings[:MOST_READINGS]))
    return SizeAnswer("size" if len(sizes) == 1 else "ambiguous", tuple(readings[:MOST_READINGS]))


def same_size(one: str, other: str) -> bool:
    """Whether two spellings name one size: xxl = 2XL, "L码" = "l"."""
    return spelled(one) == spelled(other)


def spelled(size: str) -> str:
    """A size in its one spelling: lower case, xxl → 2xl, without 码 / size."""
    text = size.strip().lower().removesuffix("码").removesuffix("号").removeprefix("size").strip()
    found = _XS.fullmatch(text)
    return f"{len(found[1])}x{found[2]}" if found else text


def fits(answer: SizeAnswer, size: str) -> bool | None:
    """穿L行吗: whether the cell is that size. None = the chart can't say (a number missing, outside, ambiguous)."""
    return None if answer.size is None else same_size(answer.size, size)
