"""Which draft a question gets: a template's, the shop's own words, or an honest refusal with a safe line to say meanwhile."""

from __future__ import annotations

import msgspec

from console.domain.text import SafeText, fold, trusted
from console.domain.values import Draft, Fact, Intent, Refusal, Slots, Understanding
from console.drafts import fitting, selling, service
from console.drafts.ask import Answer, Answerer, Ask, NoProductError, Said, unanswered
from console.drafts.faq import exact, fill, nearest, on_the_matter
from console.drafts.gate import beyond, is_unsold_claim
from console.drafts.grounding import ungrounded
from console.drafts.subject import language_of, subject_of
from console.drafts.wording import Templates, Voice, answer_language, has_word
from console.shop.catalogue import Catalogue
from console.shop.faq import EXACT_PERMILLE, Faq

Outcome = tuple[tuple[Draft, ...], Refusal | None, SafeText | None]
"""Drafts, best first; why there is none; a line to say while nobody knows. One of the first two is empty."""

ANSWERS: dict[str, Answerer] = {**selling.ANSWERS, **fitting.ANSWERS, **service.ANSWERS}
FOR_A_PERSON: tuple[Intent, ...] = ("tech", "order_problem", "host")
REFINABLE = ("price.history",)
"""Aspects wider than a template: the question's words decide (原价 is a fact, 会涨价吗 is not)."""
CLAIMED: tuple[Intent, ...] = ("usage", "authenticity", "other")
"""Intents without templates: proven claims and the shop's own words answer them, or nothing does."""
STALE_PATH = "updated_at"
"""Cited by drafts whose facts are past `[shop].stale_after`, and by no others."""
SHOP_WIDE: tuple[Intent, ...] = ("shipping", "after_sale", "coupon")
"""Intents that need no product to be refused: asking which link is meant would be beside the point."""
MOST_INTENTS = 2
_WHICH = ("几号", "多少号", "哪个", "哪一个", "哪号", "哪款", "which", "what number", "what link")


def draft_for(
    u: Understanding,
    slots: Slots,
    catalogue: Catalogue | None,
    now_ms: int,
    *,
    text: SafeText,
    lang: str,
    templates: Templates,
    on_air: str | None = None,
) -> Outcome:
    """Drafts for one question.

    `u`: what was asked. `slots`: its slots, `link` already resolved to the product on air. `now_ms`: feed time (ruling 2).
    `text`: the question's words. `lang` ("zh" | "en"): the room's language, for a question without words. `on_air`: the link on
    air then, for the shop's own words about it, even where nothing in the question was understood as meaning that product.

    A wording that stands in the FAQ gets that entry, whatever else it was understood as. Then an entry on the whole matter, then a
    template that accounts for everything the question says, then the entry nearest in wording; else a refusal.

    A draft past `[shop].stale_after` is still given: its last fact is `updated_at` (when the owner last vouched for the rest), and
    one mark covers its whole text, so a person must look before it goes out. It begins at `Catalogue.stale_since_ms()`: make drafts
    anew then. What has ended by itself (a live price, a coupon: `until_ms` < now) is no fact, and at `until_ms` still is one.
    """
    voice = templates.voice(answer_language(u.language, text, language_of(catalogue, lang)))
    if catalogue is None:
        return _without_catalogue(u, voice)
    folded = u.folded or fold(text)
    found = subject_of(u, slots, catalogue, folded)
    whole = Ask(
        need=u.need, intent=u.intent or "other", intents=u.intents, aspect=_aspect(u.intent or "other", u.aspect, folded, templates),
        said=u.slots, slots=slots, skipped=found.skipped, catalogue=catalogue, product=None, now_ms=now_ms, folded=folded,
        content=u.content, voice=voice, templates=templates,
    )  # fmt: skip
    asks = [msgspec.structs.replace(whole, product=product) for product in found.products]
    entry = exact(folded, catalogue, found.links(on_air))
    if entry is None and on_air is None and slots.link is None:
        # A product named inside the wording itself ("before or after moisturizer") chooses no other.
        entry = exact(folded, catalogue, ())
    own = _own(entry, asks, text) if entry is not None else None
    return own or _understood(u, asks, found.refusal, text)


