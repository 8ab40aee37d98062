"""`liveroom rank FILE|-`: triage without a screen."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from msgspec import UNSET, Struct, UnsetType, structs

from console.cli.output import Printer
from console.cli.semantic import opened_encoder, settings_for
from console.config import Config
from console.domain.commands import Command, ProposeMerge
from console.domain.errors import UsageError
from console.domain.events import Envelope, Message, Paid
from console.domain.values import Slots, Why
from console.drafters.likeness import Nearest
from console.i18n import Speech
from console.room.room import Room
from console.runtime.memory import calm_collector
from console.runtime.recording import read_catalogue, reading, room_for, settings_from
from console.runtime.tables import shipped_reading
from console.triage.questions import Cluster

MOST_TOP = 20
"""Ids in a `ranking` line."""


class CommentLine(Struct, frozen=True, tag="comment", tag_field="kind", kw_only=True):
    at_ms: int
    cluster: str | None
    id: str
    intent: str | None
    slots: Slots
    type: str


class ClusterLine(Struct, frozen=True, tag="cluster", tag_field="kind", kw_only=True):
    askers: int
    comments: int
    first_ms: int
    id: str
    intent: str
    rank: int
    score: int
    slots: Slots
    state: str
    text: str
    why: tuple[Why, ...]
    reuse_of: str | UnsetType = UNSET
    how: str | UnsetType = UNSET
    answer: str | UnsetType = UNSET
    """How the feed answered it, and its words: the evidence."""


class MergeLine(Struct, frozen=True, tag="merge", tag_field="kind", rename={"from_id": "from"}, kw_only=True):
    from_id: str
    into: str


class SplitLine(Struct, frozen=True, tag="split", tag_field="kind", rename={"from_id": "from"}, kw_only=True):
    from_id: str
    ids: tuple[str, ...]
    into: str


class RankingLine(Struct, frozen=True, tag="ranking", tag_field="kind"):
    at_ms: int
    top: tuple[str, ...]


def rank(flags: argparse.Namespace, config: Config, say: Speech) -> int:
    for name in ("snapshots", "expire"):
        value = getattr(flags, name)
        if value is not None and value < 1:
            raise UsageError(say(f"usage.{name}", value=value), hint=say(f"usage.{name}_hint"))
    printer = Printer(say, as_json=flags.json)
    with reading(flags.file, say) as reader:
        ranker = _Ranker(flags, config, printer)
        for envelope in reader:
            ranker.take(envelope)
        ranker.finish()
        printer.flush()
        printer.note_skipped(reader.bad, reader.first_bad, is_torn=reader.is_torn)
    return printer.code_of(has_read=ranker.has_read)


class _Ranker:
    """Feeds one room and prints what becomes of each comment."""

    def __init__(self, flags: argparse.Namespace, config: Config, printer: Printer) -> None:
        self._flags, self._config, self._printer = flags, config, printer
        self._room: Room | None = None
        encoder = opened_encoder(flags, config, printer.say, is_watching=False)
        self._about = settings_for(encoder, config)
        self._nearest = Nearest(encoder) if encoder is not None else None
        self._snapshot_ms: int | None = None

    def _start(self) -> Room:
        settings = settings_from(self._config, check_every_ms=0, on_air=self._flags.on_air, **self._about)
        expire_ms = self._flags.expire * 1000 if self._flags.expire else None
        settings = structs.replace(settings, limits=structs.replace(settings.limits, expire_ms=expire_ms))
        catalogues: dict[str, Any] = {}
        if self._flags.catalogue:
            catalogue = read_catalogue(self._flags.catalogue)
            catalogues[catalogue.sha256] = catalogue.facts
        room = room_for(None, settings, catalogues)
        room.state.catalogue = next(reversed(catalogues), None)
        shipped_reading()
        calm_collector()
        return room

    @property
    def has_read(self) -> bool:
        return self._room is not None

    def take(self, envelope: Envelope) -> None:
        if self._room is None:
            self._room = self._start()
        self._snapshots(self._room, envelope.at_ms)
        commands = self._room.handle(envelope)
        self._regrouped(self._room)
        event, heard = envelope.event, self._room.heard
        if heard is None or not isinstance(event, Message | Paid):
            return
        cluster = heard.cluster
        if commands and self._nearest is not None:
            cluster = self._settled(self._room, self._nearest, envelope, commands) or cluster
        understood = heard.understood
        line = CommentLine(
            at_ms=envelope.at_ms, cluster=cluster, id=event.id or str(envelope.seq), intent=understood.intent,
            slots=heard.slots, type=understood.need,
        )  # fmt: skip
        if self._printer.as_json:
            self._printer.data(line)

    def _settled(self, room: Room, nearest: Nearest, envelope: Envelope, commands: Sequence[Command]) -> str | None:
        """Where the comment stands once the encoder has answered: before its line is printed, so that no line needs correcting. The
        answer takes no number of its own: clusters keep the ids that they have without it."""
        taken = None
        for command in commands:
            if isinstance(command, ProposeMerge):
                (proposal,) = nearest.proposals((command,))
                room.handle(Envelope(envelope.seq, envelope.at_ms, proposal))
                cluster = room.queue.get(command.cluster)
                taken = cluster.id if cluster is not None else None
        return taken

    def _snapshots(self, room: Room, at_ms: int) -> None:
        every = self._flags.snapshots
        if every is None:
            return
        if self._snapshot_ms is None:
            self._snapshot_ms = at_ms
            return
        # A file with hours between two lines gets the snapshots at both ends of the gap, not a million between.
        if (at_ms - self._snapshot_ms) // every > 10_000:
            self._snapshot_ms = at_ms - every
        while self._snapshot_ms + every <= at_ms:
            self._snapshot_ms += every
            room.pass_time(max(room.state.now_ms, self._snapshot_ms))
            self._regrouped(room)
            ranking = room.queue.ranking(room.state.now_ms)
            line = RankingLine(self._snapshot_ms, tuple(cluster.id for cluster in ranking[:MOST_TOP]))
            if self._printer.as_json:
                self._printer.data(line)
            else:
                self._printer.line(f"{line.at_ms}  {' '.join(line.top)}")

    def _regrouped(self, room: Room) -> None:
        """Clusters of comments that went out already came together, or apart."""
        if not (room.regrouping.lately and self._printer.as_json):
            return
        for what in room.regrouping.lately:
            if what.kind == "merge":
                self._printer.data(MergeLine(from_id=what.from_id, into=what.into_id))
            else:
                ids = room.regrouping.ids_of(what.seqs)
                self._printer.data(SplitLine(from_id=what.from_id, ids=ids, into=what.into_id))

    def finish(self) -> None:
        room = self._room
        if room is None:
            return
        ranking = room.queue.ranking(room.state.now_ms)
        closed = [cluster for cluster in room.state.clusters.values() if not cluster.is_open]
        for place, cluster in enumerate([*ranking, *closed], 1):
            self._cluster(room, cluster, place)

    def _cluster(self, room: Room, cluster: Cluster, place: int) -> None:
        why = room.queue.why(cluster, room.state.now_ms)
        line = ClusterLine(
            askers=cluster.asker_count, comments=cluster.comments, first_ms=cluster.first_ms, id=cluster.id, intent=cluster.intent,
            rank=place, score=sum(term.points for term in why), slots=cluster.slots, state=cluster.state, text=cluster.text,
            why=why, reuse_of=cluster.reuse_of or UNSET, how=cluster.how or UNSET, answer=cluster.answer or UNSET,
        )  # fmt: skip
        if self._printer.as_json:
            self._printer.data(line)
        else:
            wait_s = (room.state.now_ms - cluster.first_ms) // 1000
            askers = self._printer.say("cli.askers", count=line.askers)
            self._printer.line(f"{place:4}  {line.score:4}  {askers:>8}  {wait_s:5} s  {cluster.intent:13} {cluster.text}")
