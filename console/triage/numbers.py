"""Numbers with their units, as viewers type them in two languages → canonical whole numbers, each replaced by a placeholder."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from console.domain.values import Money
from console.triage.late import Late
from console.triage.measures import grams, micros, millilitres, millimetres_of_inches
from console.triage.rules import PLACEHOLDER

P = PLACEHOLDER
_FIT = Late("穿|码|身高|体重|斤|拿|选|拍|合适|size|fit|wear")
_BARE_PAIR = Late(r"(?<![\d.])(\d{2,3})(?: +|/)(\d{2,3})(?![\d.%]| ?(?:ml|oz|块|元|件|号|码|个|g))")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = {word: str(number) for number, word in enumerate(_ORDINALS, 1)}
_SIZES = {
    "2xs": "XXS", "xxs": "XXS", "xs": "XS", "s": "S", "m": "M", "l": "L", "xl": "XL", "xxl": "XXL", "2xl": "XXL",
    "xxxl": "3XL", "3xl": "3XL", "xxxxl": "4XL", "small": "S", "medium": "M", "large": "L",
}  # fmt: skip
_CURRENCY = {
    "$": "USD", "£": "GBP", "€": "EUR", "¥": "CNY", "元": "CNY", "块": "CNY", "rmb": "CNY",
    "usd": "USD", "刀": "USD", "美金": "USD", "美元": "USD", "dollars": "USD", "dollar": "USD", "bucks": "USD",
}  # fmt: skip

_NUM = r"(?<![\d.])(\d+(?:\.\d+)?)"
_LINK_ZH = Late(
    r"第?(?<![\d月])(\d{1,3})号(?:链接|车|宝贝|商品|款|品|袋|橱窗|小黄车| ?link)?(?!之?前|能?到(?![手货底])|晚上|早上)"
    r"|(?<![\d.])(\d{1,3}) ?链接"
    r"|(?:链接|宝贝|小黄车) ?(\d{1,3})(?![\d.]|块|元|ml|斤|件)"
    r"|第(\d{1,3})个(?:链接|宝贝|商品)?"
)
_LINK_EN = Late(
    r"# ?(\d{1,3})(?!\d)"
    r"|\b(?:item|number|no|num|link|lot|product) ?#? ?(\d{1,3}|one)(?![\d.])"
    rf"|\bthe ({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?: one| item| link| product)(?![a-z])"
)
# 不要3号 4号多少钱: the link that is named only to say that it is not meant.
_DENIED = Late(
    r"(?:不(?:要|是|问|看|买|讲|喜欢)|别(?:讲|上|弹))了?第?\d{1,3}号(?:链接|车|款)?[了的]?"
    r"|第?(?<!\d)\d{1,3}号(?:链接|车|款)?我?就?不(?:要|问|看|买|喜欢)了?"
    r"|\bnot (?:# ?|number |item |no |link )\d{1,3}(?!\d)"
)
_ANY_LINK = Late(r"\d号|# ?\d|\b(?:item|number|no|link) ?\d")
_HEIGHT_M = Late(
    r"(?:身高)?(?<![\d.])([12])(?:米|m)(\d{1,2})(?!\d)"
    r"|(?:身高)?(?<![\d.])([12])\.(\d{1,2})(?: ?(?:米|m(?![a-z]))|(?= ?\d{2,3}(?:斤| ?kg|公斤)))"
)
_HEIGHT_CM = Late(
    r"身高 ?(\d{3})(?: ?(?:cm|公分|厘米))?(?!\d)"
    r"|(?<![\d.围长宽])(\d{2,3}) ?(?:cm|公分|厘米)(?!\w*[长宽围])"
)
_HEIGHT_FT = Late(r"(?<![\d.])([4-7]) ?(?:'|ft|feet|foot) ?(\d{1,2})?(?!\d)(?: ?(?:\"|''|in(?![a-z])|inch(?:es)?))?")
_WEIGHT = Late(rf"(?:体重 ?)?{_NUM} ?(公斤|千克|斤|kgs?|lbs?|磅|st(?![a-z])|jin|克|g(?![a-z]))|体重 ?(\d{{2,3}})(?!\d)")
_VOLUME = Late(rf"{_NUM} ?(?:fl ?)?(ml|毫升|升|liter|litre|l|oz|盎司)(?:s(?![a-z])|(?![a-z]))")
_AGE = Late(r"(?<![\d.])(\d{1,2})(?: ?周?岁(半)?| ?(?:yo|y/o|year olds?|years? old|yrs? old|yr old)(?![a-z]))")
_MONTHS = Late(r"(?<![\d.])(\d{1,2})(?=个月(?:大)?的?(?:宝宝|婴儿|孩子|娃)| months? old)")
_DATE = Late(r"(?<!\d)(\d{1,2})月(\d{1,2})[号日]?|(?<!\d)(\d{1,2})号(?=之?前|能?到(?![手货底])|晚上|早上)")
_MONEY = Late(
    r"([$£€¥]) ?(\d+(?:\.\d{1,2})?)"
    rf"|{_NUM} ?(美[元金]|刀(?!具)|元|块钱?|rmb(?![a-z])|usd(?![a-z])|dollars?(?![a-z])|bucks(?![a-z]))(\d)?"
    rf"|(?<=[满够减付了费券卖]){_NUM}(?![\d斤件个号码折天单次台份盒瓶套箱包双条支袋片只罐桶张颗轮波遍秒分小点月年岁寸米公克双对回])"
    r"|(?<=spend )(\d+)|(?<=over )(\d+)|(?<![\d.])(\d{1,4})(?=的?(?:优惠)?券)"
)
_COUNT = Late(
    r"(?<![\d.第])(\d{1,3})(?:件|个|套|份|单|pcs|pieces?|(?=(?:盒|箱|瓶|包(?!邮)|双|条|支|袋|片|只|罐|桶|张|本)(?!里)))(?!月|小时|点|人)"
)
_COUNT_EN = Late(
    r"(?<=for )(\d{1,2})(?![\d.%]| ?(?:ml|oz|year|yo|months?|days?))|(?<=buy )(\d{1,2})(?![a-z])|(?<=get )(\d{1,2})(?![a-z])"
    r"|(?<=pack of )(\d{1,3})(?![a-z])|(?<=order )(\d{1,2})(?![a-z])|(?<=[拍买])(\d{1,2})(?![\d.])"
)
_SIZE = Late(
    r"(?<![a-z0-9'.])(?:size )?(xx?s|[2-6]?x{1,4}l|s|m|l)(?: ?(?:码|号|size(?![a-z])))?(?![a-z0-9'])"
    r"|size ?(\d{1,2}(?:\.5)?)(?![a-z])"
    r"|(?<![\d.])(\d{1,3}(?:\.5)?) ?码"
    r"|\b(any|in an?|in|the|an?|size) (small|medium|large)s?(?![a-z])"
)
_BARE_HEIGHT = Late(r"(?<![\d.])(1[4-9]\d|20\d)(?![\d.%])")
_BARE_WEIGHT = Late(r"(?<![\d.])(\d{2,3})(?![\d.%])")
# Every size that has no number before 码 and is no word: a letter or two on their own.
_LETTER_SIZE = Late(r"(?<![a-z0-9'.])(?:[sml]|[2-6]?x{1,4}[sl])(?![a-z0-9'])")
_COMPANY = Late(r"([^\d ]?) *\d+(?= *([^\d ]?))")
_ONLY_NUMBERS = Late(r"[\d /]+")


class Found(Struct):
    """What was read so far, kind by kind, in the order it was said."""

    values: dict[str, list[Any]] = {}

    def put(self, kind: str, value: Any) -> str:
        kept = self.values.setdefault(kind, [])
        if value not in kept:
            kept.append(value)
        return P[kind]

    def lacks(self, kind: str) -> bool:
        return kind not in self.values


def read_numbers(text: str, found: Found) -> str:
    """Every number whose unit is said, or is plain from its company (163 105斤), in the order in which units exclude each other."""
    text = _without_denied(text)
    lit = _lit(text)
    if lit:
        for bit, pattern, read in _READERS:
            if lit & bit:
                text = pattern.sub(lambda m, read=read: read(m, found), text)
    if _FIT.search(text) or not found.lacks("height") or not found.lacks("weight") or _ONLY_NUMBERS.fullmatch(text):
        text = _bare(text, found)
    return text


def _without_denied(text: str) -> str:
    """The text without the links that are named only to be left out; whole where no other is named, or where one is to be changed."""
    if ("不" in text or "别" in text or "not " in text) and "换" not in text and _DENIED.search(text):
        left = _DENIED.sub(" ", text)
        return left if _ANY_LINK.search(left) else text
    return text


def _lit(text: str) -> int:
    """Which readers could find something: told by what stands beside the numbers, blanks between not counted.

    A reader only puts placeholders where it read something, so it never gives a later one company that was not there before.
    """
    lit = _ORDINAL_LINK if "one" in text or "the " in text else 0
    for before, after in _COMPANY.findall(text):
        lit |= _BEFORE.get(before, 0) | _AFTER.get(after, 0)
    return lit


def could_say_size(text: str) -> bool:
    """False where `read_sizes` would find nothing."""
    if "size" in text or "码" in text or "small" in text or "medium" in text or "large" in text:
        return True
    return _LETTER_SIZE.search(text) is not None


def read_sizes(text: str, found: Found) -> str:
    """S … 4XL, 39码, size 8, "any larges"; other sizes have names in the word table."""
    return _SIZE.sub(lambda m: _size(m, found), text)


def _date(m: re.Match[str], found: Found) -> str:
    return found.put("date", f"{m.group(1)}-{m.group(2)}" if m.group(1) else f"{m.group(3)}号")


def _link(m: re.Match[str], found: Found) -> str:
    said = next(group for group in m.groups() if group)
    return found.put("link", "1" if said == "one" else _ORDINAL.get(said) or str(int(re.sub(r"\D", "", said))))


def _height_m(m: re.Match[str], found: Found) -> str:
    whole, rest = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
    mm = int(whole) * 1000 + int((rest + "0")[:2]) * 10
    return found.put("height", mm) if 1300 <= mm <= 2300 else m.group()


def _height_ft(m: re.Match[str], found: Found) -> str:
    inches = int(m.group(2) or 0)
    return found.put("height", millimetres_of_inches(int(m.group(1)), inches)) if inches < 12 else m.group()


def _height_cm(m: re.Match[str], found: Found) -> str:
    cm = int(m.group(1) or m.group(2))
    return found.put("height", cm * 10) if 50 <= cm <= 230 else m.group()


def _weight(m: re.Match[str], found: Found) -> str:
    return found.put("weight", grams(m.group(1), m.group(2)) if m.group(1) else grams(m.group(3), "斤"))


def _money(m: re.Match[str], found: Found) -> str:
    if m.group(1):
        return found.put("money", Money(micros=micros(m.group(2)), currency=_CURRENCY[m.group(1)]))
    if m.group(3):
        tail = int(m.group(5) or 0) * 100_000
        return found.put("money", Money(micros=micros(m.group(3)) + tail, currency=_CURRENCY.get(m.group(4)[:1]) or _CURRENCY[m.group(4)]))
    return found.put("money", Money(micros=micros(next(group for group in m.groups()[5:] if group))))


def _size(m: re.Match[str], found: Found) -> str:
    if m.group(5):
        return f"{m.group(4)} {found.put('size', _SIZES[m.group(5)])}"
    said = next(group for group in m.groups() if group)
    return found.put("size", _SIZES.get(said) or said.upper())


def _bare(text: str, found: Found) -> str:
    """Numbers without a unit in a fitting question: 163 105斤, 160 175. The larger is the height where both could be."""
    pair = _BARE_PAIR.search(text)
    if pair and found.lacks("height") and found.lacks("weight"):
        a, b = int(pair.group(1)), int(pair.group(2))
        if 140 <= max(a, b) <= 210 and 70 <= min(a, b) <= 230 and a != b:
            said = found.put("height", max(a, b) * 10) + found.put("weight", grams(str(min(a, b)), "斤"))
            return text[: pair.start()] + said + text[pair.end() :]
    if found.lacks("height") and not found.lacks("weight"):
        return _BARE_HEIGHT.sub(lambda m: found.put("height", int(m.group(1)) * 10), text, count=1)
    if found.lacks("weight") and not found.lacks("height"):
        return _BARE_WEIGHT.sub(lambda m: _bare_weight(m, found), text, count=1)
    return text


def _bare_weight(m: re.Match[str], found: Found) -> str:
    return found.put("weight", grams(m.group(1), "斤")) if 70 <= int(m.group(1)) <= 260 else m.group()


# Each reader with what stands right behind and right before the numbers that it reads: it finds nothing where none of it does.
_TABLE: tuple[tuple[Late, str, str, Callable[[re.Match[str], Found], str]], ...] = (
    (_DATE, "月号", "", _date),
    (_LINK_ZH, "号链", "接贝车第", _link),
    (_LINK_EN, "", "#mrokt", _link),
    (_HEIGHT_M, "米m.", "", _height_m),
    (_HEIGHT_FT, "'f", "", _height_ft),
    (_HEIGHT_CM, "c公厘", "高", _height_cm),
    (_WEIGHT, "公千斤kl磅sj克g", "重", _weight),
    (_VOLUME, "fm毫升lo盎", "", lambda m, found: found.put("volume", millilitres(m.group(1), m.group(2)))),
    # Months are no years: the number itself stays in the text and keeps 3个月 and 6个月 apart.
    (_MONTHS, "个m", "", lambda m, found: found.put("age", 0) + m.group(1)),
    (_AGE, "周岁y", "", lambda m, found: found.put("age", int(m.group(1))) + ("半" if m.group(2) else "")),
    (_MONEY, "元块刀美rudb的优券", "$£€¥满够减付了费券卖dr", _money),
    (_COUNT, "件个套份单p盒箱瓶包双条支袋片只罐桶张本", "", lambda m, found: found.put("count", int(m.group(1)))),
    (_COUNT_EN, "", "rytf拍买", lambda m, found: found.put("count", int(next(group for group in m.groups() if group)))),
)
_READERS = tuple((1 << number, pattern, read) for number, (pattern, _, _, read) in enumerate(_TABLE))
_ORDINAL_LINK = next(bit for bit, pattern, _ in _READERS if pattern is _LINK_EN)


def _gate(column: int) -> dict[str, int]:
    made: dict[str, int] = {}
    for number, row in enumerate(_TABLE):
        for char in str(row[column]):
            made[char] = made.get(char, 0) | 1 << number
    return made


_AFTER, _BEFORE = _gate(1), _gate(2)
