"""Recomputes a recording: the same events, the same decisions, byte for byte (house: what exact replay needs)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from console.domain.commands import TakeCheck
from console.domain.events import Check, Envelope
from console.i18n import Speech
from console.journal.reader import Reader
from console.room.room import Room
from console.room.state import Settings
from console.runtime.recording import catalogues_beside, reading, room_for, versions


class Verified(Struct, frozen=True, kw_only=True):
    """What a recomputation found. `agreed` of `checks` recorded checks agree; `first_wrong`: the seq after which it went apart.
    `digest`: over all checks that were taken, so that two runs can be compared where a recording has none."""

    events: int
    comments: int
    clusters: int
    checks: int
    agreed: int
    first_wrong: int | None
    digest: str
    bad_lines: int
    first_bad: int | None
    is_torn: bool
    counts: dict[str, int]
    recorded_under: dict[str, str]
    missing_catalogues: int

    @property
    def is_same(self) -> bool:
        return self.agreed == self.checks


class _Comparison:
    """Checks come out of the room in the order in which the recorded session wrote them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._made: list[TakeCheck] = []
        self._all = hashlib.blake2b(digest_size=16)
        self.checks = self.agreed = 0
        self.first_wrong: int | None = None

    def feed(self, envelopes: Iterable[Envelope]) -> None:
        for envelope in envelopes:
            if isinstance(envelope.event, Check):
                self._compare(envelope.event)
            for command in self._room.handle(envelope):
                if isinstance(command, TakeCheck):
                    self._take(command)

    def _take(self, check: TakeCheck) -> None:
        self._made.append(check)
        self._all.update(f"{check.upto_seq} {check.clusters} {check.digest}\n".encode())

    def _compare(self, recorded: Check) -> None:
        self.checks += 1
        if not self._made:
            # The session's last check: taken when it ended, at no moment that the events mark.
            self._take(self._room.check())
        made = self._made.pop(0)
        wanted = recorded.check
        if (made.digest, made.clusters, made.upto_seq) == (wanted.digest, wanted.clusters, wanted.upto_seq):
            self.agreed += 1
        elif self.first_wrong is None:
            self.first_wrong = wanted.upto_seq

    def finish(self) -> str:
        if not self.checks:
            self._take(self._room.check())
        return self._all.hexdigest()


def verify(name: str, fallback: Settings, say: Speech | None = None) -> Verified:
    """Recompute a recording headless and compare digests; one without `check` lines is run twice and must agree with itself.

    Raises UsageError where the file can't be read.
    """
    first = _run(name, fallback, say)
    if first.checks:
        return first
    second = _run(name, fallback, say)
    return first if first.digest == second.digest else _apart(first)


def _apart(first: Verified) -> Verified:
    import msgspec

    return msgspec.structs.replace(first, checks=1, agreed=0, first_wrong=0)


def _run(name: str, fallback: Settings, say: Speech | None) -> Verified:
    with reading(name, say) as reader:
        envelopes = iter(reader)
        ahead = next(envelopes, None)  # the header is known once the first event is
        catalogues, notices = catalogues_beside(Path(name), reader.header) if name != "-" else ({}, [])
        room = room_for(reader.header, fallback, catalogues)
        comparison = _Comparison(room)
        if ahead is not None:
            comparison.feed((ahead,))
            comparison.feed(envelopes)
        digest = comparison.finish()
        return _result(reader, room, comparison, digest, len(notices))


def _result(reader: Reader, room: Room, comparison: _Comparison, digest: str, missing: int) -> Verified:
    counts: Counter[str] = reader.counts
    return Verified(
        events=sum(counts.values()), comments=counts["message"] + counts["paid"], clusters=len(room.state.clusters),
        checks=comparison.checks, agreed=comparison.agreed, first_wrong=comparison.first_wrong, digest=digest, bad_lines=reader.bad,
        first_bad=reader.first_bad, is_torn=reader.is_torn, counts={kind: counts[kind] for kind in sorted(counts)},
        recorded_under=reader.header.versions if reader.header is not None else {}, missing_catalogues=missing,
    )  # fmt: skip


def is_other_ground(verified: Verified) -> bool:
    """Recorded under other versions: rankings may differ, and that is said."""
    ours = versions()
    return any(ours.get(key) != value for key, value in verified.recorded_under.items())
