"""What the sample stories share: pools of lines, a crowd, a clock, one writer.

Nothing here invents wording: every line of chat stands in a text file beside the
story. The scripts only give lines to viewers and put them in time, from a fixed
seed, so that the same files come out on every machine.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pools import Line, read_scenes, tongue_of

HERE = Path(__file__).parent
FEEDS = HERE.parent.parent / "sample_feeds"
BODY = re.compile(r"斤|公斤|身高|体重|(?:\d|\b)(?:lbs?|pounds|kg)\b|\d'\d|1\d\d ?\d\d")


@dataclass(slots=True)
class Viewer:
    """One invented person; times in ms from the start of the story."""

    id: str
    name: str
    roles: tuple[str, ...]
    level: int | None
    weight: float
    joined: int = 0
    left: int = 1 << 40
    buyer_from: int | None = None
    last_spoke: int = -(1 << 40)
    gave_size: bool = False
    tongue: str = ""
    """zh or en where a room speaks both; empty: whatever the line is in."""

    def at(self, offset: int) -> dict[str, object]:
        """The user object of an event: a viewer who has paid is a buyer from then on."""
        roles = list(self.roles)
        if self.buyer_from is not None and offset >= self.buyer_from:
            roles = [role for role in roles if role != "first_time"]
            roles += [] if "buyer" in roles else ["buyer"]
        user: dict[str, object] = {"id": self.id, "name": self.name, "roles": roles}
        return user if self.level is None else user | {"level": self.level}


def money(yuan: float, currency: str = "CNY") -> dict[str, object]:
    """An amount as the event format wants it."""
    return {"micros": round(yuan * 1_000_000), "currency": currency}


def interpolate(points: Sequence[tuple[int, float]], x: int) -> float:
    """Straight lines between the points, flat outside."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[0][1] if x < points[0][0] else points[-1][1]


def burst(share: float) -> float:
    """A product opens: up within seconds, then it settles (share 0 … 1 of the stretch)."""
    return 0.4 + min(1.0, share / 0.08) * 1.6 * math.exp(-2.6 * share)


def steady(share: float) -> float:
    """Ordinary talk, with a slow swell."""
    return 1.0 + 0.35 * math.sin(share * 14)


def rising(share: float) -> float:
    """A room that fills."""
    return 0.5 + share


