"""Room → RoomView: what a screen may know, made when it is pulled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import structs

from console.domain.text import SafeText
from console.health.reading import SEVERITY
from console.health.verdict import HealthBoard
from console.room.state import Count, Stage, UndoClosing
from console.room.view import Card, ClockState, LinkView, Mark, RoomView, Row, Tally, Wording
from console.triage.questions import Cluster

if TYPE_CHECKING:
    from console.room.room import Room

MOST_NAMES = 20
MOST_CLOSED = 20
MOST_CACHED = 1_000


class Show:
    """Makes views of one room. Rows that did not change are the same objects as last time."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._rows: dict[str, tuple[tuple[int, int, int, str, int], Row]] = {}
        self._last: RoomView | None = None

    def view(self, *, chosen: str | None, after_line: int, most_rows: int) -> RoomView:
        """The state at the room's own time. `chosen`: the cluster whose card is wanted (None: the most urgent); `after_line`: see
        `RoomView.lines`; `most_rows` 0: only the stream is looked at."""
        if most_rows == 0 and self._last is not None:
            return self._only_stream(self._last, after_line)
        room, state = self._room, self._room.state
        ranking = room.queue.ranking(state.now_ms, max(most_rows, 1))
        if chosen is None and ranking and most_rows:
            chosen = ranking[0].id
        rows = tuple(self._row(cluster, rank) for rank, cluster in enumerate(ranking[:most_rows], 1))
        stages = list(state.stages.values())
        first = stages[0] if stages else None
        online = [stage.online for stage in stages if stage.online is not None]
        on_air = first.on_air if first is not None else None
        self._last = RoomView(
            seq=state.seq, now_ms=state.now_ms, title=(first.title if first is not None else None) or room.name,
            rooms=tuple(stage.key for stage in stages), live_since_ms=first.live_since_ms if first is not None else None,
            links=_links(stages), online=sum(online) if online else None,
            comments_per_s_x10=sum(stage.health.rate_x10(state.now_ms) for stage in stages),
            on_air=(on_air.link, on_air.name) if on_air is not None else None, tally=self._tally(), rows=rows,
            card=self._card(chosen, ranking), lines=room.stream.after(after_line), last_line=room.stream.last,
            health=_worst(stages).view(state.now_ms), notice=room.notice, dropped=state.dropped, closed=self._closed(),
        )  # fmt: skip
        if len(self._rows) > MOST_CACHED:
            self._rows = {row.id: self._rows[row.id] for row in rows}
        return self._last

    def _only_stream(self, last: RoomView, after_line: int) -> RoomView:
        """The last view with what the stream got since: a flood of comments looks at nothing else most of the time."""
        room = self._room
        lines = room.stream.after(after_line)
        return structs.replace(last, seq=room.state.seq, now_ms=room.state.now_ms, lines=lines, last_line=room.stream.last)

    def _row(self, cluster: Cluster, rank: int) -> Row:
        clock = self._clock(cluster)
        key = (cluster.version, cluster.score, rank, clock, cluster.asker_count)
        known = self._rows.get(cluster.id)
        if known is not None and known[0] == key:
            return known[1]
        given = self._room.state.clusters.get(cluster.reuse_of) if cluster.reuse_of else None
        why = self._room.queue.why(cluster, self._room.state.now_ms)
        row = Row(
            id=cluster.id, rank=rank, text=cluster.shown, need=cluster.need, intent=cluster.intent, slots=cluster.slots,
            state=cluster.state, askers=cluster.asker_count, comments=cluster.comments, wait_from_ms=cluster.first_ms, clock=clock,
            score=sum(one.points for one in why), why=why, mark=_mark(cluster),
            answered_ms=given.closed_ms if given is not None and cluster.is_open else cluster.closed_ms, in_hand=cluster.in_hand,
            answer=given.answer if given is not None and cluster.is_open else cluster.answer, how=cluster.how,
            answered_by=cluster.answered_by, echoes=cluster.echo_count,
        )  # fmt: skip
        self._rows[cluster.id] = (key, row)
        return row

    def _clock(self, cluster: Cluster) -> ClockState:
        """Under half of the target ok, then due, then late; a closed cluster's clock stands still."""
        until_ms = cluster.closed_ms if cluster.closed_ms is not None else self._room.state.now_ms
        waited_ms, due_ms = until_ms - cluster.first_ms, self._room.settings.due_ms(cluster.intent)
        return "late" if waited_ms > due_ms else "due" if waited_ms * 2 >= due_ms else "ok"

    def _card(self, chosen: str | None, ranking: list[Cluster]) -> Card | None:
        cluster = self._room.queue.get(chosen) if chosen else None
        if cluster is None:
            return None
        rank = next((n for n, other in enumerate(ranking, 1) if other is cluster), 0)
        wordings = sorted(cluster.wordings.items(), key=lambda item: -item[1])
        given = self._room.state.clusters.get(cluster.reuse_of) if cluster.reuse_of else None
        return Card(
            row=self._row(cluster, rank), wordings=tuple(Wording(text, count) for text, count in wordings[:MOST_NAMES]),
            names=cluster.names(MOST_NAMES), drafts=cluster.drafts,
            refusal=cluster.refusal, holding=cluster.holding, reuse_text=given.answer if given is not None else None,
            reuse_ms=given.closed_ms if given is not None else None,
            awaiting_draft=cluster.draft_asked and all(draft.source == "catalogue" for draft in cluster.drafts),
            evidence=self._room.hearing.evidence(cluster.shown), can_undo=self._room.undoing.can_undo(cluster),
        )  # fmt: skip

    def _closed(self) -> tuple[Row, ...]:
        done = [entry for entry in self._room.state.undo if isinstance(entry, UndoClosing)][-MOST_CLOSED:]
        clusters = [self._room.state.clusters.get(entry.cluster) for entry in reversed(done)]
        return tuple(self._row(cluster, 0) for cluster in clusters if cluster is not None and not cluster.is_open)

    def _tally(self) -> Tally:
        count = self._room.state.count
        queue, waits, gaps = self._room.queue, sorted(count.waits_ms), sorted(count.gaps_ms)
        return Tally(
            open_clusters=queue.open_count, waiting_askers=queue.waiting_askers,
            answer_p50_ms=_at(waits, 50), answer_p90_ms=_at(waits, 90),
            within_target_permille=count.in_time * 1000 // count.answered if count.answered else None,
            expected_wait_ms=queue.open_count * gaps[len(gaps) // 2] if gaps else None, backlog=_backlog(count, queue.open_count),
            answered=count.answered, dismissed=count.dismissed, expired=count.expired,
        )  # fmt: skip


def _mark(cluster: Cluster) -> Mark:
    if cluster.reuse_of is not None:
        return "reuse"
    if cluster.drafts:
        return "draft"
    if cluster.need == "problem":
        return "person"
    return "no_fact" if cluster.refusal is not None and cluster.refusal.missing else "none"


def _at(ordered: list[int], percent: int) -> int | None:
    """The nearest-rank percentile of whole numbers in order."""
    return ordered[max(0, (len(ordered) * percent + 99) // 100 - 1)] if ordered else None


def _worst(stages: list[Stage]) -> HealthBoard:
    """The health that is shown where several rooms share the screen: the one that is worst off, the first of equals."""
    boards = [stage.health for stage in stages] or [HealthBoard()]
    return max(boards, key=lambda board: SEVERITY[board.verdict()[0]])


def _links(stages: list[Stage]) -> tuple[LinkView, ...]:
    """Our connections, in the order in which they were opened."""
    return tuple(
        LinkView(SafeText(source), link.state, SafeText(link.reason) if link.reason else None, link.since_ms)
        for stage in stages
        for source, link in stage.health.links.by_source.items()
    )


def _backlog(count: Count, now_open: int) -> Literal["growing", "steady", "shrinking"]:
    """Growing or shrinking: more than a tenth and more than one off what stood open a minute ago."""
    then = count.open_by_10s[0] if count.open_by_10s else now_open
    change = now_open - then
    if abs(change) <= max(1, then // 10):
        return "steady"
    return "growing" if change > 0 else "shrinking"
