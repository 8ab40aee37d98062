"""Which clusters are nearest in meaning: vectors of an encoder, remembered, compared, told in whole permille."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.commands import ProposeMerge
from console.domain.events import NearOf, Proposal, ProposalOf
from console.domain.text import SafeText, clean
from console.drafters.base import Encoder, Vector

BATCH = 32
"""Texts encoded at once: a sentence costs a third of what it costs alone, and larger batches gain nothing more."""
MOST_VECTORS = 4_096
"""Remembered: 8 MB, and more than stand open at a time."""
MOST_NEAR = 3
"""Told of one question, so that the next one stands in where the Room refuses the nearest."""


class Nearest:
    """Not for two threads at a time."""

    def __init__(self, encoder: Encoder, most_vectors: int = MOST_VECTORS) -> None:
        self.encoder = encoder
        self._most = most_vectors
        self._vectors: dict[str, Vector] = {}

    def proposals(self, asked: Sequence[ProposeMerge]) -> list[Proposal]:
        """One answer a command, in their order. Raises EncoderError."""
        vectors = self._vectors_of([text for one in asked for text in (one.text, *(text for _, text in one.others))])
        return [self._proposal(one, vectors) for one in asked]

    def _proposal(self, asked: ProposeMerge, vectors: dict[str, Vector]) -> Proposal:
        mine = vectors[asked.text]
        permilles = [(permille(mine, vectors[text]), n, cluster) for n, (cluster, text) in enumerate(asked.others)]
        permilles.sort(key=lambda one: (-one[0], one[1]))
        near = tuple(NearOf(SafeText(cluster), likeness) for likeness, _, cluster in permilles[:MOST_NEAR])
        return Proposal(proposal=ProposalOf(cluster=SafeText(asked.cluster), source=clean(self.encoder.name), near=near))

    def _vectors_of(self, texts: Sequence[str]) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        missing: list[str] = []
        for text in dict.fromkeys(texts):
            known = self._vectors.pop(text, None)
            if known is None:
                missing.append(text)
            else:
                found[text] = self._vectors[text] = known  # the last one used is the last one forgotten
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            found.update(zip(batch, self.encoder.encode(batch), strict=True))
        for text in missing:
            self._vectors[text] = found[text]
        while len(self._vectors) > self._most:
            del self._vectors[next(iter(self._vectors))]
        return found


def permille(a: Vector, b: Vector) -> int:
    """The cosine, rounded, from 0 to 1000: below 0 is no more different than 0."""
    return min(1000, max(0, round(float(a @ b) * 1000)))
