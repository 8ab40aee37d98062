"""Look a sample recording over: order, size, people, wording, share of questions."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import datetime
from typing import Any

from story import FEEDS

Event = dict[str, Any]
MOST_BYTES = 1_000_000


def report(name: str, kinds: dict[str, int]) -> int:
    """Print one story's figures; 1 if it breaks a rule of the recordings."""
    path = FEEDS / f"{name}.jsonl"
    header, *events = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    wrong = broken_rules(header, events, path.stat().st_size)
    wrong += catalogue_rules(name, events)
    print_figures(name, path.stat().st_size, events, kinds)
    for line in wrong:
        print(f"  WRONG {line}")
    return 1 if wrong else 0


def broken_rules(header: Event, events: list[Event], size: int) -> list[str]:
    """What a reader of the file would stumble over."""
    wrong = []
    if header.get("kind") != "header" or "seq" in header:
        wrong.append("the first line is no header")
    if [event["seq"] for event in events] != list(range(1, len(events) + 1)):
        wrong.append("seq has holes")
    times = [event["at_ms"] for event in events]
    if times != sorted(times) or times[0] < header["started_ms"]:
        wrong.append("at_ms goes backwards")
    ids = [event["id"] for event in events if "id" in event]
    if len(ids) != len(set(ids)):
        wrong.append("an id twice")
    if any(e["recv_ms"] != e["at_ms"] or e.get("ts_ms", 0) > e["at_ms"] for e in events):
        wrong.append("a time from the future")
    if size > MOST_BYTES:
        wrong.append(f"{size} bytes are too many")
    names: dict[str, str] = {}
    for user in (event["user"] for event in events if "user" in event):
        if names.setdefault(user["id"], user["name"]) != user["name"]:
            wrong.append(f"{user['id']} has two names")
    return wrong


def catalogue_rules(name: str, events: list[Event]) -> list[str]:
    """Cards in the feed say what the catalogue says, while it is fresh."""
    wrong = []
    catalogue = tomllib.loads((FEEDS / f"{name}.toml").read_text("utf-8"))
    products = {str(product["link"]): product for product in catalogue["product"]}
    for card in (event["product"] for event in events if event["kind"] == "product"):
        known = products[card["link_no"]]
        micros = round(float(known["price"]) * 1_000_000)
        if (card["name"], card["money"]["micros"]) != (known["name"], micros):
            wrong.append(f"card and catalogue differ: {card['name']}")
    for product in catalogue["product"]:
        until = product.get("live_price_until")
        if isinstance(until, datetime) and until.timestamp() * 1000 < events[-1]["at_ms"]:
            wrong.append(f"the price of {product['name']} ends before the story")
        if product.get("size_chart", "") not in {"", *catalogue.get("size_chart", {})}:
            wrong.append(f"no size chart for {product['name']}")
    for key, chart in catalogue.get("size_chart", {}).items():
        rows = {len(row) for row in chart["cells"]}
        if len(chart["cells"]) != len(chart["height"]) or rows != {len(chart["weight"])}:
            wrong.append(f"size chart {key} has a hole")
    return wrong


def print_figures(name: str, size: int, events: list[Event], kinds: dict[str, int]) -> None:
    """The figures a person wants to see."""
    messages = [event for event in events if event["kind"] == "message"]
    texts = Counter(event["text"] for event in messages)
    seconds = Counter((event["at_ms"] - events[0]["at_ms"]) // 1000 for event in messages)
    span = (events[-1]["at_ms"] - events[0]["at_ms"]) / 1000
    asking = sum(kinds.get(kind, 0) for kind in "qrp")
    print(f"{name}: {len(events)} events in {span:.0f} s, {size} bytes")
    print("  " + ", ".join(f"{kind} {n}" for kind, n in Counter(e["kind"] for e in events).items()))
    print(
        f"  comments {len(messages)} ({len(messages) / span:.2f}/s, most in a second "
        f"{max(seconds.values())}), distinct texts {len(texts)} = {len(texts) / len(messages):.0%}"
    )
    print(f"  viewers who speak {len({e['user']['id'] for e in messages})}, in all {len({e['user']['id'] for e in events if 'user' in e})}")
    print(f"  need an answer {asking} = {asking / len(messages):.1%} {dict(kinds)}")
    print(f"  most often {texts.most_common(8)}")
