"""Does a comment need an answer? Rules by table; what merely holds a question word does not ask."""

from __future__ import annotations

from msgspec import Struct

from console.triage.language import Canonical
from console.triage.lexicon import Lexicon


class Signs(Struct, frozen=True):
    """`asks`: a question marker stands; `requests`: something is asked to be done; `states`: it begins like a statement or an
    answer; `quiet`: it holds a phrase that only looks like a question; `settled`: the trouble that it tells of is over."""

    asks: bool
    requests: bool
    states: bool
    quiet: bool
    settled: bool = False


def signs(said: Canonical, lexicon: Lexicon) -> Signs:
    """Read the markers of a canonical text, after the phrases that only look like questions are masked."""
    asks = said.asked
    requests = states = quiet = settled = False
    text = said.text
    for lang, side in (("zh", lexicon.zh), ("en", lexicon.en)):
        bits = side.gate.lit(text) & side.any_marker if said.language in (lang, "mixed") else 0
        if bits:
            masked = side.mask.search(text, bits)
            left = side.mask.joined.sub(" ", text) if masked else text
            quiet = quiet or masked
            asks = side.question.search(left, bits) or asks
            requests = side.request.search(left, bits) or requests
            states = side.statement.search(text, bits) or states
            settled = side.over.search(text, bits) or settled
    return Signs(asks, requests, states, quiet, settled)
