"""What one comment asks: need, intents, aspect, slots, and what is left over."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import structs

from console.domain.text import SafeText
from console.domain.values import NO_SLOTS, Intent, Need, Slots, Understanding
from console.triage.finding import Signs, signs
from console.triage.impression import Impression
from console.triage.intent import Match, asks_outright, matches, remainder, worth_reading
from console.triage.language import Canonical, canonical, folded_of, language_of, squeeze
from console.triage.late import Late
from console.triage.lexicon import Lexicon
from console.triage.model import NO_MODEL, Model, grams
from console.triage.parts import asking
from console.triage.rules import PLACEHOLDER
from console.triage.sides import sides
from console.triage.slots import read_slots, without_slots

TO_SOMEONE = Late(r"\s*@(?!主播|客服|小助|助理|host)\S")
POINTS = Late(r"这一?[个件款条双套瓶只支盒包台顶把种件]|身上|穿的这|\bthis\b|\bthese\b|\bit\b")
# 区别, 特别, 非常 negate nothing.
_NEGATION = Late(r"[不没无未]|(?<![区特分级性])别(?![的人家])|非(?!常)|\b(?:not|no|without|never|un\w+)\b")
_OTHER = Late(r"[^\w.%]+")
_HELP = Late("怎么办|怎么回事|怎么处理|怎么弄|怎么改|怎么解决|找谁|谁处理|为什么|什么情况|什么原因|怎么")
_HELP_EN = Late(r"\b(?:help|why|what do i do|how do i fix(?: it)?|keeps?)\b")
_DIGITS = Late(r"\d+")
_OF_A_THING = frozenset(("price", "stock", "size", "colour", "link"))
_TODAY = "今天"
# What `drop` names takes out whatever it says.
_WHOLE = ("count", "material", "money", "date", "product", "person")
_MATERIAL = PLACEHOLDER["material"]
_KNOWN: dict[str, Need] = {"request": "request", "problem": "problem"}


def understand(text: SafeText, lexicon: Lexicon, model: Model = NO_MODEL, *, is_need: bool = False) -> Understanding:
    """Read one comment. Pure: the same text, tables and model always give the same Understanding.

    The rules say what it asks; whether it needs an answer is the model's word, which knows what the rules say (without a model it is
    theirs), and where n-grams leave a doubt, its network's. `is_need`: somebody else knows that it does (a labelled line); then only
    what it asks is in question."""
    folded = folded_of(text, lexicon)
    if model is NO_MODEL or not folded:
        return _read(text, folded, lexicon, None, is_need=is_need)
    score = 0
    if not is_need:
        score = model.need_score(grams(folded))
        if score + model.most_by_others <= 0 and not _is_own(folded, lexicon):
            # Whatever rules and network said, it would need no answer.
            return Understanding(need="none", folded=folded, language=language_of(folded))
        # Where only a rule could still make a need of it, the rules are asked first: they cost less than the network.
        if score + model.most_by_net <= 0 and _read(text, folded, lexicon, None, is_need=False).need == "none":
            return Understanding(need="none", folded=folded, language=language_of(folded))
    net = model.net
    guess = net.read(folded, to_someone=TO_SOMEONE.match(text) is not None) if net is not None else None
    if guess is not None and not is_need:
        score += model.by_net(guess.need_score)
        if score + model.rule_weight <= 0 and not _is_own(folded, lexicon):
            return Understanding(need="none", folded=folded, language=language_of(folded))
    read = _read(text, folded, lexicon, guess, is_need=is_need or score > 0)
    if net is None or guess is None or read.need == "none":
        return read
    return structs.replace(read, meaning=net.meaning(folded), strange=net.strange(folded))


def _is_own(folded: str, lexicon: Lexicon) -> bool:
    """Whether a rule of the shop itself finds something."""
    if not lexicon.own:
        return False
    said = canonical(folded, lexicon)
    masked, _ = read_slots(said.text, said.language, lexicon.words)
    return any(rule.pattern.search(masked) is not None for rule in lexicon.own if rule.pattern.could_match(masked))


def by_rules(text: SafeText, lexicon: Lexicon) -> Understanding:
    """What the rules alone make of a comment."""
    return _read(text, folded_of(text, lexicon), lexicon, None, is_need=False)


def _read(text: SafeText, folded: str, lexicon: Lexicon, guess: Impression | None, *, is_need: bool) -> Understanding:
    """What the rules make of a comment; where they find no need and it `is_need`, what they and the network make of it all the same."""
    said = canonical(folded, lexicon)
    if not said.text:
        return Understanding(need="none", folded=folded)
    seen = signs(said, lexicon)
    if not (is_need or seen.asks or seen.requests) and not worth_reading(said, lexicon):
        return Understanding(need="none", folded=folded, language=said.language)
    said, masked, slots = what_asks(said, folded, lexicon)
    if not (is_need or seen.asks or seen.requests or asks_outright(masked, said, lexicon)):
        return Understanding(need="none", folded=folded, language=said.language)
    found = fitting(masked, said, slots, lexicon)
    answers = TO_SOMEONE.match(text) is not None
    chosen = choose(found, seen, answers, masked, said, lexicon)
    if chosen is not None:
        need, match = chosen
        return _about(need, match, found, masked, slots, said, folded, lexicon)
    need = _plain_need(seen, answers)
    if is_need and found:
        kind = _KNOWN.get(found[0].rule.kind) or _kind_of(need, guess)
        return _about(kind, found[0], found, masked, slots, said, folded, lexicon)
    if need == "none" and not is_need:
        return Understanding(need="none", folded=folded, language=said.language)
    return _guessed(_other(_kind_of(need, guess), masked, slots, said, folded, lexicon), guess)


def _kind_of(need: Need, guess: Impression | None) -> Need:
    """What kind of need: the rules' word, else the network's, else a question."""
    if need != "none":
        return need
    return "question" if guess is None else guess.kind


def _guessed(other: Understanding, guess: Impression | None) -> Understanding:
    """No rule knows what it is about: the network's guess."""
    if guess is None:
        return other
    return structs.replace(other, intents=(guess.intent,), aspect="other" if guess.intent == "other" else f"{guess.intent}.other")


