"""Promise 1 of SECURITY.md, on the real program's bytes: no viewer's text is ever more than text to the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from backstage import journal_of, recorded
from servers.json_ws import comment
from watched import Watched

pytestmark = pytest.mark.pty

HOSTILE = {
    "colours": "\x1b[31mred\x1b[0m",
    "clear screen": "\x1b[2J\x1b[1;1Hyours",
    "alternate screen": "\x1b[?1049lbye",
    "title": "\x1b]0;pwned\x07",
    "link": "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "device": "\x1bP1$r0m\x1b\\\x1b[c\x1b[6n",
    "c1": "\x9b31mred\x9d0;pwned\x9c\x90x\x9c",
    "bells and backspaces": "a\x07\x08\x08\x08b\x7f\x05",
    "nul": "a\x00b",
    "carriage": "start\rover\x0b\x0c\x85",
    "bidi": "\u202egnp.exe\u202c\u2066x\u2069\u200f",
    "arabic": "مرحبا بالجميع كم السعر",
    "hebrew": "שלום כמה זה",
    "tags": "x\U000e0041\U000e0042\U000e007f",
    "zalgo": "Z" + "\u0300\u0316\u0321" * 60,
    "markup": "[/x] [/] [b",
    "a button": "[@click=app.quit]press[/]",
    "style": "[red on blue]x[/red on blue]",
    "very long": "长" * 10_000,
    "long word": "W" * 10_000,
    "families": "👨‍👩‍👧‍👦" * 40,
    "flags": "🇨🇳🇺🇸" * 20 + "🇨",
    "keycaps": "1️⃣#️⃣" * 10,
    "joiners": "\u200d" * 50,
    "surrogates": "\ud800a\udfff",
    "noncharacters": "\ufffe\uffff\ufdd0",
    "invisible": "\u200b\u2060\ufeff\u00ad\u3164",
    "private": "\ue000\U000f0000",
    "braces": "{0.__class__} %s %n ${HOME}",
    "separators": "a\u2028b\u2029c",
    "only blanks": " \u3000\t\n ",
}
HARMLESS = "随便聊聊今天的天气"

# Every escape sequence, by its kind: what begins it and what ends it, without the numbers between. OSC 22 is Textual's own
# (the pointer's shape); of any other the end is left over, to be found.
_SEQUENCE = re.compile(rb"\x1b(?:\[([<=>?]?)[0-9;:]*([ -/]*[@-~])|\](22);[a-z-]*\x07|\](\d+);|([PX^_])|(.))", re.S)
FORBIDDEN = re.compile(
    "[\x00-\x07\x08\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)


def shapes(raw: bytes) -> set[bytes]:
    return {b"|".join(part or b"" for part in found) for found in _SEQUENCE.findall(raw)}


def painted(watched: Callable[..., Watched], texts: list[str], *, as_names: bool = False) -> Watched:
    """A room in which two neighbours speak around `texts`, looked through as an assistant would."""
    room = watched(lang="zh")
    server = room.backstage.server
    room.backstage.do(server.tell(comment(1, "三号多少钱", user={"id": "n1", "name": "邻居一"})))
    for n, text in enumerate(texts, 2):
        name = text if as_names else f"v{n}"
        said = comment(n, f"{n}号链接多少钱{'' if as_names else text}", user={"id": f"u{n}", "name": name})
        room.backstage.do(server.send(json.dumps(said)))  # lone surrogates travel as JSON escapes
    room.backstage.do(server.tell(comment(len(texts) + 2, "包邮吗", user={"id": "n2", "name": "邻居二"})))
    terminal = room.terminal
    terminal.until_shown("▸邻居二", "最急")
    terminal.press("j", "▸1")
    for _ in texts:
        terminal.type("j")
    terminal.press("h", "探针")
    terminal.press("/", "Esc 清除")
    terminal.type("\x1b")
    terminal.until(lambda screen: "Esc 清除" not in screen)
    terminal.press("t", "主题")
    return room


@pytest.mark.parametrize("as_names", [False, True], ids=["texts", "names"])
def test_no_viewer_text_reaches_the_terminal_as_control(watched: Callable[..., Watched], as_names: bool) -> None:
    calm = painted(watched, [HARMLESS] * len(HOSTILE), as_names=as_names)
    calm.terminal.type("q")
    assert calm.terminal.ended() == 0
    (calm.folder).rename(calm.folder.with_name("calm"))

    room = painted(watched, list(HOSTILE.values()), as_names=as_names)
    terminal = room.terminal
    neighbours = [line.split("│")[1].rstrip() for line in terminal.lines if line.count("│") == 1 and "邻居" in line.split("│")[1]]
    assert [line.replace(" ", "") for line in neighbours] in (["邻居一三号多少钱", "▸邻居二包邮吗"], ["▸邻居二包邮吗"])
    terminal.type("q")
    assert terminal.ended() == 0

    assert shapes(bytes(terminal.raw)) <= shapes(bytes(calm.terminal.raw))
    text = _SEQUENCE.sub(b"", bytes(terminal.raw)).decode()
    assert FORBIDDEN.search(text) is None
    for word in (b"pwned\x07", b"]8;", b"]52;", b"]0;"):
        assert b"\x1b" + word not in terminal.raw
    assert [event["id"] for event in recorded(journal_of(room.folder), "message")] == [f"relay:{n}" for n in range(1, len(HOSTILE) + 3)]


def test_a_comment_that_is_markup_is_shown_as_it_was_typed(watched: Callable[..., Watched]) -> None:
    room = watched(lang="en")
    room.says("[/x] [b]3号多少钱[/b]", "[@click=app.quit]包邮吗[/]")
    room.terminal.until_shown("[/x] [b]3号多少钱[/b]", "[@click=app.quit]包邮吗[/]")
    room.terminal.type("q")
    assert room.terminal.ended() == 0


def test_a_product_and_a_title_from_outside_are_harmless_too(watched: Callable[..., Watched]) -> None:
    room = watched(lang="en")
    server = room.backstage.server
    common = {"v": 1, "platform": "relay"}
    bomb = "\x1b]0;pwned\x07[/x]\u202e\x9b2J"
    room.backstage.do(
        server.tell(
            {**common, "kind": "room", "room_id": "1", "id": "a", "room": {"state": "live", "title": f"T{bomb}"}},
            {**common, "kind": "product", "room": "1", "id": "b", "product": {"link_no": "3", "name": f"P{bomb}", "action": "show"}},
            {
                **common,
                "kind": "gift",
                "room": "1",
                "id": "c",
                "user": {"id": "1", "name": f"G{bomb}"},
                "gift": {"name": f"R{bomb}", "delta": 1},
            },
            {**common, "kind": f"odd{bomb}", "room": "1", "id": "d", bomb: bomb},
            comment(1, "3号多少钱"),
        )
    )
    room.terminal.until_shown("3号多少钱", "#3")
    room.terminal.type("q")
    assert room.terminal.ended() == 0
    assert b"pwned\x07" not in room.terminal.raw and b"\x1b]0" not in room.terminal.raw and b"\xc2\x9b" not in room.terminal.raw
