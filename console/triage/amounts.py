"""Money and counts: 19块9, "30 bucks", 满300减50, 便宜20, "under 20", 两件, "2 pcs", "buy 2 get 1"."""

from __future__ import annotations

import re

from console.domain.values import Money
from console.triage.found import HAN, NUM, Found, Reader, said
from console.triage.late import Late
from console.triage.measures import micros
from console.triage.rules import PLACEHOLDER

_CURRENCY = {
    "$": "USD", "£": "GBP", "€": "EUR", "¥": "CNY", "₱": "PHP", "元": "CNY", "块": "CNY", "毛": "CNY", "rmb": "CNY", "rm": "MYR",
    "usd": "USD", "刀": "USD", "美金": "USD", "美元": "USD", "dollars": "USD", "dollar": "USD", "bucks": "USD", "buck": "USD",
    "quid": "GBP", "gbp": "GBP", "euros": "EUR", "euro": "EUR", "pesos": "PHP", "peso": "PHP", "php": "PHP",
}  # fmt: skip
_COUNTED = "[件个套盒瓶包双条支只袋份单罐桶张片颗粒斤箱送]"
_UNIT = r"[\d斤件个号码折天单次台份盒瓶套箱包双条支袋片只罐桶张颗轮波遍秒分小点月年岁寸米公克回层人倍%.]"
_MONEY = Late(
    r"([$£€¥₱]|\brm) ?(\d+(?:\.\d{1,2})?)"
    rf"|{NUM} ?(美[元金]|刀(?!具)|元|块钱?|毛(?!衣)|(?:rmb?|usd|dollars?|bucks?|quid|gbp|euros?|pesos?|php)(?![a-z]))"
    rf"((?!\d(?!包邮){_COUNTED})\d(?!\d))?"
)
_PRICE = Late(
    rf"(?<=[满够减付了费券卖]){NUM}(?!{_UNIT})"
    rf"|(?<=spend )(\d+)|(?<=over )(\d+)(?![\d.%]|s\b|st\b)|(?<![\d.])(\d{{1,4}})(?=的?(?:优惠)?券)"
)
# What stands before an amount in words that speak of nothing but money.
_PRICE_SAID = Late(
    rf"(便宜|预算|只要|到手价?是?|原价|现价|特价|怎么不是|为什么没有?|付的|定金|订金|红包|打完|满减|降价?了?|少退我|补了?"
    rf"|折后|现在卖?|刚)(\d{{2,5}}(?:\.\d{{1,2}})?)(?!{_UNIT})"
    r"|((?:under|above|spend is|purchase(?: is)?(?: of)?|minimum(?: of)?|voucher|charged|(?:you|u) (?:do|take)|i paid|paid"
    r"|for under|does) )(\d+(?:\.\d\d)?)"
    r"(?![\d.%a-z]| ?(?:kg|kilo|lbs?|cm|pcs|pack|days?|of|more|units|stone|inch|feet|ft|ml|oz|years?|months?|weeks?|hours?"
    r"|minutes?|times|work|come|fit|still|have|for \d))"
)
# "can i get it for 20": what is offered for a thing that is pointed at.
_OFFERED = Late(
    r"(\b(?:get|take|buy|grab|let|(?:can|could|would|will|may) (?:you|we|i) (?:do|have|sell))"
    rf"(?: (?:me|us|it|this|that|one|these|those|them|both|all|go|to|\d|{PLACEHOLDER['link']})){{1,4}}"
    r" for )((?!2\b)[1-9]\d{0,3}(?:\.\d\d)?)(?=$| (?:please|shipped|total|all in|today|tonight|now|if|or|so|each|then|instead)\b)"
)
_PRICE_OF = Late(
    r"(?<![\d.])(\d{2,4}(?:\.\d{1,2})?)(?=包邮|能用|可用|有什么赠|送什么|减\d|那[个款套]|的?[定订]金|的?红包|的?以内|的?以下"
    r"|这个?价|秒杀|能?分期"
    r"|是?1[条件盒份]的价|[和跟]\d{2,4}的?(?:差|有什么|的?区别)|2[件条]还是)|(?<=[和跟])(\d{2,4})(?=的?(?:差"
    r"|有什么区?别?不一样|有什么区别))"
    r"|(?<![\d.])(\d{1,4}\.\d{1,2})(?=的|是|几|那|能|还有|$)|(?<![\d.])((?:19[6-9]|[2-9]\d\d|\d{4})(?:(?<=[89])|(?<=80)))(?<!618)(?=的|$)"
    r"|(?<![\d.第])(\d{2,4})(?= ?能?(?:给我)?(?:带走|拿走|拿下|抱走|入手|成交|拿$|卖(?:$|我|给我)))"
    r"|(?<![\d.%])(\d+)(?= off\b(?! the)| deposit\b| voucher\b| coupon\b| minimum\b| min spend)"
)
_COUNT = Late(
    r"(?<![\d.第])(\d{1,4})(?:件|个|套|份|单| ?(?:pcs?|pieces?|units)(?![a-z])"
    r"|(?=(?:盒|箱|瓶|包(?!邮)|双|条|支|袋|片|只|罐|桶|张|本)(?!里)))(?!月|小时|点|人)"
)
_COUNT_EN = Late(
    r"(?<=for )(\d{1,2})(?![\d.%]| ?(?:ml|oz|lbs?|kgs?|kilo|stone|year|yo|months?|days?|weeks?|off|cm|tall|dollar|bucks|quid))"
    r"|(?<=buy )(\d{1,3})(?![a-z\d])|(?<=buying )(\d{1,3})(?![a-z\d])|(?<=get )(\d{1,3})(?![a-z\d.%]| off)"
    r"|(?<=pack of )(\d{1,3})(?![a-z])|(?<=order )(\d{1,3})(?![a-z\d])|(?<=[拍买])(\d{1,3})(?![\d.a-z寸码折月])"
    r"|(?<=take )(\d{1,3})(?=$| (?:of|more|please))"
    r"|(?<![\d.])(\d{1,3})(?=[ -]?(?:packs?|packets?|in a pack|in a box|pairs?|boxes|bottles|sets)(?![a-z]))"
)
_WORN = Late("穿|身高|体重|斤|码|裤长|拖地|公分|cm")


