"""What the host and the moderators type in chat: the questions that it answers close by themselves, with the line as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import structs

from console.domain.events import Envelope, Message
from console.domain.text import SafeText
from console.domain.values import Slots, Teller
from console.room.airing import link_at
from console.triage.questions import Cluster
from console.triage.told import Line, answers, contradicts, read_line, without_mention

if TYPE_CHECKING:
    from console.room.room import Room
    from console.room.state import Rules, Stage

MOST_ADDRESSED = 5
"""Names at the head of a line that are looked for."""
_AFTER_NAME = " ,，:：、"


def teller(roles: tuple[str, ...]) -> Teller | None:
    """Whose lines answer: the host's and the moderators', never a bot's."""
    if "bot" in roles:
        return None
    return "host" if "host" in roles else "mod" if "mod" in roles else None


class Told:
    """Closes open clusters by what was typed. Evidence, strongest first: a reply to one of its comments; a line that begins with the
    name of somebody who waits for one answer only; a line that states the value that is asked for (`triage/told.py`)."""

    def __init__(self, room: Room, rules: Rules) -> None:
        self._room = room
        self._rules = rules

    def hear(self, envelope: Envelope, event: Message, stage: Stage, by: Teller, said_ms: int) -> None:
        """`said_ms`: when it was typed; who asked after that is not answered by it."""
        waiting = [one for one in self._waiting(stage.key) if one.first_ms <= said_ms]
        if not waiting:
            return
        line = read_line(event.text, self._rules.lexicon, self._rules.telling, lambda slots: self._by_name(slots, stage))
        found = {one.id: one for one in self._direct(event, line, waiting)}
        on_air = link_at(stage, said_ms, envelope.seq)
        for cluster in waiting:
            if cluster.aspect in line.stated and not cluster.was_reopened and answers(line, cluster, on_air, self._rules.telling):
                found[cluster.id] = cluster
        answer = without_mention(event.text) or event.text
        for cluster in found.values():
            self._room.acts.told(cluster, envelope, answer, by)
        if found:
            first = next(iter(found.values()))
            code = f"act.told_{by}" if len(found) == 1 else f"act.told_{by}_many"
            self._room.say(code, text=first.shown, answer=answer, count=len(found))

    def _waiting(self, key: str) -> Iterator[Cluster]:
        return (one for one in self._room.state.clusters.values() if one.state in ("open", "snoozed") and one.room == key)

    def _direct(self, event: Message, line: Line, waiting: list[Cluster]) -> Iterator[Cluster]:
        """Clusters whose askers are spoken to. A trouble is its asker's own: it is settled only where nobody else has it."""
        if not line.says_something:
            return
        replied, _ = self._room.state.comments.get(event.reply_to or "", ("", 0))
        home = self._room.queue.get(replied)
        named = [one for asked in self._addressed(event.text, waiting) for one in _meant(asked, line)]
        for cluster in (*(one for one in waiting if one is home), *named):
            if (cluster.need != "problem" and cluster.intent != "order_problem") or cluster.asker_count == 1:
                yield cluster

    def _addressed(self, text: SafeText, waiting: list[Cluster]) -> Iterator[list[Cluster]]:
        """What each of those wait for whose names stand at the head of the line."""
        rest = text.replace("＠", "@").strip().casefold()
        for _ in range(MOST_ADDRESSED):
            if not rest.startswith("@"):
                return
            rest = rest[1:].lstrip()
            by_name: dict[str, dict[str, Cluster]] = {}
            for cluster in waiting:
                for asker in cluster.askers.values():
                    name = asker.name.casefold()
                    if name and rest.startswith(name) and (len(rest) == len(name) or rest[len(name)] in _AFTER_NAME):
                        by_name.setdefault(name, {})[cluster.id] = cluster
            if not by_name:
                _, _, rest = rest.partition(" ")
                rest = rest.lstrip()
                continue
            longest = max(by_name, key=len)
            yield list(by_name[longest].values())
            rest = rest[len(longest) :].lstrip(_AFTER_NAME)

    def _by_name(self, slots: Slots, stage: Stage) -> Slots:
        """A product said by the name that the catalogue, or the one on air, gives it is its link."""
        if not isinstance(slots.product, str) or slots.link is not None:
            return slots
        catalogue = self._room.catalogue
        found = [one.link for one in catalogue.find(slots.product)] if catalogue is not None else []
        if not found and stage.on_air is not None and slots.product in stage.on_air.name.casefold():
            found = [stage.on_air.link]
        return structs.replace(slots, link=found[0], product=None) if len(found) == 1 else slots


def _meant(asked: list[Cluster], line: Line) -> list[Cluster]:
    """What somebody is answered who is spoken to: the one thing that he asked; of several, the one whose kind of value is said."""
    if len(asked) > 1:
        asked = [one for one in asked if one.aspect in line.stated]
    return asked if len(asked) == 1 and not contradicts(line, asked[0]) else []