def what_asks(said: Canonical, folded: str, lexicon: Lexicon) -> tuple[Canonical, str, Slots]:
    """What asks in it, and that with its slots read."""
    part = asking(folded, lexicon)
    if part is not folded:
        said = structs.replace(canonical(part, lexicon), asked=said.asked)
    return said, *read_slots(said.text, said.language, lexicon.words)


def fitting(masked: str, said: Canonical, slots: Slots, lexicon: Lexicon) -> list[Match]:
    """Every rule that fits, with the place that was said too."""
    found = matches(masked, said, lexicon)
    if slots.place is not None:
        found = [one for one in found if not one.rule.places or _lies_in(slots.place, one.rule.places, lexicon)]
    return found


def _lies_in(place: str | tuple[str, ...], places: frozenset[str], lexicon: Lexicon) -> bool:
    said, within = (place,) if isinstance(place, str) else place, lexicon.words.within
    return all(one in places or within.get(one) in places for one in said)


def _plain_need(seen: Signs, answers: bool) -> Need:
    if seen.asks:
        return "question"
    return "request" if seen.requests and not answers and not seen.states else "none"


def choose(found: list[Match], seen: Signs, answers: bool, masked: str, said: Canonical, lexicon: Lexicon) -> tuple[Need, Match] | None:
    """The first rule that is really asked for, with what it makes of the comment."""
    for match in found:
        need = _need_of(match, seen, answers)
        if need == "none" and match.rule.kind == "bare" and not seen.states and not answers:
            left = _content(remainder(masked, match.rule.aspect, lexicon, said.language), said, lexicon, "question")
            need = "none" if left else "question"
        if need != "none":
            return need, match
    return None


def _need_of(match: Match, seen: Signs, answers: bool) -> Need:
    kind = match.rule.kind
    if kind == "topic":
        return _plain_need(seen, answers)
    if kind == "bare":
        return "none" if _plain_need(seen, answers) == "none" else "question"
    if kind == "ask":
        return "question" if seen.asks or not (answers or seen.states or seen.quiet) else "none"
    if answers and not seen.asks:
        return "none"
    if kind == "problem":
        return "none" if seen.settled and not seen.asks else "problem"
    return "none" if seen.states and not seen.asks else "request"


