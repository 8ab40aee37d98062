"""Numbers in words → digits: 一百六十斤, 一米六五, 九块九, "five foot two", "ten and a half", "b2g1"."""

from __future__ import annotations

import re

from console.triage.late import Late

_NUMBER = "零一二两三四五六七八九十百千半"
_D = "[一二两三四五六七八九]"
_NUMBERS = Late(f"[{_NUMBER}俩仨]")
_MEASURE = (
    "号|日(?!用|常)|斤|公斤|千克|克|件|个|套|箱|盒|瓶|包|双|条|岁|周岁|米|块|元|毛|厘米|公分|升|毫升|天|折|月|年|倍|寸|尺"
    "|码|楼|支|只|袋|份|单"
    "|罐|桶|张|片|颗|粒|次|层|档|分钟|小时|加仑|多岁|人|度"
)
_NUMERAL = Late(f"(?<![{_NUMBER}第\\d])(?!零)([{_NUMBER}]+)(?={_MEASURE})")
_TWO = Late("俩(?!星期|礼拜|月|人|小时|钟)")
_NTH = Late("第([一二三四五六七八九十])(?=个(?:链接|宝贝|商品))")
_AFTER_VERB = Late(f"(?<=[满够减])([{_NUMBER}]+)")
# 买二送一, 拍一发二: both sides or none. 送一个 is not a number before it is told what for.
_BUY_AND_GET = Late(
    "(?<=[买拍])([一二两三四五六\\d]+)(?:[件个盒瓶箱包份袋支只套双])?((?:就|可)?(?:送|赠|发|得|到手"
    "|免))([一二两三四五六\\d]+)(?:[件个盒瓶箱包份袋支只套双])?(?![天次\\d年月折块元])"
)
# A hundred or more, or tens with a digit before them, are numbers whatever stands behind: 一百五, 五十九, 三千. Not 十分, 百搭, 双十二.
_BARE = Late(
    f"(?<![{_NUMBER}第双之\\d点月万])({_D}千(?:{_D}百)?(?:零?{_D}十)?{_D}?|{_D}百(?:零{_D}|{_D}十{_D}?|{_D}{{1,2}})?"
    f"|{_D}十{_D}?)(?![夜零万亿十百千]|分之|{_MEASURE})"
)
_HEIGHT_BY_DIGITS = Late("(?<![零一二三四五六七八九十百千\\d])一[四五六七八九][零一二三四五六七八九](?![零一二三四五六七八九十百千号])")
_WORN = Late("穿|码|胖|体重|合身|多重|斤")
_TALL = Late("身高$|高$|净高$")
_METRES = Late(r"([12一二两])米([零一二三四五六七八九]{1,2})(?![零一二三四五六七八九十百]|[个件块])")
_TENTHS = Late(
    "(?<=\\d)(块|元|毛)([一二三四五六七八九半])(?!包邮)(?=$|包邮|[^件个套箱盒瓶包双条支只袋份单罐桶张片颗粒次十百千斤\\d])"
    "|(?<=\\d)(块|元)([一二三四五六七八九])(?=包邮)"
)
_HALVES = Late("(?<=\\d)(斤|升|公斤)半")
_POINT = Late("([零一二三四五六七八九\\d]+)点([一二三四五六七八九])(?=升|斤|公斤|米|厘米|寸|元|块|kg)")
_DIGIT = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2}
# 一 is "a" or "one bit" before these, not a number that an answer depends on.
_LOOSE_ONE = Late("一(?=个|次|天|年|月|片|条|只|支|张|颗|粒|份|单|层|人|度)")
_LOOSE = "\ue0ff"