def _understood(u: Understanding, asks: list[Ask], refusal: Refusal | None, text: SafeText) -> Outcome:
    """What a question gets whose very wording nobody wrote down. `refusal`: why its products can't be told."""
    folded, templates = asks[0].folded, asks[0].templates
    if u.need == "none":
        return (), Refusal("not_a_question"), None
    if u.intent is None or u.intent in FOR_A_PERSON or u.need == "problem":
        return _for_a_person(asks, text)
    is_asked_to_act = u.intent == "link" and u.need == "request" and u.aspect != "link.which" and not has_word(folded, _WHICH)
    if is_asked_to_act or u.aspect in templates.for_host:
        return (), Refusal("no_match"), None
    if refusal is not None:
        return _refused(refusal, asks[0].voice)
    return _outcome(u, asks, text)


def is_stale(draft: Draft, now_ms: int) -> bool:
    """Whether the catalogue was stale, or a fact that the draft stands on has ended since: it must not go out unseen."""
    return any(fact.path == STALE_PATH or (fact.until_ms is not None and fact.until_ms < now_ms) for fact in draft.facts)


def _refused(refusal: Refusal, voice: Voice) -> Outcome:
    return (), refusal, voice.holding(refusal.reason)


def _without_catalogue(u: Understanding, voice: Voice) -> Outcome:
    if u.need == "none":
        return (), Refusal("not_a_question"), None
    if u.intent is None or u.intent in FOR_A_PERSON:
        return (), Refusal("no_match"), _meanwhile(u.intent, voice)
    return _refused(Refusal("no_fact", "catalogue"), voice)


def _meanwhile(intent: Intent | None, voice: Voice) -> SafeText | None:
    """What to say until a person looks into it."""
    return None if intent in (None, "host") else voice.holding("problem")


def _for_a_person(asks: list[Ask], text: SafeText) -> Outcome:
    """Problems, orders and the host's own matters: only the shop's words may answer, where they are near enough."""
    ask = asks[0]
    found = nearest(ask.folded, ask.catalogue, ask.product, ask.said) if len(asks) == 1 else None
    own = _own(found.faq, asks, text) if found is not None else None
    return own or ((), Refusal("no_match"), _meanwhile(ask.intent, ask.voice))


def _own(entry: Faq, asks: list[Ask], text: SafeText) -> Outcome | None:
    """The entry's draft, and a proven claim behind it; None where a slot of it can't be filled or it may not be said."""
    product = asks[0].catalogue.product(entry.link) or asks[0].product
    ask = msgspec.structs.replace(asks[0], product=product)
    said = fill(entry, ask)
    if isinstance(said, Refusal):
        return None
    drafts = [_draft("faq", [said], ask, text)]
    if ask.intent in CLAIMED and ask.product is not None and isinstance(claim := service.claimed(ask), Said):
        drafts.append(_draft("catalogue", [claim], ask, text))
    allowed = tuple(draft for draft in drafts if not _is_forbidden(draft.text, [ask]))
    return (allowed, None, None) if allowed and allowed[0].source == "faq" else None


def _aspect(intent: Intent, aspect: str, folded: str, templates: Templates) -> str:
    """The aspect to answer: the one understood; a finer one where the words say so; else the intent's default."""
    if intent in CLAIMED:
        return aspect if aspect.startswith(f"{intent}.") else intent
    if aspect in (*ANSWERS, *templates.unanswered) and aspect.startswith(f"{intent}.") and aspect not in REFINABLE:
        return aspect
    hinted = templates.hinted(folded, intent)
    if hinted is not None:
        return hinted
    return aspect if aspect in templates.unanswered else intent


def _outcome(u: Understanding, asks: list[Ask], text: SafeText) -> Outcome:
    """One source only: an entry on the matter, else the templates, else the entry nearest in wording. Two must never contradict."""
    ask = asks[0]
    answers = [_answer(one) for one in asks]
    refusal = next((one for one in answers if isinstance(one, Refusal)), None)
    said = [one for one in answers if isinstance(one, Said)]
    entry = _entry(asks, is_answered=refusal is None)
    own = _own(entry, asks, text) if entry is not None else None
    if own is not None:
        return own
    if refusal is None:
        return _from_templates(u, asks, said, text)
    if entry is not None and refusal.reason != "outside_chart" and isinstance(lacking := fill(entry, ask), Refusal):
        refusal = lacking
    if ask.intent == "other" and refusal.reason in ("no_fact", "ambiguous"):
        return (), Refusal("no_match"), ask.voice.holding("no_fact")
    return _refused(refusal, ask.voice)


