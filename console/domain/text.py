"""Text that people wrote: made harmless once at the edge, folded for comparing.

`clean()` is the only maker of `SafeText`. What it promises (SECURITY.md, promise 1): the result holds no control
code, no escape, no bidi control, no tag, no line break; at most four combining marks stand on a base; it is at most
`limit` characters long. So it can be written to a terminal as it is, whatever the viewer typed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NewType

SafeText = NewType("SafeText", str)
"""Text that came through `clean()`. Widgets accept nothing else."""

MOST_CHARACTERS = 500
MOST_NAME_CHARACTERS = 64
MOST_MARKS = 4
REPLACEMENT = "\ufffd"

# What most comments consist of: printable ASCII, CJK with its punctuation, kana, Hangul syllables, full-width forms. Nothing
# in here combines, reorders or controls, so a text made of it alone is clean already.
_HARMLESS = re.compile(
    r"[\x20-\x7e\xa1-\xac\xae-\u024f\u2010-\u2027\u3001-\u3029\u3030-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f]*"
)
_BREAKS = frozenset("\t\n\x0b\x0c\r\x85\u2028\u2029")
_ZWJ = "\u200d"
# Invisible and without a job in a comment: they only hide words from a filter or from a reader's eye.
_INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0")
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_harmless(text: str) -> bool:
    """Whether `text` holds only characters that `clean()` would leave as they are (its length is not looked at)."""
    return _HARMLESS.fullmatch(text) is not None


def clean(text: str, limit: int = MOST_CHARACTERS) -> SafeText:
    """Make viewer text harmless. Idempotent; never longer than `limit` characters (a cut shows as …).

    Line breaks and tabs become a space, controls, bidi controls, tags, noncharacters and lone surrogates U+FFFD,
    invisible characters vanish; U+200D (ZWJ) stays, family emoji need it.
    """
    if len(text) <= limit and _HARMLESS.fullmatch(text) is not None:
        return SafeText(text)
    # Nothing beyond a few times the limit can still be shown: 10 MB of text costs no more than a long comment.
    kept: list[str] = []
    marks = 0
    for char in text[: limit * 8]:
        if char in _BREAKS:
            kept.append(" ")
            marks = 0
            continue
        if char in _INVISIBLE:
            continue
        category = unicodedata.category(char)
        if category in ("Mn", "Me", "Mc"):
            marks += 1
            if marks <= MOST_MARKS:
                kept.append(char)
            continue
        marks = 0 if char != _ZWJ else marks
        if category == "Zs":
            kept.append(" ")
        elif char in _BIDI or category in ("Cc", "Cs") or (category == "Cf" and char != _ZWJ) or _is_noncharacter(char):
            kept.append(REPLACEMENT)
        else:
            kept.append(char)
    if len(kept) > limit:
        kept = [*kept[: limit - 1], "…"]
    return SafeText("".join(kept))


def clean_name(name: str) -> SafeText:
    """`clean()` for nicknames: at most 64 characters, and no blank at either end."""
    return SafeText(clean(name, MOST_NAME_CHARACTERS).strip())


def clean_all(value: Any, limit: int = MOST_CHARACTERS) -> Any:
    """`clean()` on every string inside plain JSON data, keys included, at most 16 levels deep (deeper is dropped)."""
    return _clean_all(value, limit, 16)


def _clean_all(value: Any, limit: int, depth: int) -> Any:
    if isinstance(value, str):
        return clean(value, limit)
    if isinstance(value, dict):
        return {clean(str(k), limit): _clean_all(v, limit, depth - 1) for k, v in value.items()} if depth > 0 else {}
    if isinstance(value, list):
        return [_clean_all(v, limit, depth - 1) for v in value] if depth > 0 else []
    return value


def _is_noncharacter(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def trusted(text: str) -> SafeText:
    """Text that we wrote ourselves (a string table, a number): still cleaned, so that no way round exists."""
    return clean(text, 4 * MOST_CHARACTERS)


# --- folding: what two people typed is compared in one spelling -------------------------------------------------------

_BRACKET_CODE = re.compile(r"\[[\w\u4e00-\u9fff]{1,8}\]|(?<![a-z0-9_]):[a-z0-9_+-]{2,32}:(?![a-z0-9_])")
_MENTION = re.compile(r"@[^\s@,，:：]{1,32}[\s:：,，]?")
_RUN = re.compile(r"(.)\1{2,}")
# xxxl is one larger than xxl.
_SIZE = re.compile(r"(?<![a-z])x{3,5}[ls](?![a-z])")
_REPEATED = re.compile(r"(.{2,12}?)\1{2,}")
_SPACES = re.compile(r"\s+")


def fold(text: str, simplified: dict[int, str] | None = None) -> str:
    """The spelling that is compared, never the one that is shown. Idempotent.

    NFKC, lower case, traditional → simplified by the table handed in, `[doge]` and `:emoji:` codes and leading @names
    away, three or more of a character → two (哈哈哈哈 → 哈哈; digits and xxxl stay), a phrase said three times → once, blanks joined.
    """
    folded = _once(text, simplified)
    # Each step can make work for an earlier one (a removed code joins two halves of another); a few rounds settle it.
    for _ in range(4):
        again = _once(folded, simplified)
        if again == folded:
            break
        folded = again
    return folded


def _once(text: str, simplified: dict[int, str] | None) -> str:
    out = unicodedata.normalize("NFKC", text).lower()
    if simplified is not None:
        out = out.translate(simplified)
    if "[" in out or ":" in out:
        out = _BRACKET_CODE.sub(" ", out)
    if "@" in out:
        out = _MENTION.sub(" ", out)
    out = _RUN.sub(_two_of, out)
    out = _REPEATED.sub(_phrase_once, out)
    return _SPACES.sub(" ", out).strip()


def _two_of(found: re.Match[str]) -> str:
    char = found.group(1)
    return found.group() if char.isdigit() or (char == "x" and _SIZE.match(found.string, found.start())) else char * 2


def _phrase_once(found: re.Match[str]) -> str:
    return found.group() if any(char.isdigit() for char in found.group(1)) else found.group(1)
