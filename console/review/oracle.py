"""The best that could be done by somebody who knows every question and every moment beforehand: what a score is measured against.

Exact planning is out of reach (it holds the knapsack problem), so the oracle is the best of a few greedy plans, each with full
knowledge: free, it takes the question with the most worth a millisecond of work, where an asker is worth one for each of his
deadlines that the answer meets; askers who will come while it works count too. The plans differ in how much is taken off for worth
that would still be there one answer later. It lives by the room's rules: an answer costs what it costs, the same answer given again
within `stands_ms` costs `reuse_ms`, and what has to be done anew costs the whole each time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

PATIENT_PERMILLE = (0, 500, 900)
"""How much of the worth that can wait is taken off, a plan each."""


class Wish(Struct, frozen=True, kw_only=True):
    """One asker: what he asks, since when, and until when an answer is worth something (epoch ms, each worth one)."""

    group: str
    asked_ms: int
    deadlines_ms: tuple[int, ...]
    is_anew: bool = False


class Costs(Struct, frozen=True, kw_only=True):
    """`answer`: makes the row of costs of whole answers (ms), the same row each time. `reuse_ms` None: nothing is ever used again."""

    answer: Callable[[], Iterator[int]]
    reuse_ms: int | None
    stands_ms: int


def oracle(wishes: Sequence[Wish], costs: Costs, end_ms: int) -> list[int | None]:
    """When each wish is answered by the best plan (epoch ms, None = never); nothing is answered after `end_ms`.

    `wishes` in order of `asked_ms`.
    """
    plans = [_Plan(wishes, costs, end_ms, permille).carried_out() for permille in PATIENT_PERMILLE]
    return max(plans, key=lambda plan: worth(wishes, plan))


def worth(wishes: Sequence[Wish], answered_ms: Sequence[int | None]) -> int:
    """Deadlines met."""
    return sum(
        at_ms <= deadline for wish, at_ms in zip(wishes, answered_ms, strict=True) if at_ms is not None for deadline in wish.deadlines_ms
    )


class _Group(Struct):
    """The wishes of one question that may still be met, in order of asking; `places` in the list of all."""

    places: list[int]
    next: int = 0
    given_ms: int | None = None


class _Plan:
    """One greedy plan, carried out."""

    def __init__(self, wishes: Sequence[Wish], costs: Costs, end_ms: int, permille: int) -> None:
        self._wishes, self._costs, self._end_ms, self._permille = wishes, costs, end_ms, permille
        self._answers = costs.answer()
        self._cost = next(self._answers)
        self._groups: dict[str, _Group] = {}
        for place, wish in enumerate(wishes):
            self._groups.setdefault(wish.group, _Group([])).places.append(place)
        self._times = [wish.asked_ms for wish in wishes]
        self._live: dict[str, _Group] = {}
        self._seen = 0
        self._answered: list[int | None] = [None] * len(wishes)

    def carried_out(self) -> list[int | None]:
        """When each wish is answered."""
        now_ms = self._times[0] if self._times else self._end_ms
        while now_ms < self._end_ms:
            self._arrive(now_ms)
            chosen = self._choose(now_ms)
            if chosen is None:
                if self._seen >= len(self._times):
                    break
                now_ms = self._times[self._seen]
                continue
            now_ms = self._give(chosen, now_ms)
        return self._answered

    def _arrive(self, now_ms: int) -> None:
        """Whoever has asked by now is waiting."""
        until = bisect_right(self._times, now_ms, lo=self._seen)
        for wish in self._wishes[self._seen : until]:
            self._live.setdefault(wish.group, self._groups[wish.group])
        self._seen = until

    def _choose(self, now_ms: int) -> str | None:
        """The question with the most worth a ms; of equals the one asked first."""
        best_gain, best_cost, chosen = 0, 1, None
        for name, group in list(self._live.items()):
            if self._is_over(group, now_ms):
                del self._live[name]
                continue
            cost_ms = self._cost_of(group, now_ms)
            gain = self._gain(group, now_ms + cost_ms)
            if gain * best_cost > best_gain * cost_ms:
                best_gain, best_cost, chosen = gain, cost_ms, name
        return chosen

    def _is_over(self, group: _Group, now_ms: int) -> bool:
        """Step past the wishes that nobody can meet any more; whether none is left that has been asked."""
        while group.next < len(group.places):
            wish = self._wishes[group.places[group.next]]
            if wish.asked_ms > now_ms:
                return True
            if max(wish.deadlines_ms) > now_ms:
                return False
            group.next += 1
        return True

    def _cost_of(self, group: _Group, now_ms: int) -> int:
        reuse_ms, given_ms = self._costs.reuse_ms, group.given_ms
        if reuse_ms is None or given_ms is None or now_ms - given_ms > self._costs.stands_ms:
            return self._cost
        return self._cost if self._wishes[group.places[group.next]].is_anew else min(reuse_ms, self._cost)

    def _gain(self, group: _Group, at_ms: int) -> int:
        """Deadlines met at `at_ms`, less what of them would still be met one answer later; in thousandths."""
        now = later = 0
        for place in group.places[group.next :]:
            wish = self._wishes[place]
            if wish.asked_ms > at_ms:
                break
            for deadline_ms in wish.deadlines_ms:
                now += deadline_ms >= at_ms
                later += deadline_ms >= at_ms + self._cost
        return now * 1000 - later * self._permille

    def _give(self, chosen: str, now_ms: int) -> int:
        """Answer a question; returns when that is done."""
        group = self._groups[chosen]
        cost_ms = self._cost_of(group, now_ms)
        at_ms = now_ms + cost_ms
        if cost_ms == self._cost:
            self._cost = next(self._answers)
        if at_ms > self._end_ms:
            return at_ms
        while group.next < len(group.places) and self._wishes[group.places[group.next]].asked_ms <= at_ms:
            self._answered[group.places[group.next]] = at_ms
            group.next += 1
        group.given_ms = at_ms
        return at_ms
