"""The second stall sensor: what viewers say about picture and sound, even while every probe is green."""

from __future__ import annotations

from msgspec import Struct, field

WINDOW_MS = 15_000
RELEASE_MS = 15_000
LEAST = 3
ONLINE_PERMILLE = 2
"""Alarm at k = max(3, 0.2 % of those online) distinct viewers within 15 s (ruling 17)."""


def needed(online: int | None) -> int:
    """k for so many viewers online; 3 while nobody knows how many."""
    return max(LEAST, -(-(online or 0) * ONLINE_PERMILLE // 1000))


class ComplaintSensor(Struct):
    """Distinct viewers who said 卡了, 没声音, 黑屏, lag … within 15 s. Which comment is one, the caller knows."""

    viewers: dict[str, int] = field(default_factory=dict)
    """Viewer → his last complaint (ms), oldest first."""
    nameless: int = 0
    is_raised: bool = False
    enough_ms: int = 0
    """When there were last as many as needed."""

    def add(self, viewer: str | None, at_ms: int) -> None:
        """One complaint. One viewer crying ten times is one; a comment without a viewer is a viewer of its own (ruling 16)."""
        if viewer is None:
            self.nameless += 1
            viewer = f"nameless:{self.nameless}"
        self.viewers.pop(viewer, None)
        self.viewers[viewer] = at_ms

    def count(self, now_ms: int) -> int:
        """Distinct viewers within the last 15 s."""
        return sum(1 for at_ms in self.viewers.values() if at_ms > now_ms - WINDOW_MS)

    def advance(self, now_ms: int, online: int | None) -> bool:
        """Whether the alarm is on: at once with k viewers, off when there were fewer for 15 s."""
        for viewer in [name for name, at_ms in self.viewers.items() if at_ms <= now_ms - WINDOW_MS]:
            del self.viewers[viewer]
        if len(self.viewers) >= needed(online):
            self.is_raised, self.enough_ms = True, now_ms
        elif now_ms - self.enough_ms >= RELEASE_MS:
            self.is_raised = False
        return self.is_raised
