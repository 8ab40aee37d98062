"""Days with a number: 10月1号, 15号前, "march 2nd", "the 15th", 11.11; days with a name stand in table `words`."""

from __future__ import annotations

import re

from console.triage.found import HAN, Found, Reader
from console.triage.late import Late

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?"
_NO_DAY = r"(?! (?:one|item|link|product|time|floor|year|birthday|anniversary|order|batch|shipment|run|asking|piece|pair)s?\b)(?![a-z])"
_ORD = r"2?1(?=st)|31(?=st)|2?2(?=nd)|2?3(?=rd)|(?:[04-9]|1\d|20|2[4-9]|30)(?=th)"
_DATE = Late(
    r"(?<!\d)(\d{1,2})月(\d{1,2})[号日]?"
    r"|(?<![\d十])(\d{1,2})号(?=之?前|能?到(?![手货底])|晚上|早上|上午|下午|中午|才|那天|要?出差|左右)"
    r"|(?<=等到)(\d{1,2})号|(?<!\d)(\d{1,2})月(?:份|(?=的|生产|日期|新|$))(?!\d)"
)
_DATE_EN = Late(
    rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?![\d.a-z])|(?<![\d.])(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}\b"
    rf"|(?<![\d.])(?:({_ORD}))(?:st|nd|rd|th){_NO_DAY}"
)
_SALE = Late(r"(?<![\d.])(1[12])([./]?)\1(?![\d.]|[件块元斤个单年月])|双 ?(1[12])(?!\d)|\bdouble (11|12)\b|(?<![\d.])6[./](18)(?![\d.])")
_MONTH_NAME = Late(
    r"\b(?:(january|february|april|june|july|august|september|october|november|december)"
    r"|((?:in|by|until|before|this|next) )(jan|feb|march?|apr|jun|jul|aug|sept?|oct|nov|dec))\b"
)
_NAMED = Late("jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|sat|sun")
_WEEK = {"mon": "周一", "tue": "周二", "wed": "周三", "thu": "周四", "thur": "周四", "thurs": "周四", "sat": "周六", "sun": "周日"}
_DAY = Late(
    r"\b((?:on|by|before|until|next|this) )(mon|tue|wed|thu|thurs?|sat|sun)\b(?! (?:screen|cream|light|exposure))"
    r"|\b(mon|tue|wed|thurs|sat)(?= (?:shipping|ship|or|and|night|morning|live)\b)"
)


def read_named_days(text: str, found: Found) -> str:
    """A month without a day ("in aug", "the june batch"), and days of three letters where they can be nothing else ("by sat")."""
    if not _NAMED.search(text):
        return text
    text = _MONTH_NAME.sub(lambda m: (m.group(2) or "") + found.put("date", f"{_month(m.group(1) or m.group(3))}月"), text)
    return _DAY.sub(lambda m: (m.group(1) or "") + found.put("date", _WEEK[m.group(2) or m.group(3)]), text)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _date(m: re.Match[str], found: Found) -> str:
    if m.group(1):
        return found.put("date", f"{m.group(1)}-{m.group(2)}")
    return found.put("date", f"{m.group(5)}月" if m.group(5) else f"{m.group(3) or m.group(4)}号")


def _date_en(m: re.Match[str], found: Found) -> str:
    day = int(m.group(2) or m.group(3) or m.group(5))
    if not 1 <= day <= 31:
        return m.group()
    month = m.group(1) or m.group(4)
    return found.put("date", f"{_month(month)}-{day}" if month else f"{day}号")


def _sale(m: re.Match[str], found: Found) -> str:
    if m.group(1) and not m.group(2) and HAN.search(m.string) is None:
        return m.group()
    return found.put("date", {"11": "双十一", "12": "双十二"}.get(m.group(1) or m.group(3) or m.group(4), "618"))


DAYS: tuple[Reader, ...] = (
    (_SALE, "./", "./双e", _sale),
    (_SALE, "有会还能价降活打便更多", "", _sale),
    (_DATE, "月号", "", _date),
    (_DATE_EN, "snrtojfmad", "nbrlgptcvyhe", _date_en),
)
