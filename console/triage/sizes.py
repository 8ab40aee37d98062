"""Sizes: S … 6XL, 39码, 38的, "size 8", UK 10, 75B, 2T, 四个加, 28寸, 14号圈; other sizes have names in the word table."""

from __future__ import annotations

import re

from console.triage.found import Found, Reader, said
from console.triage.late import Late
from console.triage.rules import PLACEHOLDER

_SIZE_CHAR = PLACEHOLDER["size"]
_NAMES = {
    "2xs": "XXS", "xxs": "XXS", "xs": "XS", "s": "S", "m": "M", "l": "L", "xl": "XL", "xxl": "XXL", "2xl": "XXL",
    "2x": "XXL", "small": "S", "medium": "M", "med": "M", "large": "L",
}  # fmt: skip
_SIZE = Late(
    r"(?<![a-z0-9'.])(?:size )?"
    r"(xx?s|[2-6]?x{1,6}l|[2-6]x(?=$|[\u3400-\u9fff]| (?:left|still|in stock|available|please|or|size|do |got|have))|s|m|l)(?: ?(?:码|号"
    r"|size(?![a-z])))?(?![a-z0-9']|/ ?[a-z]{2})"
    r"|\b(?:uk|eu|au|(?<!show )(?<!give )(?<!tell )(?<!let )(?<!of )(?<!for )us)(?: size)? ?\d{1,2}(?:\.5)?(?![\d.a-z])"
    r"|\b(?:size |an? |in )?(?:[4-9]|[1-4]\d)(?:\.5)? ?(?:uk|eu)\b|\b(?:size |an? |in )\d{1,2}(?:\.5)? ?us\b|\b\d{1,2}(?:\.5)? us$"
    r"|size (?:an? )?(\d{1,2}(?:\.5)?)(?![a-z\d])"
    r"|(?<![\d.大小差偏往一])(\d{1,3}(?:\.5)?) ?[号尺]?码(?:半)?"
    r"|\b(any|in an?|in|the|an?|size) (small|medium|large)s?(?![a-z])"
    r"|^(small|medium|large) (?=or |left|still|available|in stock|got)"
    r"|(?<![\d.a-z])([2-6]t)(?![a-z0-9])|(?<![\d.a-z])((?:[67890]|1[01])[05]|2[8]|3[02468]|4[0246])[ ]?((?<! )[a-g]"
    r"|(?<= )[b-f])(?:罩杯|杯|cup|码)?(?![a-z0-9])"
)
# A named size where it is had, chosen or measured; 大码女装 and 大号的锅 name none.
_NAMED_ZH = Late(
    r"((?<![几么])(?:有|拍|选|要|穿|缺|补)|还是|^)(加大码|[大中小均]码|[中小]号)(?=$|[的那]?(?:还|有|能|缺|补|没|断|多少|腰"
    r"|衣长|什么时候|多长|到货|吗|呢|拍|$))"
    r"|(?<![最加偏大小号])([大中小均]码|加大码)(?=的?(?:还?有|还能|缺|补|断|什么时候|到货|没有|没了))"
)
_NAMED_EN = Late(
    r"\b(have|got|any|need|want|take|get|is|left in|in|or)( (?:it |this |that )?(?:in )?(?:an? |the )?(?:size )?)(small|medium"
    r"|med|large)s?(?=$| or | please| left| still| available| in stock| then)"
)
# "in a 12", "need an 8": what is worn has a number, and nothing follows that could be counted.
_IN_A_NUMBER = Late(
    r"\b(in an? |(?:need|want|got|have|take|wear|get|order) an? )(\d{1,2}(?:\.5)?)"
    r"(?=$| (?:please|left|or|still|too|also|available|in stock|then|if)\b)"
)
_OR_A_NUMBER = Late(rf"({_SIZE_CHAR} or (?:an? )?)(\d{{1,2}}(?:\.5)?)(?=$| (?:please|left|still|available|in stock|for)\b)")
_AREA = Late(r"[a-z ]*(uk|us|eu|au)(?: size)? ?([\d.]+)|[a-z ]*([\d.]+) ?(uk|us|eu)")
# Every size that has no number before 码 and is no word: a letter or two on their own.
_LETTER_SIZE = Late(
    r"(?<![a-z0-9'.])(?:[sml]|[2-6]?x{1,6}[sl]|[2-6]x)(?![a-z0-9'])|\d ?[a-h](?![a-z0-9])|\d ?t(?![a-z])|\bmed\b|\b(?:uk|us"
    r"|eu|au) ?\d|\d ?(?:uk|us|eu|au)\b"
)
_PLUS = Late(r"(?<!\d)([2-6])(?:个?加|个x)(?:大)?(?:码|号)?(?![a-z单购])")
_RING = Late(
    r"(?<!\d)(\d{1,2})号?圈口?|圈口?(?:号)?(?:是)?(\d{1,2})号?(?!\d)|手寸(\d{1,2})号?|(\d{1,2})号?手寸|(?<=戒指)([89]|1\d|2[0-5])号(?!链接|车)"
)
_INCHES = Late(
    r"(?<![\d.])(\d{2,3}) ?(?:英?寸|吋)|(?<![\d.])(\d{2,3})(?:-| )?inch(?:es)?(?= tv| screen| suitcase| case| luggage| monitor)"
    r"|(?<![\d.])(1[2468]|2[024689])的?(?=自行车|单车|山地车|行李箱|拉杆箱|登机箱|箱子)|(?<![\d.])([3-9][0258])的?(?=电视)"
)
_CHILDREN = Late(r"(童装(?:的)?)(\d{2,3})(?![\d.]|[块元件]|cm)码?|(?<![\d.])(\d{2,3})的?(?=童装)")
_SHOE = r"(3[3-9]|4[0-8])((?:\.5)?)"
_BARE = Late(
    rf"(?<![\d.]){_SHOE}半(?![天个年月])|(?<![\d.月]){_SHOE}(?=的?(?:鞋|靴)|的?(?:还有|还会有|有货|有$|有没|没有|没了|断|缺"
    rf"|补|怎么没|什么时候[有补到]|到货|那双))"
    rf"|((?:有|要|补|上|脚|缺|拿|想要)){_SHOE}(?![\d.]|[块元个件斤双盒天包瓶单号折条岁码尺]|ml|cm|kg|g|l)"
)
_BARE_EN = Late(rf"\b((?:got|have|any|in|need|in an?) )?{_SHOE}(?= (?:left|still|got|in stock|available|or not)|$)(?![\d.])")
_WAIST = Late(r"(裤子?)(2[4-9]|3[0-8])(?=的)|(?<![\d.])(2[4-9]|3[0-8])(?:的)?(?=(?:牛仔|西|长|短)?裤)")
_HAS = Late("有|货|补|断|缺|鞋|靴|脚|码|上")
_PRICED = Late("[$£€¥元块券价折钱贵]|包邮")


