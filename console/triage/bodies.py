"""Height, weight, volume and age with their units, as they are typed in two languages."""

from __future__ import annotations

import re

from console.triage.found import NUM, Found, Reader, said
from console.triage.late import Late
from console.triage.measures import grams, millilitres, millimetres_of_inches

CHILD = Late("宝宝|娃|孩|儿子|女儿|闺女|小朋友|姑娘|学生|岁|童|婴|幼|kid|child|toddler|baby|son|daughter|year")
_BED = Late(r"(?<![\d.])([12])(?:米|m|\.)(\d{1,2})?(?:米|m)?的?(?=床)|(?<=床)(?:是)?([12])(?:米|m|\.)(\d{1,2})?(?:米|m)?的?")
_HEIGHT_M = Late(
    r"(?:净?身高|\bmy height(?: is)? )?(?<![\d.])([12]) ?(?:米|m) ?(\d{1,2})(?!\d)"
    r"|(?:净?身高|\bmy height(?: is)? )?(?<![\d.])([12])\.(\d{1,2})(?: ?(?:米|m(?![a-z]))|(?= ?\d{2,3}(?:斤| ?kg|公斤)))"
)
_HEIGHT_CM = Late(
    r"净?身高 ?(?:是|有)?(\d{2,3})(?: ?(?:cm|公分|厘米))?(?![\d.])|(?<=净)高 ?(\d{3})(?!\d)"
    r"|(?<![\d.围长宽])(\d{2,3}) ?(?:cms?|公分|厘米|centimet(?:er|re)s?)(?: tall\b)?(?!\w*[长宽围])"
    r"|\b(?:height|tall)(?: is| of| about| around)? (1[2-9]\d|20\d)(?!\d)|(?<![\d.])(1[2-9]\d|20\d)(?: tall\b| height\b)"
)
_HEIGHT_FT = Late(
    r"(?:\bmy height(?: is)? )?(?<![\d.])([4-7]) ?(?:'|ft|feet|foot) ?(?:and )?(\d{1,2})?(?!\d)"
    r"(?: ?(?:\"|''|in(?![a-z])|inch(?:es)?))?(?: tall\b)?"
    r"|(?<![\d.])([4-7])\"(\d{1,2})(?!\d)"
)
_WEIGHT = Late(
    rf"(?:体重 ?|\b(?:i weigh|weighing|my weight(?: is)?) )?{NUM} ?(?:(公斤|千克|斤|克|(?:kgs?|kilo(?:gram)?s?|lbs?|磅|jin|g)(?![a-z]))"
    r"|(?:stones?|st)(?! ring)(?![a-z])(?: (?:and )?(\d{1,2})(?: ?lbs?(?![a-z])|(?![\d.]| ?[a-z])))?)|体重 ?(?:是|有)?(\d{2,3})(?!\d)"
)
_VOLUME = Late(rf"{NUM} ?(?:fl ?)?(ml|毫升|升|liter|litre|l(?! ?[码号])|oz|ounce|盎司|gallon|gal|加仑)(?:s(?![a-z])|(?![a-z]))")
_AGE = Late(
    r"(?<![\d.])(\d{1,3})(?:\.(5))?(?: ?(?:周|虚)?岁(半)?| ?(?:yo|y/o|years? olds?|your old|yrs? old)(?![a-z]))"
    r"|\bage[ds]? (\d{1,2})(?![\d.%])|半岁"
)
_MONTHS = Late(
    r"(?<![\d.])(\d{1,2})(?:m(?= old)|个月(?:大的?|(?=的?(?:宝宝|婴儿|孩子|娃|狗|猫|小)|能[吃用喝玩穿坐]))| ?(?:months?"
    r"|mths?)(?: olds?)?(?![a-z]))"
)
_NO_AGE = Late(
    "[保质退换孕期]|ago|warranty|last|expir|return|worth|supply|install|preg|every|per |in stock|wait|how many|dat|life|after|before"
)
_SOMEONE = Late("[\u3400-\u9fff]|bab|bub|infant|newborn|toddler|kid|child|kitten|pup|safe|size|eat|drink|wear|fit|use|suit|play|boy|girl")
_RANGE = Late(r"(?<![\d.])(\d{1,2})(?: |/| to |到|至)(\d{1,2}) ?(?:个月|months?|mths?|m(?![a-z]))(?: olds?)?")
_WHO = r"he|she|hes|shes|son|boy|kid|mum|dad|nan|gran|grandma|daughter|girl|niece|nephew|toddler|brother|sister|grandson|mil|child"
_SAID_AGE = Late(
    rf"\b((?:{_WHO})(?: (?:is|has|just|only|now|turned|turning|almost|already|about|like))* )(\d{{1,2}})"
    r"(?![\d.'/%\"]| ?(?:cm|kg|kilo|lb|stone|st\b|feet|ft|foot|month|week|day|pcs|pack|ml|oz|size|inch|g\b|a\b|b\b|c\b|d\b))"
)
# Whose skin it is tells how old he is.
_MY_AGE = Late(
    r"\b((?:i am|iam) (?:already |just )?)(\d{2})(?![\d.'/%\"]| ?(?:cm|kg|kilo|lb|stone|st\b|feet|ft|foot|month|week|size"
    r"|inch))"
)
_SKIN = Late("skin|serum|retinol|wrinkle|face|aging|cream|collagen|moisturi|line")
_GRADE = Late("(?:小学|初中)?([1-9])年级的?(?:学生|孩子|小孩|娃)?")