def _money(m: re.Match[str], found: Found) -> str:
    if m.group(1):
        return found.put("money", Money(micros=micros(m.group(2)), currency=_CURRENCY[m.group(1)]))
    number = micros(m.group(3)) + int(m.group(5) or 0) * 100_000
    unit = _CURRENCY.get(m.group(4)[:1]) or _CURRENCY[m.group(4)]
    return found.put("money", Money(micros=number // 10 if m.group(4) == "毛" else number, currency=unit))


def _put(number: str, m: re.Match[str], found: Found) -> str:
    """An amount without its unit is money of its language: 满300 are 元, "over 50" are dollars."""
    return found.put("money", Money(micros=micros(number), currency="CNY" if HAN.search(m.string) else "USD"))


def _price(m: re.Match[str], found: Found) -> str:
    return _put(said(m), m, found)


def _price_said(m: re.Match[str], found: Found) -> str:
    before, number = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
    return m.group() if before in ("现在", "刚", "降了") and _WORN.search(m.string) else before + _put(number, m, found)


def _price_of(m: re.Match[str], found: Found) -> str:
    """Not where a body is measured (165的能穿吗), nor a half size (36.5的)."""
    number = said(m)
    whole, _, rest = number.partition(".")
    is_size = rest == "5" and 33 <= int(whole) <= 48
    if rest and HAN.search(m.string) is None:
        return m.group()
    return m.group() if is_size or (_WORN.search(m.string) and not rest) or whole in ("0", "1") else _put(number, m, found)


def _count(m: re.Match[str], found: Found) -> str:
    return found.put("count", int(said(m)))


MONEY: tuple[Reader, ...] = (
    (_MONEY, "元块刀美毛rudbqgep", "$£€¥₱m", _money),
    (_PRICE_OF, "减", "", _price_of),
    (_PRICE, "的优券", "满够减付了费券卖dr", _price),
    (_PRICE_SAID, "", "宜算要手价是有的金包完减了我补后在卖刚ersmfdeou", _price_said),
    (_OFFERED, "", "r", _price_said),
    (_PRICE_OF, "包能可有送减那的定订红以这秒分是和跟带拿抱入成卖给2.odvcm", "", _price_of),
)
COUNTS: tuple[Reader, ...] = (
    (_COUNT, "件个套份单p盒箱瓶包双条支袋片只罐桶张本u", "", _count),
    (_COUNT_EN, "-pibs", "rygtfek拍买", _count),
)
