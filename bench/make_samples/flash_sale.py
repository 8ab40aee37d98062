"""The story "flash_sale": two minutes of 秒杀 at twenty comments a second, in Chinese."""

from __future__ import annotations

import random
from pathlib import Path

import bystanders as by
import picture
from pools import clock, read_lines, read_popular
from story import HERE, Story, Viewer, burst, steady

NAME = "flash_sale"
TITLE = "今晚八点三轮秒杀"
START_MS = 1_795_608_000_000  # 2026-11-25T20:00:00+08:00
LENGTH = clock("1:57")
POOL = HERE / NAME
NAMELESS = 760

PRODUCTS = {1: ("316不锈钢保温杯", 19.9), 2: ("可视空气炸锅", 99.0), 3: ("洗衣凝珠", 9.9)}
# link: on the air, link open, sold out
ROUNDS = {1: ("0:01", "0:11", "0:29"), 2: ("0:41", "0:46.5", "0:57"), 3: ("1:13", "1:19.3", "1:40")}
# pool, start, end, comments, shape, kind of common chatter
STRETCHES = (
    ("before", "0:00.3", "0:11", 175, steady, ()),
    ("1.open", "0:11", "0:29", 425, burst, ("open",)),
    ("1.gone", "0:29", "0:46", 325, steady, ("gone",)),
    ("2.open", "0:46", "0:57", 290, burst, ("open",)),
    ("2.gone", "0:57", "1:19", 400, steady, ("gone",)),
    ("3.open", "1:19", "1:40", 440, burst, ("open",)),
    ("3.gone", "1:40", "1:56", 255, steady, ("gone",)),
)
ONLINE = [(0, 4_800), (11_000, 6_300), (30_000, 6_100), (46_000, 6_700), (70_000, 5_900), (80_000, 6_200), (117_000, 3_900)]
GIFTS = [by.Gift("g1", "小心心", 0.1, 3), by.Gift("g3", "人气票", 0.1, 2)]


def add_nameless(story: Story) -> None:
    """People whom the platform named: 用户 and a number."""
    for _ in range(NAMELESS):
        name = f"用户{story.rng.randrange(10**6, 10**7)}"
        story.crowd[name] = story.person(name, story.rng.choice(((), (), (), (), (), (), ("first_time",), ("buyer",))))


def cards(story: Story) -> None:
    """Each product is explained, opened, and hidden once it is sold out."""
    story.add(0, "link", link={"source": "demo", "state": "live"})
    story.add(100, "room", room={"state": "live", "title": TITLE})
    for link, moments in ROUNDS.items():
        name, price = PRODUCTS[link]
        for when, action in zip(moments, ("explain", "show", "hide"), strict=True):
            by.product(story, clock(when), link, name, price, action)
    story.add(LENGTH - 300, "room", room={"state": "ended", "title": TITLE})


def talk(story: Story, pool: Path) -> None:
    """The pools with the chatter of their moment; every second 抢到了 has an order."""
    story.play_scenes(pool / "scenes.txt")
    pools, popular = read_lines(pool / "lines.txt"), read_popular(pool / "popular.txt")
    for name, start, end, comments, shape, moods in STRETCHES:
        chatter = popular["anywhere"] + [line for mood in moods for line in popular[mood]]
        spoken = by.chat_stretch(story, (clock(start), clock(end)), pools[name], comments, chatter, shape)
        if name.endswith(".open"):
            link = int(name[0])
            bought = [item for item in spoken if "抢到了" in item[2] or "已拍" in item[2]]
            for offset, who, _ in bought[::2]:
                by.order(story, clock(ROUNDS[link][1]), offset, who, link, *PRODUCTS[link])


def build() -> Story:
    """Put the story together and write it."""
    story = Story("flash", START_MS, random.Random(20261125))
    story.add_crowd(POOL / "viewers.txt", new_share=0.05)
    add_nameless(story)
    story.staff = {
        "秒杀主持阿源": Viewer("91020001", "秒杀主持阿源", ("host", "verified"), 33, 1.0),
        "场控小七": Viewer("91020002", "场控小七", ("mod",), 18, 1.0),
    }
    story.arrivals(LENGTH, early=0.75, mean_stay=clock("1:30"))
    cards(story)
    talk(story, POOL)
    by.viewers(story, LENGTH - 1_000, ONLINE, exact=False)
    by.joins(story, 0.25)
    by.likes(story, LENGTH - 2_000, 210_000, 900)
    by.sprinkle(story, "follow", sorted(story.rng.randrange(LENGTH) for _ in range(18)))
    by.gifts(story, sorted(story.rng.randrange(5_000, LENGTH) for _ in range(8)), GIFTS)
    picture.add_picture(story, LENGTH - 500, [])
    story.finish(NAME, TITLE, (180, 900))
    return story
