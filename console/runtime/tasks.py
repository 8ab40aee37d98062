"""Tasks have a parent: the only file that creates one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Named tasks inside one TaskGroup: when the group ends, none is left. Use as an async context manager."""

    def __init__(self) -> None:
        self._group = asyncio.TaskGroup()
        self._named: dict[str, asyncio.Task[Any]] = {}

    async def __aenter__(self) -> Tasks:
        await self._group.__aenter__()
        return self

    async def __aexit__(self, *raised: Any) -> None:
        """Raises what broke first, as itself: who calls knows our errors, not groups of them."""
        try:
            await self._group.__aexit__(*raised)
        except BaseExceptionGroup as group:
            raise _first(group) from None

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any]:
        """Start a task; one of the same name that still runs is cancelled first."""
        self.cancel(name)
        task = self._group.create_task(work, name=name)
        self._named[name] = task
        task.add_done_callback(lambda done: self._named.pop(name, None) if self._named.get(name) is done else None)
        return task

    def cancel(self, name: str) -> None:
        task = self._named.get(name)
        if task is not None:
            task.cancel()

    def cancel_all(self) -> None:
        for task in list(self._named.values()):
            task.cancel()


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
