"""The log: a file of its own, never the screen. Warnings and worse, one megabyte at most, no credentials."""

from __future__ import annotations

import logging
import logging.handlers

from console.config import Config, data_folder

MOST_BYTES = 1_000_000


def log_to(config: Config) -> None:
    """Send warnings to the log file; where it can't be made, to nowhere (a screen must not be written over)."""
    root = logging.getLogger()
    try:
        folder = data_folder(config)
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "liveroom.log", maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
