"""Python's collector of cycles, told what this program is like."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 100
"""Thresholds of the collector: our values hold no cycles, and a full collection over 100,000 open askers stops a key for 100 ms."""


def calm_collector() -> None:
    """Call once when a session starts: what is loaded by then lives as long as the program."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
