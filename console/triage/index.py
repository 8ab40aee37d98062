"""Which clusters could be meant: an exact key first, then the contents that say the same inside it. Proposes; never decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.triage.same import SHORT, heavy

Bucket = str
"""The exact key of `same.bucket`, written out."""

MOST_CANDIDATES = 64
"""Contents compared with one: a flood of spellings of one sentence costs no more than this, whoever types it."""

_Some = str | tuple[str, ...]
"""One, or several in the order in which they came: nearly always one, and 50,000 lists of one are memory."""


def _with(some: _Some | None, one: str) -> _Some:
    if some is None:
        return one
    return (some, one) if isinstance(some, str) else (*some, one)


def _without(some: _Some, one: str) -> _Some | None:
    if isinstance(some, str):
        return None if some == one else some
    left = tuple(other for other in some if other != one)
    return left[0] if len(left) == 1 else left or None


def _all(some: _Some | None) -> tuple[str, ...]:
    if some is None:
        return ()
    return (some,) if isinstance(some, str) else some


class _Shelf:
    """All clusters of one bucket. `words`: content → ids, oldest first; `heavy`: heavy characters → the contents that are made of
    these and of light ones (one without light ones stands for itself)."""

    __slots__ = ("bucket", "heavy", "words")

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self.words: dict[str, _Some] = {}
        self.heavy: dict[str, _Some] = {}

    def put(self, content: str) -> None:
        if len(content) >= SHORT and (key := heavy(content)) != content:
            self.heavy[key] = _with(self.heavy.get(key), content)

    def take(self, content: str) -> None:
        if len(content) >= SHORT and (key := heavy(content)) != content:
            left = _without(self.heavy[key], content)
            if left is None:
                del self.heavy[key]
            else:
                self.heavy[key] = left

    def near(self, content: str) -> tuple[str, ...]:
        """Other contents that could agree with this one: the one without light characters, then as they came."""
        if len(content) < SHORT:
            return ()
        key = heavy(content)
        found = self.heavy.get(key)
        bare = (key,) if key != content and key in self.words else ()
        if found is None or found == content:
            return bare
        return (*bare, *(other for other in _all(found)[:MOST_CANDIDATES] if other != content))


class Index:
    """content and bucket → ids of clusters that hold that content or one near it. Ids come oldest first.

    `agrees` may hold for two different contents only where both have `SHORT` characters and the same heavy ones (`same.agrees`).
    """

    def __init__(self, agrees: Callable[[str, str], bool]) -> None:
        self._agrees = agrees
        self._shelves: dict[Bucket, _Shelf] = {}

    def add(self, cluster: str, bucket: Bucket, content: str) -> Bucket:
        """Remember that `cluster` holds `content`. Adding the same twice is harmless. Returns the bucket as one string for all."""
        shelf = self._shelves.get(bucket)
        if shelf is None:
            shelf = self._shelves[bucket] = _Shelf(bucket)
        ids = shelf.words.get(content)
        if ids is None:
            shelf.put(content)
        if cluster not in _all(ids):
            shelf.words[content] = _with(ids, cluster)
        return shelf.bucket

    def remove(self, cluster: str, bucket: Bucket, content: str) -> None:
        """Forget that a cluster holds a content. Forgetting what is not there is harmless."""
        shelf = self._shelves.get(bucket)
        ids = shelf.words.get(content) if shelf is not None else None
        if shelf is None or ids is None:
            return
        left = _without(ids, cluster)
        if left is not None:
            shelf.words[content] = left
            return
        del shelf.words[content]
        shelf.take(content)
        if not shelf.words:
            del self._shelves[bucket]

    def find(self, bucket: Bucket, content: str) -> tuple[str, ...]:
        """Ids of clusters whose content is the same or agrees, the same first, at most 64 contents looked at."""
        shelf = self._shelves.get(bucket)
        if shelf is None:
            return ()
        found = _all(shelf.words.get(content))
        for other in shelf.near(content):
            if self._agrees(content, other):
                found = (*found, *_all(shelf.words[other]))
        return found

    def buckets(self) -> Iterator[Bucket]:
        return iter(self._shelves)

    def holders(self, bucket: Bucket) -> tuple[str, ...]:
        """Ids of all clusters in a bucket, each once."""
        shelf = self._shelves.get(bucket)
        return tuple(dict.fromkeys(one for some in shelf.words.values() for one in _all(some))) if shelf is not None else ()
