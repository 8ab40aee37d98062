"""What a host's or moderator's line tells: does it answer an open question? Pure; precision before recall.

A line is read clause by clause with the machinery that reads questions. It answers a question where a clause states a value of the
kind that is asked for (table `told`), about the same product, and everything that the question names stands in the line too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from msgspec import Struct, structs

from console.domain.text import SafeText
from console.domain.values import NO_SLOTS, Slots
from console.triage.finding import signs
from console.triage.intent import matches
from console.triage.language import Canonical, canonical, folded_of
from console.triage.lexicon import Lexicon
from console.triage.measures import grams
from console.triage.pattern import Pattern
from console.triage.questions import Cluster
from console.triage.rules import PLACEHOLDER
from console.triage.same import is_bound
from console.triage.slots import read_slots, without_slots
from console.triage.telling import KINDS, Answering, Says, Telling

Role = Literal["tells", "asks", "quiet"]
Resolve = Callable[[Slots], Slots]
"""A product that is said by its name → its link, where it is known."""

# A clause ends at a sign, or at a blank beside a Chinese character; before a link number a new one begins (3号399 5号129).
_CLAUSE = re.compile(
    r"\.(?=\s|$)|[,，。!！;；、~～…|\n]+|(?<=[?？])"
    r"|(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])|(?<=[a-z]) (?=1\d\d)| (?=\d{1,3}号|# ?\d)"
)
_MENTION = re.compile(r"^\s*(?:[@＠]\S+[\s:：,，]*)+")
# 黑色没有 asks where a viewer types it (黑色有没有); a host tells.
_HAS_NOT = re.compile(r"(?<=[\u3400-\u9fff])没有[哈哦呢呀啊的]*$")
_ONE_COLOUR = re.compile(r"^((?:第?\d{1,3}号)?(?:链接)?(?:就|只|还)?有?)([红黑白绿蓝黄紫灰粉橙棕咖杏驼])$")
_EVERYWHERE = re.compile(
    r"全场|全店|全部|所有|每[一个款件]|都包邮|\b(?:everything|sitewide|every (?:order|item)|all (?:orders|items|links|of (?:them|it)))\b"
)
_RANGE = re.compile(r"(?<![\d.])(\d{2,3})(?:斤|kg|公斤)?\s?(?:到|至|-|~|—|－|–)\s?(\d{2,3})\s?(斤|kg|公斤)")
_BELOW = re.compile(r"(?<![\d.])(\d{2,3})\s?(斤|kg|公斤)(?:以下|以?内|之内)")
_SIZES = re.compile(rf"{PLACEHOLDER['size']}\s?(?:到|至|to|through)\s?{PLACEHOLDER['size']}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d{2,5}(?:\.\d{1,2})?")
_LINK_FIRST = re.compile(r"第?\d{1,3}号(?!.*\d)")
_LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL")
_WORD = re.compile(r"[\w]")
_APART = ("link", "weight_g", "height_mm", "age_y", "volume_ml")
"""Where question and answer both name one of these and not the same, the answer is another's."""


class Clause(Struct, frozen=True, kw_only=True):
    """A part of a line that stands by itself. `text`: canonical, slots masked; `words`: before masking. `links`: which products it is
    about, said here or in a clause before; None = not said. `is_bare`: it only names slots, for the clause beside it."""

    role: Role
    text: str
    words: str
    slots: Slots
    links: tuple[str, ...] | None
    product: str | None
    is_everywhere: bool
    is_bare: bool
    topics: tuple[str, ...]
    weights_g: tuple[int, int] | None


class Line(Struct, frozen=True):
    """A line as it was read. `stated`: aspect → (clause, way to answer) for every value that it states."""

    clauses: tuple[Clause, ...]
    stated: dict[str, tuple[tuple[int, Says], ...]]

    @property
    def says_something(self) -> bool:
        """More than a greeting, a question of one's own, or "one moment"."""
        return any(one.role == "tells" and _WORD.search(one.words) is not None for one in self.clauses)


