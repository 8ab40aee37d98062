"""liveroom: a terminal console for the assistant of a live shopping room."""

__version__ = "0.1.0"
