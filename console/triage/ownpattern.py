"""May a shop's own pattern be tried on every comment? One that is none, or that could run for hours on a long comment, is refused."""

from __future__ import annotations

import re
import warnings

from rapidfuzz.distance import OSA

from console.triage.rules import PLACEHOLDER

MOST_CHARACTERS = 400
MOST_HUNGRY = 2
"""Repeats without an end in one pattern: with n of them a comment of 500 characters can cost 500 ** (n + 1) steps."""

_SLOT = re.compile(r"<(\w+)>")
_ENDLESS = re.compile(r"[*+]|\{\d*,\}")
_COUNTED = re.compile(r"[*+]|\{\d*,?\d*\}")


def complaint(pattern: object) -> tuple[str, str] | None:
    """What is wrong with it, and what to write; None where nothing is."""
    if not isinstance(pattern, str) or not pattern or len(pattern) > MOST_CHARACTERS:
        return f"must be a pattern in quotes of 1 to {MOST_CHARACTERS} characters", "Write p = '…' in straight single quotes"
    for slot in _SLOT.findall(pattern):
        if slot not in PLACEHOLDER:
            near = min(PLACEHOLDER, key=lambda name: (OSA.distance(slot, name), name))
            return f"there is no slot <{slot[:30]}>", f"Did you mean <{near}>?"
    bare = _SLOT.sub(lambda m: PLACEHOLDER[m.group(1)], pattern)
    if "<" in bare.replace("(?<", ""):
        return "a < begins a slot such as <colour>", "Write it as \\x3c where you mean the sign"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            made = re.compile(bare)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        return f"is no pattern: {str(error)[:80]}", "Look for a bracket that is not closed"
    if made.search("") is not None:
        return "matches nothing at all", "Make it need at least one character"
    return _hunger(bare)


def _hunger(pattern: str) -> tuple[str, str] | None:
    """Exponential costs come from repeating a group, others from many repeats without an end."""
    bare = re.sub(r"\\.", "x", pattern)
    bare = re.sub(r"\[\^?\]?[^\]]*\]", "x", bare)
    for closed in re.finditer(r"\)", bare):
        if _COUNTED.match(bare, closed.end()):
            return "repeats a group, which can take hours on a long comment", "Write the group out, or make it optional with ?"
    if len(_ENDLESS.findall(bare)) > MOST_HUNGRY:
        return f"holds more than {MOST_HUNGRY} of * and +", "Write .{0,8} for “a few characters” instead of .*"
    return None