# Most comments hold none of these, and without one of them no numeral.
_MAYBE_ENGLISH = Late(r"\d|ty|hundred|thousand|half|dozen|one |year|yr|[ws]/")
_ENGLISH = Late(
    r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|dozen|one (?:lit|gal|kilo|ounce|stone|yr|year))"
    r"|\d ?-?(?:yr|y|year)s?\b|\byear\b|yr[ -]old|\d(?:k|pk|mo|wks?)\b|\d ?caps\b|\b(?:w|s)/"
    r"|\bs ?925\b|\b925 s|(?:only|just) 1\b|\bb\d|\d(?:nite|moro|mrw|night)\b"
)
_UNITS = {word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)}
_TENS = {word: n * 10 for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}
_TEENS = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "nineteen": 19,
}
_ANY_UNIT, _ANY_TEN = "|".join(_UNITS), "|".join(_TENS)
_TENS_AND_UNITS = Late(rf"\b({_ANY_TEN})(?:[ -]({_ANY_UNIT}))?\b(?! percent)|\b({_ANY_TEN})(?= percent)")
_HUNDREDS = Late(rf"\b(an?|{_ANY_UNIT}|\d) (hundred|thousand)\b(?: and (\d\d?)\b)?")
_AND_A_HALF = Late(rf"\b({'|'.join([*_UNITS, *_TEENS])}|\d+) and (?:a )?half\b")
_ONE_OF = Late(r"\bone (?=lit(?:re|er)|gal|kilo|ounce|stone|y(?:ea)?r[ -]?old)")
_HALF_OF = Late(r"\b(?:a )?half(?: an?)? (?=lit(?:re|er)|gal|kilo|ounce)")
_YEARS = Late(r"(?:(?<=\d)[ -]{0,2}(?:yrs?|years?|y)|(?<=[a-z])[ -](?:yrs?|years?))[ -]?(?:olds?|/?o)\b")
_SHORT = (
    (Late(r"\bb(\d)g(\d)\b"), r"buy \1 get \2"),
    (Late(r"\bb4\b"), "before"),
    (Late(r"\bw/ ?o(?:ut)?\b(?!/)"), "without"),
    (Late(r"\bs/ ?(?=steel\b)"), "stainless "),
    (Late(r"(?<=\d) ?caps\b"), " capsules"),
    (Late(r"\bs ?925(?: (?:sterling )?silver)?\b|\b925 (?:sterling )?silver\b"), "sterling silver"),
    (Late(r"(?<=\bonly )1\b(?! ?[a-z./%]*\d| ?(?:kg|g|lbs?|ml|l|oz|m|cm|ft|inch|litre|liter)\b)"), "one"),
    (Late(r"(?<=\bjust )1(?= (?:left|remaining|piece|item|more)\b|$)"), "one"),
    (Late(r"\b(?:a|one) dozen\b"), "12"),
    (Late(r"\b2(?:nite|night)\b"), "tonight"),
    (Late(r"\b2(?:moro|morrow|mrw)\b"), "tomorrow"),
    (Late(r"(?<![\d.])([1-35-79])k\b(?! gold| res)"), r"\g<1>000"),
    (Late(r"(?<=\d)pk\b"), " pack"),
    (Late(r"(?<=\d) ?mos?\b"), " months"),
    (Late(r"(?<=\d) ?wks?\b"), " weeks"),
)


def chinese_numerals(text: str) -> str:
    """Numerals before a measure word, in a height, in a price, of a hundred and more; 一 that means "a" stays."""
    if not _NUMBERS.search(text):
        return text
    if "俩" in text or "仨" in text:
        text = text.replace("咱俩", "咱们").replace("我俩", "我们").replace("你俩", "你们").replace("他俩", "他们")
        text = _TWO.sub("两个", text).replace("仨", "三个")
    if "第" in text:
        text = _NTH.sub(lambda m: f"第{_number(m.group(1))}", text)
    if "点" in text:
        text = _POINT.sub(lambda m: f"{_number(m.group(1))}.{_DIGIT[m.group(2)]}", text)
    if "米" in text:
        text = _METRES.sub(_metres, text)
    if "送" in text or "赠" in text or "发" in text or "得" in text or "到手" in text or "免" in text:
        text = _BUY_AND_GET.sub(_buy_and_get, text)
    text = _LOOSE_ONE.sub(_LOOSE, text)
    text = _NUMERAL.sub(lambda m: _number(m.group(1)), text)
    if "满" in text or "够" in text or "减" in text:
        text = _AFTER_VERB.sub(lambda m: _number(m.group(1)), text)
    if "十" in text or "百" in text or "千" in text:
        text = _BARE.sub(_bare, text)
    if "一" in text:
        text = _HEIGHT_BY_DIGITS.sub(_by_digits, text)
    if "块" in text or "元" in text or "毛" in text:
        text = _TENTHS.sub(_tenths, text)
    if "半" in text:
        text = _HALVES.sub(lambda m: f".5{m.group(1)}", text).replace("半升", "0.5升").replace("半斤", "0.5斤")
    return text.replace(_LOOSE, "一")


