"""Plug-ins by entry point: names (imports nothing), one, all. In name order; a broken plug-in warns and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from console.domain.errors import UsageError

API = 1
LOADED = ("feeds", "probes", "drafters", "signals")
"""Groups whose plug-ins are there as soon as they are registered."""
GROUPS = (*LOADED, "encoders")
"""An encoder is asked only where its own package is installed and somebody wants it."""
_logger = logging.getLogger("liveroom.registry")


def _points(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=f"liveroom.{group}"), key=lambda point: (point.name, point.value))


def names(group: str) -> list[str]:
    """Names of a group's plug-ins, without importing any."""
    return [point.name for point in _points(group)]


def versions() -> dict[str, str]:
    """Every loaded plug-in with its distribution's version, for a recording's header."""
    found = {}
    for group in LOADED:
        for point in _points(group):
            found[f"{group}.{point.name}"] = point.dist.version if point.dist is not None else "unknown"
    return found


def one(group: str, name: str) -> Any:
    """The plug-in of that name. Raises UsageError where there is none or it is broken."""
    for point in _points(group):
        if point.name == name:
            plugin = _load(point)
            if plugin is None:
                break
            return plugin
    raise UsageError(f"No {group[:-1]} is called {name!r}", hint=f"There are: {', '.join(names(group)) or 'none'}")


def every(group: str) -> Iterator[Any]:
    """All plug-ins of a group that can be used."""
    for point in _points(group):
        plugin = _load(point)
        if plugin is not None:
            yield plugin


def _load(point: EntryPoint) -> Any | None:
    try:
        plugin = point.load()
    except Exception as error:  # a stranger's module may raise anything at import
        _logger.warning("plug-in %s (%s) can't be loaded: %s", point.name, point.value, error)
        return None
    if getattr(plugin, "api", None) != API:
        _logger.warning("plug-in %s (%s) speaks api %s, not %s", point.name, point.value, getattr(plugin, "api", None), API)
        return None
    return plugin
