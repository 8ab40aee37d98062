"""One pair of hands without a screen: takes the question a policy puts first, answers it, takes the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

from console.domain.events import Action, ActionName, ActionOf, Envelope
from console.domain.text import SafeText
from console.room.room import Room
from console.triage.questions import Cluster

Policy = Literal["newest", "fifo", "count", "urgency", "reuse"]
POLICIES: tuple[Policy, ...] = get_args(Policy)


def first_by(policy: Policy, room: Room) -> Cluster | None:
    """The open cluster that is answered next; None where nothing is open. Of equals the one that was asked first."""
    open_clusters = room.queue.open_clusters()
    match policy:
        case "newest":
            return max(open_clusters, key=lambda cluster: (cluster.last_ms, -cluster.seq), default=None)
        case "fifo":
            return min(open_clusters, key=lambda cluster: (cluster.first_ms, cluster.seq), default=None)
        case "count":
            return min(open_clusters, key=lambda cluster: (-len(cluster.askers), cluster.first_ms, cluster.seq), default=None)
    return next(iter(room.queue.ranking(room.state.now_ms, 1)), None)


class Job(NamedTuple):
    """What is in hand, what will be done with it, and when that is done."""

    cluster: Cluster
    act: ActionName
    ends_ms: int


class Autopilot:
    """Never idle while a question is open. Every answer is an ordinary action, given when its time has been spent: the Room's own
    rules for reuse and expiry hold. `apply`: the way into the room."""

    def __init__(self, room: Room, policy: Policy, apply: Callable[[Envelope], None], *, answer_ms: int, reuse_ms: int) -> None:
        self.room, self.policy = room, policy
        self._apply = apply
        self._answer_ms, self._reuse_ms = answer_ms, min(reuse_ms, answer_ms)
        self._job: Job | None = None

    def plan(self, cluster: Cluster) -> tuple[ActionName, int]:
        """What to do with the cluster, and how long it takes (ms)."""
        if self.policy == "reuse" and cluster.reuse_of is not None:
            return "reuse", self._reuse_ms
        return "answer", self._answer_ms

    def still_holds(self, job: Job) -> bool:
        """Whether what was planned is still to be done at its end: the cluster may have expired, or its comment been deleted."""
        return job.cluster.is_open

    def work(self, upto_ms: int) -> None:
        """Finish what is done before `upto_ms`, and take the next at once. Called before what happens at `upto_ms` is applied."""
        while self._job is not None and self._job.ends_ms < upto_ms:
            job, self._job = self._job, None
            self.room.pass_time(job.ends_ms)
            if self.still_holds(job):
                self._do(job)
            self.look()

    def look(self) -> None:
        """Take the next question, where the hands are free. Called after something happened."""
        if self._job is not None:
            return
        cluster = first_by(self.policy, self.room)
        if cluster is not None:
            act, cost_ms = self.plan(cluster)
            self._job = Job(cluster, act, self.room.state.now_ms + cost_ms)

    def _do(self, job: Job) -> None:
        text = job.cluster.drafts[0].text if job.act == "answer" and job.cluster.drafts else None
        action = ActionOf(name=job.act, cluster=SafeText(job.cluster.id), how="aloud", text=text)
        self._apply(Envelope(self.room.state.seq, job.ends_ms, Action(action=action)))
