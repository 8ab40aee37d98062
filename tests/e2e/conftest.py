"""Opens rooms that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from backstage import standing
from servers.json_ws import JsonServer
from terminal import Terminal
from watched import Watched


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """`watched("--catalogue", file)` opens the console on a generic room, once the room has let it in."""
    with ExitStack() as stack:

        def open_room(*flags: str, lang: str = "zh", columns: int = 120, rows: int = 40) -> Watched:
            backstage = stack.enter_context(standing(JsonServer()))
            folder = tmp_path / "sessions"
            terminal = stack.enter_context(
                Terminal(
                    "watch", backstage.server.url, "--journal", str(folder), "--lang", lang, *flags, columns=columns, rows=rows,
                )
            )  # fmt: skip
            backstage.do(backstage.server.connected())
            return Watched(backstage, terminal, folder)

        yield open_room
