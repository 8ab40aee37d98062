"""Rules of `config`, `catalogue`, `doctor` and `plugins`: where things are, what they are, and the exact place of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import Liveroom

from console import __version__
from console.runtime.tables import urgency_table

SHOP = Path(__file__).parents[1] / "shop" / "coats.toml"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("LIVEROOM_CONFIG", str(path))
    return path


def test_config_path_says_where(liveroom: Liveroom, settings: Path) -> None:
    assert liveroom("config", "path") == (0, f"{settings}\n".encode(), "")
    assert liveroom("config", "path", "--json").lines == [{"kind": "config", "path": str(settings)}]


def test_config_show_prints_what_is_in_force_and_the_urgency_table(liveroom: Liveroom, settings: Path) -> None:
    settings.write_text("answer_s = 15\n[answer_by_intent_s]\nprice = 5\n")
    (line,) = liveroom("config", "show", "--json").lines
    assert line["settings"]["answer_s"] == 15
    assert line["settings"]["answer_by_intent_s"] == {"price": 5}
    assert line["settings"]["expire_s"] == 600
    assert line["urgency"]["waiting"] or line["urgency"]
    text = liveroom("config", "show").out.decode()
    assert "answer_s = 15" in text and "waiting" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_config_show_says_why_each_term_of_urgency_is_there(liveroom: Liveroom, settings: Path, lang: str) -> None:
    lines = liveroom("config", "show", "--lang", lang).out.decode().splitlines()
    terms = urgency_table()
    assert [line.split()[0] for line in lines[-2 * len(terms) :: 2]] == list(terms)
    reasons = lines[-2 * len(terms) + 1 :: 2]
    assert len(set(reasons)) == len(terms)
    assert not any("config.reason" in reason for reason in reasons)


def test_an_intents_patience_is_a_setting_and_the_others_keep_theirs(liveroom: Liveroom, settings: Path) -> None:
    settings.write_text("patience_s = 30\n[patience_by_intent_s]\nprice = 5\nsize = 40\n")
    found = liveroom("config", "show", "--json").lines[0]["settings"]
    assert found["patience_s"] == 30
    assert found["patience_by_intent_s"] == {"link": 20, "price": 5, "stock": 20, "after_sale": 60, "order_problem": 60, "size": 40}


def test_the_environment_goes_over_the_file(liveroom: Liveroom, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write_text("answer_s = 15\n")
    monkeypatch.setenv("LIVEROOM_ANSWER_S", "20")
    assert liveroom("config", "show", "--json").lines[0]["settings"]["answer_s"] == 20
    for wrong in ("soon", "0", "³", "-5"):
        monkeypatch.setenv("LIVEROOM_ANSWER_S", wrong)
        said = liveroom("config", "show")
        assert said.code == 2 and "LIVEROOM_ANSWER_S" in said.err


def test_config_check_is_content_with_no_file_and_with_a_sound_one(liveroom: Liveroom, settings: Path) -> None:
    assert liveroom("config", "check", "--json").lines == [{"kind": "config", "ok": True, "path": str(settings), "there": False}]
    settings.write_text('lang = "en"\n[room.mine]\nsources = ["twitch:somebody"]\n')
    assert liveroom("config", "check", "--json").lines[0]["there"] is True


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        ("answer_s = 15\nanswr_s = 3\n", 2, "answr_s", "answer_s"),
        ('[room.mine]\nsource = ["a"]\n', 2, "source", "sources"),
        ("\n\nanswer_s = 'ten'\n", 3, "answer_s", ""),
        ("answer_s = 0\n", 1, "answer_s", ""),
        ("[answer_by_intent_s]\nprise = 5\n", 2, "prise", "price"),
        ("echo_s = 61\n", 1, "echo_s", ""),
        ('chat_answers = "yes"\n', 1, "chat_answers", ""),
        ("chat_answer = true\n", 1, "chat_answer", "chat_answers"),
        ("lang = \n", 1, "", ""),
        ('a = 1\na = "2"\n', 2, "", ""),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(liveroom: Liveroom, settings: Path, text: str, line: int, key: str, near: str) -> None:
    settings.write_text(text)
    for command in (["config", "check"], ["config", "show"], ["rank", "-"]):
        said = liveroom(*command, stdin=b"")
        assert said.code == 2
        assert str(settings) in said.err and f"line {line}" in said.err and key in said.err and near in said.err


def test_a_config_that_is_no_text_is_bad_input(liveroom: Liveroom, settings: Path) -> None:
    settings.write_bytes(b"\xff\xfe\x00")
    assert liveroom("config", "check").code == 2
    assert liveroom("config", "path").code == 0


def test_a_sound_catalogue_lists_what_it_cannot_answer(liveroom: Liveroom) -> None:
    said = liveroom("catalogue", "check", SHOP, "--json")
    (line,) = said.lines
    assert (said.code, line["ok"], line["products"] > 1, len(line["sha256"])) == (0, True, True, 64)
    assert all(path.startswith("product[") for path in line["unknown"])


def test_doctor_works_where_the_config_is_broken_and_says_so(liveroom: Liveroom, settings: Path) -> None:
    settings.write_text("answr_s = 1\n")
    said = liveroom("doctor", "--json")
    (line,) = said.lines
    assert said.code == 0
    assert (line["liveroom"], line["config"]) == (__version__, str(settings))
    assert line["answers"].endswith("/shops/*/answers.jsonl")
    assert line["log"].endswith("liveroom.log") and "twitch" in line["feeds"]
    assert any("answr_s" in warning for warning in line["warnings"])


def test_doctor_warns_of_a_socks_proxy_without_showing_its_password(liveroom: Liveroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://me:hunter2@10.0.0.1:1080")
    for flags in ((), ("--json",)):
        said = liveroom("doctor", *flags)
        assert b"ALL_PROXY" in said.out and b"hunter2" not in said.out


def test_plugins_are_listed_by_group(liveroom: Liveroom) -> None:
    lines = liveroom("plugins", "--json").lines
    assert {"group": "feeds", "kind": "plugin", "name": "twitch", "version": __version__} in lines
    assert b"twitch" in liveroom("plugins").out