@dataclass
class Story:
    """One room's events while they are being put together."""

    room: str
    start_ms: int
    rng: random.Random
    crowd: dict[str, Viewer] = field(default_factory=dict)
    staff: dict[str, Viewer] = field(default_factory=dict)
    events: list[tuple[int, int, Viewer | None, dict[str, object]]] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    currency: str = "CNY"

    # --- people

    def add_crowd(self, path: Path, new_share: float = 0.14) -> None:
        """Everybody of the file, with ids, levels and how talkative they are."""
        for raw in path.read_text("utf-8").splitlines():
            if not raw or raw.startswith("#"):
                continue
            name, _, given = raw.partition("\t")
            roles = tuple(given.strip().split(",")) if given.strip() else ()
            if not roles and self.rng.random() < new_share:
                roles = ("first_time",)
            self.crowd[name] = self.person(name, roles)

    def person(self, name: str, roles: tuple[str, ...]) -> Viewer:
        """A new viewer; regulars have higher levels and talk more."""
        rng = self.rng
        known = bool({"member", "vip", "buyer"} & set(roles))
        level = rng.randint(12, 38) if known else rng.choice([None, 0, 1, 2, 3, 5, 8, 11])
        weight = rng.paretovariate(1.3) * (2.0 if known else 1.0)
        number = str(rng.randrange(10**7, 10**10))
        return Viewer(number, name, roles, level, min(weight, 9.0))

    def arrivals(self, length: int, early: float, mean_stay: int) -> None:
        """Give everyone a time to come and a time to go."""
        for viewer in self.crowd.values():
            is_early = self.rng.random() < early
            viewer.joined = self.rng.randrange(0, length // 12 if is_early else length * 9 // 10)
            stay = self.rng.expovariate(1 / mean_stay) + 60_000
            viewer.left = min(length, viewer.joined + round(stay))

    def must_be_there(self, name: str, offset: int) -> None:
        """Someone who speaks in a scene was in the room before and stayed on."""
        viewer = self.crowd[name]
        if offset < viewer.joined + 5_000:
            viewer.joined = max(0, offset - self.rng.randint(6_000, 40_000))
        viewer.left = max(viewer.left, offset + 30_000)

    def pick(self, offset: int, line: Line, settled: frozenset[str] = frozenset()) -> Viewer:
        """Somebody who is there, fits the line and hasn't just spoken.

        The settled have bought already and ask nothing more about it.
        """
        if line.who.startswith("="):
            return self.crowd[line.who[1:]]
        needs_body = line.kind != "n" and bool(BODY.search(line.text))
        fits = [
            viewer
            for viewer in self.crowd.values()
            if abs(offset - viewer.last_spoke) > 4_000
            and not (needs_body and viewer.gave_size)
            and not (line.kind != "n" and viewer.id in settled)
            and (not line.who or line.who in viewer.roles)
            and (not viewer.tongue or not (said_in := tongue_of(line.text)) or said_in == viewer.tongue)
        ]
        present = [v for v in fits if v.joined <= offset <= v.left]
        rested = [v for v in present if abs(offset - v.last_spoke) > 15_000]
        here = rested or present or fits
        viewer = self.rng.choices(here, [v.weight for v in here])[0]
        viewer.joined = min(viewer.joined, max(0, offset - 3_000))
        viewer.left = max(viewer.left, offset)
        viewer.gave_size = viewer.gave_size or needs_body
        return viewer

    # --- events

    def add(self, offset: int, kind: str, who: Viewer | None = None, **fields: object) -> dict[str, object]:
        """One event `offset` ms after the start; returns it for later reference."""
        event: dict[str, object] = {"kind": kind, **fields}
        self.events.append((offset, len(self.events), who, event))
        return event

    def say(self, offset: int, who: Viewer, line: Line) -> dict[str, object]:
        """A comment; the line's kind is counted, never written."""
        who.last_spoke = offset
        self.kinds[line.kind] = self.kinds.get(line.kind, 0) + 1
        return self.add(offset, "message", who, text=line.text)

    def play_scenes(self, path: Path) -> dict[str, dict[str, object]]:
        """Everything with a set moment; returns the last event of each speaker."""
        last = {}
        for offset, name, line in read_scenes(path):
            person = self.staff.get(name)
            if person is None:
                self.must_be_there(name, offset)
                person = self.crowd[name]
                person.gave_size = True
            last[name] = self.say(offset, person, line)
        for person in self.crowd.values():
            person.last_spoke = -(1 << 40)
        return last

    def times(self, start: int, end: int, count: int, shape: Callable[[float], float]) -> list[int]:
        """`count` moments between start and end, as thick as the shape says."""
        grid = [shape((i + 0.5) / 200) for i in range(200)]
        total, upto, cumulative = sum(grid), 0.0, []
        for height in grid:
            upto += height / total
            cumulative.append(upto)
        moments = []
        for number in range(count):
            draw = min(0.999, max(0.0, (number + self.rng.uniform(-1.5, 2.5)) / count))
            cell = next((i for i, edge in enumerate(cumulative) if draw <= edge), 199)
            share = (cell + self.rng.random()) / 200
            moments.append(start + round(share * (end - start)))
        return sorted(moments)

    def finish(self, name: str, title: str, wire_ms: tuple[int, int]) -> None:
        """Write the recording with its header; the platform was `wire_ms` (least, most) ahead of us."""
        header: dict[str, object] = {
            "kind": "header",
            "v": 1,
            "platform": "demo",
            "room": self.room,
            "started_ms": self.start_ms,
            "title": title,
            "origin": "written for liveroom; no real person's words",
            "licence": "MIT",
            "sources": ["demo"],
            "catalogue": f"{name}.toml",
        }
        self.write(FEEDS / f"{name}.jsonl", header, wire_ms)

    def write(self, path: Path, header: dict[str, object], wire_ms: tuple[int, int]) -> None:
        """Header, then every event in order with seq, at_ms and the platform's time."""
        lines = [dumps(header)]
        self.events.sort(key=lambda item: item[:2])
        for seq, (offset, _, who, event) in enumerate(self.events, 1):
            lines.append(dumps(self.envelope(seq, offset, who, event, wire_ms)))
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def envelope(
        self,
        seq: int,
        offset: int,
        who: Viewer | None,
        event: dict[str, object],
        wire_ms: tuple[int, int],
    ) -> dict[str, object]:
        """The event as it stands in a recording."""
        at_ms = self.start_ms + offset
        line: dict[str, object] = {"v": 1, "seq": seq, "at_ms": at_ms, "kind": event["kind"]}
        if event["kind"] not in OURS:
            line["id"] = event.get("id") or f"demo:{self.room[0]}{seq:05d}"
            event["id"] = line["id"]
        line |= {"platform": "demo", "room": self.room}
        if event["kind"] not in OURS:
            delay = min(self.rng.randint(*wire_ms), offset)
            line |= {"ts_ms": at_ms - delay, "ts_src": "platform"}
        line["recv_ms"] = at_ms
        if who is not None:
            line["user"] = who.at(offset)
        if event["kind"] == "room":
            line["room_id"] = line.pop("room")
        return line | {key: value for key, value in event.items() if key not in ("kind", "id")}


OURS = frozenset({"health", "stall", "link"})


def dumps(value: dict[str, object]) -> str:
    """One line of JSON as the recordings have it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
