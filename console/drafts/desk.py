"""Which draft a question gets: a template's, the shop's own words, or an honest refusal with a safe line to say meanwhile."""

from __future__ import annotations

import msgspec

from console.domain.text import SafeText, fold, trusted
from console.domain.values import Draft, Fact, Intent, Refusal, Slots, Understanding
from console.drafts import fitting, selling, service
from console.drafts.ask import Answer, Answerer, Ask, NoProductError, Said, one_of
from console.drafts.faq import fill
from console.drafts.grounding import ungrounded
from console.drafts.wording import Templates, Voice, answer_language, has_word
from console.shop.catalogue import Catalogue, Product
from console.shop.faq import EXACT_PERMILLE, Found

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
MOST_PRODUCTS = 3
"""Questions about more products than this get no draft: nobody reads so long a line."""
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
) -> Outcome:
    """Drafts for one question.

    `u`: what was asked. `slots`: its slots, `link` already resolved to the product on air. `now_ms`: feed time (ruling 2).
    `text`: the question's words. `lang` ("zh" | "en"): the room's language, for a question without words.

    A draft past `[shop].stale_after` is still given: its last fact is `updated_at` (when the owner last vouched for the rest), and
    one mark covers its whole text, so a person must look before it goes out. It begins at `Catalogue.stale_since_ms()`: make drafts
    anew then. What has ended by itself (a live price, a coupon: `until_ms` < now) is no fact, and at `until_ms` still is one.
    """
    voice = templates.voice(answer_language(u.language, text, lang))
    if u.need == "none":
        return (), Refusal("not_a_question"), None
    if u.intent is None or u.intent in FOR_A_PERSON:
        return (), Refusal("no_match"), voice.holding("problem") if u.intent in ("tech", "order_problem") else None
    if catalogue is None:
        return _refused(Refusal("no_fact", "catalogue"), voice)
    folded = u.folded or fold(text)
    is_asked_to_act = u.intent == "link" and u.need == "request" and u.aspect != "link.which" and not has_word(folded, _WHICH)
    if is_asked_to_act or u.aspect in templates.for_host:
        return (), Refusal("no_match"), None
    products = _products(u, slots, catalogue, folded)
    if isinstance(products, Refusal):
        return _refused(products, voice)
    asks = [_ask(u, slots, catalogue, product, now_ms, folded, voice, templates) for product in products]
    return _outcome(u, asks, text)


def is_stale(draft: Draft, now_ms: int) -> bool:
    """Whether the catalogue was stale, or a fact that the draft stands on has ended since: it must not go out unseen."""
    return any(fact.path == STALE_PATH or (fact.until_ms is not None and fact.until_ms < now_ms) for fact in draft.facts)


def _refused(refusal: Refusal, voice: Voice) -> Outcome:
    return (), refusal, voice.holding(refusal.reason)


def _products(u: Understanding, slots: Slots, catalogue: Catalogue, folded: str) -> tuple[Product | None, ...] | Refusal:
    """The products a question is about, in its order; (None,) where none is known.

    A link number that was said decides; then a name that was said; then the product on air; then the only one there is.
    """
    on_air = one_of(slots.link)
    said = one_of(u.slots.link)
    named = () if said else catalogue.find(folded) or _by_word(one_of(u.slots.product), catalogue)
    if len(named) == 1:
        return named
    if named:
        chosen = tuple(product for product in named if product.link in on_air)
        return chosen if len(chosen) == 1 else Refusal("ambiguous")
    if u.intent == "link" and u.slots.product and not said:
        return Refusal("no_fact", "product")
    links = said or on_air
    if len(links) > MOST_PRODUCTS:
        return Refusal("ambiguous")
    for link in links:
        if catalogue.product(link) is None:
            return Refusal("no_fact", f"product[{link}]")
    if links:
        return tuple(catalogue.product(link) for link in dict.fromkeys(links))
    return catalogue.products if len(catalogue.products) == 1 else (None,)


