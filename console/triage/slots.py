"""Slots: numbers with their units by rule, words by table. What was read is replaced by one placeholder character."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from console.domain.values import Money, Slots
from console.triage.language import Language, squeeze
from console.triage.lexicon import KIND_OF, PLACEHOLDER, Words
from console.triage.measures import grams, micros, millilitres, millimetres_of_inches

P = PLACEHOLDER
_WORD = re.compile(r"[a-z&][a-z&\-]*")
_FIT = re.compile("穿|码|身高|体重|斤|拿|选|拍|合适|size|fit|wear")
_BARE_PAIR = re.compile(r"(?<![\d.])(\d{2,3})(?: +|/)(\d{2,3})(?![\d.%]| ?(?:ml|oz|块|元|件|号|码|个|g))")
_ORDINAL = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10"}
_SIZES = {"2xs": "XXS", "xxs": "XXS", "xs": "XS", "s": "S", "m": "M", "l": "L", "xl": "XL", "xxl": "XXL", "2xl": "XXL", "xxxl": "3XL", "3xl": "3XL", "xxxxl": "4XL", "small": "S", "medium": "M", "large": "L"}
_CURRENCY = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "CNY", "元": "CNY", "块": "CNY", "rmb": "CNY", "usd": "USD", "dollars": "USD", "dollar": "USD", "bucks": "USD"}
_IMPLIED_BY_AGE = ("宝宝", "孩子")

_NUM = r"(?<![\d.])(\d+(?:\.\d+)?)"
_LINK_ZH = re.compile(r"第?(?<![\d月])(\d{1,3})号(?:链接|车|宝贝|商品|款|品|袋|橱窗|小黄车| ?link)?(?!(?:之)?前|能?到|晚上|早上)|(?<![\d.])(\d{1,3}) ?(?:链接)|(?:链接|宝贝|小黄车) ?(\d{1,3})(?![\d.]|块|元|ml|斤|件)|第(\d{1,3})个(?:链接|宝贝|商品)?")
_LINK_EN = re.compile(r"# ?(\d{1,3})(?!\d)|\b(?:item|number|no|num|link|lot|product) ?#? ?(\d{1,3}|one)(?![\d.])|\bthe (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))(?: one| item| link| product)\b")
_HEIGHT_M = re.compile(r"(?:身高)?(?<![\d.])([12])(?:米|m)(\d{1,2})(?!\d)|(?:身高)?(?<![\d.])([12])\.(\d{1,2})(?: ?(?:米|m\b)|(?= ?\d{2,3}(?:斤| ?kg|公斤)))")
_HEIGHT_CM = re.compile(r"身高 ?(\d{3})(?: ?(?:cm|公分|厘米))?(?!\d)|(?<![\d.围长宽])(\d{2,3}) ?(?:cm|公分|厘米)(?!\w*[长宽围])")
_HEIGHT_FT = re.compile(r"(?<![\d.])([4-7]) ?(?:'|ft|feet|foot) ?(\d{1,2})?(?!\d)(?: ?(?:\"|''|in\b|inch(?:es)?))?")
_WEIGHT = re.compile(rf"(?:体重 ?)?{_NUM} ?(公斤|千克|斤|kgs?|lbs?|磅|st\b|jin|克|g\b)|体重 ?(\d{{2,3}})(?!\d)")
_VOLUME = re.compile(rf"{_NUM} ?(?:fl ?)?(ml|毫升|升|liter|litre|l|oz|盎司)(?:s\b|(?![a-z]))")
_AGE = re.compile(r"(?<![\d.])(\d{1,2})(?: ?周?岁(半)?| ?(?:yo|y/o|year olds?|years? old|yrs? old|yr old)\b)")
_AGE_ZH = re.compile("一岁半|两岁半")
_MONTHS = re.compile(r"(?<![\d.])(\d{1,2})(?=个月(?:大)?的?\ue00b|个月(?:大)?的?(?:宝宝|婴儿|孩子|娃)| months? old)")
_DATE = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[号日]?|(?<!\d)(\d{1,2})号(?=(?:之)?前|能?到|晚上|早上)")
_MONEY = re.compile(rf"([$£€¥]) ?(\d+(?:\.\d{{1,2}})?)|{_NUM} ?(元|块钱?|rmb\b|usd\b|dollars?\b|bucks\b)(?!腹肌)(\d)?|(?<=[满够减付了费券卖]){_NUM}(?![\d斤件个号码折天])|(?<=spend )(\d+)|(?<=over )(\d+)|(?<![\d.])(\d{{1,4}})(?=的?(?:优惠)?券)")
_COUNT = re.compile(r"(?<![\d.第])(\d{1,3})(?:(件|个|套|份|单|pcs|pieces?)|(?=(?:盒|箱|瓶|包|双|条|支|袋|片|只|罐|桶|张|本)(?!里)))(?!月|小时|点|人)")
_COUNT_EN = re.compile(r"(?<=for )(\d{1,2})(?![\d.%]| ?(?:ml|oz|year|yo|months?|days?))|(?<=buy )(\d{1,2})\b|(?<=get )(\d{1,2})\b|(?<=pack of )(\d{1,3})\b|(?<=order )(\d{1,2})\b|(?<=[拍买])(\d{1,2})(?![\d.])")
_SIZE = re.compile(r"(?<![a-z0-9'.])(?:size ?)?((?:xx?s|xs|[2-6]?x{1,4}l|s|m|l))(?: ?(?:码|号|size\b))?(?![a-z0-9'])|size ?(\d{1,2}(?:\.5)?)\b|(?<![\d.])(\d{1,3}(?:\.5)?) ?码|\b(?:any|in an?|in|the|an?|size) (small|medium|large)s?\b")


@dataclass(slots=True)
class _Found:
    """What was read so far, kind by kind, in the order it was said."""

    values: dict[str, list[Any]] = field(default_factory=dict)

    def put(self, kind: str, value: Any) -> str:
        kept = self.values.setdefault(kind, [])
        if value not in kept:
            kept.append(value)
        return P[kind]


def read_slots(text: str, language: Language, words: Words) -> tuple[str, Slots]:
    """Canonical text → (the text with each slot as one placeholder, the slots in canonical form).

    Grams, millimetres, millilitres, years, micros; all whole numbers. A word or number that no rule knows stays in the text.
    """
    found = _Found()
    if any(char.isdigit() for char in text) or "岁半" in text or "the " in text or "one" in text:
        text = _numbers(text, found)
    if language != "zh":
        text = _SIZE.sub(lambda m: _size(m, found), text) if language == "mixed" or _FITTING_EN.search(text) else text
        text = _english(text, found, words)
    elif "码" in text:
        text = _SIZE.sub(lambda m: _size(m, found), text)
    if language != "en":
        text = _chinese(squeeze(text), found, words)
    return text, _slots(found)


_FITTING_EN = re.compile(r"\b(?:size|sizes|any|in|an?|the|is|have|[sml]|xs|x+l|\dxl)\b")


def _numbers(text: str, found: _Found) -> str:
    def sub(pattern: re.Pattern[str], read: Callable[[re.Match[str], _Found], str]) -> None:
        nonlocal text
        text = pattern.sub(lambda m: read(m, found), text)

    sub(_DATE, _date)
    sub(_LINK_ZH, _link)
    sub(_LINK_EN, _link)
    sub(_HEIGHT_M, _height_m)
    sub(_HEIGHT_FT, _height_ft)
    sub(_HEIGHT_CM, _height_cm)
    sub(_WEIGHT, _weight)
    sub(_VOLUME, lambda m, f: f.put("volume", millilitres(m.group(1), m.group(2))))
    sub(_MONTHS, lambda m, f: f.put("age", 0) + m.group(1))
    sub(_AGE, lambda m, f: f.put("age", int(m.group(1))) + ("半" if m.group(2) else ""))
    sub(_MONEY, _money)
    sub(_COUNT, lambda m, f: f.put("count", int(m.group(1))))
    sub(_COUNT_EN, lambda m, f: f.put("count", int(next(g for g in m.groups() if g))))
    if _FIT.search(text) or "height" in found.values or "weight" in found.values or re.fullmatch(r"[\d /]+", text):
        text = _bare(text, found)
    return text


def _date(m: re.Match[str], found: _Found) -> str:
    return found.put("date", f"{m.group(1)}-{m.group(2)}" if m.group(1) else f"{m.group(3)}号")


def _link(m: re.Match[str], found: _Found) -> str:
    said = next(group for group in m.groups() if group)
    return found.put("link", "1" if said == "one" else _ORDINAL.get(said) or str(int(re.sub(r"\D", "", said))))


def _height_m(m: re.Match[str], found: _Found) -> str:
    whole, rest = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
    mm = int(whole) * 1000 + int((rest + "0")[:2]) * 10
    return found.put("height", mm) if 1300 <= mm <= 2300 else m.group()


def _height_ft(m: re.Match[str], found: _Found) -> str:
    inches = int(m.group(2) or 0)
    return found.put("height", millimetres_of_inches(int(m.group(1)), inches)) if inches < 12 else m.group()


def _height_cm(m: re.Match[str], found: _Found) -> str:
    cm = int(m.group(1) or m.group(2))
    return found.put("height", cm * 10) if 50 <= cm <= 230 else m.group()


def _weight(m: re.Match[str], found: _Found) -> str:
    return found.put("weight", grams(m.group(1), m.group(2)) if m.group(1) else grams(m.group(3), "斤"))


def _money(m: re.Match[str], found: _Found) -> str:
    if m.group(1):
        return found.put("money", Money(micros=micros(m.group(2)), currency=_CURRENCY[m.group(1)]))
    if m.group(3):
        tail = int(m.group(5) or 0) * 100_000
        return found.put("money", Money(micros=micros(m.group(3)) + tail, currency=_CURRENCY.get(m.group(4)[:1]) or _CURRENCY[m.group(4)]))
    return found.put("money", Money(micros=micros(next(group for group in m.groups()[5:] if group))))


def _size(m: re.Match[str], found: _Found) -> str:
    said = next(group for group in m.groups() if group)
    return found.put("size", _SIZES.get(said) or said.upper())


def _bare(text: str, found: _Found) -> str:
    """Numbers without a unit in a fitting question: 163 105斤, 160 175. The larger is the height where both could be."""
    pair = _BARE_PAIR.search(text)
    if pair and "height" not in found.values and "weight" not in found.values:
        a, b = int(pair.group(1)), int(pair.group(2))
        if 140 <= max(a, b) <= 210 and 70 <= min(a, b) <= 230 and a != b:
            found.put("height", max(a, b) * 10)
            found.put("weight", grams(str(min(a, b)), "斤"))
            return text[: pair.start()] + P["height"] + P["weight"] + text[pair.end() :]
    if "weight" in found.values and "height" not in found.values:
        text = re.sub(r"(?<![\d.])(1[4-9]\d|20\d)(?![\d.%])", lambda m: found.put("height", int(m.group(1)) * 10), text, count=1)
    elif "height" in found.values and "weight" not in found.values:
        text = re.sub(r"(?<![\d.])(\d{2,3})(?![\d.%])", lambda m: found.put("weight", grams(m.group(1), "斤")) if 70 <= int(m.group(1)) <= 260 else m.group(), text, count=1)
    return text


def _english(text: str, found: _Found, words: Words) -> str:
    tokens = list(_WORD.finditer(text))
    out: list[str] = []
    at = 0
    number = 0
    while number < len(tokens):
        for length in (3, 2, 1):
            if number + length > len(tokens):
                continue
            start, end = tokens[number].start(), tokens[number + length - 1].end()
            known = words.english.get(text[start:end])
            if known is not None:
                kind, value = known
                out.append(text[at:start])
                out.append(found.put(kind, value) if kind else text[start:end])
                at = end
                number += length
                break
        else:
            number += 1
    return "".join(out) + text[at:] if out else text


def _chinese(text: str, found: _Found, words: Words) -> str:
    by_first = words.by_first
    out: list[str] = []
    at = 0
    while at < len(text):
        for word, kind, value in by_first.get(text[at], ()):
            if text.startswith(word, at):
                out.append(found.put(kind, value) if kind else word)
                at += len(word)
                break
        else:
            out.append(text[at])
            at += 1
    return _single_colours("".join(out), found)


_SINGLE = re.compile(f"([红黑白绿蓝黄紫灰粉米橙棕])(?={P['size']})|(?<={P['size']})([红黑白绿蓝黄紫灰粉])$")


def _single_colours(text: str, found: _Found) -> str:
    return _SINGLE.sub(lambda m: found.put("colour", m.group(1) or m.group(2)), text) if P["size"] in text else text


_FIELD = {"weight": "weight_g", "height": "height_mm", "volume": "volume_ml", "age": "age_y"}


def _slots(found: _Found) -> Slots:
    if not found.values:
        return Slots()
    values = dict(found.values)
    if "age" in values and "person" in values:
        values["person"] = [one for one in values["person"] if one not in _IMPLIED_BY_AGE]
    made = {_FIELD.get(kind, kind): one[0] if len(one) == 1 else tuple(one) for kind, one in values.items() if one}
    return Slots(**made)


def without_slots(text: str) -> str:
    """The text with a blank where each slot was."""
    return "".join(" " if char in KIND_OF else char for char in text)
