"""Where a person types: an answer, a filter, a link number. While it has the focus every letter is text."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import Input


class Composer(Input):
    def __init__(self, submitted: Callable[[str], None], typed: Callable[[str], None], echo: Callable[[Input], None], *, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False, max_length=500)
        self.cursor_blink = False
        self._submitted = submitted
        self._typed = typed
        self._echo = echo

    async def _on_key(self, event: events.Key) -> None:
        """A letter is echoed at once; Textual's next frame would come some 5 ms later."""
        await super()._on_key(event)
        if event.is_printable:
            self._echo(self)

    async def action_submit(self) -> None:
        self._submitted(self.value)

    def watch_value(self, value: str) -> None:
        self._typed(value)
