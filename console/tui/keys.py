"""Every key in one table: what it does, its id (for remapping), and under which full-width form a Chinese input method types it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.keys import _character_to_key

from console.i18n import Speech

_CHARACTERS = {"space": " ", "slash": "/", "question_mark": "?"}
_BY_INPUT_METHOD = {"slash": ("、",), "space": ("\u3000",)}
"""What the key itself types while a Chinese input method is on, beside the full-width form."""


@dataclass(frozen=True)
class Key:
    """`keys`: Textual key names; the first is the one shown. `id` names it in settings and in the string table (`tui.key.<id>`)."""

    id: str
    keys: tuple[str, ...]
    action: str
    shown: str


KEYS: tuple[Key, ...] = (
    Key("next", ("j", "down"), "move(1)", "j"),
    Key("previous", ("k", "up"), "move(-1)", "k"),
    Key("first", ("g", "home"), "first", "g"),
    Key("last", ("G", "end"), "last", "G"),
    *(Key(f"row_{n}", (str(n),), f"row({n})", str(n)) for n in range(1, 10)),
    Key("take", ("enter",), "take", "Enter"),
    Key("reply", ("r",), "reply", "r"),
    Key("copy", ("c",), "copy", "c"),
    Key("said", ("a",), "said", "a"),
    Key("dismiss", ("d",), "close_question('dismiss')", "d"),
    Key("snooze", ("s",), "close_question('snooze')", "s"),
    Key("undo", ("u",), "undo", "u"),
    Key("merge", ("m",), "merge", "m"),
    Key("split", ("x",), "split", "x"),
    Key("on_air", ("p",), "on_air", "p"),
    Key("filter", ("slash",), "filter", "/"),
    Key("pause", ("space",), "pause", "Space"),
    Key("page_up", ("pageup",), "page(-1)", "PgUp"),
    Key("page_down", ("pagedown",), "page(1)", "PgDn"),
    Key("switch", ("tab",), "switch", "Tab"),
    Key("health", ("h",), "health", "h"),
    Key("theme", ("t",), "theme", "t"),
    Key("help", ("question_mark",), "help", "?"),
    Key("back", ("escape",), "back", "Esc"),
    Key("quit", ("q",), "leave", "q"),
)


def names_of(key: str) -> tuple[str, ...]:
    """A key and its full-width twins: `j` → `j`, `ｊ`; `slash` → `slash`, `fullwidth_solidus`, `ideographic_comma`."""
    character = _CHARACTERS.get(key, key)
    if len(character) != 1 or not "!" <= character <= "~":
        wide: tuple[str, ...] = ()
    else:
        wide = (_character_to_key(chr(ord(character) + 0xFEE0)),)
    return (key, *wide, *(_character_to_key(one) for one in _BY_INPUT_METHOD.get(key, ())))


def bindings(say: Speech) -> list[Binding]:
    """The table as Textual bindings, each with an id and a tooltip in the room's language."""
    return [
        Binding(
            ",".join(name for one in key.keys for name in names_of(one)), key.action, str(say(f"tui.key.{label_of(key)}")),
            show=False, id=f"room.{key.id}", key_display=key.shown, tooltip=str(say(f"tui.key.{label_of(key)}")),
        )
        for key in KEYS
    ]  # fmt: skip


def label_of(key: Key) -> str:
    """The nine number keys share one label."""
    return "row" if key.id.startswith("row_") else key.id
