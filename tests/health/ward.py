"""A room for tests of health: readings, complaints and seconds, one after another."""

from __future__ import annotations

from console.domain.events import (
    Event,
    Health,
    HealthOf,
    Link,
    LinkOf,
    Message,
    Stall,
    StallOf,
    User,
)  # fmt: skip
from console.domain.text import trusted
from console.health.verdict import HealthBoard


class Room:
    """A board, a clock in ms, and probes that go on saying what they said last."""

    def __init__(self) -> None:
        self.board = HealthBoard()
        self.now = 0
        self.speaks: dict[tuple[str, str], int] = {}
        self.comment_every: int | None = None
        self.history: list[tuple[int, str, str, tuple[str, ...]]] = []

    def hears(self, event: Event, *, complaint: bool = False) -> None:
        self.board.apply(event, self.now, complaint=complaint)

    def probe(self, source: str = "hls", /, **metrics: int) -> Room:
        """From now on the probe says this, each second."""
        for metric, value in metrics.items():
            self.speaks[source, metric] = value
        return self

    def chat(self, every_ms: int | None) -> Room:
        self.comment_every = every_ms
        return self

    def link(self, state: str) -> Room:
        self.hears(Link(link=LinkOf(trusted("chat-feed"), state)))  # type: ignore[arg-type]
        return self

    def cry(self, *viewers: str) -> Room:
        for viewer in viewers:
            self.hears(Message(text=trusted("卡了"), user=User(id=trusted(viewer))), complaint=True)
        return self

    def passes(self, seconds: int) -> Room:
        for _ in range(seconds):
            self.now += 1_000
            self.board.advance(self.now)
            for (source, metric), value in sorted(self.speaks.items(), key=lambda one: one[0][1] == "reachable"):
                self.hears(Health(health=HealthOf(trusted(source), trusted(metric), value)))
            if self.comment_every and self.now % self.comment_every == 0:
                self.hears(Message(text=trusted("好看"), ts_ms=self.now, ts_src="platform", recv_ms=self.now + 80))
            self.history.append((self.now, *self.board.verdict(), self.codes()))
        return self

    def codes(self) -> tuple[str, ...]:
        return tuple(alert.code for alert in self.board.alerts())

    def level_of(self, code: str) -> str | None:
        return next((alert.level for alert in self.board.alerts() if alert.code == code), None)

    def cause_of(self, code: str) -> str | None:
        return next((alert.cause for alert in self.board.alerts() if alert.code == code), None)


def a_good_room() -> Room:
    """A chat each second over a live link, a probe that is content."""
    room = Room().link("live").chat(1_000).probe(reachable=1, status=200, target=2_000, age=500, live_edge=1_500).probe("chat", rtt=30)
    return room.passes(60)


def stall(start_ms: int, end_ms: int | None = None) -> Stall:
    return Stall(stall=StallOf(source=trusted("hls"), start_ms=start_ms, end_ms=end_ms))
