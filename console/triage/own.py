"""A shop's own words and rules: read from its file, checked like the shipped ones, put beside the shipped tables.

What is read is plain data in one order, so that it can stand in a recording: the words decide what is understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from rapidfuzz.distance import OSA

from console.domain.errors import ConfigError
from console.domain.text import clean, fold
from console.domain.values import INTENTS
from console.shop.reader import Source, Table
from console.triage.language import canonical, folded_of
from console.triage.lexicon import Lexicon, simplified_of
from console.triage.model import Model
from console.triage.ownpattern import complaint
from console.triage.rules import KIND_OF, KINDS
from console.triage.slots import read_slots
from console.triage.understand import understand

Own = dict[str, Any]
"""`spelling`: as viewers write → as it is read; `words`: kind → value → words (products: language → words); `zh`, `en`: aspect → rules."""

WORD_KINDS = ("colour", "material", "place", "courier", "person", "wash", "date", "size")
_SHORTEST = {"colour": 2, "size": 3}
OWN_RANK = 1
"""A shop's rule goes before the shipped ones unless it says otherwise."""
MOST_RULES, MOST_WORDS = 300, 2_000
_RULE = ("kind", "p", "rank", "keep", "example", "counter")


def parse_own(text: str, name: str, aspects: Sequence[str]) -> Own:
    """One file. Raises ConfigError naming file, line, key and the nearest valid one."""
    source = Source(text, name)
    return _own(Table(source, (), source.parse()), aspects)


def own_of(tables: Mapping[str, Any], name: str, aspects: Sequence[str]) -> Own:
    """What stands in a recording, looked at as strictly as a file: it may be somebody else's. Raises ConfigError."""
    return _own(Table(Source("", name), (), dict(tables)), aspects)


def _own(top: Table, aspects: Sequence[str]) -> Own:
    top.only(("spelling", "words", "zh", "en"))
    made: Own = {"spelling": _spelling(top), "words": _words(top)}
    for lang in ("zh", "en"):
        by_aspect: dict[str, list[dict[str, Any]]] = {}
        for aspect, rule in _rules(top, lang, aspects):
            by_aspect.setdefault(aspect, []).append(_rule(rule))
        made[lang] = {aspect: {"new": True, "rules": rules} for aspect, rules in sorted(by_aspect.items())}
    if sum(len(body["rules"]) for lang in ("zh", "en") for body in made[lang].values()) > MOST_RULES:
        raise ConfigError(f"{top.source.name} holds more than {MOST_RULES} rules", hint="Keep those that viewers' words really need")
    return made


# --- reading -----------------------------------------------------------------------------------------------------------


def _spelling(top: Table) -> dict[str, str]:
    table = top.table("spelling")
    if table is None:
        return {}
    made: dict[str, str] = {}
    for key in sorted(table.raw):
        meant = table.text(key, 60)
        assert meant is not None, "the key was just read from this table"
        if not fold(_plain(table, key)):
            raise table.bad(key, "nothing is left of it to look for", "Write the word as viewers type it")
        made[key] = meant
    return made


def _words(top: Table) -> dict[str, Any]:
    table = top.table("words")
    if table is None:
        return {}
    table.only((*WORD_KINDS, "product"))
    made: dict[str, Any] = {}
    for kind in sorted(table.raw):
        values = table.table(kind)
        assert values is not None, "the key was just read from this table"
        if kind == "product":
            values.only(("zh", "en"))
        made[kind] = {value: [str(word) for word in values.texts(value, 40) or ()] for value in sorted(values.raw) if _plain(values, value)}
    if sum(len(words) for values in made.values() for words in values.values()) > MOST_WORDS:
        raise table.bad(kind, f"the file holds more than {MOST_WORDS} words", "Keep those that viewers really say")
    return made


def _plain(table: Table, key: str) -> str:
    if key != clean(key, 40).strip() or not key:
        raise table.bad(key, "must be plain text of 1 to 40 characters", "Write it without control characters and blanks at its ends")
    return key


def _rules(top: Table, lang: str, aspects: Sequence[str]) -> Iterator[tuple[str, Table]]:
    """(aspect, rule) of one language, as the file has them."""
    side = top.table(lang)
    for aspect, body in _bodies(side) if side is not None else ():
        _known(aspect, body, aspects)
        body.only(("rules", "new"))
        body.need("rules")
        for rule in body.tables("rules") or ():
            yield aspect, rule


