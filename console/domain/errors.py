"""Errors are ours, few, and each tells a person what to try."""

from __future__ import annotations


class LiveroomError(Exception):
    """Something a person can understand and act on. `hint` is what to try; `exit_code` what the command returns."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(LiveroomError):
    """A bad flag, an unknown source, a file that can't be read (exit 2)."""


class ConfigError(LiveroomError):
    """A config, catalogue, theme or table that can't be used as it is written (exit 2)."""


class FeedError(LiveroomError):
    """A source that can't be reached (exit 3)."""

    exit_code = 3


class FeedAuthError(FeedError):
    """A source that answered and refused us (exit 3). Never retried without a person."""
