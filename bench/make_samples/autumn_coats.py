"""The story "autumn_coats": nineteen minutes of a women's clothing room, in Chinese."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import bystanders as by
import picture
from pools import clock, read_lines, read_popular
from story import HERE, Story, Viewer, burst, rising, steady

NAME = "autumn_coats"
TITLE = "晚秋女装专场"
START_MS = 1_795_348_800_000  # 2026-11-22T20:00:00+08:00
LENGTH = clock("19:22")
POOL = HERE / NAME

# link: name, live price, what is paid after the coupon
PRODUCTS = {
    1: ("圆领羊毛打底衫", 129.0, 129.0),
    2: ("高腰直筒牛仔裤", 159.0, 159.0),
    3: ("双面羊毛大衣", 399.0, 349.0),
    4: ("短款白鸭绒羽绒服", 469.0, 409.0),
    5: ("法式半身长裙", 139.0, 139.0),
    6: ("切尔西短靴", 219.0, 219.0),
}
CARDS = (
    (1, "1:10.4", "1:12.6"),
    (2, "3:50.6", "3:53.0"),
    (3, "6:36.2", "6:39.5"),
    (4, "10:30.3", "10:33.1"),
    (5, "13:20.7", "13:23.4"),
    (6, "15:40.2", "15:43.0"),
    (3, "18:04.8", "18:07.2"),
)
COUPONS = ((3, "6:47.0"), (4, "10:44.0"))


@dataclass(frozen=True)
class Stretch:
    """One pool's place in time and how much is said there."""

    pool: str
    start: str
    end: str
    comments: int
    shape: Callable[[float], float]
    chatter: tuple[str, ...]
    link: int = 0


STRETCHES = (
    Stretch("opening", "0:02", "1:10", 104, rising, ("opening",)),
    Stretch("1.open", "1:12", "2:06", 122, burst, ("rush",), 1),
    Stretch("1.mid", "2:06", "3:50", 150, steady, ("bought",), 1),
    Stretch("2.open", "3:52", "4:42", 112, burst, ("rush",), 2),
    Stretch("2.mid", "4:42", "6:33", 158, steady, ("bought",), 2),
    Stretch("3.open", "6:38.5", "7:30", 216, burst, ("rush", "rush"), 3),
    Stretch("3.after", "7:51", "8:20", 52, steady, (), 3),
    Stretch("3.mid", "8:20", "10:28", 188, steady, ("bought",), 3),
    Stretch("4.open", "10:33", "11:25", 184, burst, ("rush",), 4),
    Stretch("4.mid", "11:25", "13:19", 164, steady, ("bought",), 4),
    Stretch("5.open", "13:23", "14:05", 92, burst, ("rush",), 5),
    Stretch("5.mid", "14:05", "15:39", 116, steady, ("bought",), 5),
    Stretch("6.open", "15:43", "16:25", 90, burst, ("rush",), 6),
    Stretch("6.mid", "16:25", "18:03", 112, steady, ("bought",), 6),
    Stretch("end", "18:07", "19:16", 108, steady, ("bought", "ending", "ending"), 3),
)
ONLINE = [
    (clock(when), online)
    for when, online in (
        ("0:00", 800), ("1:10", 1120), ("2:30", 1480), ("3:50", 1690), ("4:40", 2010),
        ("6:30", 2480), ("7:05", 3050), ("7:29", 3210), ("7:36", 3080), ("7:48", 2590),
        ("8:10", 2440), ("9:00", 2700), ("10:28", 2930), ("11:10", 3500), ("12:20", 3360),
        ("13:20", 3130), ("14:00", 3090), ("15:40", 2860), ("16:20", 2900), ("17:06", 2790),
        ("17:35", 2560), ("18:15", 2680), ("19:22", 2400),
    )
]  # fmt: skip
GIFTS = [
    by.Gift("g1", "小心心", 0.1, 10),
    by.Gift("g2", "玫瑰", 0.1, 10),
    by.Gift("g3", "人气票", 0.1, 8),
    by.Gift("g4", "棒棒糖", 0.9, 5),
    by.Gift("g5", "墨镜", 9.9, 2),
    by.Gift("g6", "热气球", 52.0, 1),
]
FROZEN = (clock("7:24.2"), clock("7:45.4"))


