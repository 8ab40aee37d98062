"""Opens recordings: their envelopes, their catalogue, the room that can replay them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec
import rapidfuzz

from console import __version__
from console.config import Config
from console.domain.errors import ConfigError, UsageError
from console.domain.events import CatalogueLoaded, CatalogueOf, Event, Header, Message
from console.domain.text import SafeText, clean
from console.feeds.shapes import event_of
from console.i18n import Speech
from console.journal.reader import Reader
from console.room.room import Room
from console.room.state import Settings
from console.runtime.tables import read_own, rules_for
from console.shop.catalogue import Catalogue, parse_catalogue
from console.triage.limits import Limits
from console.wire.record import open_recording, plain_or_gzip

MOST_CATALOGUE_BYTES = 4 << 20


@contextmanager
def reading(name: str, say: Speech | None = None) -> Iterator[Reader]:
    """A Reader over a file, or over standard input for `-`; gzip or plain. Raises UsageError where there is no such file."""
    say = say if say is not None else Speech("en")
    if name == "-":
        yield Reader(plain_or_gzip(sys.stdin.buffer), foreign_event)
        return
    try:
        stream: IO[bytes] = open_recording(name)
    except IsADirectoryError:
        raise UsageError(say("usage.folder", file=name), hint=say("usage.folder_hint")) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(say("usage.no_file", file=name, reason=reason), hint=say("usage.no_file_hint")) from None
    with stream:
        yield Reader(stream, foreign_event)


def foreign_event(fields: dict[str, Any]) -> Event | None:
    """A line of somebody else's log, by the guesses of the generic feed. Its ids stay as they are written: whoever ranks
    a log joins our lines to his by them."""
    event = event_of(fields, SafeText("file"), None)
    if not isinstance(event, Event):
        return None
    if event.id is None:
        return event
    theirs = f"{event.platform}:"
    if isinstance(event, Message) and event.reply_to is not None:
        event = msgspec.structs.replace(event, reply_to=SafeText(event.reply_to.removeprefix(theirs)))
    return msgspec.structs.replace(event, id=SafeText((event.id or "").removeprefix(theirs)))


def versions() -> dict[str, str]:
    """What a replay must have alike to rank alike (exact replay, point 6)."""
    import unicodedata

    return {"liveroom": __version__, "rapidfuzz": rapidfuzz.__version__, "unicode": unicodedata.unidata_version}


def settings_from(config: Config, **changes: Any) -> Settings:
    """The config's numbers as the room wants them (ms), and the shop's own words. Raises ConfigError where these can't be used."""
    if config.words and "words" not in changes:
        changes["words"] = read_own(config.words)
    settings = Settings(
        limits=Limits(
            expire_ms=config.expire_s * 1000,
            snooze_ms=config.snooze_s * 1000,
            reuse_ms=config.reuse_s * 1000,
            echo_ms=config.echo_s * 1000,
        ),
        chat_answers=config.chat_answers,
        answer_ms=config.answer_s * 1000,
        answer_by_intent_ms={intent: seconds * 1000 for intent, seconds in config.answer_by_intent_s.items()},  # type: ignore[misc]
        patience_ms=config.patience_s * 1000,
        patience_by_intent_ms={intent: seconds * 1000 for intent, seconds in config.patience_by_intent_s.items()},  # type: ignore[misc]
    )
    return msgspec.structs.replace(settings, **changes)


def settings_of(header: Header | None, fallback: Settings) -> Settings:
    """The settings under which a recording was made; the fallback's where it doesn't say."""
    if header is None or not header.config:
        return fallback
    try:
        return msgspec.convert(header.config, Settings)
    except msgspec.ValidationError:
        return fallback


class LoadedCatalogue(NamedTuple):
    """A catalogue file as it was read: its hash, its facts, its bytes, and its name without a folder."""

    sha256: str
    facts: Catalogue
    data: bytes
    name: str


def read_catalogue(path: str | Path) -> LoadedCatalogue:
    """Raises ConfigError with file, line and key."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_CATALOGUE_BYTES + 1)
    except OSError as error:
        raise UsageError(f"Can't read {path}: {error.strerror or error}", hint="Check the name of the catalogue") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}, line {line}: not UTF-8", hint="Save the file as UTF-8") from None
    return LoadedCatalogue(hashlib.sha256(data).hexdigest(), parse_catalogue(text, str(path)), data, path.name)


def catalogues_beside(recording: Path, header: Header | None) -> tuple[dict[str, Catalogue], list[str]]:
    """Catalogues that a recording needs: its session's copies (`catalogue-<sha>.toml`) and the one its header names.

    Returns them by sha256 of their content, and notices for those that could not be read. Only files in the recording's own
    folder are opened, whatever a header says.
    """
    found: dict[str, Catalogue] = {}
    notices: list[str] = []
    paths = sorted(recording.parent.glob("catalogue-*.toml"))
    if header is not None and header.catalogue:
        named = recording.parent / Path(header.catalogue).name
        if named.exists():
            paths.append(named)
        else:
            notices.append(clean(header.catalogue))
    for path in paths:
        try:
            catalogue = read_catalogue(path)
        except (ConfigError, UsageError) as error:
            notices.append(error.message)
        else:
            found[catalogue.sha256] = catalogue.facts
    return found, notices


def put_in_force(catalogue: LoadedCatalogue) -> CatalogueLoaded:
    """The event that puts a catalogue in force: its hash and its file's name, never a path of this machine."""
    return CatalogueLoaded(catalogue=CatalogueOf(sha256=SafeText(catalogue.sha256), path=clean(catalogue.name)))


def room_for(header: Header | None, fallback: Settings, catalogues: dict[str, Catalogue]) -> Room:
    """A fresh room under the recording's own settings. A catalogue that the header names is in force from the start."""
    settings = settings_of(header, fallback)
    room = Room(rules_for(settings), settings, catalogues)
    if header is not None and header.catalogue and catalogues:
        room.state.catalogue = next(reversed(catalogues))
    return room
