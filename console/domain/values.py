"""Values that several rooms of the house share. All frozen; absent is None, never 0."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from console.domain.text import SafeText

Need = Literal["question", "request", "problem", "none"]
"""What a comment asks of the room; the first three need an answer (ruling 14)."""

Intent = Literal[
    "price", "stock", "size", "colour", "material", "shipping", "coupon", "after_sale",
    "usage", "link", "authenticity", "order_problem", "tech", "host", "other",
]  # fmt: skip
INTENTS: tuple[Intent, ...] = (
    "price", "stock", "size", "colour", "material", "shipping", "coupon", "after_sale",
    "usage", "link", "authenticity", "order_problem", "tech", "host", "other",
)  # fmt: skip

State = Literal["open", "sent", "confirmed", "answered", "dismissed", "snoozed", "expired"]
How = Literal["aloud", "copied", "chat", "echo"]
Teller = Literal["host", "mod"]
"""Whose line in the chat answered."""


class Money(Struct, frozen=True, omit_defaults=True):
    """`micros` = 1/1,000,000 of `currency`; `native` units (gold, coins) stay as they are where no rate is fixed."""

    micros: int | None = None
    currency: str | None = None
    native: int | None = None
    native_unit: str | None = None
    display: str | None = None


Some = str | tuple[str, ...]
"""One canonical value, or several in the order they were said."""
SomeInt = int | tuple[int, ...]


class Slots(Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """What a question is about, in canonical form (ruling 13). None = not said. Grams, millimetres, millilitres, years."""

    link: Some | None = None
    size: Some | None = None
    weight_g: SomeInt | None = None
    height_mm: SomeInt | None = None
    colour: Some | None = None
    material: Some | None = None
    volume_ml: SomeInt | None = None
    age_y: SomeInt | None = None
    place: Some | None = None
    courier: Some | None = None
    date: Some | None = None
    person: Some | None = None
    wash: Some | None = None
    money: Money | tuple[Money, ...] | None = None
    count: SomeInt | None = None
    product: Some | None = None
    negated: bool | None = None


NO_SLOTS = Slots()


class Understanding(Struct, frozen=True, kw_only=True, gc=False):
    """What one comment asks. A pure function of its text and the tables.

    `aspect` is finer than an intent ("shipping.when" against "shipping.fee"): one answer settles one aspect. `content` is
    what is left of the folded text when markers, slots and fillers are taken out: two questions of the same intent,
    aspect and slots are the same question only where their contents agree too. `points` = "this one": the product on air
    then.
    """

    need: Need
    intents: tuple[Intent, ...] = ()
    aspect: str = ""
    slots: Slots = NO_SLOTS
    content: str = ""
    folded: str = ""
    language: Literal["zh", "en", "mixed", "none"] = "none"
    points: bool = False
    meaning: bytes = b""
    """What the network makes of it (`triage/net.py`); empty = none has read it."""
    strange: tuple[str, ...] = ()
    """Words that it could not hear."""

    @property
    def intent(self) -> Intent | None:
        """The first intent decides the cluster."""
        return self.intents[0] if self.intents else None


class Fact(Struct, frozen=True, omit_defaults=True):
    """One thing a draft stands on: where it was read (`product[3].price`, 3 = the link number), its value as text,
    and until when it holds (epoch ms; None = no end)."""

    path: str
    value: str
    until_ms: int | None = None


class Refusal(Struct, frozen=True, omit_defaults=True):
    """Why there is no draft. `missing` names the path that would be needed."""

    reason: Literal["no_fact", "stale_fact", "ambiguous", "outside_chart", "not_a_question", "no_match", "compliance"]
    missing: str | None = None


class Draft(Struct, frozen=True, omit_defaults=True):
    """A text that may be sent, and the facts that every number and name in it was traced to.

    `marks` are the spans of `text` (code points, half-open) that could not be traced: a person must look at them."""

    text: SafeText
    source: str
    facts: tuple[Fact, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    given_ms: int | None = None
    """When a person gave this very answer, where it is one of an earlier session."""


class Why(Struct, frozen=True):
    """One named term of an urgency score, in whole points."""

    signal: str
    points: int