def read_line(text: SafeText, lexicon: Lexicon, telling: Telling, resolve: Resolve) -> Line:
    """Read what a host or moderator typed."""
    clauses: list[Clause] = []
    links: tuple[str, ...] | None = None
    for said in _cut(folded_of(without_mention(text), lexicon)):
        clause = _clause(said, links, lexicon, telling, resolve)
        links = clause.links
        clauses.append(clause)
    stated: dict[str, tuple[tuple[int, Says], ...]] = {}
    for aspect, answering in telling.answers.items():
        found = tuple(_statements(clauses, aspect, answering, telling.topic_never))
        if found:
            stated[aspect] = found
    return Line(tuple(clauses), stated)


def without_mention(text: str) -> SafeText:
    """The line without the names of those it is addressed to."""
    return SafeText(_MENTION.sub("", text))


def answers(line: Line, cluster: Cluster, on_air: str | None, telling: Telling) -> bool:
    """Whether the line states what the cluster asks for. `on_air`: the link that is on air now, in the cluster's room."""
    answering = telling.answers.get(cluster.aspect)
    if answering is None or not _is_told(cluster, answering):
        return False
    return any(_fits(line.clauses, at, says, answering, cluster, on_air) for at, says in line.stated.get(cluster.aspect, ()))


def contradicts(line: Line, cluster: Cluster) -> bool:
    """Whether the line speaks of another product or another person's measures (160斤 against 170斤)."""
    for kind in _APART:
        if kind == "link" and cluster.intent == "link":
            continue
        asked = _values(cluster.slots, kind)
        said = [value for one in line.clauses for value in _values(one.slots, kind)]
        if asked and said and not set(asked) & set(said):
            return True
    return False


# --- reading ----------------------------------------------------------------------------------------------------------


def _cut(folded: str) -> list[str]:
    """The clauses of a line. A number alone belongs to the link that was named before it (5号半身裙 139)."""
    parts: list[str] = []
    for part in _CLAUSE.split(_THOUSANDS.sub("", folded)):
        said = part.strip() if part else ""
        if said and parts and _NUMBER.fullmatch(said) and _LINK_FIRST.match(parts[-1]):
            parts[-1] += f" {said}"
        elif said:
            parts.append(said)
    return parts


def _clause(said: str, before: tuple[str, ...] | None, lexicon: Lexicon, telling: Telling, resolve: Resolve) -> Clause:
    given = _ONE_COLOUR.sub(r"\1\2色", _HAS_NOT.sub("没有了", said))
    read = canonical(given, lexicon)
    masked, slots = read_slots(read.text, read.language, lexicon.words)
    slots = _all_sizes(masked, resolve(slots))
    links = before if slots.link is None else (slots.link,) if isinstance(slots.link, str) else slots.link
    seen = signs(read, lexicon)
    role: Role = "asks" if seen.asks else "quiet" if telling.is_quiet(read.text) or telling.is_quiet(said) else "tells"
    topics = (
        tuple(one.rule.aspect for one in matches(masked, read, lexicon) if one.rule.kind in ("topic", "bare")) if role == "tells" else ()
    )
    return Clause(
        role=role, text=masked, words=read.text, slots=slots, links=links,
        product=slots.product if isinstance(slots.product, str) and slots.link is None else None,
        is_everywhere=_EVERYWHERE.search(said) is not None, is_bare=_is_bare(masked, read, lexicon), topics=topics,
        weights_g=_weights_g(said),
    )  # fmt: skip


def _is_bare(masked: str, read: Canonical, lexicon: Lexicon) -> bool:
    left = without_slots(masked)
    if read.language != "en":
        left = lexicon.fillers.without_chinese(left, pleads=False)
    if read.language in ("en", "mixed"):
        left = lexicon.fillers.without_english(left)
    return _WORD.search(left) is None


def _all_sizes(masked: str, slots: Slots) -> Slots:
    """S到XL names M and L too."""
    if not isinstance(slots.size, tuple) or len(slots.size) != 2 or _SIZES.search(masked) is None:
        return slots
    places = [_LETTERS.index(size) for size in slots.size if size in _LETTERS]
    return structs.replace(slots, size=_LETTERS[min(places) : max(places) + 1]) if len(places) == 2 else slots


