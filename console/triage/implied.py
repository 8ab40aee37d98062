"""What one slot says already of another: 8岁 of a child, 福建 of 泉州, 周六周日 of 周末. Said or not, the question is the same."""

from __future__ import annotations

from typing import Any

from console.triage.late import Late
from console.triage.vocabulary import Words

_CHILDREN = ("宝宝", "儿童", "幼儿", "学生", "学生党", "青少年")
# Who is a boy or a girl of an age is no other boy or girl for being somebody's son or daughter.
_SEX_OF_CHILD = {"儿子": "男", "女儿": "女士"}
_SHORT_OR_TALL = ("小个子", "高个子")
_STATES = ("孕妇", "哺乳期", "产后", "备孕", "经期", "糖尿病", "高血压", "痛风", "胃病", "鼻炎", "哮喘", "便秘")
"""Of whose body a question is then, whoever of the family it is."""
_FAMILY = ("妈妈", "爸爸", "奶奶", "爷爷")
_OLD = ("老人", "中老年", "奶奶", "爷爷")
_NURSING = ("哺乳期", "产后")
_CLASSES = ("小班", "中班", "大班")
_LARGE = Late("XXL|[2-6]XL|大码|加大|特大")
_CONTAINERS = ("bottle",)
# A size that only such a thing has: 14号圈 is a ring's, 75B a bra's, 43码 a shoe's.
_MADE_IN = (
    (Late(r"\d+圈"), ("戒指", "ring")),
    (Late(r"\d+[A-G]"), ("文胸", "内衣", "bra")),
    (Late(r"(?:3[4-9]|4\d)(?:\.5)?"), ("鞋子", "shoe")),
    (Late(r"(?:[3-9]|1\d)\d寸"), ("电视", "tv")),
)
GROWN_FROM_MM = 1_400
OLD_FROM_Y = 60


def settle(values: dict[str, list[Any]], words: Words) -> None:
    """Take out what another value implies."""
    if "person" in values:
        values["person"] = _people(values)
    places = values.get("place")
    if places is not None and len(places) > 1:
        values["place"] = [one for one in places if not any(words.within.get(other) == one for other in places)]
    dates = values.get("date")
    if dates is not None and "周六" in dates and "周日" in dates:
        values["date"] = ["周末", *(one for one in dates if one not in ("周六", "周日", "周末"))]
    if "volume" in values and "product" in values:
        values["product"] = [one for one in values["product"] if one not in _CONTAINERS]
    if "size" in values and "product" in values:
        implied = {name for size, names in _MADE_IN if any(size.fullmatch(one) for one in values["size"]) for name in names}
        values["product"] = [one for one in values["product"] if one not in implied]


def _people(values: dict[str, list[Any]]) -> list[Any]:
    people = values["person"]
    if "age" in values or min(values.get("height", [GROWN_FROM_MM])) < GROWN_FROM_MM:
        years = max(values.get("age", [0]))
        people = [_SEX_OF_CHILD.get(one, one) for one in people if one not in _CHILDREN and not (one in _OLD and years >= OLD_FROM_Y)]
    if "height" in values:
        people = [one for one in people if one not in _SHORT_OR_TALL]
    if any(one in _CLASSES or one.endswith("年级") for one in people):
        people = [one for one in people if one not in _CHILDREN]
    if any(one in _NURSING for one in people) or "place" in values:
        people = [one for one in people if one != "宝宝"]
    if "weight" in values:
        people = [one for one in people if one != "微胖"]
    if any(_LARGE.match(one) for one in values.get("size", ())):
        people = [one for one in people if one != "微胖"]
    if any(one in _STATES for one in people):
        people = [one for one in people if one not in _FAMILY]
    return list(dict.fromkeys(people))