def staff() -> dict[str, Viewer]:
    """The shop's own people, and one who doesn't belong here."""
    return {
        "晚秋小铺": Viewer("90010001", "晚秋小铺", ("host", "verified"), 30, 1.0),
        "场控阿杰": Viewer("90010002", "场控阿杰", ("mod",), 21, 1.0),
        "客服小米": Viewer("90010003", "客服小米", ("mod",), 17, 1.0),
        "兼职小助手": Viewer("7718290345", "兼职小助手", (), 0, 1.0),
    }


def talk(story: Story) -> None:
    """Scenes first, then the pools, then orders behind some of the 已拍."""
    last = story.play_scenes(POOL / "scenes.txt")
    last["兼职小助手"]["id"] = "demo:ad"
    story.add(
        clock("6:13.5"),
        "delete",
        story.staff["场控阿杰"],
        delete={"scope": "message", "target_id": "demo:ad", "user_id": "7718290345"},
    )
    pools, popular = read_lines(POOL / "lines.txt"), read_popular(POOL / "popular.txt")
    for stretch in STRETCHES:
        chatter = list(popular["anywhere"])
        for mood in stretch.chatter:
            chatter += popular[mood]
        spoken = by.chat_stretch(
            story,
            (clock(stretch.start), clock(stretch.end)),
            pools[stretch.pool],
            stretch.comments,
            chatter,
            stretch.shape,
        )
        if stretch.link:
            sell(story, spoken, stretch.link)


def sell(story: Story, spoken: list[tuple[int, Viewer, str]], link: int) -> None:
    """Every fifth who says that he bought has an order in the feed."""
    name, _, paid = PRODUCTS[link]
    bought = [item for item in spoken if item[2].startswith(("已拍", "拍了", "秒付", "付"))]
    opened = min(clock(shown) for number, shown, _ in CARDS if number == link)
    for offset, who, _ in bought[::5]:
        by.order(story, opened, offset, who, link, name, paid)


def cards(story: Story) -> None:
    """The products as they come on, and the room's beginning and end."""
    live = {"state": "live", "title": TITLE}
    story.add(0, "link", link={"source": "demo", "state": "live"})
    story.add(200, "room", room=live)
    for link, shown, explained in CARDS:
        name, price, _ = PRODUCTS[link]
        by.product(story, clock(shown), link, name, price, "show")
        by.product(story, clock(explained), link, name, price, "explain")
    for link, when in COUPONS:
        name, price, _ = PRODUCTS[link]
        by.product(story, clock(when), link, name, price, "coupon")
    story.add(LENGTH - 400, "room", room=live | {"state": "ended"})


def build() -> Story:
    """Put the story together and write it."""
    story = Story("autumn", START_MS, random.Random(20261122))
    story.add_crowd(POOL / "viewers.txt")
    story.staff = staff()
    story.arrivals(LENGTH, early=0.34, mean_stay=clock("8:00"))
    cards(story)
    talk(story)
    rng = story.rng
    by.viewers(story, LENGTH - 1_000, ONLINE)
    by.joins(story, 0.4)
    by.leaves(story, clock("7:34"), clock("8:10"), 14)
    by.likes(story, LENGTH - 5_000, 16_000, 46)
    by.sprinkle(story, "follow", sorted(rng.randrange(LENGTH) for _ in range(46)))
    by.sprinkle(story, "share", sorted(rng.randrange(LENGTH) for _ in range(11)))
    by.gifts(story, sorted(rng.randrange(20_000, LENGTH) for _ in range(34)), GIFTS)
    by.members(story, sorted(rng.randrange(30_000, LENGTH) for _ in range(12)), 0.1)
    picture.add_picture(story, LENGTH - 500, [FROZEN])
    story.finish(NAME, TITLE, (140, 620))
    return story
