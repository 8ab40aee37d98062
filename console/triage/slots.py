"""Slots: numbers with their units by rule, words by table. What was read is replaced by one placeholder character."""

from __future__ import annotations

from typing import Any

from console.domain.values import NO_SLOTS, Slots
from console.triage.days import read_named_days
from console.triage.found import Found
from console.triage.implied import settle
from console.triage.language import Language, squeeze
from console.triage.late import Late
from console.triage.numbers import read_numbers
from console.triage.people import read_people
from console.triage.rules import KIND_OF, PLACEHOLDER
from console.triage.sizes import could_say_size, read_sizes
from console.triage.vocabulary import ENGLISH_WORD, Words

_SIZE = PLACEHOLDER["size"]
_MEASURES = "".join(PLACEHOLDER[kind] for kind in ("weight", "height", "volume", "age", "money"))
# 165左右, 差不多150斤, 国庆期间 are 165, 150斤, 国庆.
_ABOUT = Late(
    f"(?<=[{_MEASURES}])(?:左右|上下)|(?:差不多|大概|大约|将近)(?=[{_MEASURES}])|(?<={PLACEHOLDER['date']})(?:那天|当天|期间|那几天)"
)
_ABOUT_SIGNS = Late("左右|上下|差不多|大概|大约|将近|天|期间")
_SLOT = Late(f"[{''.join(KIND_OF)}]")
_DIGIT = Late(r"\d")
_ORDINAL = Late(r"\bone\b|\bthe (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)")
# 黑M有吗: one character is a colour beside a size.
_SINGLE = Late(f"([红黑白绿蓝黄紫灰粉米橙棕])(?={_SIZE})|(?<={_SIZE})([红黑白绿蓝黄紫灰粉])$")
# 白有吗: and where the comment says nothing else.
_SINGLE_FIRST = Late("^([红黑白绿蓝黄紫灰粉])(?=还?有(?:货|没|吗)?$)")
_FIELD = {"weight": "weight_g", "height": "height_mm", "volume": "volume_ml", "age": "age_y"}


def read_slots(text: str, language: Language, words: Words) -> tuple[str, Slots]:
    """Canonical text → (the text with each slot as one placeholder, the slots in canonical form).

    Grams, millimetres, millilitres, years, micros; all whole numbers. A word or number that no rule knows stays in the text.
    """
    found = Found()
    if _DIGIT.search(text) or "半岁" in text or (("one" in text or "the " in text) and _ORDINAL.search(text)):
        text = read_numbers(text, found)
    text = read_people(text, found)
    if language != "zh":
        text = read_named_days(text, found)
        text = _english(read_sizes(text, found) if could_say_size(text) else text, found, words)
    elif "码" in text or "号" in text:
        text = read_sizes(text, found)
    if language != "en":
        text = _chinese(squeeze(text), found, words)
    return text, _slots(found, words) if found.values else NO_SLOTS


def without_slots(text: str) -> str:
    """The text with a blank where each slot was."""
    return _SLOT.sub(" ", text) if _SLOT.search(text) else text


def _english(text: str, found: Found, words: Words) -> str:
    """Longest phrase first, at most three words."""
    longest = words.longest_english
    if longest.keys().isdisjoint(ENGLISH_WORD.findall(text)):
        return text
    tokens = list(ENGLISH_WORD.finditer(text))
    out: list[str] = []
    at = number = 0
    while number < len(tokens):
        start, step = tokens[number].start(), 1
        for last in range(min(number + longest.get(tokens[number].group(), 0), len(tokens)) - 1, number - 1, -1):
            known = words.english.get(text[start : tokens[last].end()])
            if known is not None:
                kind, value = known
                said = text[start : tokens[last].end()]
                out += (text[at:start], found.put(kind, value) if kind else said)
                at, step = tokens[last].end(), last - number + 1
                break
        number += step
    return "".join(out) + text[at:] if out else text


def _chinese(text: str, found: Found, words: Words) -> str:
    by_first = words.by_first
    out: list[str] = []
    at = 0
    for first in words.first_zh.finditer(text):
        start = first.start()
        if start < at:
            continue
        for word, kind, value in by_first[text[start]]:
            if text.startswith(word, start):
                out += (text[at:start], found.put(kind, value) if kind else word)
                at = start + len(word)
                break
    made = "".join(out) + text[at:] if out else text
    if _ABOUT_SIGNS.search(made):
        made = _ABOUT.sub("", made)
    if len(made) <= 4:
        made = _SINGLE_FIRST.sub(lambda m: found.put("colour", m.group(1)), made)
    return _SINGLE.sub(lambda m: found.put("colour", m.group(1) or m.group(2)), made) if _SIZE in made else made


def _slots(found: Found, words: Words) -> Slots:
    values = dict(found.values)
    settle(values, words)
    made: dict[str, Any] = {_FIELD.get(kind, kind): one[0] if len(one) == 1 else tuple(one) for kind, one in values.items() if one}
    return Slots(**made)