def _bed(m: re.Match[str], found: Found) -> str:
    whole, rest = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
    return found.put("size", f"{whole}.{(rest or '0').rstrip('0') or '0'}米")


def _height_m(m: re.Match[str], found: Found) -> str:
    whole, rest = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
    mm = int(whole) * 1000 + int((rest + "0")[:2]) * 10
    return found.put("height", mm) if (1000 if CHILD.search(m.string) else 1300) <= mm <= 2300 else m.group()


def _height_ft(m: re.Match[str], found: Found) -> str:
    inches = int(m.group(2) or m.group(4) or 0)
    return found.put("height", millimetres_of_inches(int(m.group(1) or m.group(3)), inches)) if inches < 12 else m.group()


def _height_cm(m: re.Match[str], found: Found) -> str:
    cm = int(said(m))
    return found.put("height", cm * 10) if 50 <= cm <= 230 else m.group()


def _weight(m: re.Match[str], found: Found) -> str:
    if m.group(4):
        return found.put("weight", grams(m.group(4), "斤"))
    if m.group(2):
        return found.put("weight", grams(m.group(1), m.group(2)))
    return found.put("weight", grams(m.group(1), "st") + (grams(m.group(3), "lb") if m.group(3) else 0))


def _volume(m: re.Match[str], found: Found) -> str:
    return found.put("volume", millilitres(m.group(1), m.group(2)))


def _range(m: re.Match[str], found: Found) -> str:
    return found.put("size", f"{m.group(1)}-{m.group(2)}M") if int(m.group(1)) < int(m.group(2)) <= 48 else m.group()


def _months(m: re.Match[str], found: Found) -> str:
    """Years are whole: the months beyond stay in the text and keep 3个月 and 6个月 apart."""
    if "大" not in m.group() and "old" not in m.group() and (_NO_AGE.search(m.string) or not _SOMEONE.search(m.string)):
        return m.group()
    years, months = divmod(int(m.group(1)), 12)
    return found.put("age", years) + (str(months) if months else "")


def _age(m: re.Match[str], found: Found) -> str:
    if m.group() == "半岁":
        return found.put("age", 0) + "6"
    years = int(m.group(1) or m.group(4))
    return found.put("age", years) + ("6" if m.group(2) or m.group(3) else "") if years <= 110 else m.group()


def _said_age(m: re.Match[str], found: Found) -> str:
    return f"{m.group(1).split()[0]} {found.put('age', int(m.group(2)))}"


def _my_age(m: re.Match[str], found: Found) -> str:
    return m.group(1) + found.put("age", int(m.group(2))) if _SKIN.search(m.string) else m.group()


def _grade(m: re.Match[str], found: Found) -> str:
    return found.put("person", f"{m.group(1)}年级")


BODIES: tuple[Reader, ...] = (
    (_BED, "床米m.", "床", _bed),
    (_HEIGHT_M, "米m.", "", _height_m),
    (_HEIGHT_FT, "'f\"", "", _height_ft),
    (_HEIGHT_CM, "c公厘th", "高是有tlfds", _height_cm),
    (_WEIGHT, "公千斤kl磅sj克g", "重", _weight),
    (_VOLUME, "fm毫升lo盎g加", "", _volume),
    (_RANGE, "个m", "", _range),
    (_MONTHS, "个m", "", _months),
    (_AGE, "周虚岁y.", "esd", _age),
    (_MY_AGE, "", "mtyi", _my_age),
    (_GRADE, "年", "", _grade),
    (_SAID_AGE, "", "estdwgynrmlkfui", _said_age),
)
