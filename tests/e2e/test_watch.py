"""Rules of a live room, in the real program: what was sent is shown, ranked and on disk, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from backstage import journal_of, recorded, standing
from servers.json_ws import JsonServer, comment
from servers.twitch import TwitchServer, privmsg
from terminal import ROOT, Terminal
from watched import Watched

pytestmark = pytest.mark.pty


def verified(journal: Path) -> dict:  # type: ignore[type-arg]
    done = subprocess.run(
        [sys.executable, "-m", "console", "replay", str(journal), "--verify", "--json"], capture_output=True, cwd=ROOT, check=False,
        env={**os.environ, "LIVEROOM_CONFIG": "/nonexistent/config.toml"}, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_a_twitch_room_is_shown_ranked_and_recorded_once(tmp_path: Path) -> None:
    with standing(TwitchServer()) as backstage:
        address = f"ws://127.0.0.1:{backstage.server.port}"
        with Terminal("watch", "twitch:Shop", "--endpoint", address, "--journal", str(tmp_path), "--lang", "en") as terminal:
            backstage.do(backstage.server.in_room())
            lines = [privmsg("shop", f"viewer{n}", "how much is #3?" if n % 4 == 0 else f"hello {n}", id=f"m{n}") for n in range(40)]
            backstage.do(backstage.server.say(*lines))
            screen = terminal.until_shown("how much is #3?", "10×", "hello 39")
            assert "● live" in screen and "price" in screen
            terminal.type("q")
            assert terminal.ended() == 0
            assert str(journal_of(tmp_path)) in terminal.raw.decode().replace("\r\n", "")
    assert [event["id"] for event in recorded(journal_of(tmp_path), "message")] == [f"twitch:m{n}" for n in range(40)]
    found = verified(journal_of(tmp_path))
    assert found["ok"] and found["checks"] >= 1 and found["clusters"] == 1


def test_several_rooms_make_one_queue(tmp_path: Path) -> None:
    with (
        standing(JsonServer()) as one,
        standing(JsonServer()) as other,
        Terminal("watch", one.server.url, other.server.url, "--journal", str(tmp_path), "--lang", "zh") as terminal,
    ):
        for room, backstage in (("1", one), ("2", other)):
            backstage.do(backstage.server.connected())
            backstage.do(backstage.server.tell(comment(1, f"{room}号链接多少钱", room=room, id=f"r{room}")))
        terminal.until_shown("1号链接多少钱", "2号链接多少钱")
        terminal.type("q")
        assert terminal.ended() == 0
    assert {event["id"] for event in recorded(journal_of(tmp_path), "message")} == {"r1", "r2"}
    assert verified(journal_of(tmp_path))["ok"]


def test_a_room_that_went_away_comes_back_without_anything_twice(watched: Callable[..., Watched]) -> None:
    room = watched()
    first = [comment(n, "3号链接多少钱") for n in range(1, 4)]
    room.backstage.do(room.backstage.server.tell(*first))
    room.terminal.until_shown("3号链接多少钱", "3 人")
    room.backstage.cut()
    room.backstage.do(room.backstage.server.connected(2))
    room.backstage.do(room.backstage.server.tell(*first, comment(4, "3号链接多少钱")))
    room.terminal.until_shown("4 人", "缺了一段")
    room.terminal.type("q")
    assert room.terminal.ended() == 0
    journal = journal_of(room.folder)
    assert [event["link"]["state"] for event in recorded(journal, "link")] == ["connecting", "live", "down", "resumed"]
    gaps = [event["system"] for event in recorded(journal, "system") if event["system"]["code"] == "gap"]
    assert len(gaps) == 1 and gaps[0]["from_ms"] <= gaps[0]["to_ms"]
    assert verified(journal)["ok"]


def test_a_room_nobody_answers_in_is_said_to_be_down_and_tried_again(tmp_path: Path) -> None:
    with Terminal("watch", "ws://127.0.0.1:1/", "--journal", str(tmp_path), "--lang", "en") as terminal:
        terminal.until_shown("✕ down")
        terminal.type("q")
        assert terminal.ended() == 0


def test_a_refused_login_is_said_on_the_screen_and_ends_nothing(tmp_path: Path) -> None:
    with standing(JsonServer()) as backstage:
        backstage.server.refuse_next(403)
        with Terminal("watch", backstage.server.url, "--journal", str(tmp_path), "--lang", "en") as terminal:
            terminal.until_shown("could not be joined", "refused us", "403")
            assert backstage.server.handshakes == 1
            terminal.type("q")
            assert terminal.ended() == 0
    assert [event["link"]["state"] for event in recorded(journal_of(tmp_path), "link")] == ["connecting", "down"]


def test_a_flood_is_on_disk_to_the_last_comment(watched: Callable[..., Watched]) -> None:
    room = watched()
    room.says(*(f"第{n}句" for n in range(1, 3_001)))
    room.terminal.until_shown("第3000句")
    room.terminal.type("q")
    assert room.terminal.ended() == 0
    assert [event["id"] for event in recorded(journal_of(room.folder), "message")] == [f"relay:{n}" for n in range(1, 3_001)]


def test_a_pipe_is_watched_with_the_terminal_as_keyboard(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with Terminal("watch", "-", "--journal", str(tmp_path), "--lang", "zh", stdin=reading) as terminal:
        os.close(reading)
        os.write(writing, "".join(json.dumps(comment(n, "3号链接多少钱")) + "\n" for n in range(1, 6)).encode())
        terminal.until_shown("3号链接多少钱", "5 人")
        terminal.type("j")
        terminal.until(lambda screen: "▸1" in screen)
        os.write(writing, (json.dumps(comment(6, "3号链接多少钱")) + "\n").encode())
        terminal.until_shown("6 人")
        os.close(writing)
        terminal.type("q")
        assert terminal.ended() == 0
    assert len(recorded(journal_of(tmp_path), "message")) == 6


def test_errors_sent_to_a_file_leave_the_screen_where_it_is(tmp_path: Path) -> None:
    with (tmp_path / "errors.txt").open("wb") as errors, Terminal("demo", "--lang", "en", stderr=errors.fileno()) as terminal:
        terminal.until_shown("waiting", "comments")
        terminal.type("q")
        assert terminal.ended() == 0
    assert b"\x1b" not in (tmp_path / "errors.txt").read_bytes()
