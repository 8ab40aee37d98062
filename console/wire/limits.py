"""Hard limits, in one place: what `liveroom limits` prints and what the I/O floors keep to (docs/security.md, promise 8)."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from console.domain.text import MOST_CHARACTERS, MOST_MARKS, MOST_NAME_CHARACTERS

MOST_FRAME_BYTES = 1 << 20
"""One message on the wire, after the transport's own inflating. A longer one ends the connection (close code 1009)."""
MOST_INFLATED_BYTES = 4 << 20
"""All that one frame may unpack to inside a platform's protocol (Bilibili's zlib and brotli packets)."""
MOST_NESTING = 2
"""How often a packet may hold packets."""
MOST_RAW_CHARACTERS = 4096
"""What is kept under `raw` of one event, as JSON."""
MOST_EVENTS_A_FRAME = 20_000
"""Items of one array or lines of one frame that are read; the rest is counted as one bad frame."""
MOST_QUEUED_EVENTS = 20_000
"""Between a feed and the Room (ruling 17)."""

DROP_ORDER = ("like", "join", "leave", "follow", "share", "viewers", "gift", "message")
"""Which kinds a full queue gives up first. Questions go after other chat; our own sends never."""


class Limit(NamedTuple):
    """One line of `liveroom limits`: `name` is the string's key under `limits.`, `value` a whole number of `unit`."""

    name: str
    value: int
    unit: str


LIMITS: tuple[Limit, ...] = (
    Limit("frame", MOST_FRAME_BYTES, "bytes"),
    Limit("inflated", MOST_INFLATED_BYTES, "bytes"),
    Limit("nesting", MOST_NESTING, "levels"),
    Limit("comment", MOST_CHARACTERS, "characters"),
    Limit("name", MOST_NAME_CHARACTERS, "characters"),
    Limit("marks", MOST_MARKS, "marks"),
    Limit("raw", MOST_RAW_CHARACTERS, "characters"),
    Limit("events_a_frame", MOST_EVENTS_A_FRAME, "events"),
    Limit("queue", MOST_QUEUED_EVENTS, "events"),
)


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine by its spelling: localhost, 127.0.0.0/8, ::1. No name is looked up."""
    bare = host.strip("[]").lower().rstrip(".")
    if bare == "localhost":
        return True
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return address.is_loopback if mapped is None else mapped.is_loopback
