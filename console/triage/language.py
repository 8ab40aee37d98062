"""Canonical text: what people type in many ways is brought into the one spelling that the rules are written for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from console.domain.text import fold
from console.triage.late import Late
from console.triage.lexicon import Lexicon
from console.triage.numerals import chinese_numerals, english_numerals

Language = Literal["zh", "en", "mixed", "none"]

_HAN = Late("[\u3400-\u9fff]")
_LATIN = Late("[a-z]")
_PRIVATE = Late("[\ue000-\uf8ff]")
_RUN = Late(r"(.)\1\1")
# The same as fold's own pattern, told twice as fast where there is none.
_SAID_THRICE = Late(r"(..)(.{0,10}?)\1\2\1\2")
# Where a code like [doge] or :smile: or an @name may stand, which `fold` takes out.
_CODES = Late(r"[\[:@]")
_WORD = Late(r"[a-z]+(?:['’][a-z]+)?")
_UNUSUAL = Late("[’‘“”′″\ue000-\uf8ff]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "′": "'", "″": '"'})
_NOISE = Late(r"(?<!\d)\.|\.(?!\d)|[,!~;:、。…·()<>{}【】《》|*_^=+—～\-\[\]\\]+")
_SIGNS = Late(r"[.?,!~;:、。…·()<>{}【】《》|*_^=+—～\-\[\]\\]")
_HAN_GAPS = Late("(?<=[\u3400-\u9fff\ue000-\uf8ff]) | (?=[\u3400-\u9fff\ue000-\uf8ff])")
_A_NOT_A = Late(r"([\u3400-\u9fff])(?:不|没)\1")
_FINAL = Late(
    r"(?:(吗|(?<![什怎这那多要甚])么|嘛|(?<=[\u3400-\u9fff\ue000-\uf8ffa-z\d])(?<![不没好])(?:没有|没|不)|否)"
    r"|[啊呀呢哦哈吧啦哇诶欸噢额哎的了]|[?？]|\s)$"
)
# 能用不 一到下午出油: a part that ends in 不 or 没 asks, like the whole comment would.
_ASKS_INSIDE = Late(
    "(?<=[能会行用吃穿喝货到发要戴好洗玩放坐合适以对是得了退换寄买拍住下上大小够])(?<![不没])[不没]"
    "(?=[ ,.!~;。…、]+[^ ,.!~;。…、?])(?! *[不没])"
)
_SOFT = frozenset("的了")
# 音乐呢, 价格呢: a short noun and 呢 asks for it; 还没吃呢, 看着呢 tell.
_WHERE_IS = Late("[\u3400-\u9fff\\w]{1,5}$")
_TELLS = frozenset("还着正才可挺没不都就已好在我你他她了")
_FINALS = frozenset("吗么嘛有没不否啊呀呢哦哈吧啦哇诶欸噢额哎的了?？")
_PART = Late(r"[^\s,.!?~;:、。…]+")
_ME_TOO = Late(r"(?<!\d)\+1(?!\d)")


class Canonical(Struct, frozen=True):
    """`text`: canonical spelling; `asked`: something in it asked outright (吗, A不A, a final 没 or 不, a ?)."""

    text: str
    asked: bool
    language: Language


def folded_of(text: str, lexicon: Lexicon) -> str:
    """The spelling that is compared, the shop's own ways of writing read as what they mean."""
    folded = _folded(text, lexicon)
    return folded if lexicon.own_spelt is None else lexicon.respelt(folded)


def _folded(text: str, lexicon: Lexicon) -> str:
    """`fold(text)`, told at once for the many texts in which there is nothing to take out and nothing is said three times.

    A phrase said three times running makes three pairs of neighbours that stood there before, a run of three makes one; the first is
    looked for only then, because in a longer sentence three pairs come back by chance.
    """
    out = unicodedata.normalize("NFKC", text).lower()
    if not out.isascii():
        out = out.translate(lexicon.simplified)
        if not unicodedata.is_normalized("NFKC", out) or out.lower() != out:
            return fold(text, lexicon.simplified)
    repeats = len(out) - 1 - len(set(pairwise(out)))
    if (repeats >= 1 and _RUN.search(out)) or (repeats >= 3 and _SAID_THRICE.search(out)):
        return fold(text, lexicon.simplified)
    if _CODES.search(out) or " ".join(out.split()) != out:
        return fold(text, lexicon.simplified)
    return text if out == text else out  # one string for both: thousands of them are remembered


