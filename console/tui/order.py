"""The order under the hand (ruling 23): a list of ids that knows no widget and never leaves the screen.

The cursor is bound to an item. When the ranking changes, the item keeps its place on the screen and the others flow
around it; for a moment after a key nothing moves at all.
"""

from __future__ import annotations

from collections.abc import Sequence

STILL_MS = 1_500
"""So long nothing is reordered after a person moved: the time to read the row that was aimed at."""
BLANK = ""
"""An empty place above the cursor, where the list grew shorter than the cursor's place."""


class Order:
    def __init__(self) -> None:
        self.ids: list[str] = []
        self.cursor: str | None = None
        self.top = 0
        self._still_until_ms = 0

    def take(self, ranked: Sequence[str], now_ms: int) -> None:
        """A new ranking arrived."""
        if now_ms < self._still_until_ms:
            known = frozenset(self.ids)
            self.ids.extend(one for one in ranked if one not in known)
            return
        at = self.place
        if self.cursor is None or at is None:
            self.ids = list(ranked)
            return
        others = [one for one in ranked if one != self.cursor]
        others.extend([BLANK] * (at - len(others)))
        self.ids = [*others[:at], self.cursor, *others[at:]]

    @property
    def place(self) -> int | None:
        """Where the cursor's item stands in `ids`; None while nothing is chosen."""
        return self.ids.index(self.cursor) if self.cursor in self.ids else None

    def still_for(self, now_ms: int) -> int:
        """Milliseconds until the list may move again; 0 = now."""
        return max(0, self._still_until_ms - now_ms)

    def move(self, by: int, now_ms: int) -> None:
        """One step down or up; the first one of all chooses the first row. Stops at both ends."""
        at = self.place
        if at is None:
            self.choose(self._next(0, 1), now_ms)
            return
        found = self._next(at + by, by)
        self.choose(found if found is not None else self.cursor, now_ms)

    def _next(self, start: int, step: int) -> str | None:
        at = start
        while 0 <= at < len(self.ids):
            if self.ids[at] != BLANK:
                return self.ids[at]
            at += step
        return None

    def choose(self, cluster: str | None, now_ms: int) -> None:
        """The person's choice; None (an empty place) changes nothing."""
        if cluster:
            self.cursor = cluster
            self._still_until_ms = now_ms + STILL_MS

    def follow(self, into: str) -> None:
        """The item under the cursor became part of another: that one stands in its place now."""
        at = self.place
        others = [one for one in self.ids if one not in (self.cursor, into)]
        self.cursor = into
        if at is not None:
            others.extend([BLANK] * (at - len(others)))
            self.ids = [*others[:at], into, *others[at:]]

    def first(self, now_ms: int) -> None:
        self.top = 0
        self.choose(self._next(0, 1), now_ms)

    def last(self, now_ms: int) -> None:
        self.choose(self._next(len(self.ids) - 1, -1), now_ms)

    def give_up(self) -> None:
        """Nothing is chosen any more."""
        self.cursor = None
        self.top = 0

    def release(self) -> None:
        """The list may move again at once: the person finished with this item."""
        self._still_until_ms = 0

    def window(self, height: int) -> list[str]:
        """The ids in sight on `height` rows; scrolls just so far that the cursor is among them."""
        at = self.place
        if at is not None:
            self.top = min(max(self.top, at - height + 1), at)
        self.top = max(0, min(self.top, len(self.ids) - height))
        return self.ids[self.top : self.top + height]

    def out_of_sight(self, ranked: Sequence[str], height: int) -> int:
        """How many items more urgent than the chosen one stand outside the window."""
        if self.cursor is None:
            return 0
        seen = frozenset(self.window(height))
        count = 0
        for one in ranked:
            if one == self.cursor:
                return count
            count += one not in seen
        return 0
