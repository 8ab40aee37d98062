"""One short word for what the ranking was: two runs that agree on it decided alike (ruling 5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from console.triage.questions import Cluster


def digest(ranking: Iterable[Cluster]) -> str:
    """128-bit BLAKE2b over (id, score, state, askers) of all open clusters in order, as 32 hex digits."""
    body = hashlib.blake2b(digest_size=16)
    for cluster in ranking:
        body.update(f"{cluster.id} {cluster.score} {cluster.state} {cluster.asker_count}\n".encode())
    return body.hexdigest()
