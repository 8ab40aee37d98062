"""The screen: it pulls one RoomView, shows it, and turns keys into actions. Textual lives here and nowhere else."""

from __future__ import annotations

import os

# Textual reads it once, at import. Its default of 60 holds a key's echo back by up to 17 ms.
os.environ.setdefault("TEXTUAL_FPS", "240")
