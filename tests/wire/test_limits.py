"""The hard limits: all printed, all in words, and loopback means this machine."""

from __future__ import annotations

import pytest

from console.i18n import Speech
from console.wire.limits import DROP_ORDER, LIMITS, is_loopback
from console.wire.record import KINDS


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_limit_has_words_and_a_number(lang: str) -> None:
    say = Speech(lang)
    for limit in LIMITS:
        assert say.has(f"limits.{limit.name}") and limit.value > 0


def test_likes_and_joins_go_before_gifts_and_gifts_before_chat() -> None:
    assert set(DROP_ORDER) <= KINDS
    assert DROP_ORDER.index("like") < DROP_ORDER.index("gift") < DROP_ORDER.index("message")
    assert "send" not in DROP_ORDER and "action" not in DROP_ORDER


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.8.8.8", "::1", "[::1]", "::ffff:127.0.0.1"])
def test_this_machine_by_all_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",
        "a.localhost",
        "::ffff:10.0.0.1",
        "10.0.0.1",
        "example.com",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "::2",
        "127.1",
    ],
)
def test_everything_else_is_elsewhere(host: str) -> None:
    assert not is_loopback(host)
