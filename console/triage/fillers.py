"""What is said to nobody and means nothing: fillers, pleading, why one asks again, for which grown-up one asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.triage.late import Late
from console.triage.pattern import Pattern
from console.triage.vocabulary import get, longest_first, strings

_LATIN_WORD = Late(r"[a-z]+(?:'[a-z]+)?")
_BOUGHT_FOR = (
    "(?:给|替|帮|为|送)?我?家?(?:{words})(?:想)?(?:看|买|问|拍|选|带|穿)?的?"
    r"|\b(?:it is |this is )?(?:for )?(?:my )?(?:{words_en})\b"
)


@dataclass(frozen=True, slots=True)
class Fillers:
    """`zh`: taken out wherever it stands; `tails`: only where nothing but such words stands between what was understood;
    `pleas`: the same, in requests and problems; `for_whom`: a grown-up of no other build (`kin`) with what is done for her;
    `phrase_words`: each English phrase holds one of them."""

    zh: Pattern
    tails: Late
    pleas: Late
    phrases_en: Pattern
    phrase_words: frozenset[str]
    en: frozenset[str]
    for_whom: Late
    kin: frozenset[str]
    trailing: tuple[str, ...]

    def without_chinese(self, text: str, *, pleads: bool) -> str:
        """The text without its Chinese fillers, blanks instead."""
        return self.zh.sub(" ", (self.pleas if pleads else self.tails).sub(" ", text))

    def without_english(self, text: str) -> str:
        """The text without its English fillers; where it holds none of them, the text itself."""
        said = _LATIN_WORD.findall(text)
        if not self.phrase_words.isdisjoint(said):
            text = self.phrases_en.sub(" ", text)
        if self.en.isdisjoint(said):
            return text
        return _LATIN_WORD.sub(lambda m: "" if m.group() in self.en else m.group(), text)


def parse_fillers(rewrites: Mapping[str, Any], person: str) -> Fillers:
    """Table `rewrites` → Fillers; `person` is the placeholder of a person that was read. Raises ConfigError."""
    table = get("rewrites", rewrites, "fillers", dict)
    listed = {key: strings("rewrites", table, key) for key in ("names", "zh", "tails", "pleas", "en", "phrases_en", "kin", "kin_en")}
    zh = [*listed["names"], *listed["zh"]]
    tails = [*zh, *listed["tails"]]
    words = "|".join(map(re.escape, [person, *longest_first(listed["kin"])]))
    return Fillers(
        zh=any_of(zh, "fillers"),
        tails=_whole(tails),
        pleas=_whole([*tails, *listed["pleas"]]),
        phrases_en=Pattern(rf"\b(?:{any_of(listed['phrases_en'], 'fillers').pattern})\b", "rewrites", "fillers"),
        phrase_words=frozenset(max(phrase.split(), key=len) for phrase in listed["phrases_en"]),
        en=frozenset(listed["en"]),
        for_whom=Late(_BOUGHT_FOR.format(words=words, words_en="|".join(map(re.escape, [person, *longest_first(listed["kin_en"])])))),
        kin=frozenset(listed["kin"]),
        trailing=tuple(longest_first(listed["names"])),
    )


def any_of(words: Iterable[str], key: str) -> Pattern:
    """The longest of the words that stands at a place."""
    return Pattern("|".join(map(re.escape, longest_first(words))) or "(?!)", "rewrites", key)


def _whole(words: Iterable[str]) -> Late:
    """A stretch between blanks that consists of these words only. What was read is never tried otherwise: hostile text is long."""
    listed = longest_first(words)
    firsts = "".join(map(re.escape, dict.fromkeys(word[0] for word in listed)))
    return Late(rf"(?<!\S)(?=[{firsts}])(?>{any_of(listed, 'fillers').pattern})++(?!\S)")
