"""Rules of `liveroom record`: what came is on disk once, in order, however the recording ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from calling import Liveroom
from servers.json_ws import JsonServer, comment
from servers.twitch import TwitchServer
from stage import LONGEST_WAIT_S, scene

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def recording(*arguments: object) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "console", "record", *(str(argument) for argument in arguments), cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True,
        env={**os.environ, "LIVEROOM_CONFIG": "/nonexistent/config.toml", "LANG": "C.UTF-8"},
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: asyncio.subprocess.Process) -> tuple[int, bytes, str]:
    async with asyncio.timeout(LONGEST_WAIT_S):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out, err.decode()


def events(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def on_disk(path: Path, words: bytes) -> None:
    """Until the file holds `words`; the loop goes on meanwhile."""
    async with asyncio.timeout(LONGEST_WAIT_S):
        while not await asyncio.to_thread(holds, path, words):
            pass


def holds(path: Path, words: bytes) -> bool:
    return path.exists() and words in path.read_bytes()


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_recording_that_is_ended_keeps_everything_and_its_last_check(tmp_path: Path, how: int, code: int) -> None:
    @scene
    async def play() -> None:
        path = tmp_path / "s.jsonl"
        async with JsonServer() as server, recording(server.url, "-o", path, "--json") as process:
            await server.connected()
            await server.tell(*(comment(n) for n in range(1, 301)))
            await on_disk(path, b'"relay:300"')
            process.send_signal(how)
            returned, out, err = await ended(process)
        assert returned == code
        assert [event["id"] for event in events(path) if event["kind"] == "message"] == [f"relay:{n}" for n in range(1, 301)]
        assert [event["seq"] for event in events(path)[1:]] == list(range(1, len(events(path))))
        assert events(path)[-1]["kind"] == "check"
        assert json.loads(out)["events"]["message"] == 300
        assert "300 of them comments" in err and "Traceback" not in err

    play()


def test_a_recording_with_a_time_limit_ends_by_itself_with_0(tmp_path: Path) -> None:
    @scene
    async def play() -> None:
        path = tmp_path / "s.jsonl"
        async with JsonServer() as server, recording(server.url, "-o", path, "--for", "0.7") as process:
            await server.connected()
            await server.tell(comment(1))
            assert (await ended(process))[0] == 0
        assert events(path)[-1]["kind"] == "check"

    play()


def test_what_was_recorded_verifies(tmp_path: Path, liveroom: Liveroom) -> None:
    path = tmp_path / "s.jsonl"

    @scene
    async def play() -> None:
        async with JsonServer() as server, recording(server.url, "-o", path) as process:
            await server.connected()
            await server.tell(*(comment(n) for n in range(1, 120)))
            await on_disk(path, b'"relay:119"')
            process.send_signal(signal.SIGTERM)
            await ended(process)

    play()
    said = liveroom("replay", path, "--verify", "--json")
    assert (said.code, said.lines[0]["ok"], said.lines[0]["checks"] >= 1) == (0, True, True)
    assert said.lines[0]["counts"]["message"] == 119


class Refusing(TwitchServer):
    """Nobody gets in."""

    async def _on_nick(self, connection, rest: str) -> None:  # type: ignore[no-untyped-def]
        await connection.send(":tmi.twitch.tv NOTICE * :Login authentication failed\r\n")


def test_a_refused_login_is_exit_3_and_leaves_no_file(tmp_path: Path) -> None:
    @scene
    async def play() -> None:
        path = tmp_path / "s.jsonl"
        async with Refusing() as server, recording("twitch:somebody", "--endpoint", server.url, "-o", path) as process:
            returned, out, err = await ended(process)
        assert (returned, out, path.exists()) == (3, b"", False)
        assert "refused us" in err and "Login authentication failed" in err and len(err.splitlines()) == 2

    play()


@pytest.mark.parametrize("status", [401, 403, 404, 503])
def test_a_door_that_stays_shut_is_exit_3(tmp_path: Path, status: int) -> None:
    @scene
    async def play() -> None:
        async with JsonServer() as server:
            server.refuse_next(status)
            async with recording(server.url, "-o", tmp_path / "s.jsonl") as process:
                returned, _, err = await ended(process)
        assert returned == 3
        assert str(status) in err

    play()


def test_a_pipe_is_recorded_to_its_end(tmp_path: Path, liveroom: Liveroom) -> None:
    path = tmp_path / "s.jsonl"
    lines = "".join(json.dumps(comment(n)) + "\n" for n in range(1, 5_001)).encode()
    done = subprocess.run(
        [sys.executable, "-m", "console", "record", "-", "-o", str(path)], input=lines, capture_output=True, cwd=ROOT, check=False,
        timeout=60, env={**os.environ, "LIVEROOM_CONFIG": "/nonexistent/config.toml"},
    )  # fmt: skip
    assert done.returncode == 0
    assert [event["id"] for event in events(path) if event["kind"] == "message"] == [f"relay:{n}" for n in range(1, 5_001)]
    assert liveroom("replay", path, "--verify").code == 0


def test_a_source_named_twice_is_read_once(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps(comment(n)) + "\n" for n in range(1, 4)))
    path = tmp_path / "s.jsonl"
    done = subprocess.run(
        [sys.executable, "-m", "console", "record", str(feed), str(feed), "-o", str(path)], capture_output=True, cwd=ROOT, check=False,
        timeout=60, env={**os.environ, "LIVEROOM_CONFIG": "/nonexistent/config.toml"},
    )  # fmt: skip
    assert done.returncode == 0
    assert [event["id"] for event in events(path) if event["kind"] == "message"] == ["relay:1", "relay:2", "relay:3"]


def test_kill_9_loses_nothing_that_stood_in_the_file(tmp_path: Path, liveroom: Liveroom) -> None:
    @scene
    async def play() -> None:
        for attempt in range(3):
            path = tmp_path / f"{attempt}.jsonl"
            async with JsonServer() as server, recording(server.url, "-o", path) as process:
                await server.connected()
                flood = asyncio.create_task(server.tell(*(comment(n) for n in range(1, 20_001))))
                await on_disk(path, b'"relay:500"')
                before = path.read_bytes()
                process.send_signal(signal.SIGKILL)
                await process.wait()
                flood.cancel()
                await asyncio.gather(flood, return_exceptions=True)
            after = path.read_bytes()
            assert after.startswith(before)
            whole = after[: after.rindex(b"\n") + 1]
            seen = [event["id"] for event in map(json.loads, whole.splitlines()) if event["kind"] == "message"]
            assert seen == [f"relay:{n}" for n in range(1, len(seen) + 1)] and len(seen) >= 500

    play()
    path = tmp_path / "0.jsonl"
    comments = path.read_bytes().count(b'"kind":"message"')
    with path.open("ab") as file:
        file.write(b'{"v":1,"seq":99999,"at_ms":17')  # the half line that a kill may leave
    said = liveroom("rank", path, "--json")
    assert (said.code, len(said.of("comment"))) == (0, comments)
    assert "torn" in said.err


def test_a_full_disk_ends_a_recording_in_words(tmp_path: Path) -> None:
    lines = "".join(json.dumps(comment(n)) + "\n" for n in range(1, 5_001)).encode()
    path = tmp_path / "s.jsonl"
    limit = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{limit} from console.cli.main import run; sys.exit(run(['record', '-', '-o', {str(path)!r}]))"],
        input=lines, capture_output=True, cwd=ROOT, check=False, timeout=60,
        env={**os.environ, "LIVEROOM_CONFIG": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 2
    assert b"Can't write the journal" in done.stderr and b"Traceback" not in done.stderr
    assert path.read_bytes().endswith(b"\n") and len(events(path)) > 10
