"""The picture of a story: a small HLS player whose playlist can stand still.

Segments of 4 s, a player about 8.5 s behind. Freeze the playlist and the age grows,
the buffer drains, the playhead stops; once new segments come it has fallen out of the
window and jumps to the live edge, as hls.js does.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from story import Story

SEGMENT_MS = 4_000
FIRST_MS = 3_200
TARGET_MS = 8_500
WINDOW_MS = 20_000
CATCH_UP_MS = 700
"""Further behind than this and the player runs a tenth faster."""
STEP_MS = 100


@dataclass
class Player:
    """Playhead, edge and stall of one virtual player, in ms of the story."""

    rng: random.Random
    edge: int = 0
    playhead: int = -TARGET_MS
    advanced: int = 0
    next_segment: int = FIRST_MS
    stalled_since: int | None = None

    def step(self, now: int, frozen: bool) -> None:
        """One step of real time: segments come in, the playhead moves if it can."""
        if not frozen and now >= self.next_segment:
            self.edge, self.advanced = now - 1_700, now
            grid = now - (now - FIRST_MS + SEGMENT_MS // 2) % SEGMENT_MS + SEGMENT_MS // 2
            self.next_segment = grid + SEGMENT_MS + self.rng.choice((-200, -100, 0, 0, 100, 200))
        if self.stalled_since is None:
            behind = now - self.playhead - TARGET_MS
            self.playhead += STEP_MS + (STEP_MS // 10 if behind > CATCH_UP_MS else 0)
            if self.buffer <= 0:
                self.stalled_since = now
        elif self.edge - self.playhead > SEGMENT_MS and now - self.advanced > 1_400:
            self.stalled_since = None
            if now - self.playhead > WINDOW_MS:
                self.playhead = min(now - TARGET_MS + 300, self.edge - 1_500)

    @property
    def buffer(self) -> int:
        """What can still be played; what left the window can't."""
        ahead = max(0, self.edge - self.playhead)
        return 0 if ahead > WINDOW_MS else ahead


def add_picture(story: Story, length: int, freezes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Samples each 5 s (each 1 s in trouble), a stall event at both ends; the stalls."""
    player, stalls, sampled, since = Player(story.rng), [], -10_000, None
    for now in range(0, length, STEP_MS):
        player.step(now, any(start <= now < end for start, end in freezes))
        if now < 12_000:
            player.playhead = now - TARGET_MS
            player.stalled_since = None
            continue
        age = now - player.advanced
        trouble = age > SEGMENT_MS * 3 // 2 or player.stalled_since is not None
        if now - sampled >= (1_000 if trouble else 5_000):
            sampled = now
            sample(story, now, player, age)
        if player.stalled_since is not None and since is None:
            since = player.stalled_since
            stall(story, now + 12, since, None)
        elif player.stalled_since is None and since is not None:
            stall(story, now + 12, since, now)
            stalls.append((since, now))
            since = None
            sampled = now
            sample(story, now + 20, player, age)
    add_rtt(story, length)
    return stalls


def sample(story: Story, now: int, player: Player, age: int) -> None:
    """Latency of the playhead, age of the playlist, buffer: whole ms."""
    jitter = story.rng.randint(-40, 90)
    readings = {
        "latency": now - player.playhead + jitter,
        "age": max(0, age + story.rng.randint(0, 60)),
        "buffer": player.buffer,
    }
    for metric, value in readings.items():
        story.add(
            now + story.rng.randint(3, 9),
            "health",
            health={"source": "hls", "metric": metric, "value": value, "unit": "ms"},
        )


def stall(story: Story, now: int, start: int, end: int | None) -> None:
    """A stall that begins (no end yet) or is over."""
    fields: dict[str, object] = {"source": "hls", "start_ms": story.start_ms + start}
    if end is not None:
        fields["end_ms"] = story.start_ms + end
    story.add(now, "stall", stall=fields | {"definition": "virtual player: buffer dry"})


def add_rtt(story: Story, length: int) -> None:
    """The chat connection's round trip every 10 s."""
    for now in range(4_000, length, 10_000):
        value = round(story.rng.gauss(38, 5))
        story.add(now, "health", health={"source": "chat", "metric": "rtt", "value": value, "unit": "ms"})
