"""Answers about colours: the catalogue's own word, in whichever spelling the question has it."""

from __future__ import annotations

from console.domain.text import fold
from console.domain.values import Fact
from console.drafts.ask import Answer, Answerer, Ask, Said, lacks, one_of, path, product_of, warned, who
from console.drafts.wording import has_word

_SHADES = ("light", "dark", "deep", "bright", "soft", "pale", "wash", "warm", "cool")


def colour_have(ask: Ask) -> Answer:
    """Whether the colours asked for are in the list; the list where none was named."""
    product, voice = product_of(ask), ask.voice
    if product.colours is None:
        return lacks(product, "colors")
    asked = one_of(ask.slots.colour)
    named, name = who(ask)
    fact = Fact(path(product, "colors"), voice.join(product.colours))
    if not asked or ask.slots.negated or not product.colours:
        return (
            warned(ask, Said((voice.say("colour.all", who=named, colours=fact.value),), (name, fact)))
            if product.colours
            else lacks(product, "colors")
        )
    have, near, lacking = colours_of(ask)
    for one in asked if lacking else ():
        if not _is_comparable(ask, one, product.colours):
            return lacks(product, f"colors[{one}]")
    if not near and not lacking:
        return warned(ask, Said((voice.say("colour.have", who=named, asked=voice.join(have)),), (name, fact)))
    clauses: tuple[str, ...]
    if lacking and not _names_basics(ask, product.colours):
        return warned(ask, Said((voice.say("colour.all", who=named, colours=fact.value),), (name, fact), is_good_news=False))
    if lacking:
        clauses = (voice.say("colour.not_have", asked=voice.join(lacking)), voice.say("colour.others", colours=fact.value))
    else:
        close = voice.join((*have, *(colour for _, colours in near for colour in colours)))
        clauses = (voice.say("colour.near", asked=voice.join(tuple(one for one, _ in near)), colours=close),)
    return warned(ask, Said(clauses, (fact,), is_good_news=False))


Near = tuple[str, tuple[str, ...]]


def colours_of(ask: Ask) -> tuple[tuple[str, ...], tuple[Near, ...], tuple[str, ...]]:
    """(colours that are there, asked ones that only a mixed shade comes near to, absent ones), each as the draft says it.

    The catalogue's own word counts first, as the question spells it: 奶白 may have been understood as 米白.
    """
    listed = product_of(ask).colours or ()
    wanted = one_of(ask.slots.colour)
    open_ = [one for one in wanted if not any(_plain(one) == _plain(other) for other in listed)]
    written = [one for one in listed if _is_written(ask, one) and not any(_plain(one) == _plain(other) for other in wanted)]
    written = written if len(written) >= len(open_) else []
    have: dict[str, None] = {}
    near: list[Near] = []
    lacking: list[str] = []
    for asked in wanted:
        kinds = [one for one in listed if _is_kind_of(ask, asked, one)]
        exact = [one for one in listed if _plain(one) == _plain(asked)]
        shades = tuple(_colour_word(ask, one) for one in listed if _same_colour(ask, asked, one))
        for one in exact or written or kinds:
            have.setdefault(_colour_word(ask, one))
        if not (exact or written or kinds) and shades:
            near.append((_asked_colour(ask, asked), shades))
        elif not (exact or written or kinds):
            lacking.append(_asked_colour(ask, asked))
    return tuple(have), tuple(near), tuple(lacking)


def _is_written(ask: Ask, listed: str) -> bool:
    """Whether the question spells a listed colour, or one of its telling words (nude for Nude Peach)."""
    plain = _plain(listed)
    if not plain.isascii():
        return len(plain) > 1 and plain in ask.folded
    return has_word(ask.folded, (plain, *(word for word in plain.split() if len(word) >= 4 and word not in _SHADES)))


def _is_comparable(ask: Ask, asked: str, listed: tuple[str, ...]) -> bool:
    """Whether its absence can be told: of a name in another script than the list's only the basic colours are known."""
    in_table = any(_plain(asked) == name or _plain(asked) in words for name, words in ask.templates.colours.items())
    return in_table or any(one.isascii() == asked.isascii() for one in listed)


def _names_basics(ask: Ask, listed: tuple[str, ...]) -> bool:
    """Whether the list speaks in colours at all: beside Cherry and Rosewood nobody may say that there is no red."""
    return any(_same_colour(ask, name, one) for name in ask.templates.colours for one in listed)


def _plain(colour: str) -> str:
    return fold(colour).removesuffix("色")


def _is_kind_of(ask: Ask, asked: str, listed: str) -> bool:
    """深蓝 is a blue, Rose Red is a red and black is 黑; 黑灰 is no black and 米白 no white."""
    one, other = _plain(asked), _plain(listed)
    if not _same_colour(ask, asked, listed):
        return False
    if other.isascii() or len(other) == 1:
        return True
    root = next((word for word in (one, *ask.templates.colours.get(one, ())) if not word.isascii() and other.endswith(word)), "")
    roots = {word for words in ask.templates.colours.values() for word in words}
    return bool(root) and root != "白" and not any(word in other.removesuffix(root) for word in roots)


def _colour_word(ask: Ask, colour: str) -> str:
    """黑 is said 黑色 in Chinese; longer names stay as the catalogue writes them."""
    return f"{colour}色" if ask.voice.lang == "zh" and len(colour) == 1 and not colour.isascii() else colour


def _asked_colour(ask: Ask, colour: str) -> str:
    """The colour asked for, in the answer's language: triage understands black as 黑."""
    plain = colour.lower().removesuffix("色")
    if ask.voice.lang == "en":
        return next((name for name, words in ask.templates.colours.items() if plain in words), colour)
    return _colour_word(ask, ask.templates.colours.get(plain, (colour,))[0])


def _same_colour(ask: Ask, asked: str, listed: str) -> bool:
    """红 = 红色 = red; 酒红 counts as a red, and red finds "Rose Red"."""
    one, other = asked.lower().removesuffix("色"), listed.lower().removesuffix("色")
    if not one:
        return False
    if one.isascii() and other.isascii():
        return one == other or one in other.split()
    wanted = (one, *ask.templates.colours.get(one, ()), *(name for name, words in ask.templates.colours.items() if one in words))
    return any(word in (other.split() if word.isascii() else other) for word in wanted)


ANSWERS: dict[str, Answerer] = {
    "colour": colour_have,
    "colour.which": colour_have,
    "colour.have": colour_have,
}
