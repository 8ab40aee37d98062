"""Which addresses are connected to, and how they are shown."""

from __future__ import annotations

import pytest
from stage import Stage

from console.domain.errors import UsageError
from console.feeds.base import FeedOptions
from console.feeds.generic import FEED
from console.i18n import Speech
from console.wire.address import checked_url, public_address

EN = Speech("en")


@pytest.mark.parametrize("url", ["ws://example.com/chat", "ws://192.168.1.5:8080", "ws://127.0.0.1.example.com"])
def test_plain_text_beyond_this_machine_needs_a_word_from_the_user(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        FEED.open(url, FeedOptions(world=Stage()))
    assert "--insecure" in caught.value.hint
    assert checked_url(url, is_insecure_fine=True, say=EN) == url


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1", "ws://localhost/x", "ws://[::1]:5/", "ws://127.9.9.9", "wss://example.com"])
def test_this_machine_and_tls_need_none(url: str) -> None:
    assert checked_url(url, is_insecure_fine=False, say=EN) == url


@pytest.mark.parametrize("url", ["ws://", "ws://[", "ws://host:99999/", "http://127.0.0.1", "wss:///path"])
def test_what_is_no_address_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError):
        checked_url(url, is_insecure_fine=True, say=EN)


def test_secrets_in_an_address_are_not_shown() -> None:
    assert public_address("wss://user:pass@host.example:8443/room/?token=t0p") == "wss://host.example:8443/room"


def test_sse_is_refused_in_one_sentence() -> None:
    assert FEED.matches("sse+https://example.com/x")
    with pytest.raises(UsageError, match="can't be read yet"):
        FEED.open("sse+https://example.com/x", FeedOptions(world=Stage()))
