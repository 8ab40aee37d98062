"""What the people of one shop answered, kept from session to session: `answers.jsonl` in the data folder, one answer a line."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from console.config import Config, data_folder
from console.domain.events import Canned, CannedOf
from console.room.canned import MOST_KEPT, OLDEST_MS, key_of
from console.wire.record import RecordError, decode_line, whole_lines

NAME = "answers.jsonl"
MOST_BYTES = 8 << 20
"""A file that grew longer than this is not ours: nothing of it is read."""
TAKEN_BACK = b'"taken_back":true'
_encoder = msgspec.json.Encoder()


def answers_file(config: Config, shop: str) -> Path:
    """`<data>/shops/<shop>/answers.jsonl`; names that a folder can't have are told apart by a few letters of their hash."""
    plain = "".join(char if char.isalnum() or char in "-_*" else "-" for char in shop)[:40]
    if plain != shop:
        plain = f"{plain}-{hashlib.sha256(shop.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return data_folder(config) / "shops" / plain / NAME


class AnswerBook:
    """Appends each answer when it is given, and puts the file in order when the session ends: the newest answer to each question, at
    most 1,000, none older than 30 days. Several sessions may write to one file. No viewer stands in it."""

    def __init__(self, path: Path, session: str) -> None:
        self.path, self._session = path, session
        self._is_written = False

    def load(self, now_ms: int) -> list[Canned]:
        """Oldest first. A line that can't be read is left out; no file, no answers."""
        return [Canned(canned=one) for one in self._newest(now_ms)]

    def keep(self, canned: CannedOf) -> str | None:
        """Append an answer. Returns why it could not be written."""
        return self._append(_line(canned, self._session))

    def drop(self, canned: CannedOf) -> str | None:
        """Append that an answer was taken back: the one before it counts again. Returns why it could not be written."""
        return self._append(_line(canned, self._session)[:-2] + b"," + TAKEN_BACK + b"}\n")

    def close(self, now_ms: int) -> None:
        """Write the file anew, whole or not at all. What could not be written stays as it was appended."""
        if not self._is_written:
            return
        self._is_written = False
        beside = self.path.with_suffix(".new")
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.writelines(_line(one, one.session or "") for one in self._newest(now_ms))
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, self.path)
        except OSError:
            beside.unlink(missing_ok=True)

    def _append(self, line: bytes) -> str | None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+", buffering=0) as stream:
                if not self._is_written and stream.seek(0, os.SEEK_END):
                    stream.seek(-1, os.SEEK_END)
                    line = line if stream.read(1) == b"\n" else b"\n" + line  # the last line is torn, as after a cut
                stream.write(line)
        except OSError as error:
            return f"{self.path}: {error.strerror}"
        self._is_written = True
        return None

    def _newest(self, now_ms: int) -> list[CannedOf]:
        """Of each question the newest answer that was not taken back."""
        given: dict[tuple[str, int], CannedOf] = {}
        for one, is_taken_back in self._read():
            key = (key_of(one), one.given_ms)
            given.pop(key, None)
            if not is_taken_back and now_ms - one.given_ms <= OLDEST_MS:
                given[key] = one
        newest: dict[str, CannedOf] = {}
        for (question, given_ms), one in given.items():
            if question not in newest or newest[question].given_ms <= given_ms:
                newest[question] = one
        return sorted(newest.values(), key=lambda one: (one.given_ms, key_of(one)))[-MOST_KEPT:]

    def _read(self) -> Iterable[tuple[CannedOf, bool]]:
        try:
            if self.path.stat().st_size > MOST_BYTES:
                return
            with self.path.open("rb") as stream:
                for line, _ in whole_lines(stream):
                    try:
                        event = decode_line(b'{"kind":"canned","canned":' + line.strip() + b"}").event
                    except RecordError:
                        continue
                    if isinstance(event, Canned):
                        yield event.canned, TAKEN_BACK in line
        except OSError:
            return


def _line(canned: CannedOf, session: str) -> bytes:
    named = msgspec.structs.replace(canned, session=session or None)
    return _encoder.encode(named) + b"\n"
