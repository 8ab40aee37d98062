"""Does a comment need an answer? Rules by table; what merely holds a question word does not ask."""

from __future__ import annotations

from msgspec import Struct

from console.triage.intent import lit
from console.triage.language import Canonical
from console.triage.lexicon import Lexicon
from console.triage.rules import Side


class Signs(Struct, frozen=True):
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
    text = said.text
    for side, bits in ((lexicon.zh, _lit_zh(said, lexicon.zh)), (lexicon.en, _lit_en(said, lexicon.en))):
        if bits:
            masked = side.mask.search(text, bits)
            left = side.mask.joined.sub(" ", text) if masked else text
            quiet = quiet or masked
            asks = side.question.search(left, bits) or asks
            requests = side.request.search(left, bits) or requests
            states = side.statement.search(text, bits) or states
    return Signs(asks, requests, states, quiet)


def _lit_zh(said: Canonical, side: Side) -> int:
    return lit(side, "zh", said.text) & side.any_marker if said.language in ("zh", "mixed") else 0


def _lit_en(said: Canonical, side: Side) -> int:
    """这个多少钱 KQ7WX3A: a word that no English marker holds costs one look, not four."""
    is_heard = said.language == "en" or (said.language == "mixed" and side.marked.search(said.text) is not None)
    return side.any_marker if is_heard else 0
