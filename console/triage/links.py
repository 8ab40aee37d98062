"""Link numbers: 3号, 链接3, #3, "item three", L2, "code A-07"; and colours that have a number only (8号色)."""

from __future__ import annotations

import re

from console.triage.found import Found, Reader, said
from console.triage.late import Late

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = {word: str(number) for number, word in enumerate(_ORDINALS, 1)}

LINK_ZH = Late(
    r"第?(?<![\d月])(\d{1,3}) ?号(?:链接|车|宝贝|商品|款|品|袋|橱窗|小黄车| ?link)?(?!之?前|能?到(?![手货底])|晚上|早上)"
    r"|(?<![\d.])(\d{1,3}) ?链接"
    r"|(?:链接|宝贝|小黄车) ?(\d{1,3})(?![\d.]|块|元|ml|斤|件)"
    r"|第(\d{1,3})个(?:链接|宝贝|商品)?"
)
LINK_EN = Late(
    r"# ?(\d{1,3})(?!\d)"
    r"|\b(?:item|number|no|num|link|lot|product) ?#? ?(\d{1,3}|one)(?![\d.])"
    rf"|\bthe ({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?: one| item| link| product)(?![a-z])"
    r"|\bl(\d{1,2})(?![\d.a-z])"
)
_CODE = Late(r"\bcode ([a-z][- ]?\d{2,3})(?![\d.a-z])|(?<![a-z0-9])([a-z]-?(?:0\d|\d{3}))(?![\d.a-z])")
_SHOWN = Late(r"\b((?:show|try(?: on)?|pin|explain) )(\d{1,2})(?= again| please|$)")
_SHADE = Late(r"(?<!\d)0?(\d{1,3})(?:号色号?|色号|#色)|色号 ?0?(\d{1,3})|\bshade (?:no |number |# ?)?0?(\d{1,3})(?![\d.])")
# 不要3号 4号多少钱: the link that is named only to say that it is not meant.
_DENIED = Late(
    r"(?:不(?:要|是|问|看|买|讲|喜欢)|别(?:讲|上|弹))了?第?\d{1,3}号(?:链接|车|款)?[了的]?"
    r"|第?(?<!\d)\d{1,3}号(?:链接|车|款)?我?就?不(?:要|问|看|买|喜欢)了?"
    r"|\bnot (?:# ?|number |item |no |link )\d{1,3}(?!\d)"
)
_ANY_LINK = Late(r"\d号|# ?\d|\b(?:item|number|no|link) ?\d")


def without_denied(text: str) -> str:
    """The text without the links that are named only to be left out; whole where no other is named, or where one is to be changed."""
    if ("不" in text or "别" in text or "not " in text) and "换" not in text and _DENIED.search(text):
        left = _DENIED.sub(" ", text)
        return left if _ANY_LINK.search(left) else text
    return text


def _link(m: re.Match[str], found: Found) -> str:
    name = said(m)
    return found.put("link", "1" if name == "one" else _ORDINAL.get(name) or str(int(re.sub(r"\D", "", name))))


def _code(m: re.Match[str], found: Found) -> str:
    name = said(m)
    return found.put("link", name[0].upper() + str(int(re.sub(r"\D", "", name))))


def _shown(m: re.Match[str], found: Found) -> str:
    return m.group(1) + found.put("link", m.group(2))


def _shade(m: re.Match[str], found: Found) -> str:
    return found.put("colour", f"{int(said(m))}号色")


SHADES: tuple[Reader, ...] = ((_SHADE, "号色#", "号er#", _shade),)
LINKS: tuple[Reader, ...] = (
    (LINK_ZH, "号链", "接贝车第", _link),
    (LINK_EN, "", "#mroktl", _link),
    (_CODE, "", "abcdefghijklmnopqrstuvwxyz", _code),
    (_SHOWN, "", "wyn", _shown),
)
