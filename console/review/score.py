"""A drill's score: who asked, when an answer that settles it was given, and how that compares with the best that could be done.

An *asker* is one viewer with one question, however often he writes it. He waits from his first comment of that question to
the moment an answer to it is given, to whatever cluster: everybody who then waits for that answer hears it. An answer to a
cluster says what most of its waiting askers ask; the others in it, merged wrongly, are passed over and count as not answered
until they ask again. All times in whole ms.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

LONGEST_WAIT_MS = 120_000
"""A wait counts at most this much (docs/cli.md): past it nobody is waiting any more."""


class Asked(Struct, frozen=True, kw_only=True):
    """One comment that truly asks. `cluster` None: the console did not see that it does. `is_heard`: it was filed under an answer just
    given. `is_anew`: a request or problem, for which an answer given before does nothing."""

    asker: str
    group: str
    asked_ms: int
    patience_ms: int
    cluster: str | None = None
    is_heard: bool = False
    is_anew: bool = False


class Asker(Struct, kw_only=True):
    """One viewer with one question. `answered_ms` None: nobody has answered him."""

    asker: str
    group: str
    asked_ms: int
    patience_ms: int
    is_anew: bool
    is_detected: bool = False
    is_passed_over: bool = False
    answered_ms: int | None = None

    @property
    def wait_ms(self) -> int | None:
        """From his first comment to the answer; None where none was given."""
        return None if self.answered_ms is None else max(0, self.answered_ms - self.asked_ms)

    def is_answered_within(self, most_ms: int) -> bool:
        wait_ms = self.wait_ms
        return wait_ms is not None and wait_ms <= most_ms


class Ledger:
    """Comments and answers in the order in which they happened → askers with their waits."""

    def __init__(self) -> None:
        self.askers: list[Asker] = []
        self.answers = self.false_answers = self.passed_over = 0
        """Answers given; those to clusters in which nobody truly asks; askers who got another question's answer."""
        self._known: dict[tuple[str, str], Asker] = {}
        self._members: dict[str, dict[tuple[str, str], Asker]] = {}
        self._open: dict[str, list[Asker]] = {}
        self._given_ms: dict[str, int] = {}
        self._said: dict[str, str] = {}

    def asked(self, asked: Asked) -> Asker:
        """A comment came in. Returns its asker."""
        key = (asked.asker, asked.group)
        asker = self._known.get(key)
        if asker is None:
            asker = self._known[key] = Asker(
                asker=asked.asker, group=asked.group, asked_ms=asked.asked_ms, patience_ms=asked.patience_ms, is_anew=asked.is_anew
            )
            self.askers.append(asker)
            self._open.setdefault(asked.group, []).append(asker)
        asker.is_passed_over = False
        if asked.cluster is not None:
            asker.is_detected = True
            self._members.setdefault(asked.cluster, {})[key] = asker
        self._overtaken(asker, asked)
        return asker

    def _overtaken(self, asker: Asker, asked: Asked) -> None:
        """He had asked before the answer was given, and his comment only reached us after it; or it was filed under the answer."""
        if asker.answered_ms is not None:
            return
        given_ms = self._given_ms.get(asked.group)
        if given_ms is not None and given_ms >= asked.asked_ms:
            asker.answered_ms = given_ms
        elif asked.is_heard and asked.cluster is not None and self._said.get(asked.cluster) == asked.group:
            asker.answered_ms = asked.asked_ms

    def group_of(self, cluster: str) -> str | None:
        """What an answer to this cluster says: what most of its waiting askers ask, of equals the first asked; where nobody in it
        waits any more, what most of all asked. None: nobody in it truly asks."""
        members = self._members.get(cluster)
        if not members:
            return None
        waiting = [asker for asker in members.values() if asker.answered_ms is None and not asker.is_passed_over]
        counts: dict[str, int] = {}
        for asker in waiting or members.values():
            counts[asker.group] = counts.get(asker.group, 0) + 1
        most = max(counts.values())
        return next(group for group, count in counts.items() if count == most)

    def waits_in(self, cluster: str) -> bool:
        """Whether anybody in this cluster has not been answered yet."""
        return any(asker.answered_ms is None and not asker.is_passed_over for asker in self._members.get(cluster, {}).values())

    def answered(self, cluster: str, at_ms: int) -> int:
        """An answer to this cluster was given. Returns how many askers it settles."""
        self.answers += 1
        group = self.group_of(cluster)
        if group is None:
            self.false_answers += 1
            return 0
        settled = 0
        still_open: list[Asker] = []
        for asker in self._open.get(group, ()):
            if asker.is_passed_over:
                still_open.append(asker)
            elif asker.answered_ms is None:
                asker.answered_ms = max(asker.asked_ms, at_ms)
                settled += 1
        self._open[group] = still_open
        self._pass_over(cluster)
        self._given_ms[group], self._said[cluster] = at_ms, group
        return settled

    def _pass_over(self, cluster: str) -> None:
        for asker in self._members.get(cluster, {}).values():
            if asker.answered_ms is None and not asker.is_passed_over:
                asker.is_passed_over = True
                self.passed_over += 1


class Grade(Struct, frozen=True, kw_only=True):
    """What came of all askers. Waits of those whom nobody answered count up to the end; every wait at most `LONGEST_WAIT_MS`.
    None: there was no asker."""

    askers: int
    detected: int
    answered: int
    in_10_s: int
    in_30_s: int
    in_patience: int
    mean_wait_ms: int | None
    p90_wait_ms: int | None
    longest_wait_ms: int | None


def grade(askers: Sequence[Asker], end_ms: int) -> Grade:
    """Count the askers of a session that ended at `end_ms`."""
    waits = sorted(counted_wait_ms(asker, end_ms) for asker in askers)
    return Grade(
        askers=len(askers), detected=sum(asker.is_detected for asker in askers),
        answered=sum(asker.answered_ms is not None for asker in askers),
        in_10_s=sum(asker.is_answered_within(10_000) for asker in askers),
        in_30_s=sum(asker.is_answered_within(30_000) for asker in askers),
        in_patience=sum(asker.is_answered_within(asker.patience_ms) for asker in askers),
        mean_wait_ms=(2 * sum(waits) + len(waits)) // (2 * len(waits)) if waits else None,
        p90_wait_ms=percentile(waits, 90), longest_wait_ms=waits[-1] if waits else None,
    )  # fmt: skip


def counted_wait_ms(asker: Asker, end_ms: int) -> int:
    """How long he waited, as it goes into means and percentiles."""
    until_ms = asker.answered_ms if asker.answered_ms is not None else end_ms
    return min(LONGEST_WAIT_MS, max(0, until_ms - asker.asked_ms))


def percentile(ordered: Sequence[int], percent: int) -> int | None:
    """The nearest-rank percentile of whole numbers in order; None of nothing."""
    return ordered[max(0, (len(ordered) * percent + 99) // 100 - 1)] if ordered else None


def points(in_patience: int, best: int) -> int | None:
    """The score, 0–100: what was answered within patience, of what the oracle answers (ruling 18; docs/cli.md).

    None where the oracle could reach nobody. The oracle is a good plan, not proven the best: who beats it has 100.
    """
    return min(100, (200 * in_patience + best) // (2 * best)) if best else None
