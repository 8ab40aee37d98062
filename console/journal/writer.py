"""Appends to a journal: plain `os.write` in batches, fsync by a thread of its own."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from console.domain.errors import LiveroomError, UsageError
from console.domain.events import Envelope, Header
from console.wire.record import encode, encode_header

FSYNC_EVERY_S = 0.2
"""Power loss may lose the last 200 ms of comments, never a send record (safety.md, promise 4)."""
SLOW_WRITE_NS = 20_000_000


class JournalError(LiveroomError):
    """The disk is full or gone. Nothing that could not be written is ranked."""


class Journal:
    """One file, opened for appending. `write` returns when the system has the bytes: kill −9 loses nothing after that."""

    def __init__(self, path: Path, header: Header, *, is_new: bool = True) -> None:
        """Raises UsageError where the file can't be made or is there already."""
        self.path = path
        self.slow_writes = 0
        flags = (
            os.O_WRONLY | os.O_APPEND | os.O_CREAT | (os.O_EXCL if is_new else 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        )
        try:
            self._fd = os.open(path, flags, 0o600)
        except FileExistsError:
            raise UsageError(f"{path} is there already", hint="Name another file: a recording is never overwritten") from None
        except OSError as error:
            raise UsageError(f"Can't write {path}: {error.strerror}", hint="Name a folder that you may write to") from None
        self._unsynced = threading.Event()
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._write(encode_header(header))
        self._thread = threading.Thread(target=self._sync_now_and_then, name="journal-fsync", daemon=True)
        self._thread.start()

    def write(self, envelopes: list[Envelope]) -> None:
        """Append a batch with one system call. Raises JournalError; a half-written batch is cut off again first."""
        self._write(b"".join([encode(envelope) for envelope in envelopes]))

    def _write(self, data: bytes) -> None:
        begin = time.monotonic_ns()
        start = os.fstat(self._fd).st_size
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._fd, view) :]
        except OSError as error:
            self._cut(start)
            raise JournalError(f"Can't write the journal {self.path}: {error.strerror}", hint="Free some space on that disk") from None
        if time.monotonic_ns() - begin > SLOW_WRITE_NS:
            self.slow_writes += 1
        self._unsynced.set()

    def _cut(self, size: int) -> None:
        try:
            os.ftruncate(self._fd, size)
        except OSError:
            return  # the reader knows a torn tail when it sees one

    def sync(self) -> None:
        """On the disk itself, now. Called before a send."""
        with self._lock:
            self._unsynced.clear()
            os.fsync(self._fd)

    def _sync_now_and_then(self) -> None:
        while not self._closing.wait(FSYNC_EVERY_S):
            if self._unsynced.is_set():
                try:
                    self.sync()
                except OSError:
                    continue  # the next write says so in words

    def close(self) -> None:
        """Sync and close. Closing twice is harmless."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._thread.join()
        try:
            os.fsync(self._fd)
        finally:
            os.close(self._fd)