def _about(
    need: Need, match: Match, found: list[Match], masked: str, slots: Slots, said: Canonical, folded: str, lexicon: Lexicon
) -> Understanding:
    aspect = match.rule.aspect
    left = remainder(masked, aspect, lexicon, said.language)
    drop = _dropped(slots, lexicon.drops.get(aspect, frozenset()), masked[match.start : match.end])
    if "kin" in drop:
        left = lexicon.fillers.for_whom.sub(" ", left)
    content = _content(left, said, lexicon, "problem" if match.rule.kind == "problem" else need)
    content = _with_numbers(content, match.rule.intent, masked)
    slots = _settled(slots, drop, content, lexicon.fillers.kin)
    content = _sided(content, masked, slots)
    intents = _intents(match, found, seen_topics=need == "question")
    return Understanding(
        need=need, intents=intents, aspect=aspect, slots=slots, content=content, folded=folded,
        language=said.language, points=_points(folded),
    )  # fmt: skip


def _with_numbers(content: str, intent: Intent, masked: str) -> str:
    """A number that no slot took and a rule explained away ("whats 5 going for", "in a 12") is still said: which link, which size."""
    if intent not in _OF_A_THING:
        return content
    lost = Counter(_DIGITS.findall(masked)) - Counter(_DIGITS.findall(content))
    return " ".join((content, *sorted(lost.elements()))).strip() if lost else content


def _other(need: Need, masked: str, slots: Slots, said: Canonical, folded: str, lexicon: Lexicon) -> Understanding:
    left = _content(masked, said, lexicon, need)
    content = _sided(left or " ".join(without_slots(masked).split()) or said.text, masked, slots)
    return Understanding(
        need=need, intents=("other",), aspect="other", slots=_settled(slots, frozenset(), left, frozenset()), content=content,
        folded=folded, language=said.language, points=_points(folded),
    )  # fmt: skip


def _intents(match: Match, found: list[Match], *, seen_topics: bool) -> tuple[Intent, ...]:
    if len(found) == 1:
        return (match.rule.intent,)
    others = sorted((one.start, one.rule.intent) for one in found if (seen_topics and one.rule.kind == "ask") or one is match)
    return tuple(dict.fromkeys((match.rule.intent, *(intent for _, intent in others))))


def _content(left: str, said: Canonical, lexicon: Lexicon, need: Need) -> str:
    """What is left when slots and fillers are gone too."""
    left = without_slots(left)
    if not left or left.isspace():
        return ""
    if need == "problem":
        left = _HELP_EN.sub(" ", _HELP.sub(" ", left))
    if said.language != "en":
        left = squeeze(" ".join(lexicon.fillers.without_chinese(left, pleads=need in ("request", "problem")).split()))
    if said.language in ("en", "mixed"):
        left = lexicon.fillers.without_english(left)
    return left if left.isalnum() else " ".join(_OTHER.sub(" ", left).split())


def _sided(content: str, masked: str, slots: Slots) -> str:
    """The content with who is said what of, where several values of a kind stand in it."""
    order = sides(masked, slots) if slots is not NO_SLOTS else ""
    return f"{content} {order}".strip() if order else content


def _dropped(slots: Slots, drop: frozenset[str], matched: str) -> frozenset[str]:
    """What of `drop` holds here: for whom one buys is nothing only beside her measures; a material, only where the rule itself
    names it ("羊毛含量")."""
    if "kin" in drop and slots.height_mm is None and slots.weight_g is None:
        drop -= {"kin"}
    return drop - {"material"} if "material" in drop and _MATERIAL not in matched else drop


def _settled(slots: Slots, drop: frozenset[str], content: str, kin: frozenset[str]) -> Slots:
    changes: dict[str, Any] = {name: None for name in _WHOLE if name in drop and getattr(slots, name) is not None}
    if "one" in drop and slots.count == 1:
        changes["count"] = None
    if "kin" in drop and slots.person in kin:
        changes["person"] = None
    if "today" in drop and slots.date is not None and _TODAY in slots.date:
        changes["date"] = _without_today(slots.date)
    if content and _NEGATION.search(content):
        changes["negated"] = True
    return structs.replace(slots, **changes) if changes else slots


def _without_today(date: str | tuple[str, ...]) -> str | tuple[str, ...] | None:
    left = () if isinstance(date, str) else tuple(one for one in date if one != _TODAY)
    return left if len(left) > 1 else next(iter(left), None)


def _points(folded: str) -> bool:
    if "这" in folded or "身上" in folded or "it" in folded or "this" in folded or "these" in folded:
        return POINTS.search(folded) is not None
    return False