def _by_word(words: tuple[str, ...], catalogue: Catalogue) -> tuple[Product, ...]:
    """Products whose name holds a product word of the question: 大衣 finds 双面羊毛大衣."""
    folded = tuple(fold(word) for word in words if len(word) > 1)
    return catalogue.holding(folded) if folded else ()


def _ask(
    u: Understanding,
    slots: Slots,
    catalogue: Catalogue,
    product: Product | None,
    now_ms: int,
    folded: str,
    voice: Voice,
    templates: Templates,
) -> Ask:
    assert u.intent is not None
    return Ask(
        intent=u.intent,
        aspect=_aspect(u.intent, u.aspect, folded, templates),
        slots=slots,
        catalogue=catalogue,
        product=product,
        now_ms=now_ms,
        folded=folded,
        content=u.content,
        voice=voice,
        templates=templates,
    )


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
    ask = asks[0]
    answers = [_answer(one) for one in asks]
    refusal = next((one for one in answers if isinstance(one, Refusal)), None)
    said = [one for one in answers if isinstance(one, Said)]
    drafts: list[Draft] = []
    if refusal is None:
        together = [*said, *_also(u, ask)] if len(asks) == 1 else said
        drafts.append(_draft("catalogue", together, ask, text))
        if len(together) > 1 and len(asks) == 1:
            drafts.append(_draft("catalogue", said, ask, text))
    found = ask.catalogue.faq.nearest(ask.folded, ask.product.link if ask.product else None, u.slots) if len(asks) == 1 else None
    own = fill(found.faq, ask) if found else None
    if isinstance(own, Said):
        drafts.insert(_place(found, u, drafts), _draft("faq", [own], ask, text))
    elif own is not None and refusal is not None and refusal.reason != "outside_chart":
        refusal = own
    allowed = tuple(draft for draft in drafts if not _is_forbidden(draft.text, asks))
    if allowed:
        return allowed, None, None
    if drafts:
        return _refused(Refusal("compliance", f"product[{ask.product.link}].never_say" if ask.product else None), ask.voice)
    assert refusal is not None
    if ask.intent == "other" and refusal.reason in ("no_fact", "ambiguous"):
        return (), Refusal("no_match"), ask.voice.holding("no_fact")
    return _refused(refusal, ask.voice)


def _place(found: Found | None, u: Understanding, drafts: list[Draft]) -> int:
    """The shop's words go first where it answered this very question, or where no template knows the aspect; else behind."""
    is_unknown = "." in u.aspect and u.aspect not in ANSWERS and u.aspect not in REFINABLE
    return 0 if is_unknown or (found is not None and found.permille >= EXACT_PERMILLE) else len(drafts)


def _answer(ask: Ask) -> Answer:
    try:
        if ask.intent in CLAIMED or ask.aspect not in ANSWERS or _is_beyond(ask):
            return service.claimed(ask)
        return ANSWERS[ask.aspect](ask)
    except NoProductError:
        return Refusal("ambiguous")


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


def _draft(source: str, said: list[Said], ask: Ask, text: SafeText) -> Draft:
    gap = "" if ask.voice.lang == "zh" else " "
    out = trusted(gap.join(ask.voice.sentence(list(one.clauses), is_good_news=one.is_good_news) for one in said))
    facts: dict[Fact, None] = dict.fromkeys(fact for one in said for fact in one.facts)
    stale_from = ask.catalogue.stale_since_ms()
    marks = ungrounded(out, tuple(facts), text, ask.catalogue)
    if stale_from is not None and ask.now_ms > stale_from:
        facts.setdefault(Fact(STALE_PATH, str(ask.catalogue.updated_text)))
        marks = ((0, len(out)),)
    return Draft(out, source, tuple(facts), marks)


def _is_forbidden(text: SafeText, asks: list[Ask]) -> bool:
    folded = fold(text)
    return any(fold(words) in folded for ask in asks if ask.product for words in ask.product.never_say)
