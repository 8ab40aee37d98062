"""Would one answer settle both? Slots dispose; wording only proposes."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from rapidfuzz.distance import Levenshtein

from console.domain.values import NO_SLOTS, Intent, Slots, Understanding

SHORT = 6
"""Contents below this many characters must be equal: one character of a short text is its meaning (红 / 黑)."""

# Characters that carry no meaning of their own: two long contents may differ in these.
_LIGHT = dict.fromkeys(map(ord, "的了着过得地啊呀吧呢嘛哦哈啦就都还也再又那这个们是在有会能要去来给和跟与把被让我你他她它"))
_DIGITS = re.compile(r"\d+")
_STEPS = {"weight_g": 500, "height_mm": 10}
LEAST_STEPS = 40
"""Below 20 kg and 40 cm (parcels, babies, dogs) every gram counts."""
_LATIN = re.compile(r"[a-z]+")

# A question of these kinds always means some product: where none is named, the one on air.
_BOUND = frozenset(("price", "stock", "size", "colour", "material", "usage", "authenticity", "other"))
_BOUND_ASPECTS = frozenset([
    "coupon.lower", "coupon.gift", "coupon.percent", "link.which", "link.where", "link.have", "link.put", "link.explain", "link.wrong",
    "after_sale.warranty", "after_sale.spoiled", "host.show", "host.measure", "host.compare", "host.wears",
])  # fmt: skip


def is_bound(intent: Intent | None, aspect: str) -> bool:
    """Whether such a question always means some product."""
    return intent in _BOUND or aspect in _BOUND_ASPECTS


def resolve(u: Understanding, on_air: str | None) -> Slots:
    """The slots as they were meant when `on_air` (a link number) was on air: "this one", or a product question that names none.

    Only the link is ever inherited. A comment that names a product, or says a word that may be one, inherits nothing
    unless it points ("这件大衣").
    """
    slots = u.slots
    if on_air is None or u.need == "none" or slots.link is not None:
        return slots
    names_none = slots.product is None and (u.content == "" or u.intent not in ("price", "stock", "colour"))
    if is_bound(u.intent, u.aspect) and (names_none or u.points):
        return msgspec.structs.replace(slots, link=on_air)
    return slots


def bucket(u: Understanding, slots: Slots) -> tuple[Any, ...]:
    """The exact key: only comments with equal buckets can be one question. Hashable, made of plain values."""
    if u.need == "none":
        return ("none", u.folded)
    digits = tuple(sorted(_DIGITS.findall(u.content)))
    return (u.intent, u.aspect, spoken(slots), digits)


def spoken(slots: Slots) -> tuple[tuple[str, Any], ...]:
    """What was said, slot by slot: two questions that differ in one are two questions."""
    said = () if slots == NO_SLOTS else msgspec.structs.asdict(slots).items()
    return tuple((name, _key(name, value)) for name, value in said if value is not None)


def _key(name: str, value: Any) -> Any:
    """Several values are a set, whatever their order: "红色和黑色" asks what "黑色和红色" asks. Heights and weights are one where only the
    unit differs: 154 lbs (69,853 g) and 70 kg, 5 ft 7 (1,702 mm) and 170 cm."""
    if isinstance(value, tuple):
        return tuple(sorted(dict.fromkeys(_key(name, one) for one in value), key=repr))
    step = _STEPS.get(name)
    return (value + step // 2) // step * step if step is not None and value >= step * LEAST_STEPS else value


def heavy(content: str) -> str:
    """The characters of a content that carry its meaning: two different contents agree only where these are the same."""
    return content.translate(_LIGHT)


def agrees(a: str, b: str) -> bool:
    """Whether two contents say the same: equal, or long and different only in characters without a meaning of their own.

    Different digits or different Latin words never agree.
    """
    if a == b:
        return True
    shorter = min(len(a), len(b))
    most = shorter // SHORT
    if shorter < SHORT or abs(len(a) - len(b)) > most or heavy(a) != heavy(b):
        return False
    if _DIGITS.findall(a) != _DIGITS.findall(b) or _LATIN.findall(a) != _LATIN.findall(b):
        return False
    return Levenshtein.distance(a, b, score_cutoff=most) <= most