def could_say_size(text: str) -> bool:
    """False where `read_sizes` would find nothing."""
    if "size" in text or "码" in text or "small" in text or "medium" in text or "large" in text:
        return True
    return _LETTER_SIZE.search(text) is not None


def read_sizes(text: str, found: Found) -> str:
    """S … 6XL, 39码, size 8, UK 10, 75B, "any larges"."""
    if "码" in text or "号" in text:
        text = _NAMED_ZH.sub(lambda m: _named_zh(m, found), text)
    text = _NAMED_EN.sub(lambda m: m.group(1) + m.group(2) + found.put("size", _NAMES[m.group(3)]), text)
    return _SIZE.sub(lambda m: _size(m, found), text)


def _named_zh(m: re.Match[str], found: Found) -> str:
    name = m.group(2) or m.group(3)
    return (m.group(1) or "") + found.put("size", {"小": "S", "中": "M", "加": "大码"}.get(name[0], name))


def _size(m: re.Match[str], found: Found) -> str:
    letter, number, chinese, before, word, first, toddler, band, cup = m.groups()
    if word:
        return f"{before} {found.put('size', _NAMES[word])}"
    if first:
        return found.put("size", _NAMES[first]) + " "
    if band:
        return found.put("size", f"{band}{cup}".upper())
    plain = letter or number or chinese or toddler
    if plain:
        return found.put("size", _named(plain) + (".5" if m.group().endswith("半") else ""))
    area = _AREA.fullmatch(m.group())
    if area is None:
        return m.group()
    return found.put("size", f"{(area.group(1) or area.group(4)).upper()} {area.group(2) or area.group(3)}")


def _named(letters: str) -> str:
    """xxxl, 3xl and 3x are one size."""
    if letters in _NAMES:
        return _NAMES[letters]
    many = letters.count("x")
    if many > 2:
        return f"{many}XL"
    return f"{letters[0]}XL" if letters.endswith("x") else letters.upper()


def _plus(m: re.Match[str], found: Found) -> str:
    return found.put("size", _named(f"{m.group(1)}xl"))


def _ring(m: re.Match[str], found: Found) -> str:
    return found.put("size", f"{said(m)}圈")


def _inches(m: re.Match[str], found: Found) -> str:
    return found.put("size", f"{said(m)}寸")


def _children(m: re.Match[str], found: Found) -> str:
    number = m.group(2) or m.group(3)
    return (m.group(1) or "") + found.put("size", number) if 52 <= int(number) <= 180 else m.group()


def _bare(m: re.Match[str], found: Found) -> str:
    """有38吗, 43的鞋: a shoe's size, where something is in stock or not and nothing speaks of money."""
    if not _HAS.search(m.string) or _PRICED.search(m.string) or not found.lacks("money"):
        return m.group()
    before, whole = m.group(5) or "", m.group(1) or m.group(3) or m.group(6)
    half = ".5" if m.group(1) else m.group(4) or m.group(7) or ""
    return before + found.put("size", whole + half)


def _in_a_number(m: re.Match[str], found: Found) -> str:
    return m.group(1) + found.put("size", m.group(2))


def _bare_en(m: re.Match[str], found: Found) -> str:
    if (m.group(1) is None and m.start() > 0) or not found.lacks("money"):
        return m.group()
    return (m.group(1) or "") + found.put("size", m.group(2) + m.group(3))


def _waist(m: re.Match[str], found: Found) -> str:
    return (m.group(1) or "") + found.put("size", m.group(2) or m.group(3))


EARLY_SIZES: tuple[Reader, ...] = (
    (_RING, "号圈手", "圈口是号寸指", _ring),
    (_INCHES, "英寸吋i-的自单山行拉登箱电", "", _inches),
    (_PLUS, "个加x", "", _plus),
    (_CHILDREN, "的童", "装的", _children),
)
LATE_SIZES: tuple[Reader, ...] = (
    (_BARE, "的鞋靴还有没断缺补怎什到吗那.半", "有要补上脚缺拿", _bare),
    (_IN_A_NUMBER, "plosati.", "ane", _in_a_number),
    (_BARE_EN, "lsgiao.", "tenyd", _bare_en),
    (_OR_A_NUMBER, "plsaif", "ran", _in_a_number),
    (_WAIST, "的裤牛西长短", "裤子", _waist),
)
