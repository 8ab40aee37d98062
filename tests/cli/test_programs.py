"""Rules that only a process of its own can show: what is imported, pipes that close, Ctrl-C, and the same bytes every time."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "sample_feeds").glob("*.jsonl"))
CATALOGUE = ROOT / "tests" / "shop" / "coats.toml"
LONGEST_S = 60
SCREENS_AND_NETS = ("textual", "httpx", "websockets", "rich")


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "LIVEROOM_CONFIG": "/nonexistent/config.toml", "LANG": "C.UTF-8", **more}


def liveroom(*arguments: object, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "console", *(str(argument) for argument in arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, env=environment(**env), timeout=LONGEST_S, check=False)


def started(*arguments: str) -> subprocess.Popen[bytes]:
    # A process group of its own: what the test sends reaches the program and nobody else.
    return subprocess.Popen(
        [sys.executable, "-m", "console", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=ROOT, env=environment(), start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank", str(SAMPLES[-1]), "--json"), ("draft", "-", "--catalogue", str(CATALOGUE), "--json"),
        ("replay", str(SAMPLES[-1]), "--verify", "--json"), ("config", "show"),
        ("drill", str(SAMPLES[-1]), "--autopilot", "8", "--json"), ("catalogue", "check", str(CATALOGUE)), ("plugins",),
    ],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_a_command_without_a_screen_loads_no_screen_and_no_network(arguments: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom console.cli.main import run\n"
        f"code = run({list(arguments)!r})\n"
        f"loaded = [name for name in {SCREENS_AND_NETS!r} if name in sys.modules]\n"
        "print(code, loaded, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input="3号多少钱\n".encode(), capture_output=True, cwd=ROOT, env=environment(), check=False,
        timeout=LONGEST_S,
    )  # fmt: skip
    assert done.stdout
    assert done.stderr.decode().splitlines()[-1] == "0 []"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_recording_is_verified_with_the_same_bytes_whatever_the_hash_seed(sample: Path) -> None:
    runs = [liveroom("replay", sample, "--verify", "--json", PYTHONHASHSEED=seed) for seed in ("0", "1", "4242")]
    assert [(run.returncode, run.stderr) for run in runs] == [(0, b"")] * 3
    assert json.loads(runs[0].stdout)["ok"] is True
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout


def test_a_ranking_is_the_same_bytes_whatever_the_hash_seed() -> None:
    runs = [liveroom("rank", SAMPLES[-1], "--json", "--snapshots", "60000", PYTHONHASHSEED=seed) for seed in ("0", "1", "4242")]
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout
    assert runs[0].stdout.count(b"\n") > 500


@pytest.mark.parametrize("arguments", [("rank", str(SAMPLES[0]), "--json"), ("--help",), ("rank", "--help"), ("doctor",)], ids=" ".join)
def test_a_reader_that_goes_away_is_no_error(arguments: tuple[str, ...]) -> None:
    process = started(*arguments)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()  # before a byte of it is read, as `| true` does
    assert (process.wait(LONGEST_S), process.stderr.read()) == (0, b"")


def test_ctrl_c_while_a_pipe_is_ranked_is_130_and_quiet() -> None:
    process = started("rank", "-", "--json", "--snapshots", "1")
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    # Two comments nine seconds apart make 9,000 rankings: more than any buffer holds, so by then the program certainly reads.
    for at_ms in (0, 9_000):
        process.stdin.write(f'{{"kind":"message","recv_ms":{at_ms},"text":"3号多少钱"}}\n'.encode())
    process.stdin.flush()
    assert select.select([process.stdout], [], [], LONGEST_S)[0], "nothing came out"
    os.kill(process.pid, signal.SIGINT)
    assert (process.wait(LONGEST_S), process.stderr.read()) == (130, b"")


def test_a_terminal_that_knows_no_chinese_gets_escapes_not_a_crash() -> None:
    for arguments in (("--lang", "zh", "--help"), ("--lang", "zh", "rnak"), ("--lang", "zh", "doctor")):
        done = liveroom(*arguments, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stderr
        assert done.stdout + done.stderr


def test_a_process_substitution_is_as_good_as_a_pipe() -> None:
    script = f'"{sys.executable}" -m console rank <(gzip -c "{SAMPLES[-1]}") --json'
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, env=environment(), timeout=LONGEST_S, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == liveroom("rank", "-", "--json", stdin=SAMPLES[-1].read_bytes()).stdout


def test_a_full_disk_is_said_and_not_a_traceback(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "console", "rank", str(SAMPLES[-1]), "--json"], stdout=full, stderr=subprocess.PIPE, cwd=ROOT,
            env=environment(), timeout=LONGEST_S, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"No space left" in done.stderr and b"Traceback" not in done.stderr