def _bodies(side: Table) -> Iterator[tuple[str, Table]]:
    """`[zh.size.fits]` and `[zh."size.fits"]` are the same table."""
    for key in side.raw:
        if "." in key:
            yield key, Table(side.source, (*side.path, *key.split(".")), side.raw[key])
            continue
        intent = side.table(key)
        assert intent is not None, "the key was just read from this table"
        for name in intent.raw:
            body = intent.table(name)
            assert body is not None, "the key was just read from this table"
            yield f"{key}.{name}", body


def _known(aspect: str, body: Table, aspects: Sequence[str]) -> None:
    intent, _, name = aspect.partition(".")
    if intent not in INTENTS:
        raise body.source.bad(body.path, f"no intent is called {clean(intent, 30)}", f"Did you mean `{_nearest(intent, INTENTS)}`?")
    if aspect not in aspects and body.flag("new") is not True:
        near = _nearest(aspect, aspects)
        raise body.source.bad(body.path, "no such aspect", f"Did you mean `{near}`? For one of your own write new = true beside its rules")
    if not name.replace("_", "").isalnum() or not name.isascii():
        raise body.source.bad(body.path, "an aspect's name is made of letters, digits and _", "Such as size.fits")


def _nearest(word: str, known: Sequence[str]) -> str:
    return min(known, key=lambda name: (OSA.distance(word, name), name))


def _rule(rule: Table) -> dict[str, Any]:
    rule.only(_RULE)
    checks: list[Callable[[], object]] = [*(partial(rule.need, key) for key in ("kind", "p", "example", "counter"))]
    checks += [partial(_pattern, rule), partial(rule.choice, "kind", KINDS), partial(rule.whole, "rank", 1, 9), partial(rule.flag, "keep")]
    _all(rule, [*checks, *(partial(rule.text, key, 200) for key in ("example", "counter"))])
    made = {"kind": rule.choice("kind", KINDS), "p": rule.raw["p"], "rank": rule.whole("rank", 1, 9) or OWN_RANK}
    return made | {"keep": bool(rule.flag("keep"))} | {key: str(rule.text(key, 200)) for key in ("example", "counter")}


def _pattern(rule: Table) -> None:
    why = complaint(rule.raw["p"]) if "p" in rule.raw else None
    if why is not None:
        raise _at(rule, "p", why[0], why[1])


def _all(rule: Table, checks: Sequence[Callable[[], object]]) -> None:
    """Everything that is wrong with a rule at once: who puts it right does so in one go. Raises ConfigError."""
    wrong: list[ConfigError] = []
    for check in checks:
        try:
            check()
        except ConfigError as error:
            wrong.append(error)
    if wrong:
        first, *others = wrong
        also = "".join(f"; {one.message.removeprefix(f'{rule.source.name}, ')}" for one in others)
        raise ConfigError(first.message + also, hint=" ".join(one.hint for one in wrong if one.hint))


def _at(rule: Table, key: str, what: str, hint: str) -> ConfigError:
    """On the line on which the very value stands: rules are often written one below the other in a list."""
    error, value = rule.bad(key, what, hint), rule.raw[key]
    line = rule.source.line_with(key, value) if isinstance(value, str) else None
    told = f", line {rule.source.line_of((*rule.path, key))}, "
    return error if line is None else ConfigError(error.message.replace(told, f", line {line}, ", 1), hint=hint)


# --- putting together --------------------------------------------------------------------------------------------------


def joined(files: Sequence[Own]) -> Own:
    """Several files as one; what a later one says of a spelling stands."""
    made: Own = {"spelling": {}, "words": {}, "zh": {}, "en": {}}
    for own in files:
        made["spelling"] |= own["spelling"]
        for kind, values in own["words"].items():
            into = made["words"].setdefault(kind, {})
            for value, words in values.items():
                into[value] = [*into.get(value, ()), *words]
        for lang in ("zh", "en"):
            for aspect, body in own[lang].items():
                made[lang].setdefault(aspect, {"new": True, "rules": []})["rules"].extend(body["rules"])
    return made


