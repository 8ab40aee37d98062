"""Numbers without a unit in a question whether it fits: 163 105斤, 160/95, 165能穿吗, 我130拍什么码."""

from __future__ import annotations

import re

from console.triage.bodies import CHILD
from console.triage.found import HAN, Found
from console.triage.late import Late
from console.triage.measures import grams

_FIT = Late(
    "拖[地到]|裤短|裤子[长短]|短吗|骑|太[长短]|会[长短]|够长|长不长|穿|码|身高|体重|斤|拿|选|拍|合适|合身|显|个子|拖地|裤长|裙|驾驭|size|fit|wear|weigh"
)
_ONLY_NUMBERS = Late(r"[\d /]+")
_PAIR = Late(r"(?<![\d.])(\d{2,3})(?: +|/)(\d{2,3})(?![\d.%]| ?(?:ml|oz|块|元|件|号|码|个|g))")
_HEIGHT = Late(r"(?<![\d.])(1[4-9]\d|20\d)(?![\d.%])")
_METRES = Late(r"(?<![\d.])1\.([4-9]\d)(?![\d.%元块])")
_WEIGHT = Late(r"(?<![\d.])(\d{2,3})(?![\d.%])")
_WEIGHT_SAID = Late(r"\b(?:(?:i|my|he|she) )?weigh(?:t|s|ing)?(?: (?:is|about|around|like|only|at))* (\d{2,3})(?![\d.%]| ?[a-z]*\d)")
# One number, and nothing beside it that makes it a number of something else.
_ALONE = Late(
    r"^(?:[^\d]"
    r"|\d分)*?(?<![a-z.#满第至到减约含高领加满领价券])(\d{2,3})(?![\d.%a-z寸丝件个号码折天单块元包邮和跟支层圈年月岁度杯]"
    r"| ?(?:ml|oz|cm|块|元))(?:[^\d]|\d分)*$"
)
_WORN = Late(
    "穿|太[长短]|会[长短]|会不会[长短]|长不长|显[胖瘦矮高老]|身高|个子|码|[塞套]得|拖地|膝|裤长|裙子?[到过会穿选拍]|合身"
    "|驾驭|选|压个|拍[什哪啥多SML]|骑|够长|短|体重"
)
_NO_CLOTHES = Late("学生|岁|重|胖|床|鞋|尿|斤|[月天]")
_TALL = Late("自行车|单车|长|短|拖|膝|矮|高|个子|裤脚|改|到哪|脚踝|[789]分|骑|大个")
_HEAVY = Late("胖|肉|[塞套]得|塞|勒|斤|生完|产后|挤|撑|体重")


def read_bare(text: str, found: Found) -> str:
    """What is plain from its company, else from its size where it can be only one of both; else it stays in the text.

    Heights are cm, weights 斤 (kg below 70). Beside each other the larger is the height.
    """
    if not (_FIT.search(text) or not found.lacks("height") or not found.lacks("weight") or _ONLY_NUMBERS.fullmatch(text)):
        return text
    if found.lacks("height") and found.lacks("weight"):
        return _both(text, found)
    if found.lacks("height"):
        return _HEIGHT.sub(lambda m: found.put("height", int(m.group(1)) * 10), text, count=1)
    if found.lacks("weight"):
        return _WEIGHT.sub(lambda m: _weight(m, found), text, count=1)
    return text


def _both(text: str, found: Found) -> str:
    pair = _PAIR.search(text)
    if pair:
        a, b = sorted((int(pair.group(1)), int(pair.group(2))))
        if 140 <= b <= 210 and 40 <= a <= 230 and a != b:
            said = found.put("height", b * 10) + found.put("weight", _grams(a))
            return text[: pair.start()] + said + text[pair.end() :]
    if "weigh" in text:
        return _WEIGHT_SAID.sub(lambda m: _english_weight(m, found), text)
    if HAN.search(text) is None:
        return text
    if "1." in text and found.lacks("money"):
        text = _METRES.sub(lambda m: found.put("height", 1000 + int(m.group(1)) * 10), text)
    return _alone(text, found) if found.lacks("height") and found.lacks("money") and found.lacks("age") else text


def _alone(text: str, found: Found) -> str:
    """Nobody who wears this is 135 cm or 40 kg (a child may be), few are 165斤: 140 … 154 and 176 … 210 could be both."""
    m = _ALONE.match(text)
    if m is None or not _WORN.search(text):
        return text
    number = int(m.group(1))
    if CHILD.search(text):
        # Children's clothes are made by height, in steps of 5 cm; who weighs so much in 斤 is no child.
        if not (80 <= number <= 150 and number % 5 == 0) or _NO_CLOTHES.search(text):
            return text
        return text[: m.start(1)] + found.put("height", number * 10) + text[m.end(1) :]
    if 140 <= number <= 205 and (_TALL.search(text) or (155 <= number <= 175 and not _HEAVY.search(text))):
        said = found.put("height", number * 10)
    elif 76 <= number <= 139 or (number <= 300 and number >= 211) or (140 <= number <= 260 and _HEAVY.search(text)):
        said = found.put("weight", grams(m.group(1), "斤"))
    else:
        return text
    return text[: m.start(1)] + said + text[m.end(1) :]


def _weight(m: re.Match[str], found: Found) -> str:
    number = int(m.group(1))
    if HAN.search(m.string) is None:
        if 90 <= number <= 400 and ("'" in m.string or not found.lacks("height")):
            return found.put("weight", grams(m.group(1), "lb"))
        return m.group()
    return found.put("weight", _grams(number)) if 40 <= number <= 260 else m.group()


def _grams(number: int) -> int:
    """Below 70 a grown-up says kilograms."""
    return grams(str(number), "斤" if number >= 70 else "kg")


def _english_weight(m: re.Match[str], found: Found) -> str:
    """Between 76 and 110 it could be kilograms or pounds."""
    number = int(m.group(1))
    if 35 <= number <= 75 or 111 <= number <= 400:
        return found.put("weight", grams(m.group(1), "kg" if number <= 75 else "lb"))
    return m.group()
