"""How long the first asker has waited, what keeps a question from starving, and when nobody waits for it any more."""

from __future__ import annotations

from console.triage.questions import Cluster
from console.triage.signals.base import Setting, Table


class Waiting:
    """A little more each second until the answer falls due: of two that can both be in time, the one with less time left is first."""

    name = "waiting"
    api = 1

    def grown(self, waited_ms: int, due_ms: int, table: Table, *, is_short: bool) -> int:
        return min(waited_ms, due_ms) // 1000 * table["per_second"]


class Rise:
    """Nothing starves: what is long overdue rises past everything, but only while the list is short enough to be worked off. In a
    full room it would only make the next ones late, too."""

    name = "rise"
    api = 1

    def grown(self, waited_ms: int, due_ms: int, table: Table, *, is_short: bool) -> int:
        return max(0, waited_ms // 1000 - table["after_s"]) * table["per_second"] if is_short else 0


class Gone:
    """All who asked are past their patience: an answer reaches hardly anybody. A new asker makes it worth answering again."""

    name = "gone"
    api = 1

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return table["points"] if setting.now_ms - cluster.last_ms >= setting.patience_ms else 0

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        at = cluster.last_ms + setting.patience_ms
        return at if setting.now_ms < at else None


class Hopeless:
    """Whoever asked has given up long ago: it sinks below what can still be won."""

    name = "hopeless"
    api = 1

    def points(self, cluster: Cluster, setting: Setting, table: Table) -> int:
        return table["points"] if setting.now_ms - cluster.last_ms >= table["after_s"] * 1000 else 0

    def changes(self, cluster: Cluster, setting: Setting, table: Table) -> int | None:
        at = cluster.last_ms + table["after_s"] * 1000
        return at if setting.now_ms < at else None


WAITING, RISE, GONE, HOPELESS = Waiting(), Rise(), Gone(), Hopeless()
