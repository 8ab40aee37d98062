"""Rooms for tests: say who typed what and when, then look at the ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from console.domain.commands import Command
from console.domain.events import Action, ActionOf, Envelope, Event, Message, Product, ProductOf, User
from console.domain.text import SafeText, clean, clean_name
from console.room.room import Room
from console.room.show import Show
from console.room.state import Settings
from console.room.view import RoomView
from console.runtime.tables import rules_for
from console.shop.catalogue import Catalogue, parse_catalogue
from console.triage.questions import Cluster

START_MS = 1_795_348_800_000
"""2026-11-22 20:00 in China: when test rooms open."""

CATALOGUE = """
schema = 1
currency = "CNY"

[shop]
name = "测试女装"
dispatch_within_hours = 48
carriers = ["中通", "韵达"]
free_shipping = true
return_policy = "seven_day"

[[product]]
link = 3
name = "双面羊毛大衣"
aliases = ["大衣"]
price = "399.00"
stock = 120
colors = ["黑", "驼"]

[[product]]
link = 5
name = "半身裙"
price = "129.00"
stock = "sold_out"
material = "聚酯纤维 100%"
"""


def message(text: str, who: str = "小李", *, roles: Sequence[str] = (), **fields: object) -> Message:
    return Message(
        platform=SafeText("test"),
        room=SafeText("1"),
        user=User(id=clean(f"id-{who}"), name=clean_name(who), roles=tuple(clean(role) for role in roles)),
        text=clean(text),
        **fields,  # type: ignore[arg-type]
    )


class Playbook:
    """A room that is told events one after another. `said("多少钱 from 小李")` is one comment; time only moves when told."""

    def __init__(self, settings: Settings | None = None, *, catalogue: str | None = None) -> None:
        catalogues: Mapping[str, Catalogue] = {"sha": parse_catalogue(catalogue, "catalogue.toml")} if catalogue else {}
        self.room = Room(rules_for(settings or Settings()), settings or Settings(), catalogues)
        if catalogue:
            self.room.state.catalogue = "sha"
        self.show = Show(self.room)
        self.at_ms = START_MS
        self.commands: list[Command] = []

    def give(self, event: Event) -> Playbook:
        envelope = Envelope(self.room.state.seq + 1, self.at_ms, event)
        self.commands.extend(self.room.handle(envelope))
        return self

    def said(self, *lines: str, roles: Sequence[str] = (), every_ms: int = 0) -> Playbook:
        for line in lines:
            text, _, who = line.partition(" from ")
            self.give(message(text, who or f"viewer-{self.room.state.seq}", roles=roles))
            self.at_ms += every_ms
        return self

    def later(self, seconds: float) -> Playbook:
        self.at_ms += int(seconds * 1000)
        self.room.pass_time(self.at_ms)
        return self

    def on_air(self, link: str, name: str = "") -> Playbook:
        product = ProductOf(link_no=SafeText(link), name=clean(name) or None, action="show")
        return self.give(Product(platform=SafeText("test"), room=SafeText("1"), product=product))

    def act(self, name: str, cluster: Cluster | str | None = None, **fields: object) -> Playbook:
        cluster_id = cluster.id if isinstance(cluster, Cluster) else cluster
        action = ActionOf(name=name, cluster=SafeText(cluster_id) if cluster_id else None, **fields)  # type: ignore[arg-type]
        return self.give(Action(action=action))

    @property
    def ranking(self) -> list[Cluster]:
        return list(self.room.queue.ranking(self.room.state.now_ms))

    @property
    def asked(self) -> list[tuple[str, int]]:
        """(first wording, askers) of the open clusters, most urgent first."""
        return [(str(cluster.text), len(cluster.askers)) for cluster in self.ranking]

    def view(self, chosen: str | None = None, after_line: int = 0, most_rows: int = 50) -> RoomView:
        return self.show.view(chosen=chosen, after_line=after_line, most_rows=most_rows)


def no_expiry() -> Settings:
    settings = Settings()
    return structs.replace(settings, limits=structs.replace(settings.limits, expire_ms=None))
