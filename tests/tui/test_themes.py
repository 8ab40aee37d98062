import pytest

from console.domain.errors import ConfigError
from console.tui.themes import BACKGROUNDS, COLOURS, LEAST_CONTRAST, SHAPES, Ink, contrast, for_textual, read_theme, shipped_themes

THEMES = shipped_themes()
TEXTS = [name for name in COLOURS if name not in BACKGROUNDS and name not in SHAPES]


def test_a_dark_and_a_light_theme_are_shipped() -> None:
    assert {theme.dark for theme in THEMES.values()} == {True, False}


@pytest.mark.parametrize("name", sorted(THEMES))
def test_every_text_colour_can_be_read_on_every_background(name: str) -> None:
    colours = THEMES[name].colours
    weak = [(one, on) for one in TEXTS for on in BACKGROUNDS if contrast(colours[one], colours[on]) < LEAST_CONTRAST]
    assert weak == []


def test_black_on_white_has_the_highest_contrast() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#777777", "#777777") == 1.0


def test_the_stylesheet_finds_every_colour_under_its_name() -> None:
    for theme in THEMES.values():
        textual = for_textual(theme)
        found = {**textual.variables, "accent": textual.accent, "surface": textual.surface}
        assert {name: found[name] for name in COLOURS} == theme.colours


def test_a_theme_without_a_colour_says_which() -> None:
    with pytest.raises(ConfigError, match="clock-late") as caught:
        read_theme('name = "x"\n[colours]\n' + "\n".join(f'{one} = "#000000"' for one in COLOURS if one != "clock-late"))
    assert "clock-late" in caught.value.hint


@pytest.mark.parametrize("line", ['text = "red"', 'glitter = "#ffffff"', "text = 3"])
def test_a_colour_that_is_none_is_refused(line: str) -> None:
    others = "\n".join(f'{one} = "#000000"' for one in COLOURS if one != "text" or not line.startswith("text"))
    with pytest.raises(ConfigError):
        read_theme(f"[colours]\n{others}\n{line}")


def test_a_style_is_made_once() -> None:
    ink = Ink(THEMES["midnight"])
    assert ink("text") is ink("text")
    assert ink("text", bold=True) is not ink("text")