def english_numerals(text: str) -> str:
    """What is said with several words or in shorthand; single words (two … twelve) stand in table `rewrites`."""
    if not (_MAYBE_ENGLISH.search(text) and _ENGLISH.search(text)):
        return text
    for pattern, instead in _SHORT:
        text = pattern.sub(instead, text)
    text = _ONE_OF.sub("1 ", text)
    text = _YEARS.sub(" years old", text)
    text = _TENS_AND_UNITS.sub(lambda m: str(_TENS[m.group(1) or m.group(3)] + _UNITS.get(m.group(2), 0)), text)
    text = _HUNDREDS.sub(_hundreds, text)
    text = _AND_A_HALF.sub(lambda m: f"{_UNITS.get(m.group(1)) or _TEENS.get(m.group(1)) or m.group(1)}.5", text)
    return _HALF_OF.sub("0.5 ", text)


def _metres(found: re.Match[str]) -> str:
    whole = {"一": "1", "二": "2", "两": "2"}.get(found.group(1), found.group(1))
    followed = found.string[found.end() : found.end() + 1].isdigit()
    return f"{whole}米" + "".join(str(_DIGIT[char]) for char in found.group(2)) + (" " if followed else "")


def _buy_and_get(m: re.Match[str]) -> str:
    return f"{_number(m.group(1))}件{m.group(2)}{_number(m.group(3))}件"


def _bare(m: re.Match[str]) -> str:
    """一百五 of somebody who asks whether it fits are 斤: a height is said 一米五 or 一五零."""
    made = _number(m.group(1))
    is_weight = "百" in m.group(1) and 100 <= int(made) <= 260 if made.isdigit() else False
    if is_weight and _WORN.search(m.string) and not _TALL.search(m.string[: m.start()]):
        return f"{made}斤"
    return made


def _by_digits(m: re.Match[str]) -> str:
    made = "".join(str(_DIGIT[char]) for char in m.group())
    return f"{made}cm" if _WORN.search(m.string) and not m.string[m.end() :].startswith("斤") else made


def _tenths(m: re.Match[str]) -> str:
    unit, tenth = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
    return unit + ("5" if tenth == "半" else str(_DIGIT[tenth]))


def _hundreds(m: re.Match[str]) -> str:
    many = 1 if m.group(1) in ("a", "an") else _UNITS.get(m.group(1)) or int(m.group(1))
    return str(many * (100 if m.group(2) == "hundred" else 1000) + int(m.group(3) or 0))


def _number(said: str) -> str:
    """一百六十 → 160, 一百六 → 160, 一百六五 → 165, 十二 → 12, 两 → 2; what is no number stays as it was said."""
    if len(said) == 4 and said[1] == "百" and said[2] in _DIGIT and said[3] in _DIGIT and said[2] != "零":
        said = f"{said[:3]}十{said[3]}"
    if said.isdigit() and said.isascii():
        return said
    total, digit, unit_before = 0, -1, 0
    for char in said:
        if char == "半":
            return said
        if char in "十百千":
            unit = {"十": 10, "百": 100, "千": 1000}[char]
            total += (digit if digit >= 0 else 1) * unit
            digit, unit_before = -1, unit
        elif char == "零":
            digit, unit_before = -1, 0
        else:
            if digit >= 0:
                return "".join(str(_DIGIT[c]) if c in _DIGIT else c for c in said)
            digit = _DIGIT[char]
    if digit >= 0:
        total += digit * (unit_before // 10 if unit_before >= 100 else 1)
    return str(total)
