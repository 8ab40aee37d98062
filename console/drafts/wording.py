"""Templates: the clauses of a draft in each language, and the words that steer it. Parsed from TOML text that somebody else read."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping

from msgspec import Struct

from console.domain.errors import ConfigError
from console.domain.text import SafeText, trusted

LANGUAGES = ("zh", "en")
FILES = ("zh.toml", "en.toml", "words.toml")
"""What stands in `console/drafts/templates/` and what `read_templates` takes, in this order."""


class Templates(Struct, frozen=True):
    """`clauses[lang]["price.now"]` = a pattern with {slots}. `hints` = (aspect, words) in the order they are tried.
    `unanswered` = aspects without a template; `for_host` = aspects a person acts on; `beyond[intent]` = words no template
    answers. `bodies` = people a chart doesn't serve, `sexes` = words for "men" and "women". `colours` = English → Chinese.
    `harmless[intent]` = words that ask nothing more ("all" = anywhere, "named" = beside a product),
    `light` = characters that mean nothing alone.
    `far` = places that a shop of the mainland may treat as exceptions."""

    clauses: dict[str, dict[str, str]]
    hints: tuple[tuple[str, tuple[str, ...]], ...]
    unanswered: tuple[str, ...]
    for_host: tuple[str, ...]
    beyond: dict[str, tuple[str, ...]]
    bodies: tuple[str, ...]
    colours: dict[str, tuple[str, ...]]
    sexes: dict[str, tuple[str, ...]]
    harmless: dict[str, tuple[str, ...]]
    light: str
    far: tuple[str, ...]

    def voice(self, lang: str) -> Voice:
        return Voice(lang, self.clauses[lang])

    def hinted(self, folded: str, intent: str) -> str | None:
        """The aspect of `intent` whose words stand in the folded question."""
        return next((aspect for aspect, words in self.hints if aspect.startswith(f"{intent}.") and has_word(folded, words)), None)

    def words_of(self, aspect: str) -> tuple[str, ...]:
        """The words that say an aspect, longest first; none where it has none."""
        return next((tuple(sorted(words, key=lambda word: -len(word))) for name, words in self.hints if name == aspect), ())

    def harmless_for(self, intents: tuple[str, ...], *, is_named: bool) -> tuple[str, ...]:
        """Words that ask nothing beside these intents, longest first. Where several are asked, each one's own words are the others'.
        `is_named`: whether the question says which product it means."""
        several = len(dict.fromkeys(intents)) > 1
        own = [word for name, words in self.hints if several and name.split(".")[0] in intents for word in words]
        keys = ("all", *intents, *(("named",) if is_named else ()))
        found = dict.fromkeys((*own, *(word for key in keys for word in self.harmless.get(key, ()))))
        return tuple(sorted(found, key=lambda word: -len(word)))


class Voice(Struct, frozen=True):
    """One language's clauses."""

    lang: str
    clauses: dict[str, str]

    def say(self, key: str, **slots: str) -> str:
        """One clause. Slot values are put in as they are: braces inside a fact mean nothing."""
        return self.clauses[key].format_map(slots)

    def join(self, values: tuple[str, ...]) -> str:
        return self.clauses["sentence.list"].join(values)

    def sentence(self, clauses: list[str], *, is_good_news: bool = True) -> str:
        """Clauses joined to one line, with a capital at its head in English."""
        text = self.clauses["sentence.comma"].join(clause for clause in clauses if clause)
        if text[:1].islower() and text[:1].isascii():
            text = text[0].upper() + text[1:]
        return text if text[-1:] in "。！？!?.～…" else text + self.clauses["sentence.end" if is_good_news else "sentence.plain_end"]

    def holding(self, reason: str) -> SafeText | None:
        line = self.clauses.get(f"holding.{reason}")
        return trusted(line) if line else None


def has_word(folded: str, words: tuple[str, ...]) -> bool:
    """Whether one of `words` stands in a folded text. A Latin word counts only from its own beginning ("ups" is not in "groups"),
    and up to its own end or a plural s where it has four letters or fewer ("thin" is not in "thing")."""
    return any(_stands(folded, word) for word in words)


