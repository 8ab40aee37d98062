"""Why a comment was taken for what it was: its deciding words marked where they stand, and said once more with what they were read as."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style

from console.domain.text import SafeText
from console.domain.values import Money
from console.i18n import Speech
from console.room.view import Card as View
from console.triage.evidence import POINTS_AT

Part = tuple[str, Style]
Styled = Callable[[str], Style]
"""The style of `said` (plain words), `asks`, `slot`, `quiet`."""


def marked(view: View, style: Styled) -> list[Part]:
    """The question, the words that ask underlined, those that gave a slot underlined and coloured."""
    text = view.row.text
    parts: list[Part] = []
    at = 0
    for one in view.evidence:
        if not at <= one.start < one.end <= len(text):
            continue
        parts.extend([(text[at : one.start], style("said")), (text[one.start : one.end], style("slot" if one.slots else "asks"))])
        at = one.end
    return [*((part, how) for part, how in parts if part), (text[at:], style("said"))]


def read_as(view: View, say: Speech, style: Styled) -> list[Part]:
    """`能穿吗 → size · 160斤 → 80 kg`; a link that nobody said comes from what was on air."""
    row = view.row
    asks = " … ".join(row.text[one.start : one.end] for one in view.evidence if not one.slots)
    parts: list[Part] = []
    if asks:
        parts = [(asks, style("asks")), (" → ", style("quiet")), (str(say(f"tui.intent.{row.intent}")), style("said"))]
    for one in view.evidence:
        if one.slots and one.slots != POINTS_AT:
            words = row.text[one.start : one.end]
            values = " · ".join(value_of(name, getattr(row.slots, name), say) for name in one.slots if getattr(row.slots, name) is not None)
            parts += _slot(words, values, style, is_first=not parts)
    if row.slots.link is not None and not any("link" in one.slots for one in view.evidence):
        pointing = next((row.text[one.start : one.end] for one in view.evidence if one.slots == POINTS_AT), None)
        parts += _slot(pointing or str(say("tui.on_air")), value_of("link", row.slots.link, say), style, is_first=not parts)
    return parts


def _slot(words: str, values: str, style: Styled, *, is_first: bool) -> list[Part]:
    gap: list[Part] = [] if is_first else [(" · ", style("quiet"))]
    if not values or values == words:
        return [*gap, (words, style("slot"))]
    return [*gap, (words, style("slot")), (" → ", style("quiet")), (values, style("said"))]


def value_of(name: str, value: object, say: Speech) -> SafeText | str:
    """A slot's value as people write it."""
    if isinstance(value, tuple):
        return "/".join(value_of(name, one, say) for one in value)
    if isinstance(value, Money):
        return f"{value.micros / 1_000_000:g} {value.currency or ''}".strip() if value.micros is not None else value.display or ""
    if isinstance(value, int) and name in _UNITS:
        divisor, unit = _UNITS[name]
        return f"{round(value / divisor, 1):g} {unit}"
    return str(say("tui.link_no", no=str(value))) if name == "link" else str(value)


_UNITS = {"weight_g": (1000, "kg"), "height_mm": (10, "cm"), "volume_ml": (1, "ml")}
