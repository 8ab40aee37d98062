"""Which of two is said of which: 黑的好看 白的有货 is not 白的好看 黑的有货, 买2送1 not 买1送2."""

from __future__ import annotations

from console.domain.values import Slots
from console.triage.late import Late
from console.triage.rules import PLACEHOLDER

_KIND = {"weight_g": "weight", "height_mm": "height", "volume_ml": "volume", "age_y": "age"}
# What only lists: black or white, 黑和白, 3号链接和5号链接.
_LISTS = Late(
    r"(?:[和跟与及或者还是、/&,+ 的色款码号拍选要穿用吃买那个件条双链接]|\b(?:and|or|vs|versus|the|an?|in|is|it|size|color|one|with|n)\b)*"
)


def sides(masked: str, slots: Slots) -> str:
    """The values of a kind in the order in which they were said, where something else is said of each; "" where they are a mere list."""
    out = []
    for name in slots.__struct_fields__:
        value = getattr(slots, name)
        if isinstance(value, tuple):
            char = PLACEHOLDER[_KIND.get(name, name)]
            parts = masked.split(char)[1:]
            if len(parts) > 1 and not _is_list(parts):
                out.append(">".join(_plain(one) for one in value))
    return " ".join(out)


def _is_list(parts: list[str]) -> bool:
    return all(_LISTS.fullmatch(part) for part in parts[:-1]) or len({part.strip(" 吗不没") for part in parts}) == 1


def _plain(value: object) -> str:
    return str(getattr(value, "micros", value))
