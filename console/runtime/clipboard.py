"""Copies on this computer where it has a tool for it; over ssh or without one the terminal is asked instead (ruling 11)."""

from __future__ import annotations

import os
import shutil
import subprocess

_TOOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pbcopy", ("pbcopy",)),
    ("wl-copy", ("wl-copy",)),
    ("xclip", ("xclip", "-selection", "clipboard")),
    ("clip.exe", ("clip.exe",)),
)
_PATIENCE_S = 2.0


def copy(text: str) -> str | None:
    """The name of the tool that took the text, or None: then only the terminal itself can copy."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return None
    for name, command in _TOOLS:
        if shutil.which(command[0]) is None or not _has_display(name):
            continue
        data = text.encode("utf-16" if name == "clip.exe" else "utf-8")
        try:
            done = subprocess.run(
                command, input=data, timeout=_PATIENCE_S, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return name
    return None


def _has_display(tool: str) -> bool:
    if tool == "xclip":
        return bool(os.environ.get("DISPLAY"))
    if tool == "wl-copy":
        return bool(os.environ.get("WAYLAND_DISPLAY"))
    return True
