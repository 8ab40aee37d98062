"""Opens rooms that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from backstage import standing
from servers.json_ws import JsonServer
from terminal import Terminal
from watched import Watched


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """`watched("--catalogue", file)` opens the console on a generic room, once the room has let it in."""
    with ExitStack() as stack:
        # What sessions leave for the next one; a short name, so that the help shows all of it.
        data = Path(stack.enter_context(TemporaryDirectory()))

        def open_room(*flags: str, lang: str = "zh", columns: int = 120, rows: int = 40) -> Watched:
            backstage = stack.enter_context(standing(JsonServer()))
            folder = tmp_path / "sessions"
            terminal = stack.enter_context(
                Terminal(
                    "watch", backstage.server.url, "--journal", str(folder), "--lang", lang, *flags, columns=columns, rows=rows,
                    env={"LIVEROOM_DATA_FOLDER": str(data)},
                )
            )  # fmt: skip
            backstage.do(backstage.server.connected())
            return Watched(backstage, terminal, folder, data)

        yield open_room
