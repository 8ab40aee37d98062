"""A drill without a screen: an autopilot answers a recorded room, and the answers are scored against the truth and an oracle.

What viewers, the platform and the probes did is applied; what the recorded assistant did is not (ruling 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, repeat
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from console.domain.errors import UsageError
from console.domain.events import Action, Check, Delete, DraftCame, Envelope, Header, Merge, Message, Paid, Send, Split
from console.domain.values import Intent
from console.i18n import Speech
from console.journal.reader import Reader
from console.review.oracle import Costs, Wish, oracle, worth
from console.review.score import Asked, Asker, Grade, Ledger, grade
from console.room.airing import event_ms
from console.room.state import Settings
from console.runtime.autopilot import Autopilot, Policy
from console.runtime.recording import catalogues_beside, reading, room_for, settings_of
from console.shop.catalogue import Catalogue

Key = Mapping[str, str | None]
"""Comment id → the true question it asks; None = it asks none."""

_NOT_THEIRS = (Action, Send, DraftCame, Merge, Split, Check)
"""What the recorded assistant did, and what was decided then."""
_ANSWERED = ("sent", "confirmed", "answered")


class Plan(Struct, frozen=True, kw_only=True):
    """How a drill is run. Times in whole ms."""

    policy: Policy
    answer_ms: int
    reuse_ms: int
    patience_ms: int
    patience_by_intent_ms: dict[str, int] = {}
    key: Key | None = None

    def patience_of(self, intent: Intent | None) -> int:
        return self.patience_by_intent_ms.get(intent or "", self.patience_ms)


class Drilled(Struct, frozen=True, kw_only=True):
    """What came of a drill. `best`: askers whom the oracle answers within patience."""

    grade: Grade
    best: int
    answered_clusters: int
    reused_clusters: int
    false_answers: int
    passed_over: int
    bad_lines: int
    first_bad: int | None
    is_torn: bool
    missing_catalogues: int


class _Answer(Struct, frozen=True):
    cluster: str
    at_ms: int


class _Comment(Struct, frozen=True):
    """A comment that asks, under its id."""

    id: str
    asked: Asked


def drill(name: str, plan: Plan, fallback: Settings, say: Speech) -> Drilled:
    """Run a recording once, headless. Raises UsageError where it can't be read, holds no event, or the key is another recording's."""
    with reading(name, say) as reader:
        envelopes = iter(reader)
        ahead = next(envelopes, None)  # the header is known once the first event is
        if ahead is None:
            raise UsageError(say("usage.no_events", file=name), hint=say("usage.no_events_hint"))
        catalogues, notices = catalogues_beside(Path(name), reader.header) if name != "-" else ({}, [])
        session = _Session(reader.header, fallback, catalogues, plan)
        for envelope in chain((ahead,), envelopes):
            session.play(envelope)
        if plan.key is not None and not session.matched:
            raise UsageError(say("usage.key_of_another"), hint=say("usage.key_hint"))
        return session.end(reader, len(notices))


def read_key(name: str, say: Speech) -> dict[str, str | None]:
    """True labels, one JSON object a line: `id` of a comment, `group` of the question it asks or null. Raises UsageError."""
    key: dict[str, str | None] = {}
    try:
        lines = Path(name).read_bytes().splitlines()
    except OSError as error:
        raise UsageError(say("usage.no_file", file=name, reason=error.strerror or ""), hint=say("usage.key_hint")) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            label = _label.decode(line.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise UsageError(say("usage.key_line", file=name, line=number), hint=say("usage.key_hint")) from None
        key[str(label.id)] = None if label.group is None else str(label.group)
    return key


class _Label(Struct):
    """`group` must be said, were it null: a key that forgets it would empty the room of questions."""

    id: str | int
    group: str | int | None


_label = msgspec.json.Decoder(_Label)


class _Session:
    """Two rooms hear the same feed: in one the autopilot answers; in the other nobody does and nothing expires, and its clusters are
    the truth where there is no key. So what counts as one question does not depend on who answers what."""

    def __init__(self, header: Header | None, fallback: Settings, catalogues: dict[str, Catalogue], plan: Plan) -> None:
        settings = structs.replace(settings_of(header, fallback), check_every_ms=0)
        header = structs.replace(header, config={}) if header is not None else None
        self._plan = plan
        self._room = room_for(header, settings, catalogues)
        endless = structs.replace(settings, limits=structs.replace(settings.limits, expire_ms=None))
        self._truth = room_for(header, endless, catalogues) if plan.key is None else None
        self._autopilot = Autopilot(self._room, plan.policy, self._apply, answer_ms=plan.answer_ms, reuse_ms=plan.reuse_ms)
        self._story: list[_Comment | _Answer] = []
        self._deleted: dict[str, None] = {}
        self._waiting: dict[str, None] = {}
        self._answered = self._reused = self.matched = 0

    def play(self, envelope: Envelope) -> None:
        """Apply what happened, unless the recorded assistant did it; before it, what the autopilot finishes earlier."""
        if isinstance(envelope.event, _NOT_THEIRS):
            return
        self._autopilot.work(envelope.at_ms)
        self._apply(envelope)
        self._autopilot.look()

    def _apply(self, envelope: Envelope) -> None:
        """Into the room, and write down who asked and which clusters stand answered since."""
        event = envelope.event
        self._room.handle(envelope)
        if isinstance(event, Action):
            self._reused += event.action.name == "reuse"
        else:
            if self._truth is not None:
                self._truth.handle(envelope)
            if isinstance(event, Message | Paid):
                self._note_comment(envelope, event)
            elif isinstance(event, Delete):
                self._note_deletion(event)
        self._note_answers()

    def _note_comment(self, envelope: Envelope, event: Message | Paid) -> None:
        heard, key = self._room.heard, self._plan.key
        comment = event.id or str(envelope.seq)
        if key is not None:
            self.matched += comment in key
            group = key.get(comment)
        else:
            assert self._truth is not None
            group = self._truth.heard.cluster if self._truth.heard is not None else None
        if heard is None or event.history or heard.is_repeat:
            return
        cluster = self._room.state.clusters.get(heard.cluster) if heard.cluster is not None else None
        if cluster is not None and cluster.state not in _ANSWERED:
            self._waiting[cluster.id] = None
        if group is None:
            return
        now_ms, need = self._room.state.now_ms, heard.understood.need
        asked = Asked(
            asker=event.asker or f"seq:{envelope.seq}", group=group, asked_ms=event_ms(event, now_ms),
            patience_ms=self._plan.patience_of(heard.understood.intent), cluster=heard.cluster,
            is_heard=cluster is not None and cluster.state in _ANSWERED, is_anew=need in ("request", "problem"),
        )  # fmt: skip
        self._story.append(_Comment(comment, asked))

    def _note_deletion(self, event: Delete) -> None:
        """Whose comment a moderator removes never counted as an asker; a key's word stands above that."""
        delete = event.delete
        if delete is None or self._plan.key is not None:
            return
        for entry in self._story:
            if not isinstance(entry, _Comment):
                continue
            if (delete.scope == "user" and entry.asked.asker == delete.user_id) or (
                delete.scope == "message" and entry.id == delete.target_id
            ):
                self._deleted[entry.id] = None

    def _note_answers(self) -> None:
        """Whoever gave it, the autopilot or the room itself."""
        state = self._room.state
        if state.count.answered == self._answered:
            return
        self._answered = state.count.answered
        for cluster_id in list(self._waiting):
            cluster = state.clusters.get(cluster_id)
            if cluster is None or cluster.is_closed:
                del self._waiting[cluster_id]
                if cluster is not None and cluster.state in _ANSWERED and cluster.closed_ms is not None:
                    self._story.append(_Answer(cluster_id, cluster.closed_ms))

    def end(self, reader: Reader, missing: int) -> Drilled:
        """The recording is over, and with it the drill."""
        end_ms = self._room.state.now_ms
        self._autopilot.work(end_ms + 1)
        ledger = Ledger()
        for entry in self._story:
            if isinstance(entry, _Answer):
                ledger.answered(entry.cluster, entry.at_ms)
            elif entry.id not in self._deleted:
                ledger.asked(entry.asked)
        return Drilled(
            grade=grade(ledger.askers, end_ms), best=self._best(ledger.askers, end_ms), answered_clusters=ledger.answers,
            reused_clusters=self._reused, false_answers=ledger.false_answers, passed_over=ledger.passed_over, bad_lines=reader.bad,
            first_bad=reader.first_bad, is_torn=reader.is_torn, missing_catalogues=missing,
        )  # fmt: skip

    def _best(self, askers: list[Asker], end_ms: int) -> int:
        """Askers whom the oracle answers within patience, at the same costs and always with reuse."""
        wishes = [
            Wish(group=asker.group, asked_ms=asker.asked_ms, deadlines_ms=(asker.asked_ms + asker.patience_ms,), is_anew=asker.is_anew)
            for asker in sorted(askers, key=lambda asker: asker.asked_ms)
        ]
        plan = self._plan
        costs = Costs(answer=lambda: repeat(plan.answer_ms), reuse_ms=plan.reuse_ms, stands_ms=self._room.settings.limits.reuse_ms)
        return worth(wishes, oracle(wishes, costs, end_ms))
