"""What a question says beyond what a template answers. A template answers all of it, or nothing: a wrong draft costs more than none."""

from __future__ import annotations

import re

import msgspec

from console.domain.text import fold
from console.domain.values import Intent, Refusal
from console.drafts.ask import Ask, one_of, path, unanswered
from console.drafts.wording import has_word

ACCOUNTED: dict[Intent, tuple[str, ...]] = {
    "price": ("colour", "size", "count", "money", "date"),
    "stock": ("colour", "size", "count", "date"),
    "size": ("size", "height_mm", "weight_g", "person", "age_y"),
    "colour": ("colour",),
    "material": ("material",),
    "shipping": ("date", "place", "courier", "count"),
    "coupon": ("money", "date"),
    "after_sale": (),
    "link": ("colour", "material"),
}
"""Slots that an intent's templates look at. What else was said (明天, 哺乳期, 内裤) is another question."""
EVERYWHERE = ("link", "product", "negated")
"""A link and a product choose the product; what is negated stays in `content`."""
TODAY = ("今天", "今晚")
SOON = (*TODAY, "明天", "明晚", "后天")
_PLACED: tuple[Intent, ...] = ("price", "stock", "colour", "link")
"""Where a product stands (里面的, 身上那件) tells only which is meant; of size and material it is the question."""
_GONE = re.compile(r"没了(?![吗么没])|\bgone\b")
# The one before, not the one on air.
_EARLIER = re.compile(
    r"(?:刚才|刚刚|刚|前面|之前|上面)(?:讲|说|介绍|试|穿)?(?:的)?那|上一?[个件款条双]"
    r"|\b(?:previous|last|earlier) (?:one|item)\b|\bthe one before\b"
)
_TOKEN = re.compile(r"[a-z0-9']+|[^\sa-z0-9']+")
_LONE_HEIGHT = re.compile(r"(?<![\d.])(1[4-9]\d|20\d)(?![\d.])(?!\s*(?:号|件|元|块|斤|kg|lb|码|个))")


def beyond(ask: Ask) -> Refusal | None:
    """Why no template may answer; None = the question is all answered."""
    if ask.need == "problem" or (ask.intent == "stock" and _GONE.search(ask.folded) is not None):
        # Who says that it is gone sees more than the catalogue knows.
        return Refusal("no_match")
    if names_another(ask):
        return Refusal("no_fact", "product")
    if _EARLIER.search(ask.folded) is not None and not _is_named(ask):
        return Refusal("ambiguous")
    if (when := _other_day(ask)) is not None:
        return when
    known = {*EVERYWHERE, *(slot for intent in (*ask.intents, ask.intent) for slot in ACCOUNTED.get(intent, ()))}
    said = msgspec.structs.asdict(ask.said)
    for slot, value in said.items():
        if value is not None and slot not in known and not _is_in_name(ask, value):
            return unanswered(ask)
    return unanswered(ask) if left_over(ask) else None


def _is_named(ask: Ask) -> bool:
    """Whether the question says which product it means, by number, word or name."""
    names = (ask.product.name, *ask.product.aliases) if ask.product is not None else ()
    return ask.said.link is not None or ask.said.product is not None or any(fold(name) in ask.folded for name in names)


def names_another(ask: Ask) -> bool:
    """Whether it names a thing that the product in question is not: 打底裤 asked of a skirt, a hoodie of a jacket."""
    if ask.product is None:
        return bool(ask.said.product) and ask.intent in ("after_sale", "coupon")
    words = [fold(word) for word in one_of(ask.said.product)]
    names = " ".join(fold(name) for name in (ask.product.name, *ask.product.aliases))
    others = [word for word in words if word not in names]
    if ask.said.link is not None:
        return any(ask.catalogue.find(word) for word in others)
    return bool(others)


def _is_in_name(ask: Ask, value: object) -> bool:
    """羊毛 in 羊毛大衣 is no question about wool."""
    if ask.product is None:
        return False
    names = [fold(name) for name in (ask.product.name, *ask.product.aliases)]
    words = [fold(str(one)) for one in (value if isinstance(value, tuple) else (value,))]
    return all(any(word in name and name in ask.folded for name in names) for word in words)


def _other_day(ask: Ask) -> Refusal | None:
    """A price, a stock, a coupon is today's; a dispatch can be told for the next days; yesterday is somebody's order."""
    dates = one_of(ask.said.date)
    late = tuple(one for one in dates if one not in TODAY)
    if ask.intent in ("price", "stock", "coupon") and late:
        return Refusal("no_fact", path(ask.product, f"{ask.intent}[{late[0]}]") if ask.product else f"faq[{ask.aspect}]")
    if ask.intent == "shipping" and ("昨天" in dates or (ask.aspect == "shipping.when" and not all(one in SOON for one in dates))):
        return unanswered(ask)
    return None


def left_over(ask: Ask, accounted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Words of the question that nothing accounts for: chatter, names, the other intents' own words and those `accounted` for."""
    if not ask.content:
        return ()
    left = f" {ask.content} "
    names = [fold(name) for name in (ask.product.name, *ask.product.aliases)] if ask.product is not None else []
    spoken = [name for name in names if name in ask.folded]
    for name in sorted(spoken, key=lambda name: -len(name)):
        left = left.replace(name, " ")
    for word in ask.templates.harmless_for((ask.intent, *ask.intents), is_named=ask.intent in _PLACED and _is_named(ask)):
        if word not in left:
            continue
        left = re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", " ", left) if word.isascii() else left.replace(word, " ")
    if "size" in (ask.intent, *ask.intents) and lone_height(ask) is not None:
        left = _LONE_HEIGHT.sub(" ", left)
    if ask.skipped:
        left = left.replace("不", " ")
    stated = fold(ask.product.material or "") if ask.product is not None and "material" in (ask.intent, *ask.intents) else ""
    found = (token.strip(ask.templates.light) if not token.isascii() else token for token in _TOKEN.findall(left))
    return tuple(
        token
        for token in found
        if token and token not in stated and not any(token in word for word in accounted) and not any(token in name for name in spoken)
    )


def lone_height(ask: Ask) -> int | None:
    """Millimetres where a bare number between 140 and 209 is all the body a question names (我178能穿吗): it is a height."""
    if ask.slots.height_mm is not None or ask.slots.weight_g is not None:
        return None
    found = _LONE_HEIGHT.findall(ask.content)
    return int(found[0]) * 10 if len(found) == 1 else None


def is_unsold_claim(ask: Ask) -> bool:
    """Whether the question asks for what the shop never says of the product: a template beside it would read as a yes.

    Asked of a material, what it is made of is the honest answer."""
    product = ask.product
    if ask.intent == "material" and ask.said.material:
        return False
    return product is not None and has_word(ask.folded, tuple(fold(words) for words in product.never_say))
