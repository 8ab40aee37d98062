"""The real program in a pseudo-terminal, with pyte as the terminal: type keys, look at the screen, keep every byte it wrote.

with Terminal("demo") as terminal:
    terminal.until(lambda screen: "1 " in screen)
    terminal.type("q")
    assert terminal.ended() == 0

Nothing sleeps: every wait ends when the screen says so, or fails at its deadline with what the screen did say.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

LONGEST_WAIT_S = 20
"""A wait in vain ends here. Nothing is ever measured against it."""
ROOT = Path(__file__).parents[2]


class Terminal:
    """`liveroom` with `arguments`; `raw` holds all bytes that it wrote to the terminal, `screen` what a person sees.

    `stdin`: a pipe's reading end in place of the keyboard (the terminal stays its controlling one).
    """

    def __init__(
        self, *arguments: str, columns: int = 120, rows: int = 40, env: Mapping[str, str] | None = None, stdin: int | None = None,
        stderr: int | None = None, program: tuple[str, ...] = ("-m", "console"),
    ) -> None:  # fmt: skip
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self.resize(columns, rows, is_told=False)
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave if stdin is None else stdin, stdout=slave, stderr=slave if stderr is None else stderr, close_fds=True,
            start_new_session=True, cwd=ROOT, env=environment(env), preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(slave)
        self.is_closed = False

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.close()

    # --- looking --------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The screen's rows as text; a wide character stands once."""
        return [_row(self._screen, y) for y in range(self._screen.lines)]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def row_of(self, words: str) -> str:
        """The row that shows `words`."""
        return next(line for line in self.lines if words in line)

    def until(self, is_so: Callable[[str], bool], what: str = "") -> str:
        """Read until the screen satisfies `is_so`; returns the screen."""
        deadline = time.monotonic() + LONGEST_WAIT_S
        while True:
            if is_so(self.text):
                return self.text
            if not self._read(deadline):
                raise AssertionError(f"never came: {what or is_so}\nexit {self.process.poll()}\n{self.text}\n{bytes(self.raw[-600:])!r}")

    def until_shown(self, *words: str) -> str:
        return self.until(lambda screen: all(word in screen for word in words), " · ".join(words))

    def until_quiet(self) -> str:
        """Read until the program has answered everything so far: a query that it must pass on in order comes back."""
        while self._read(time.monotonic() + 0.15):
            pass
        return self.text

    def read_until(self, is_there: Callable[[bytes], bool], what: str) -> None:
        """Like `until`, on the bytes that were written."""
        deadline = time.monotonic() + LONGEST_WAIT_S
        while not is_there(bytes(self.raw)):
            if not self._read(deadline):
                raise AssertionError(f"never came: {what}\n{bytes(self.raw[-600:])!r}")

    def _read(self, deadline: float) -> bool:
        """One piece of output; False where none came in time or the terminal was closed."""
        left = deadline - time.monotonic()
        if self.is_closed or left <= 0 or not select.select([self._master], [], [], left)[0]:
            return False
        try:
            piece = os.read(self._master, 65_536)
        except OSError:  # Linux: nobody holds the other side any more
            return False
        self.raw += piece
        self._stream.feed(_known_to_pyte(piece))
        return bool(piece)

    # --- doing ----------------------------------------------------------------------------------------------------

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def press(self, keys: str, *shown: str) -> str:
        """Type, then wait until the screen shows `shown`."""
        self.type(keys)
        return self.until_shown(*shown)

    def resize(self, columns: int, rows: int, *, is_told: bool = True) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)
        if is_told:
            os.kill(self.process.pid, signal.SIGWINCH)

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def ended(self) -> int:
        """The exit code, once the program has ended by itself; what it still wrote is read."""
        deadline = time.monotonic() + LONGEST_WAIT_S
        while self._read(deadline):
            pass
        try:
            return self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it did not end\n{self.text}") from None

    def close(self) -> None:
        """The terminal's window is gone."""
        if not self.is_closed:
            self.is_closed = True
            os.close(self._master)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A tidy one: no user's config, no clipboard tool of this machine, a terminal of 256 colours and 24 bits."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {
        **kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LIVEROOM_CONFIG": "/nonexistent/config.toml",
        "SSH_TTY": "/dev/pts/0", "PYTHONFAULTHANDLER": "1", **(more or {}),
    }  # fmt: skip


def _own_terminal() -> None:
    """In the child: standard output becomes the controlling terminal of the new session."""
    fcntl.ioctl(1, termios.TIOCSCTTY, 0)


def _known_to_pyte(piece: bytes) -> bytes:
    """pyte prints the tails of sequences with a private prefix that it doesn't know (kitty's keyboard, DECRQM)."""
    for unknown in (b"\x1b[<u", b"\x1b[?2026$p", b"\x1b[?2048$p"):
        piece = piece.replace(unknown, b"")
    return _drop_kitty(piece)


def _drop_kitty(piece: bytes) -> bytes:
    start = piece.find(b"\x1b[>")
    while start >= 0:
        end = piece.find(b"u", start)
        piece = piece[:start] + piece[end + 1 :]
        start = piece.find(b"\x1b[>")
    return piece


def _row(screen: pyte.Screen, y: int) -> str:
    row = screen.buffer[y]
    return "".join(row[x].data for x in range(screen.columns)).rstrip()
