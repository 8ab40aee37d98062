"""Numbers that are said shortly: 16还是18寸 (the unit once), 6个一盒, 一盒6个 and 6个装 (six in each), 1个 (one)."""

from __future__ import annotations

import re

from console.triage.late import Late

_EACH = "[个片条只支张颗粒瓶包袋双罐枚块根]"
_BOX = "[盒箱袋包套组提桶罐]"
_IN_EACH = Late(
    rf"(?<![\d.])(\d{{1,3}}{_EACH})(?:装)?[一1]{_BOX}(?:装|的)?(?!\w*[多几])"
    rf"|(?<![\d.买拍])[一1]{_BOX}(?:里面?)?(?:是|有|装)?(\d{{1,3}}{_EACH})(?:装|的)?(?![一1\d])"
    r"|(?<![\d.])(\d{1,3}[个片条只支颗粒瓶双罐枚])装(?![上了好得进下不电])"
)
_UNIT = "斤|公斤|kg|寸|升|毫升|ml|岁|码|克|年级|oz|ounces?|lit(?:re|er)s?|lbs?|inch(?:es)?|cm|years? old"
_SHARED = Late(rf"(?<![\d.#])(\d+(?:\.\d+)?)(?= ?(?:or|vs|and|还是|或者?|和|跟|与) ?(?:an? |the )?\d+(?:\.\d+)? ?({_UNIT})(?![a-z]))")
_JOINS = Late(r"\d ?(?:or|vs|and|[还或和跟与])")
# 能单买1个吗 is 能单买一个吗; 1个装 tells how many there are.
_ONE = Late("(?<![\\d.:/+#-])1(?=(?:个(?![加x装])|次|片|条|只|支|张|颗|粒|份|层(?!牛?皮)|人)(?!\\d))")


def written_out(text: str) -> str:
    """The text with each unit beside its number; 6个一盒 as 6个, 1个 as 一个."""
    if _JOINS.search(text):
        text = _SHARED.sub(_with_unit, text)
    if "1" in text or "装" in text or "一" in text:
        text = _IN_EACH.sub(lambda m: m.group(1) or m.group(2) or m.group(3), text)
        text = _ONE.sub("一", text)
    return text


def _with_unit(m: re.Match[str]) -> str:
    return m.group(1) + (" " if m.group(2).isascii() else "") + m.group(2)
