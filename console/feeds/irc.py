"""One IRC line with Twitch's tags, taken apart. Pure text in, parts out; no opinion about what it means."""

from __future__ import annotations

from typing import NamedTuple

_ESCAPES = {":": ";", "s": " ", "\\": "\\", "r": "\r", "n": "\n"}


class IrcLine(NamedTuple):
    """`tags` unescaped, `nick` of the prefix ("" for a server), `command` as sent, `params` with the trailing one last."""

    tags: dict[str, str]
    nick: str
    command: str
    params: tuple[str, ...]


def parse(line: str) -> IrcLine | None:
    """None where the line is no IRC line. Tags without `=` have the value ""."""
    tags: dict[str, str] = {}
    if line[:1] == "@":
        written, _, line = line[1:].partition(" ")
        for tag in written.split(";"):
            name, _, value = tag.partition("=")
            tags[name] = unescaped(value) if "\\" in value else value
    line = line.lstrip(" ")
    nick = ""
    if line[:1] == ":":
        prefix, _, line = line[1:].partition(" ")
        nick = prefix.partition("!")[0] if "!" in prefix else ""
        line = line.lstrip(" ")
    middle, has_trailing, trailing = line.partition(" :")
    command, *params = middle.split()[:16] or [""]
    if not command.isalnum() or not command.isascii():
        return None
    if has_trailing:
        params.append(trailing)
    return IrcLine(tags, nick, command, tuple(params))


def unescaped(value: str) -> str:
    """A tag's value as it was meant; an unknown escape loses its backslash, a lone one at the end vanishes (IRCv3)."""
    out: list[str] = []
    chars = iter(value)
    for char in chars:
        if char == "\\":
            char = next(chars, "")
            out.append(_ESCAPES.get(char, char))
        else:
            out.append(char)
    return "".join(out)
