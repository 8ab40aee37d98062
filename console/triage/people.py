"""Whose skin it is and which child, said in a sentence: "my face is super oily" is oily skin, 皮肤特别容易敏感 is 敏感肌."""

from __future__ import annotations

import re

from console.triage.found import Found
from console.triage.late import Late
from console.triage.rules import PLACEHOLDER

_KINDS = {"oily": "油皮", "dry": "干皮", "sensitive": "敏感肌", "油": "油皮", "干": "干皮", "敏感": "敏感肌"}
_HOW = "is|are|gets?|feels?|looks?|that|thats|which|so|super|very|really|quite|pretty|extremely|always|kinda|a|bit|too"
_SKIN_EN = Late(rf"\b(?:my |his |her |your |their )?(?:skin|face)(?: (?:{_HOW}))* (oily|dry|sensitive)\b(?! (?:out|down|off|it))")
_SKIN_ZH = Late(
    "(?:皮肤|脸上?)(?:是|属于|特别|超级?|有点|有些|一直|天生|贼|巨|非常|比较|真的|本来|就|很|偏|太|挺|容易|爱|老)*(敏感|油|干)(?![净货掉吗])"
    "(?:的|型|性)?(?:一批|得要命|得很|死了|到爆)?"
)
_GIRL = Late(rf"(?<={PLACEHOLDER['age']}) ?girls?\b")


def read_people(text: str, found: Found) -> str:
    """After the ages are read, before the words of the table are looked up."""
    if "skin" in text or "face" in text:
        text = _SKIN_EN.sub(lambda m: _skin(m, found), text)
    if "girl" in text:
        text = _GIRL.sub(lambda m: found.put("person", "女儿"), text)
    return _SKIN_ZH.sub(lambda m: _skin(m, found), text) if "皮肤" in text or "脸" in text else text


def _skin(m: re.Match[str], found: Found) -> str:
    return found.put("person", _KINDS[m.group(1)])
