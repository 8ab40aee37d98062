"""The story "overseas": seven minutes of a shop that sells abroad, English and Chinese mixed, prices in dollars."""

from __future__ import annotations

import random

import bystanders as by
import picture
from pools import clock, read_lines, read_popular, tongue_of
from story import HERE, Story, Viewer, burst, rising, steady

NAME = "overseas"
TITLE = "Friday Night Live: bags & beauty 周五夜场"
START_MS = 1_795_827_600_000  # 2026-11-27T20:00:00-05:00
LENGTH = clock("7:24")
POOL = HERE / NAME
NAMELESS = 60
"""Viewers whom the platform named."""

# link: name, live price, what is paid after the coupon
PRODUCTS = {
    1: ("Glow Serum", 18.9, 18.9),
    2: ("Velvet Lip Tint", 9.9, 9.9),
    3: ("Quilted Crossbody Bag", 45.0, 40.0),
    4: ("Travel Tote", 62.0, 52.0),
    6: ("Oversized Denim Jacket", 52.0, 52.0),
}
# link, card shown, explained
CARDS = ((1, "0:32", "0:33.5"), (2, "1:46", "1:48"), (3, "2:58", "3:00"), (6, "4:50", "4:52"), (4, "6:10", "6:12"))
# pool, start, end, comments, shape, link
STRETCHES = (
    ("start", "0:01", "0:34", 66, rising, 0),
    ("serum", "0:35", "1:47", 136, burst, 1),
    ("lips", "1:49", "2:58", 126, burst, 2),
    ("bag", "3:01", "4:50", 188, burst, 3),
    ("jacket", "4:53", "6:10", 130, burst, 6),
    ("tote", "6:13", "7:20", 108, steady, 4),
)
ONLINE = [(0, 210), (35_000, 310), (110_000, 420), (180_000, 560), (240_000, 640), (256_000, 575), (300_000, 610), (444_000, 490)]
GIFTS = [by.Gift("r1", "Rose", 0.01, 8), by.Gift("r2", "Finger Heart", 0.05, 5), by.Gift("r3", "Doughnut", 0.3, 2)]


def cards(story: Story) -> None:
    """The products as they come on, the coupon of the bag, beginning and end."""
    story.add(0, "link", link={"source": "demo", "state": "live"})
    story.add(150, "room", room={"state": "live", "title": TITLE})
    for link, shown, explained in CARDS:
        name, price, _ = PRODUCTS[link]
        by.product(story, clock(shown), link, name, price, "show")
        by.product(story, clock(explained), link, name, price, "explain")
    name, price, _ = PRODUCTS[3]
    by.product(story, clock("3:06"), 3, name, price, "coupon")
    story.add(LENGTH - 300, "room", room={"state": "ended", "title": TITLE})


def talk(story: Story) -> None:
    """Scenes, pools, and an order behind every second "ordered"."""
    story.play_scenes(POOL / "scenes.txt")
    pools, popular = read_lines(POOL / "lines.txt"), read_popular(POOL / "popular.txt")
    opened = {link: clock(shown) for link, shown, _ in CARDS}
    for name, start, end, comments, shape, link in STRETCHES:
        spoken = by.chat_stretch(story, (clock(start), clock(end)), pools[name], comments, popular["anywhere"], shape)
        bought = [item for item in spoken if link and item[2].startswith(("ordered", "just ordered", "got ", "已下单"))]
        for offset, who, _ in bought[::2]:
            title, _, paid = PRODUCTS[link]
            by.order(story, opened[link], offset, who, link, title, paid)


def build() -> Story:
    """Put the story together and write it."""
    story = Story("overseas", START_MS, random.Random(20261127), currency="USD")
    story.add_crowd(POOL / "viewers.txt")
    for _ in range(NAMELESS):
        name = f"user{story.rng.randrange(10**7, 10**8)}"
        story.crowd[name] = story.person(name, ())
    for number, viewer in enumerate(story.crowd.values()):
        named = "" if viewer.name.startswith("user") else tongue_of(viewer.name)
        viewer.tongue = named or ("zh" if number % 4 == 0 else "en")
    story.staff = {
        "GlowAndGo": Viewer("92030001", "GlowAndGo", ("host", "verified"), 27, 1.0),
        "mod_kelly": Viewer("92030002", "mod_kelly", ("mod",), 15, 1.0),
    }
    story.arrivals(LENGTH, early=0.5, mean_stay=clock("5:00"))
    cards(story)
    talk(story)
    rng = story.rng
    by.viewers(story, LENGTH - 1_000, ONLINE, exact=False)
    by.joins(story, 0.5)
    by.likes(story, LENGTH - 4_000, 1_900, 9)
    by.sprinkle(story, "follow", sorted(rng.randrange(LENGTH) for _ in range(14)))
    by.sprinkle(story, "share", sorted(rng.randrange(LENGTH) for _ in range(5)))
    by.gifts(story, sorted(rng.randrange(20_000, LENGTH) for _ in range(11)), GIFTS)
    picture.add_picture(story, LENGTH - 500, [(clock("3:57.0"), clock("4:10.4"))])
    story.finish(NAME, TITLE, (220, 780))
    return story
