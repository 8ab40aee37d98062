"""What a room does besides talking: numbers, joins, likes, gifts, members, orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pools import Line
from story import Story, Viewer, interpolate, money


@dataclass(frozen=True)
class Gift:
    """A gift of the platform's shop."""

    id: str
    name: str
    price: float
    weight: int


def chat_stretch(
    story: Story,
    stretch: tuple[int, int],
    lines: list[Line],
    count: int,
    popular: list[tuple[int, Line]],
    shape: Callable[[float], float],
) -> list[tuple[int, Viewer, str]]:
    """Every line of a pool once (or as often as it says), the rest is common chatter."""
    told = [line for line in lines for _ in range(line.people)]
    weights = [weight for weight, _ in popular]
    told += story.rng.choices([line for _, line in popular], weights, k=max(0, count - len(told)))
    story.rng.shuffle(told)
    buyers_later(story, told)
    told = replies_after(story, told)
    spoken, settled = [], frozenset[str]()
    for offset, line in zip(story.times(*stretch, len(told), shape), told, strict=True):
        who = story.pick(offset, line, settled)
        if line.kind == "n" and any(word in line.text for word in BOUGHT):
            settled |= {who.id}
        story.say(offset, who, line)
        spoken.append((offset, who, line.text))
        for again in range(1, line.repeats):
            story.say(offset + again * story.rng.randint(6_000, 12_000), who, line)
    return spoken


BOUGHT = ("已拍", "拍了", "已付", "付了", "秒付", "付款了", "拍到", "下单了", "抢到了", "ordered", "got it")


def buyers_later(story: Story, told: list[Line]) -> None:
    """Nobody has bought in the first seconds of a stretch."""
    early = len(told) * 35 // 100
    for at in range(early):
        if any(word in told[at].text for word in BOUGHT):
            other = story.rng.randrange(early, len(told))
            told[at], told[other] = told[other], told[at]


def replies_after(story: Story, told: list[Line]) -> list[Line]:
    """What takes up another line stands soon after it."""
    order = [line for line in told if not line.after]
    waiting = [line for line in told if line.after]
    while waiting:
        line = waiting.pop(0)
        place = next((at for at, other in enumerate(order) if other.text == line.after), None)
        if place is None:
            waiting.append(line)
        else:
            order.insert(place + story.rng.randint(2, 6), line)
    return order


def viewers(story: Story, length: int, curve: Sequence[tuple[int, float]], exact: bool = True) -> None:
    """People online every 5–10 s along the curve, and how many came in all."""
    now, total = 1_500, 0.0
    while now < length:
        online = round(interpolate(curve, now) * story.rng.gauss(1.0, 0.006))
        total = max(total + online * 0.012, online * 1.1)
        story.add(now, "viewers", viewers={"online": online, "total": round(total), "exact": exact})
        now += story.rng.randint(5_000, 10_000)


def joins(story: Story, share: float) -> None:
    """Part of the arrivals are announced."""
    for viewer in story.crowd.values():
        if viewer.joined > 1_000 and story.rng.random() < share:
            story.add(viewer.joined, "join", viewer)


def leaves(story: Story, start: int, end: int, count: int) -> None:
    """Some go while the picture is bad, and are not heard again."""
    heard = {who.id for at, _, who, _ in story.events if who is not None and at >= start}
    gone = [v for v in story.crowd.values() if v.joined < start and v.id not in heard]
    for viewer in story.rng.sample(gone, count):
        viewer.left = story.rng.randint(start, end)
        story.add(viewer.left, "leave", viewer)


def anyone(story: Story, now: int) -> Viewer:
    """Whoever is in the room."""
    return story.pick(now, Line("n", ""))


def likes(story: Story, length: int, first: int, rate: float) -> None:
    """One viewer's taps; the total counts everybody's."""
    now, total = 3_000, float(first)
    while now < length:
        delta = story.rng.randint(3, 48)
        total += delta + rate * 7
        story.add(now, "like", anyone(story, now), like={"delta": delta, "total": round(total)})
        now += story.rng.randint(4_000, 11_000)


def sprinkle(story: Story, kind: str, moments: list[int]) -> None:
    """Follows and shares."""
    for now in moments:
        story.add(now, kind, anyone(story, now))


def gifts(story: Story, moments: list[int], shop: list[Gift]) -> None:
    """Gifts, some as a run of several under one combo."""
    for number, now in enumerate(moments, 1):
        who = anyone(story, now)
        gift = story.rng.choices(shop, [g.weight for g in shop])[0]
        runs = story.rng.choice((1, 1, 1, 2, 3)) if gift.price < 5 else 1
        total = 0
        for run in range(runs):
            delta = story.rng.choice((1, 1, 2, 5)) if gift.price < 1 else 1
            total += delta
            story.add(
                now + run * 1_300,
                "gift",
                who,
                gift={
                    "id": gift.id,
                    "name": gift.name,
                    "delta": delta,
                    "total": total,
                    "combo_id": f"c{number}",
                    "final": run == runs - 1,
                },
                money=money(gift.price * delta, story.currency),
            )


def members(story: Story, moments: list[int], price: float) -> None:
    """People who join the fan club."""
    for now in moments:
        who = anyone(story, now)
        months = story.rng.choice((1, 1, 1, 3, 8))
        story.add(
            now,
            "member",
            who,
            member={"tier": "粉丝团", "months": months, "count": 1},
            money=money(price, story.currency),
        )


def product(story: Story, now: int, link: int, name: str, price: float, action: str) -> None:
    """A product's card is shown, explained, hidden."""
    card: dict[str, object] = {"id": f"p{link}", "link_no": str(link), "name": name}
    card |= {"money": money(price, story.currency), "action": action}
    story.add(now, "product", product=card)


def order(story: Story, opened: int, said: int, who: Viewer, link: int, name: str, price: float) -> None:
    """What stands behind an 已拍: placed, then paid shortly before it was said."""
    number = f"o{story.rng.randrange(10**9, 10**10)}"
    paid = max(opened + 3_000 + said % 2_900, said - story.rng.randint(2_000, 6_000))
    placed = max(opened + 800 + said % 1_900, paid - story.rng.randint(4_000, 15_000))
    entry = {"id": number, "count": 1, "product_id": f"p{link}", "product": name}
    price_paid = money(price, story.currency)
    for now, state in ((placed, "placed"), (paid, "paid")):
        story.add(now, "order", who, order=entry | {"state": state, "money": price_paid})
    who.buyer_from = min(paid, who.buyer_from if who.buyer_from is not None else paid)
