"""A stand-in's room that is being watched: the program in its terminal, the server behind it, the journal between them."""

from __future__ import annotations

from pathlib import Path

from backstage import Backstage
from servers.json_ws import JsonServer, comment
from terminal import Terminal


class Watched:
    """`room.says("3号多少钱", …)` is what viewers type; `terminal` is the console; `folder` holds its session, `data` what it leaves
    for the next one."""

    def __init__(self, backstage: Backstage[JsonServer], terminal: Terminal, folder: Path, data: Path) -> None:
        self.backstage, self.terminal, self.folder, self.data = backstage, terminal, folder, data
        self._number = 0

    def says(self, *texts: str, who: str | None = None) -> None:
        comments = []
        for text in texts:
            self._number += 1
            name = who or f"观众{self._number}"
            comments.append(comment(self._number, text, user={"id": f"id-{name}", "name": name}))
        self.backstage.do(self.backstage.server.tell(*comments))
