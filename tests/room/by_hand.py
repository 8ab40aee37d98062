"""A person at the console who merges and splits, and questions worth it."""

from __future__ import annotations

from playbook import Playbook

from console.domain.text import SafeText

ONE_END, MIDDLE, OTHER_END = NEAR = (
    "隔壁工厂仓库停电影响直播吗",
    "隔壁工厂被仓库停电再影响直播吗",
    "隔壁工厂被来仓库停电再去影响直播吗",
)
"""The one in the middle agrees with both others, which don't agree."""
PRICE, WHEN = "多少钱", "什么时候发货"


def two_questions() -> Playbook:
    return Playbook().said(f"{PRICE} from a", f"{PRICE} from b", f"{WHEN} from b", f"{WHEN} from c")


def merge(room: Playbook, one: str, other: str) -> Playbook:
    return room.act("merge", one, from_id=SafeText(other))


def said_last(room: Playbook) -> str:
    assert room.room.notice is not None
    return room.room.notice.code


def asked_in(room: Playbook, cluster: str) -> dict[str, int]:
    found = room.room.queue.get(cluster)
    assert found is not None
    return {str(text): times for text, times in found.wordings.items()}


def split(room: Playbook, cluster: str, text: str) -> Playbook:
    return room.act("split", cluster, text=SafeText(text))