def with_own(tables: Mapping[str, Mapping[str, Any]], own: Own) -> dict[str, Mapping[str, Any]]:
    """The shipped tables with the shop's beside them; neither is changed. The order of keys decides nothing."""
    made: dict[str, Mapping[str, Any]] = dict(tables)
    simplified = simplified_of(tables["simplified"])
    words = dict(tables["words"])
    for kind, values in sorted(own["words"].items()):
        merged = dict(words[kind])
        for value, said in sorted(values.items()):
            merged[value] = [*merged.get(value, ()), *(fold(word, simplified) for word in said)]
        words[kind] = merged
    made["words"] = words
    for lang in ("zh", "en"):
        for aspect, body in sorted(own[lang].items()):
            name = f"{lang}/{aspect.partition('.')[0]}"
            table = dict(made.get(name, {}))
            before = table.get(aspect, {})
            table[aspect] = {**before, "rules": [*before.get("rules", ()), *({**rule, "own": True} for rule in body["rules"])]}
            made[name] = table
    made["own"] = {"spelling": {fold(old, simplified): fold(new, simplified) for old, new in sorted(own["spelling"].items())}}
    return made


# --- checking ----------------------------------------------------------------------------------------------------------


def check_own(text: str, name: str, lexicon: Lexicon, model: Model) -> None:
    """Every example reads as its rule says, no counter-example does, every word is read as what it stands for. Raises ConfigError.

    `lexicon` holds all of the shop's files already."""
    source = Source(text, name)
    top = Table(source, (), source.parse())
    for lang in ("zh", "en"):
        for aspect, rule in _rules(top, lang, lexicon.aspects):
            _check_rule(aspect, rule, lexicon, model)
    _check_spelling(top.table("spelling"), lexicon)
    words = top.table("words")
    for kind in words.raw if words is not None else ():
        values = words.table(kind) if words is not None else None
        assert values is not None, "it was read before"
        for value in values.raw:
            for word in values.texts(value, 40) or ():
                _check_word(kind, value, word, values, lexicon)


def _check_rule(aspect: str, rule: Table, lexicon: Lexicon, model: Model) -> None:
    example, counter = (clean(str(rule.text(key))) for key in ("example", "counter"))
    read, kind = understand(example, lexicon, model), rule.raw["kind"]
    if read.aspect != aspect or (kind in ("request", "problem") and read.need != kind):
        found = f"{read.need} {read.aspect}".strip() if read.need != "none" else "nothing that needs an answer"
        hint = (
            f"The pattern is tried on “{_tried_on(example, lexicon)}” (docs/words.md); the lower rank wins; a topic needs 吗, ? or the like"
        )
        raise _at(rule, "example", f"“{example}” reads as {found}, not as {aspect}", hint)
    if understand(counter, lexicon, model).aspect == aspect:
        raise _at(
            rule, "counter", f"“{counter}” reads as {aspect} too", "Make the pattern narrower, or name a line that it must leave alone"
        )


def _tried_on(text: str, lexicon: Lexicon) -> str:
    """What rules see of a comment, its slots by their names."""
    said = canonical(folded_of(text, lexicon), lexicon)
    masked, _ = read_slots(said.text, said.language, lexicon.words)
    return clean("".join(f"<{KIND_OF[char]}>" if char in KIND_OF else char for char in masked), 120)


def _check_spelling(table: Table | None, lexicon: Lexicon) -> None:
    for key in table.raw if table is not None else ():
        assert table is not None, "it has keys"
        if folded_of(key, lexicon) != fold(str(table.text(key)), lexicon.simplified):
            raise table.bad(key, f"is read as “{clean(folded_of(key, lexicon), 60)}”", "Another spelling takes part of it: write it longer")


def _check_word(kind: str, value: str, word: str, values: Table, lexicon: Lexicon) -> None:
    if len(word) < _SHORTEST.get(kind, 1):
        raise values.bad(value, f"“{word}” is too short for a {kind}", f"At least {_SHORTEST[kind]} characters")
    said = canonical(folded_of(word, lexicon), lexicon)
    _, slots = read_slots(said.text, said.language, lexicon.words)
    found = getattr(slots, kind)
    wanted = fold(word, lexicon.simplified) if kind == "product" else value
    if found != wanted:
        hint = "English: at most three words of letters; another word of the tables may be longer or mean something else"
        raise values.bad(
            value, f"“{word}” is read as {clean(str(found), 40) if found is not None else 'nothing'}, not as {kind} {wanted}", hint
        )
