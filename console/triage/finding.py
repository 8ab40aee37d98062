"""Does a comment need an answer? Rules by table; what merely holds a question word does not ask."""

from __future__ import annotations

from dataclasses import dataclass

from console.triage.intent import lit
from console.triage.language import Canonical
from console.triage.lexicon import Lexicon, Side


@dataclass(frozen=True, slots=True)
class Signs:
    """`asks`: a question marker stands; `requests`: something is asked to be done; `states`: it begins like a statement or an
    answer; `quiet`: it holds a phrase that only looks like a question."""

    asks: bool
    requests: bool
    states: bool
    quiet: bool


def signs(said: Canonical, lexicon: Lexicon) -> Signs:
    """Read the markers of a canonical text, after the phrases that only look like questions are masked."""
    asks = said.asked
    requests = states = quiet = False
    for lang, side in (("zh", lexicon.zh), ("en", lexicon.en)):
        if said.language in (lang, "mixed"):
            one = _signs(said.text, side, lit(side, lang, said.text))
            asks, requests = asks or one.asks, requests or one.requests
            states, quiet = states or one.states, quiet or one.quiet
    return Signs(asks, requests, states, quiet)


def _signs(text: str, side: Side, bits: int) -> Signs:
    masked = side.mask.search(text, bits)
    quiet = side.mask.joined.sub(" ", text) if masked else text
    return Signs(side.question.search(quiet, bits), side.request.search(quiet, bits), side.statement.search(text, bits), masked)
