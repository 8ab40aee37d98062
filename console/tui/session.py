"""What the screen needs from whoever runs the room: a view to pull, a door for actions, a way to be woken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from console.domain.events import ActionOf
from console.room.view import RoomView


class Session(Protocol):
    lang: str
    """`zh` | `en`."""
    theme: str
    """Name of a theme; an unknown one falls back to the first dark one."""
    log_path: str
    """Where to look when something went wrong; shown in the help."""

    def view(self, *, chosen: str | None, after_line: int, most_rows: int) -> RoomView:
        """The room now. `chosen`: the cluster whose card is wanted (None: the most urgent). `after_line`: stream lines with a
        greater `n` are wanted. `most_rows`: at most so many ranked rows; 0 = only the stream is looked at."""

    def act(self, action: ActionOf) -> None:
        """A person's key becomes an event."""

    def now_ms(self) -> int:
        """The feed's clock now (epoch ms), for clocks that run between two events."""

    def on_dirty(self, wake: Callable[[], None]) -> None:
        """`wake` is called on the event loop's own thread whenever something changed, however often."""

    async def run(self) -> None:
        """Feeds, probes, journal. Ends when the feed ends; cancelled when the person quits."""

    def copy(self, text: str) -> str | None:
        """Copy on this computer: the tool's name, or None where there is none (the screen then asks the terminal)."""
