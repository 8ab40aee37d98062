"""The second line of defence (SECURITY.md, promise 1): what reaches the terminal is text, or one of the shapes Textual itself writes.

`SafeText` keeps viewers' escapes out long before; this filter holds even where a bug let one through. A harmless frame costs
one search and no copy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver

# What may follow ESC [: SGR; cursor place and moves; erase; modes (private, with query); kitty keyboard; cursor report; shape.
_CSI = r"\[(?:[0-9;:]{0,64}[mHABCDJKXGn]|\?[0-9;]{1,24}(?:[hl]|\$p)|[<>=][0-9;]{0,16}u|[0-9]{1,2} q)"
# Our own copying (base64 only) and the pointer's shape (a word). A hyperlink or a window title: never.
_OSC = r"\](?:52;c;[A-Za-z0-9+/=]{0,262144}|22;[a-z-]{0,24})(?:\x07|\x1b\\)"
# Any control but LF and CR (line ends of a frame) and ESC, which the shapes above decide.
_CONTROL = (
    r"[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)
_SUSPECT = re.compile(rf"{_CONTROL}|\x1b(?!{_CSI})")
_EVERYTHING = re.compile(rf"(?P<good>\x1b(?:{_CSI}|{_OSC}))|\x1b|{_CONTROL}")
REPLACEMENT = "\ufffd"


def filtered(data: str) -> str:
    """`data` without anything that is neither text nor a shape on the list; each such character becomes U+FFFD."""
    if _SUSPECT.search(data) is None:
        return data
    return _EVERYTHING.sub(lambda found: found["good"] or REPLACEMENT, data)


def filtering(driver_class: type[Driver]) -> type[Driver]:
    """The platform's driver with the filter in front of its `write`."""

    class FilteringDriver(driver_class):  # type: ignore[valid-type,misc]
        _is_gone = False

        def write(self, data: str) -> None:
            if self._has_gone():
                return
            super().write(filtered(data))

        def backlog(self) -> int:
            """Frames handed over and not yet written: a slow terminal shows here first."""
            writer: Any = getattr(self, "_writer_thread", None)
            return writer._queue.qsize() if writer is not None else 0

        def _has_gone(self) -> bool:
            """The terminal was closed and the thread that writes to it died of that: a further write would wait for ever."""
            writer: Any = getattr(self, "_writer_thread", None)
            if writer is None or writer.is_alive():
                return False
            if not self._is_gone:
                self._is_gone = True
                self._app.exit(return_code=1)
            return True

        def close(self) -> None:
            if not self._has_gone():
                super().close()

    return FilteringDriver