def _entry(asks: list[Ask], *, is_answered: bool) -> Faq | None:
    """The shop's own words for it. Where a template answers, wording that is merely near must not take its place."""
    if len(asks) != 1:
        return None
    ask = asks[0]
    matter = on_the_matter(ask)
    if matter is not None:
        return matter
    found = nearest(ask.folded, ask.catalogue, ask.product, ask.said)
    return found.faq if found is not None and (not is_answered or found.permille >= EXACT_PERMILLE) else None


def _from_templates(u: Understanding, asks: list[Ask], said: list[Said], text: SafeText) -> Outcome:
    ask = asks[0]
    together = [*said, *_also(u, ask)] if len(asks) == 1 else [*said, *selling.sum_of(asks)]
    drafts = [_draft("catalogue", together, ask, text, is_one_line=len(asks) > 1)]
    if len(together) > 1 and len(asks) == 1:
        drafts.append(_draft("catalogue", said, ask, text))
    allowed = tuple(draft for draft in drafts if not _is_forbidden(draft.text, asks))
    if allowed:
        return allowed, None, None
    return _refused(Refusal("compliance", f"product[{ask.product.link}].never_say" if ask.product else None), ask.voice)


def _answer(ask: Ask) -> Answer:
    """A template's, where it accounts for all that is said; a proven claim, where that is what is asked; else why not."""
    try:
        refused = beyond(ask) if ask.intent not in CLAIMED else None
        if refused is not None and refused.reason == "no_match":
            return refused
        if refused is None and ask.intent not in CLAIMED and ask.aspect in ANSWERS and not _is_beyond(ask) and not is_unsold_claim(ask):
            return ANSWERS[ask.aspect](ask)
        if refused is not None and ask.aspect in ANSWERS and isinstance(lacking := ANSWERS[ask.aspect](ask), Refusal):
            return lacking
        if ask.product is None and ask.intent in SHOP_WIDE:
            return refused or unanswered(ask)
        claim = service.claimed(ask)
        return claim if isinstance(claim, Said) or refused is None else refused
    except NoProductError:
        return unanswered(ask) if ask.intent in SHOP_WIDE else Refusal("ambiguous")


def _is_beyond(ask: Ask) -> bool:
    """Whether the words ask for something that the intent's templates don't answer (起球, 腰围). Names don't count: 加厚羽绒服."""
    words = ask.templates.beyond.get(ask.intent, ())
    if not words:
        return False
    folded = ask.folded if "." not in ask.aspect else ask.content
    for name in (ask.product.name, *ask.product.aliases) if ask.product else ():
        folded = folded.replace(fold(name), " ")
    return has_word(folded, words)


def _also(u: Understanding, ask: Ask) -> list[Said]:
    """Answers to what the same comment asks besides, where they add a fact."""
    found: list[Said] = []
    for intent in u.intents[1:MOST_INTENTS]:
        if intent in FOR_A_PERSON or intent == ask.intent:
            continue
        answer = _answer(msgspec.structs.replace(ask, intent=intent, aspect=_aspect(intent, "", ask.folded, ask.templates)))
        if isinstance(answer, Said):
            found.append(answer)
    return found


def _draft(source: str, said: list[Said], ask: Ask, text: SafeText, *, is_one_line: bool = False) -> Draft:
    out = trusted(_line(said, ask.voice, is_one_line=is_one_line))
    facts: dict[Fact, None] = dict.fromkeys(fact for one in said for fact in one.facts)
    stale_from = ask.catalogue.stale_since_ms()
    marks = ungrounded(out, tuple(facts), text, ask.catalogue)
    if stale_from is not None and ask.now_ms > stale_from:
        facts.setdefault(Fact(STALE_PATH, str(ask.catalogue.updated_text)))
        marks = ((0, len(out)),)
    return Draft(out, source, tuple(facts), marks)


def _line(said: list[Said], voice: Voice, *, is_one_line: bool) -> str:
    """One sentence an answer; those about several products in one, with a mark between that a reader sees."""
    if is_one_line and len(said) > 1:
        comma, close = voice.clauses["sentence.comma"], voice.clauses["sentence.close"]
        return voice.sentence([close.join(comma.join(one.clauses) for one in said)], is_good_news=all(one.is_good_news for one in said))
    gap = "" if voice.lang == "zh" else " "
    return gap.join(voice.sentence(list(one.clauses), is_good_news=one.is_good_news) for one in said)


def _is_forbidden(text: SafeText, asks: list[Ask]) -> bool:
    folded = fold(text)
    return any(fold(words) in folded for ask in asks if ask.product for words in ask.product.never_say)