def _weights_g(said: str) -> tuple[int, int] | None:
    """100到115斤: everybody between them; 120斤以内: everybody below."""
    found = _RANGE.search(said)
    if found is not None:
        return grams(found.group(1), found.group(3)), grams(found.group(2), found.group(3))
    below = _BELOW.search(said)
    return (0, grams(below.group(1), below.group(2))) if below is not None else None


def _statements(clauses: list[Clause], aspect: str, answering: Answering, topic_never: Pattern) -> Iterator[tuple[int, Says]]:
    for at, clause in enumerate(clauses):
        if clause.role == "tells" and not (answering.never is not None and _stands(answering.never, clause.text)):
            for says in answering.says:
                if says.pattern is not None:
                    is_said = _stands(says.pattern, clause.text)
                else:
                    is_said = aspect in clause.topics and not _stands(topic_never, clause.text)
                if is_said:
                    yield at, says


def _stands(pattern: Pattern, text: str) -> bool:
    return pattern.could_match(text) and pattern.search(text) is not None


def _is_told(cluster: Cluster, answering: Answering) -> bool:
    """Whether words can settle it: a question, or the request to be told a price."""
    if cluster.need != "question" and not (cluster.need == "request" and cluster.intent == "price"):
        return False
    return answering.unless is None or not any(answering.unless.search(text) for text in _texts(cluster))


def _texts(cluster: Cluster) -> Iterator[str]:
    yield cluster.text
    yield from (strand.text for strand in cluster.strands() if strand.comments)


# --- comparing --------------------------------------------------------------------------------------------------------


def _fits(clauses: tuple[Clause, ...], at: int, says: Says, answering: Answering, cluster: Cluster, on_air: str | None) -> bool:
    if says.of is not None and not _values(cluster.slots, says.of):
        return False
    if not _is_about(clauses[at], cluster, on_air, None if answering.gives_product else clauses[at].product):
        return False
    before = [clauses[at], *_before(clauses, at)]
    around = [*before, *_after(clauses, at)]
    for kind in KINDS:
        asked = _values(cluster.slots, kind)
        if asked:
            found = {value for one in around for value in _values(one.slots, kind)}
            if found or kind not in answering.loose:
                spans = [one.weights_g for one in around if one.weights_g is not None] if kind == "weight_g" else []
                if not all(value in found or any(low <= value <= high for low, high in spans) for value in asked):
                    return False
        elif kind in answering.narrows and any(_narrowing(one.slots, kind) for one in before):
            return False
    said = " ".join(one.words for one in around)
    return all(word in said for word in cluster.content.split())


def _before(clauses: tuple[Clause, ...], at: int) -> Iterator[Clause]:
    """Clauses that only name what the statement behind them is about: bare ones, and the question that is read out first."""
    for clause in reversed(clauses[:at]):
        if clause.role == "asks" or clause.is_bare:
            yield clause
        if clause.role != "tells" or not clause.is_bare:
            return


def _after(clauses: tuple[Clause, ...], at: int) -> Iterator[Clause]:
    for clause in clauses[at + 1 :]:
        if clause.role != "tells" or not clause.is_bare:
            return
        yield clause


def _is_about(clause: Clause, cluster: Cluster, on_air: str | None, product: str | None) -> bool:
    """Whether both mean the same product: said, or on air where neither says one."""
    if clause.is_everywhere:
        return True
    wanted = _values(cluster.slots, "link")
    named = _values(cluster.slots, "product")
    if product is not None or (named and not wanted):
        return product in named
    if wanted:
        meant = clause.links if clause.links is not None else (on_air,)
        return all(link in meant for link in wanted)
    if clause.links is None:
        return not is_bound(cluster.intent, cluster.aspect) or cluster.on_air == on_air
    return cluster.on_air is not None and clause.links == (cluster.on_air,) and on_air == cluster.on_air


def _values(slots: Slots, kind: str) -> tuple[Any, ...]:
    if slots is NO_SLOTS:
        return ()
    value = getattr(slots, kind)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _narrowing(slots: Slots, kind: str) -> bool:
    """One piece is no part of anything, and what holds today is what is asked for."""
    return any(
        value != 1 if kind == "count" else value not in ("今天", "今晚") if kind == "date" else True for value in _values(slots, kind)
    )
