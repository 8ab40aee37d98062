"""Themes are data: one TOML a theme, nothing in it runs. `Ink` turns their names into styles for the panels."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.style import Style
from textual.theme import Theme as TextualTheme

from console.domain.errors import ConfigError

COLOURS = (
    "surface", "lift", "bar", "rule", "text", "quiet", "bright", "accent",
    "clock-ok", "clock-due", "clock-late", "clock-past",
    "level-ok", "level-warn", "level-critical", "level-unknown",
    "mark-draft", "mark-reuse", "mark-no-fact", "mark-person",
    "viewer-name", "viewer-role", "newest", "untraced",
)  # fmt: skip
BACKGROUNDS = ("surface", "lift", "bar")
SHAPES = ("rule",)
"""Colours of lines, not of text."""
LEAST_CONTRAST = 4.5
"""WCAG 2.1, level AA, for text of normal size."""
_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Theme:
    """`labels`: its name for people, by language; `colours`: every name of COLOURS as #rrggbb."""

    name: str
    dark: bool
    labels: Mapping[str, str]
    colours: Mapping[str, str]


def read_theme(text: str, where: str = "theme") -> Theme:
    """Parse one theme. Raises ConfigError that names the colour which is missing, unknown or not #rrggbb."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where} is not TOML: {error}", hint="Copy themes/midnight.toml and change its colours") from None
    colours = {str(name): str(value).lower() for name, value in data.get("colours", {}).items()}
    for name in COLOURS:
        if name not in colours:
            raise ConfigError(f"{where} has no colour {name}", hint=f'Add under [colours]: {name} = "#rrggbb"')
    for name, value in colours.items():
        if name not in COLOURS or not _HEX.fullmatch(value):
            raise ConfigError(
                f"{where}: {name} = {value} is no colour we know", hint="Colours are written #rrggbb; names as in themes/midnight.toml"
            )
    labels = {str(lang): str(label) for lang, label in data.get("label", {}).items()}
    return Theme(name=str(data.get("name", where)), dark=bool(data.get("dark", True)), labels=labels, colours=colours)


def shipped_themes() -> dict[str, Theme]:
    """Every theme of the `themes/` folder, in name order: in the repository, or where the wheel puts it."""
    here = Path(__file__).resolve()
    folder = next(path for path in (here.parents[1] / "_shipped" / "themes", here.parents[2] / "themes") if path.is_dir())
    found = [read_theme(path.read_text(encoding="utf-8"), path.stem) for path in sorted(folder.glob("*.toml"))]
    return {theme.name: theme for theme in found}


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two #rrggbb colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def for_textual(theme: Theme) -> TextualTheme:
    """The same colours under the names that Textual's own widgets and our stylesheet ask for."""
    colours = theme.colours
    return TextualTheme(
        name=theme.name, dark=theme.dark,
        primary=colours["accent"], secondary=colours["quiet"], accent=colours["accent"],
        warning=colours["level-warn"], error=colours["level-critical"], success=colours["level-ok"],
        foreground=colours["text"], background=colours["surface"], surface=colours["surface"], panel=colours["bar"],
        variables={
            **{name: value for name, value in colours.items() if name not in ("surface", "accent")},
            "input-cursor-background": colours["accent"], "input-cursor-foreground": colours["surface"],
            "input-selection-background": colours["lift"], "input-selection-foreground": colours["bright"],
        },
    )  # fmt: skip


class Ink:
    """Styles by name: `ink("text")`, `ink("clock-late", "lift", bold=True)`. Each is made once, so rows compare by identity."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._made: dict[tuple[str, str, bool, bool, bool], Style] = {}

    def __call__(self, name: str, on: str = "surface", *, bold: bool = False, underline: bool = False, strike: bool = False) -> Style:
        key = (name, on, bold, underline, strike)
        style = self._made.get(key)
        if style is None:
            colours = self.theme.colours
            style = Style(color=colours[name], bgcolor=colours[on], bold=bold or None, underline=underline or None, strike=strike or None)
            self._made[key] = style
        return style
