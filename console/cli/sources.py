"""What a user types for a source → an opened one, by the feeds that are registered."""

from __future__ import annotations

import argparse
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from console.config import Config, RoomConfig
from console.domain.errors import UsageError
from console.feeds.base import FeedOptions
from console.i18n import Speech
from console.registry import every
from console.runtime.clock import Clock
from console.runtime.live import Running
from console.runtime.tables import read_own

LATER = {"bilibili": "bilibili:", "youtube": "youtube:", "douyin-relay": "douyin-relay", "oba": "oba", "ssn": "ssn:"}
"""Sources of the command line contract that this version does not read yet."""


def room_of(flags: argparse.Namespace, config: Config) -> RoomConfig | None:
    """`liveroom watch NAME` where `[room.NAME]` stands in the config."""
    if len(flags.sources) == 1:
        return config.rooms.get(flags.sources[0])
    return None


def words_of(flags: argparse.Namespace, config: Config) -> list[str]:
    """The sources as a user wrote them, here or under `[room.NAME]`."""
    room = room_of(flags, config)
    return list(room.sources if room is not None else flags.sources)


def words_for(flags: argparse.Namespace, config: Config) -> dict[str, Any]:
    """The own words of `[room.NAME]`, which stand above those of all rooms; as settings. Raises ConfigError, UsageError."""
    room = room_of(flags, config)
    return {"words": read_own(room.words)} if room is not None and room.words else {}


def opened_sources(
    flags: argparse.Namespace, config: Config, say: Speech, clock: Clock, *, is_headless: bool, stream: BinaryIO | None = None
) -> list[tuple[str, Running]]:
    """(key, source) of everything named, once each; `stream` stands in for standard input.

    Raises UsageError for an unknown source or a forbidden address.
    """
    room = room_of(flags, config)
    words = words_of(flags, config)
    if not words:
        raise UsageError(say("cli.no_source"), hint=say("cli.source_hint"))
    feeds = list(every("feeds"))
    options = FeedOptions(
        world=clock, say=say, endpoint=flags.endpoint or (room.endpoint if room is not None else None),
        is_insecure_fine=flags.insecure, is_fail_fast=is_headless, keeps_raw=config.keep_raw, stream=stream,
    )  # fmt: skip
    opened: list[tuple[str, Running]] = []
    for word in words:
        feed = next((feed for feed in feeds if feed.matches(word)), None)
        if feed is None:
            later = next((name for name, start in LATER.items() if word.startswith(start)), None)
            if later is not None:
                raise UsageError(say("cli.source_later", name=later), hint=say("cli.source_hint"))
            raise UsageError(say("cli.unknown_source", name=word), hint=say("cli.source_hint"))
        source = feed.open(word, options)
        if source.key not in (key for key, _ in opened):
            opened.append((source.key, source))
    return opened


def opened_probes(url: str | None, say: Speech, clock: Clock, *, is_insecure_fine: bool) -> list[tuple[str, Running]]:
    """The probe for `--stream URL`. Raises UsageError where none can look at it."""
    if not url:
        return []
    from console.probes.base import ProbeOptions

    for probe in every("probes"):
        if probe.matches(url):
            return [(urlsplit(url).netloc, probe.open(url, clock, ProbeOptions(is_insecure_fine=is_insecure_fine, say=say)))]
    raise UsageError(say("cli.unknown_stream", url=url), hint=say("cli.stream_hint"))
