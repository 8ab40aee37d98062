"""`--semantic`: the encoder that says which questions mean the same, where one is wanted and installed."""

from __future__ import annotations

import argparse
from typing import Any

from console.config import Config
from console.domain.errors import UsageError
from console.drafters.base import Encoder, EncoderPlugin
from console.i18n import Speech
from console.registry import every


def opened_encoder(flags: argparse.Namespace, config: Config, say: Speech, *, is_watching: bool) -> Encoder | None:
    """The first installed encoder, by name. `auto` means one while a room is watched, and none elsewhere: what `rank` prints
    does not depend on what happens to be installed. Raises UsageError where one is asked for and none is installed.
    """
    wanted = config.semantic if flags.semantic is None else flags.semantic
    if wanted is False or (wanted == "auto" and not is_watching):
        return None
    plugin = next((one for one in _plugins() if one.version() is not None), None)
    if plugin is not None:
        return plugin.open()
    if wanted == "auto":
        return None
    raise UsageError(say("usage.semantic"), hint=say("usage.semantic_hint"))


def settings_for(encoder: Encoder | None, config: Config) -> dict[str, Any]:
    """What the room must know of it: how alike is alike enough."""
    return {"alike_permille": (config.semantic_permille or encoder.alike_permille) if encoder is not None else None}


def known_encoders() -> dict[str, str | None]:
    """Every registered encoder with its package's version; None = not installed."""
    return {plugin.name: plugin.version() for plugin in _plugins()}


def _plugins() -> list[EncoderPlugin]:
    return list(every("encoders"))