def _stands(folded: str, word: str) -> bool:
    if not word.isascii():
        return word in folded
    at = folded.find(word)
    while at >= 0:
        after = folded[at + len(word) :]
        if not _is_letter(folded[at - 1 : at]) and (len(word) > 4 or not _is_letter(after.removeprefix("s")[:1])):
            return True
        at = folded.find(word, at + 1)
    return False


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def read_templates(files: Mapping[str, str]) -> Templates:
    """Templates from the texts of `FILES`, by name.

    Raises:
        ConfigError: a file that is missing or no TOML, a clause that one language lacks, or a slot only one of them fills.
    """
    parsed = {name: _toml(name, files.get(name)) for name in FILES}
    clauses = {lang: _flat(parsed[f"{lang}.toml"]) for lang in LANGUAGES}
    for key in sorted(clauses["zh"].keys() | clauses["en"].keys()):
        said = [clauses[lang].get(key) for lang in LANGUAGES]
        if None in said:
            raise ConfigError(f"the clause {key} stands in one language only", hint="Write it in zh.toml and en.toml.")
        if len({_slots(str(one)) for one in said}) != 1:
            raise ConfigError(f"the clause {key} has other slots in zh.toml than in en.toml", hint="Both must name the same {slots}.")
    words = parsed["words.toml"]
    return Templates(
        clauses=clauses,
        hints=tuple((str(aspect), _words(said)) for aspect, said in _table(words, "hints").items()),
        unanswered=_words(_table(words, "unanswered").get("aspects")),
        for_host=_words(_table(words, "host").get("aspects")),
        beyond={str(intent): _words(said) for intent, said in _table(words, "beyond").items()},
        bodies=_words(_table(words, "bodies").get("words")),
        colours={str(name): _words(said) for name, said in _table(words, "colours").items()},
        sexes={str(sex): _words(said) for sex, said in _table(words, "sexes").items()},
        harmless={str(intent): _words(said) for intent, said in _table(words, "harmless").items()},
        light=str(_table(words, "light").get("characters", "")),
        far=_words(_table(words, "far").get("places")),
    )


def _toml(name: str, text: str | None) -> dict[str, object]:
    if text is None:
        raise ConfigError(f"the draft templates lack {name}", hint="Reinstall liveroom: the file ships inside the package.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} can't be read as TOML: {error}", hint="Compare it with the shipped file.") from None


def _flat(sections: dict[str, object]) -> dict[str, str]:
    return {f"{section}.{key}": str(pattern) for section in sections for key, pattern in _table(sections, section).items()}


def _table(sections: dict[str, object], key: str) -> dict[str, object]:
    found = sections.get(key, {})
    if not isinstance(found, dict):
        raise ConfigError(f"[{key}] must be a table", hint="Compare it with the shipped file.")
    return found


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value if one) if isinstance(value, list) else ()


def _slots(pattern: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(pattern) if name)


_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_UNITS = frozenset(("cm", "kg", "ml", "mm", "xs", "xl", "xxl", "xxxl", "ok", "lv", "pu", "dhl"))


def answer_language(language: str, text: str, fallback: str) -> str:
    """The language to answer in: the question's; a mixed one by what it has more of; without words the room's."""
    words = [word for word in _LATIN.findall(text) if word.lower() not in _UNITS]
    cjk, latin = len(_CJK.findall(text)), len(words)
    if language in LANGUAGES and (cjk or latin or language == "zh"):
        return language
    if cjk == latin == 0:
        return fallback if fallback in LANGUAGES else "zh"
    # A Chinese word has about two characters.
    return "en" if latin * 2 > cjk else "zh"


def is_written_in(text: str, lang: str) -> bool:
    """Whether a fact's text reads as `lang`: with Chinese characters it is Chinese, without any it is not. Without words: either."""
    has_cjk, has_latin = _CJK.search(text) is not None, _LATIN.search(text) is not None
    return has_cjk if lang == "zh" and (has_cjk or has_latin) else not has_cjk
