"""How commands speak: data to stdout, words to stderr, and an exit code that means one thing."""

from __future__ import annotations

import os
import sys
from typing import Any

import msgspec

from console.domain.text import trusted
from console.i18n import Speech

OK, FINDINGS, USAGE, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 130
_encoder = msgspec.json.Encoder(order="sorted")
_BUFFER = 1 << 16


class Printer:
    """JSON Lines with sorted keys, or lines of text. Buffered: 200,000 lines cost no 200,000 system calls."""

    def __init__(self, say: Speech, *, as_json: bool) -> None:
        self.say = say
        self.as_json = as_json
        self._out = sys.stdout.buffer
        self._held: list[bytes] = []
        self._size = 0
        self._has_skipped = False

    def data(self, value: Any) -> None:
        """One JSON line."""
        self._put(_encoder.encode(value) + b"\n")

    def line(self, text: str) -> None:
        """One line of text for people."""
        self._put(text.encode("utf-8", "replace") + b"\n")

    def _put(self, data: bytes) -> None:
        self._held.append(data)
        self._size += len(data)
        if self._size >= _BUFFER:
            self.flush()

    def flush(self) -> None:
        self._out.write(b"".join(self._held))
        self._held.clear()
        self._size = 0
        self._out.flush()

    def note_skipped(self, bad: int, first_bad: int | None, *, is_torn: bool) -> None:
        """Lines that were no events, and a torn end: counted and said, no error where others were read."""
        self._has_skipped = bool(bad or is_torn)
        if bad:
            self.note("cli.skipped", count=bad, line=first_bad or 0)
        if is_torn:
            self.note("cli.torn")

    def code_of(self, *, has_read: bool) -> int:
        """OK, and bad input where lines were skipped and none was read."""
        return USAGE if self._has_skipped and not has_read else OK

    def note(self, code: str, **params: str | int) -> None:
        """A sentence to stderr."""
        print(self.say(code, **params), file=sys.stderr)


def complain(message: str, hint: str = "") -> None:
    """What happened, and what to try: two lines to stderr. A file's name or a server's words control no terminal."""
    print(f"liveroom: {trusted(message)}", file=sys.stderr)
    if hint:
        print(f"          {trusted(hint)}", file=sys.stderr)


def drop_stdout() -> None:
    """Nothing more is said there: the reader of our output went away (`| head`), or the user wants us gone."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)
