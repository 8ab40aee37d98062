"""Which clusters could be meant: an exact key first, then an inverted 2-gram index inside it. Proposes; never decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from console.triage.same import SHORT, heavy

Bucket = str
"""The exact key of `same.bucket`, written out."""

MOST_CANDIDATES = 64
"""Measured: ≤ 64 candidates kept 45,000 comments/s against 500 open clusters (docs/performance.md)."""


def grams(content: str) -> list[str]:
    """The 2-grams of a text, each once, in order; a single character stands for itself."""
    if len(content) < 2:
        return [content] if content else []
    return list(dict.fromkeys(content[i : i + 2] for i in range(len(content) - 1)))


class _Shelf:
    """All clusters of one bucket. `words`: content → ids, oldest first; `grams`: 2-gram → contents; `heavy`: how many of the
    contents that could agree with another have these heavy characters."""

    __slots__ = ("grams", "heavy", "words")

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.grams: dict[str, dict[str, None]] = {}
        self.heavy: dict[str, int] = {}

    def put(self, content: str) -> None:
        for gram in grams(content):
            self.grams.setdefault(gram, {})[content] = None
        if len(content) >= SHORT:
            key = heavy(content)
            self.heavy[key] = self.heavy.get(key, 0) + 1

    def take(self, content: str) -> None:
        for gram in grams(content):
            holders = self.grams[gram]
            del holders[content]
            if not holders:
                del self.grams[gram]
        if len(content) >= SHORT:
            key = heavy(content)
            self.heavy[key] -= 1
            if not self.heavy[key]:
                del self.heavy[key]

    def may_hold_another(self, content: str) -> bool:
        """Whether a content other than this one could agree with it: told without looking at any."""
        return len(content) >= SHORT and self.heavy.get(heavy(content), 0) > (content in self.words)


class Index:
    """content and bucket → ids of clusters that hold that content or one near it. Ids come oldest first.

    `agrees` may hold for two different contents only where both have `SHORT` characters and the same heavy ones (`same.agrees`).
    """

    def __init__(self, agrees: Callable[[str, str], bool]) -> None:
        self._agrees = agrees
        self._shelves: dict[Bucket, _Shelf] = {}
        self._where: dict[str, tuple[Bucket, list[str]]] = {}

    def __len__(self) -> int:
        return len(self._where)

    def add(self, cluster: str, bucket: Bucket, content: str) -> None:
        """Remember that `cluster` holds `content`. Adding the same twice is harmless."""
        shelf = self._shelves.get(bucket)
        if shelf is None:
            shelf = self._shelves[bucket] = _Shelf()
        ids = shelf.words.get(content)
        if ids is None:
            shelf.words[content] = [cluster]
            shelf.put(content)
        elif cluster in ids:
            return
        else:
            ids.append(cluster)
        self._where.setdefault(cluster, (bucket, []))[1].append(content)

    def remove(self, cluster: str) -> None:
        """Forget a cluster. Forgetting one that is not there is harmless."""
        bucket, contents = self._where.pop(cluster, ("", []))
        shelf = self._shelves.get(bucket)
        if shelf is None:
            return
        for content in contents:
            ids = shelf.words[content]
            ids.remove(cluster)
            if not ids:
                del shelf.words[content]
                shelf.take(content)
        if not shelf.words:
            del self._shelves[bucket]

    def find(self, bucket: Bucket, content: str) -> list[str]:
        """Ids of clusters whose content is the same or agrees, the same first, at most 64 contents looked at."""
        shelf = self._shelves.get(bucket)
        if shelf is None:
            return []
        found = list(shelf.words.get(content, ()))
        if not shelf.may_hold_another(content):
            return found
        for other in self._near(shelf, content):
            if other != content and self._agrees(content, other):
                found.extend(shelf.words[other])
        return found

    def _near(self, shelf: _Shelf, content: str) -> list[str]:
        """Contents that share the most 2-grams; ties in the order in which they came."""
        shared: Counter[str] = Counter()
        for gram in grams(content):
            holders = shelf.grams.get(gram)
            if holders is not None:
                shared.update(holders.keys())
        if len(shared) <= MOST_CANDIDATES:
            return list(shared)
        return [other for other, _ in shared.most_common(MOST_CANDIDATES)]
