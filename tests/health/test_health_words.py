"""Every alert has words, advice and a cause, in both languages."""

from __future__ import annotations

import pytest
from ward import Room, a_good_room, stall

from console.i18n import LANGUAGES, Speech, table

# --- words --------------------------------------------------------------------------------------------------------------

CODES = (
    "feed_silent", "link_down", "link_refused", "complaints", "playlist_frozen", "playlist_unreachable", "url_expired", "stream_ended",
    "sequence_back", "buffer_low", "latency_high", "stall", "probe_stale",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_alert_has_words_advice_and_a_cause(lang: str) -> None:
    say = Speech(lang)
    for code in CODES:
        assert say.has(f"alert.{code}") and say.has(f"advice.{code}")
    for cause in ("none", "no_probe", "unknown", "viewers", "our_network", "platform", "probe_url", "cdn", "origin", "uplink", "encoder"):
        assert say.has(f"cause.{cause}")
    assert all(say.has(f"verdict.{level}") for level in ("ok", "warn", "critical", "unknown"))


def test_both_languages_know_the_same_words_of_health() -> None:
    def of(lang: str) -> list[str]:
        return [key for key in table(lang) if key.startswith(("alert.", "advice.", "cause.", "verdict.", "probe."))]

    assert of("en") == of("zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_alerts_parameters_fill_its_sentence(lang: str) -> None:
    say = Speech(lang)
    bad = a_good_room().probe(age=7_000).cry("a", "b", "c").link("down").passes(6)
    bad.hears(stall(bad.now))
    expired, silent = a_good_room().probe(status=403, reachable=0).passes(1), a_good_room().chat(None).passes(15)
    dry = Room().probe(latency=90_000, buffer=100).passes(1)
    late = Room().probe(latency=90_000, buffer=9_000).passes(1)
    gone = a_good_room().probe(status=503, reachable=0).passes(1)
    stale = a_good_room()
    stale.speaks.clear()
    stale.passes(20)
    seen = [alert for room in (bad, expired, silent, dry, late, gone, stale) for alert in room.board.alerts()]
    assert {alert.code for alert in seen} >= set(CODES) - {"stream_ended", "sequence_back", "link_refused"}
    for alert in seen:
        sentence = say(f"alert.{alert.code}", **dict(alert.params))
        assert "{" not in sentence and sentence != f"alert.{alert.code}"
