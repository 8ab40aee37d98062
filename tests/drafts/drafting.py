"""What the draft tests share: two shops, the shipped templates, and one way to ask."""

from __future__ import annotations

from pathlib import Path

import msgspec

from console.domain.text import clean, fold
from console.domain.values import Intent, Need, Slots, Understanding
from console.drafts.desk import Outcome, draft_for
from console.drafts.wording import FILES, read_templates
from console.shop.catalogue import Catalogue, parse_catalogue

ROOT = Path(__file__).parents[2]
SHOPS = ROOT / "tests" / "shop"
TEMPLATE_TEXTS = {name: (ROOT / "console" / "drafts" / "templates" / name).read_text(encoding="utf-8") for name in FILES}
TEMPLATES = read_templates(TEMPLATE_TEXTS)
COATS_TEXT = (SHOPS / "coats.toml").read_text(encoding="utf-8")
COATS = parse_catalogue(COATS_TEXT, "coats.toml")
LIPS = parse_catalogue((SHOPS / "lips.toml").read_text(encoding="utf-8"), "lips.toml")
HOUR = 3_600_000
NOW = (COATS.updated_ms or 0) + HOUR
LIVE_ENDS = COATS.by_link["3"].live_price_until_ms or 0


def understood(
    text: str,
    intent: Intent | None,
    aspect: str = "",
    *,
    need: Need = "question",
    also: tuple[Intent, ...] = (),
    said: Slots | None = None,
    content: str = "",
) -> Understanding:
    """What triage would hand over: the language by the letters, the slots as they were said."""
    has_cjk = any("\u4e00" <= char <= "\u9fff" for char in text)
    has_latin = any(char.isascii() and char.isalpha() for char in text)
    return Understanding(
        need=need,
        intents=(intent, *also) if intent else (),
        aspect=aspect,
        slots=said or Slots(),
        content=content,
        folded=fold(text),
        language="mixed" if has_cjk and has_latin else "zh" if has_cjk else "en" if has_latin else "none",
    )


def ask(
    text: str,
    intent: Intent | None,
    aspect: str = "",
    *,
    on_air: str | None = "3",
    shop: Catalogue | None = COATS,
    now_ms: int = NOW,
    need: Need = "question",
    also: tuple[Intent, ...] = (),
    content: str = "",
    slots: Slots | None = None,
) -> Outcome:
    """A viewer's question while `on_air` is shown. `slots` = what he said; the link is filled from the product on air."""
    said = slots or Slots()
    resolved = said if said.link is not None or on_air is None else msgspec.structs.replace(said, link=on_air)
    u = understood(text, intent, aspect, need=need, also=also, said=said, content=content)
    return draft_for(u, resolved, shop, now_ms, text=clean(text), lang="zh", templates=TEMPLATES)


def texts(outcome: Outcome) -> list[str]:
    return [draft.text for draft in outcome[0]]


def best(outcome: Outcome) -> str:
    """The first draft; fails where there is none."""
    assert outcome[0], outcome[1]
    return outcome[0][0].text


def refusal(outcome: Outcome) -> tuple[str, str | None]:
    """(reason, missing) of a refusal; fails where a draft was made."""
    drafts, refused, _ = outcome
    assert not drafts and refused is not None, texts(outcome)
    return refused.reason, refused.missing


def paths(outcome: Outcome) -> list[str]:
    return [fact.path for fact in outcome[0][0].facts]
