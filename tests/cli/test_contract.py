"""Rules of the command line: what each exit code means, and that two lines say what happened and what to try."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import Liveroom, Said

from console import __version__
from console.cli.main import COMMANDS
from console.domain.errors import UsageError

SAMPLE = Path(__file__).parents[2] / "sample_feeds" / "overseas.jsonl"


def says_what_and_what_to_try(said: Said) -> bool:
    what, hint, *more = said.err.splitlines()
    return what.startswith("liveroom: ") and hint.startswith("          ") and bool(hint.strip()) and not more


BAD_INPUT = {
    "no command at all": [], "unknown command": ["rnak"], "unknown command after a flag": ["--lang", "en", "rnak"],
    "unknown flag": ["rank", "-", "--jsno"], "a word too many": ["rank", "-", "b"], "no file named": ["rank"],
    "no such file": ["rank", "/nonexistent.jsonl"], "a folder": ["rank", "/"], "no such language": ["--lang", "fr", "rank", "-"],
    "no time": ["rank", "-", "--now", "yesterday"], "no link number": ["rank", "-", "--on-air", "coat"],
    "snapshots of nothing": ["rank", "-", "--snapshots", "0"], "no number": ["rank", "-", "--expire", "soon"],
    "unknown source": ["record", "foo", "-o", "unwritten"], "a source of a later version": ["record", "bilibili:1", "-o", "unwritten"],
    "no channel's name": ["record", "twitch:a b", "-o", "unwritten"], "no source": ["record", "-o", "unwritten"],
    "plain ws:// beyond this machine": ["record", "ws://example.com/", "-o", "unwritten"],
    "an endpoint that is none": ["record", "twitch:a", "--endpoint", "http://x/", "-o", "unwritten"],
    "nowhere to write": ["record", "ws://127.0.0.1:1/", "-o", "/nonexistent/f.jsonl"],
    "no seconds": ["record", "ws://127.0.0.1:1/", "-o", "unwritten", "--for", "nan"],
    "watch without a terminal": ["watch", "twitch:a"], "demo without a terminal": ["demo"],
    "a replay without a terminal": ["replay", str(SAMPLE)], "--json without --verify": ["replay", str(SAMPLE), "--json"],
    "--verify of a pipe": ["replay", "-", "--verify"], "--verify of nothing": ["replay", "/dev/null", "--verify"],
    "no catalogue": ["catalogue", "check", "/nonexistent.toml"], "an unknown word": ["config", "frob"],
}  # fmt: skip


@pytest.mark.parametrize("arguments", BAD_INPUT.values(), ids=BAD_INPUT.keys())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bad_input_is_exit_2_and_two_lines_on_stderr(liveroom: Liveroom, arguments: list[str], lang: str) -> None:
    said = liveroom(*arguments, *(() if "--lang" in arguments else ("--lang", lang)), stdin=b"")
    assert (said.code, said.out) == (2, b"")
    if arguments:  # without any command the help is what to try
        assert says_what_and_what_to_try(said)
        assert "Traceback" not in said.err
    assert not Path("unwritten").exists()


def test_an_unknown_command_names_the_nearest(liveroom: Liveroom) -> None:
    for typed, meant in (("rnak", "rank"), ("wacth", "watch"), ("doctr", "doctor"), ("plugin", "plugins")):
        assert f"Did you mean {meant}?" in liveroom(typed, "--lang", "en").err


def test_an_unknown_flag_names_the_nearest_of_its_command(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--snapshot-ms=5", "--lang", "en")
    assert "--snapshot-ms" in said.err and "Did you mean --snapshots?" in said.err and "`liveroom rank --help`" in said.err


def test_watch_without_a_terminal_points_to_rank_and_record(liveroom: Liveroom) -> None:
    said = liveroom("watch", "twitch:somebody")
    assert said.code == 2
    assert "liveroom rank -" in said.err and "liveroom record SOURCE -o FILE" in said.err


def test_words_are_in_the_language_that_was_asked_for(liveroom: Liveroom) -> None:
    assert "没有 rnak 这个命令" in liveroom("rnak", "--lang", "zh").err
    assert "There is no command rnak" in liveroom("rnak", "--lang=en").err
    assert "跳过了 1 行" in liveroom("rank", "-", "--lang", "zh", stdin=b"{\n").err


def test_the_locale_decides_where_nobody_asked(liveroom: Liveroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "没有" in liveroom("rnak").err


def test_help_and_version_are_data(liveroom: Liveroom) -> None:
    assert liveroom("--version") == (0, f"liveroom {__version__}\n".encode(), "")
    said = liveroom("--help")
    assert (said.code, said.err) == (0, "")
    assert all(f"    {name}".encode() in said.out for name in COMMANDS)
    for name in COMMANDS:
        assert liveroom(name, "--help").code == 0


def test_nobody_listening_is_exit_3_and_leaves_no_file(liveroom: Liveroom, tmp_path: Path) -> None:
    target = tmp_path / "session.jsonl"
    for _ in range(2):  # and the same command can be tried again
        said = liveroom("record", "ws://127.0.0.1:1/", "-o", target)
        assert says_what_and_what_to_try(said)
        assert (said.code, said.out, target.exists()) == (3, b"", False)
        assert "nobody listens there" in said.err


def test_a_recording_is_never_overwritten(liveroom: Liveroom, tmp_path: Path) -> None:
    target = tmp_path / "session.jsonl"
    target.write_bytes(b"precious\n")
    said = liveroom("record", "ws://127.0.0.1:1/", "-o", target)
    assert (said.code, target.read_bytes()) == (2, b"precious\n")


def test_debug_shows_where_and_keeps_the_exit_code(liveroom: Liveroom, tmp_path: Path) -> None:
    for arguments, code in ((["rank", "/nonexistent"], 2), (["record", "ws://127.0.0.1:1/", "-o", str(tmp_path / "f")], 3)):
        said = liveroom(*arguments, "--debug")
        assert said.code == code
        assert "Traceback" in said.err and "liveroom: " in said.err


def test_a_fault_of_our_own_is_two_lines_too(liveroom: Liveroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("secret-token-1234")

    monkeypatch.setattr("console.cli.rank.rank", broken)
    said = liveroom("rank", "-", "--lang", "en")
    assert said.code == 2
    assert says_what_and_what_to_try(said)
    assert "ZeroDivisionError" in said.err and "secret" not in said.err


def test_what_a_stranger_named_his_file_controls_no_terminal(liveroom: Liveroom) -> None:
    said = liveroom("rank", "/tmp/\x1b]0;pwned\x07\x9b31m\u202e.jsonl")
    assert said.code == 2
    assert not any(char in said.err for char in "\x1b\x07\x9b\u202e")


def test_errors_are_raised_with_a_hint() -> None:
    from console.cli.parser import Parser

    with pytest.raises(UsageError) as raised:
        Parser(prog="liveroom x").error("something argparse will say one day")
    assert raised.value.hint and raised.value.exit_code == 2