def language_of(folded: str) -> Language:
    """Which of the two tables can say something about a folded text."""
    han, latin = _HAN.search(folded) is not None, _LATIN.search(folded) is not None
    if han:
        return "mixed" if latin else "zh"
    return "en" if latin else "none"


def canonical(folded: str, lexicon: Lexicon) -> Canonical:
    """Folded text → canonical text. Pure; at most a few microseconds for a comment of usual length."""
    language = language_of(folded)
    text = folded
    if not text.isascii() and _UNUSUAL.search(text):
        text = _PRIVATE.sub(" ", text.translate(_QUOTES))
    asked = "?" in text
    if "+1" in text:
        text = _ME_TOO.sub(" ", text)
    if language in ("en", "mixed"):
        respelt = _respell(english_numerals(text), lexicon)
        if respelt != text:
            text, language = respelt, language_of(respelt)
    if language in ("zh", "mixed"):
        if lexicon.aside_signs.search(text):
            text = _without_asides(text, lexicon)
        text, more = _chinese(text, lexicon)
        asked = asked or more
    if _SIGNS.search(text):
        text = _NOISE.sub(" ", text).replace("?", " ")
    return Canonical(" ".join(text.split()), asked, language)


def _without_asides(text: str, lexicon: Lexicon) -> str:
    """The text without the parts that only say why one asks, where another part is left."""
    parts = _PART.findall(text)
    if len(parts) < 2:
        return text
    is_aside = lexicon.asides.fullmatch
    asides = [one for one in parts if is_aside(one) is not None]
    if not asides or len(asides) == len(parts):
        return text
    return _PART.sub(lambda m: " " if m.group() in asides else m.group(), text)


def _respell(text: str, lexicon: Lexicon) -> str:
    table = lexicon.rewrites_en
    if "'s" not in text and table.keys().isdisjoint(_WORD.findall(text)):
        return text
    return _WORD.sub(lambda m: _spelt(m.group(), table), text)


def _spelt(word: str, table: Mapping[str, str]) -> str:
    known = table.get(word)
    if known is not None:
        return known
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _chinese(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    text = _rewrite(text, lexicon)
    asked = 0
    if "不" in text or "没" in text:
        text, asked = _A_NOT_A.subn(r"\1", text)
        if asked:
            text = _rewrite(text, lexicon)
        text, inside = _ASKS_INSIDE.subn("吗", text)
        asked += inside
    text, marked = _final(text, lexicon)
    return chinese_numerals(text), bool(asked) or marked


def _rewrite(text: str, lexicon: Lexicon) -> str:
    table = lexicon.rewrites_zh
    return lexicon.rewritten_zh.sub(lambda m: table[m.group()], text)


def _final(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    """Particles and words of address at the end away; whether one of them asked. 了 and 的 stay, unless something asked behind them."""
    marked = "吗" in text
    kept = ""
    while True:
        text = text.rstrip(" ?？!~.,。")
        if text.endswith(lexicon.fillers.trailing):
            name = next(name for name in lexicon.fillers.trailing if text.endswith(name))
            if len(name) == len(text):
                break
            text = text[: -len(name)]
            continue
        found = _FINAL.search(text) if text[-1:] in _FINALS else None
        if found is None or found.start() == 0:
            break
        if found.group(1):
            if kept and found.group(1)[0] in "没不":  # 没了, 受不了, 没有的: told, not asked
                break
            marked = True
            kept = ""
        elif text[-1] in _SOFT:
            kept = text[-1] + kept
        elif text[-1] == "呢" and not kept and _WHERE_IS.match(text[:-1]) and _TELLS.isdisjoint(text[:-1]):
            marked = True
        text = text[: found.start()]
    return text + ("" if marked else kept), marked


def squeeze(text: str) -> str:
    """Blanks beside Chinese characters and slots away; between Latin words and numbers they stay."""
    return _HAN_GAPS.sub("", text) if " " in text else text
