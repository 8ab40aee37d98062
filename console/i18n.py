"""Every word a user reads, through one function. Tables: `console/locale/<lang>/*.toml`, one file an area, dotted keys."""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from console.domain.text import SafeText, clean, trusted

FOLDERS = {"en": "en", "zh": "zh_CN"}
LANGUAGES = tuple(FOLDERS)


@cache
def table(lang: str) -> Mapping[str, str]:
    """All strings of one language (`en` | `zh`), keys dotted as `area.name`."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / "locale" / FOLDERS[lang]).glob("*.toml")):
        found.update(_flat(tomllib.loads(path.read_text(encoding="utf-8")).items()))
    return found


def _flat(items: Iterable[tuple[str, object]], before: str = "") -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in items:
        if isinstance(value, dict):
            out.update(_flat(value.items(), f"{before}{key}."))
        else:
            out[before + key] = str(value)
    return out


class Speech:
    """One language's voice: `say("cli.skipped", count=3, line=1)`. A code without a string shows as itself, never as an error.
    Where there is a `cli.skipped_one` too, it is said of one."""

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in FOLDERS else "en"
        self._table = table(self.lang)

    def has(self, code: str) -> bool:
        return code in self._table

    def __call__(self, code: str, **params: str | int) -> SafeText:
        pattern = self._table.get(f"{code}_one") if params.get("count") == 1 else None
        pattern = pattern if pattern is not None else self._table.get(code)
        if pattern is None:
            return trusted(code)
        return trusted(pattern.format_map({key: clean(str(value)) for key, value in params.items()}) if params else pattern)


def system_language() -> str:
    """`zh` where the locale says Chinese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
