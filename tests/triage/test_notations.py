"""One value, however it is typed; and values that look alike and are not one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from words import lexicon

from console.domain.text import clean
from console.domain.values import Money, Understanding
from console.triage.same import agrees, bucket, resolve
from console.triage.understand import understand

NOTATIONS = tomllib.loads((Path(__file__).parent / "notations.toml").read_text("utf-8"))


def read(text: str) -> Understanding:
    return understand(clean(text), lexicon(), is_need=True)


def shown(value: Any) -> str:
    if isinstance(value, Money):
        return f"{value.micros / 1_000_000:g} {value.currency}"
    return str(value)


@pytest.mark.parametrize("one", NOTATIONS["notation"], ids=lambda one: f"{one['slot']}={one['is']}-{one['said'][0]}")
def test_every_notation_is_read_as_the_same_value(one: dict[str, Any]) -> None:
    wrong = {text: shown(getattr(read(text).slots, one["slot"])) for text in one["said"]}
    assert {text: value for text, value in wrong.items() if value != one["is"]} == {}


@pytest.mark.parametrize("on_air", [None, "3"])
def test_values_that_look_alike_are_kept_apart(on_air: str | None) -> None:
    merged = []
    for pair in NOTATIONS["apart"]:
        a, b = read(pair["a"]), read(pair["b"])
        if bucket(a, resolve(a, on_air)) == bucket(b, resolve(b, on_air)) and agrees(a.content, b.content):
            merged.append(f"{pair['a']} | {pair['b']}")
    assert merged == []
