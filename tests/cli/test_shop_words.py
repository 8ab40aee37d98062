"""Rules of a shop's own words: they are read as the shop says, a mistake is named to the line, and a recording holds them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Liveroom
from playbook import message

from console.config import Config
from console.domain.text import clean
from console.runtime.live import LiveSession
from console.runtime.recording import settings_from
from console.runtime.tables import rules_for
from console.triage.own import WORD_KINDS
from console.triage.understand import understand

SHOP = Path(__file__).parent / "shop_words.toml"
COMMENTS = ("蓝朋友duo米", "奥特曼红有货吗", "老公不懂红有货吗", "卸货120斤", "主播生日哪天呀", "小棉袄多少钱", "3号多少钱", "来啦")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("LIVEROOM_CONFIG", str(path))
    path.write_text(f'words = "{SHOP}"\n')
    return path


def comments(path: Path) -> Path:
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(COMMENTS)))
    return path


def ranked(liveroom: Liveroom, tmp_path: Path) -> list[tuple[str | None, dict[str, object]]]:
    lines = liveroom("rank", comments(tmp_path / "comments.jsonl"), "--json").of("comment")
    return [(line["intent"] if line["type"] != "none" else None, line["slots"]) for line in lines]


# --- they are read as the shop says ------------------------------------------------------------------------------------


def test_what_the_shop_calls_things_is_what_its_viewers_mean(liveroom: Liveroom, settings: Path, tmp_path: Path) -> None:
    assert ranked(liveroom, tmp_path) == [
        ("price", {"link": "3"}), ("stock", {"colour": "奥特曼红"}), ("stock", {"colour": "奥特曼红"}), ("size", {"weight_g": 60000}),
        ("host", {}), ("price", {"product": "小棉袄"}), ("price", {"link": "3"}), (None, {}),
    ]  # fmt: skip


def test_without_its_file_they_mean_nothing_of_the_kind(liveroom: Liveroom, tmp_path: Path) -> None:
    found = ranked(liveroom, tmp_path)
    assert found[0] != ("price", {"link": "3"}) and "colour" not in found[1][1] and found[3][0] != "size"


def test_a_folder_is_read_file_by_file_and_the_parts_know_each_other(liveroom: Liveroom, settings: Path, tmp_path: Path) -> None:
    assert "usage.pair" not in rules_for(settings_from(Config())).lexicon.aspects
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "1.toml").write_text('[words.colour]\n"奥特曼红" = []\n')
    rule = "kind = 'ask'\np = '<colour>配什么'\nexample = '奥特曼红配什么'\ncounter = '配什么都行'\n"
    (folder / "2.toml").write_text(f"[zh.usage.pair]\nnew = true\n[[zh.usage.pair.rules]]\n{rule}")
    settings.write_text(f'words = "{folder}"\n')
    line = liveroom("config", "check", "--json").lines[0]
    assert line["words"] == [{"path": str(folder), "rules": 1, "spellings": 0, "words": 0}]


def test_the_words_of_a_room_stand_above_those_of_all(liveroom: Liveroom, settings: Path, tmp_path: Path) -> None:
    mine, feed = tmp_path / "mine.toml", comments(tmp_path / "comments.jsonl")
    mine.write_text('[spelling]\n"蓝朋友" = "5号链接"\n')
    settings.write_text(f'words = "{SHOP}"\n[room.mine]\nsources = ["{feed}"]\nwords = "{mine}"\n')
    assert liveroom("record", "mine", "-o", tmp_path / "kept.jsonl").code == 0
    header = json.loads((tmp_path / "kept.jsonl").read_text().splitlines()[0])
    assert header["config"]["words"]["spelling"] == {"蓝朋友": "5号链接"}


def test_a_rule_of_the_shop_stands_above_the_models_word() -> None:
    rules = rules_for(settings_from(Config(words=str(SHOP))))
    shipped = rules_for(settings_from(Config()))
    text = clean("卸货120斤")
    assert understand(text, shipped.lexicon, shipped.model).aspect != "size.fits"
    assert understand(text, rules.lexicon, rules.model).aspect == "size.fits"


def test_drafts_read_them_too(liveroom: Liveroom, settings: Path, tmp_path: Path) -> None:
    catalogue = Path(__file__).parents[1] / "shop" / "coats.toml"
    (line,) = liveroom("draft", "-", "--catalogue", catalogue, "--json", stdin="蓝朋友duo米\n".encode()).lines
    assert (line["intent"], line["slots"]) == ("price", {"link": "3"})


# --- a mistake is named ------------------------------------------------------------------------------------------------

RULE = "[[zh.size.fits.rules]]\nkind = 'ask'\np = '吃胖'\nexample = '吃胖'\ncounter = '吃好'\n"


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        ("[word.colour]\n", 1, "word", "words"),
        ("\n[words.color]\n", 2, "color", "colour"),
        ("[words.colour]\n'蓝' = 3\n", 2, "words.colour.蓝", "list"),
        ("[words.colour]\n'奥特曼红' = []\n'雾蓝' = ['雾']\n", 3, "雾", "2"),
        ("[words.courier]\n'xx' = ['one two three four five']\n", 2, "xx", "three words"),
        ("[words.product]\nzn = ['袄']\n", 2, "zn", "zh"),
        ("[spelling]\n'蓝朋友' = 3\n", 2, "蓝朋友", "text"),
        ("[spelling]\n'[doge]' = '3号'\n", 2, "[doge]", ""),
        ("[[zh.size.fit.rules]]\n", 1, "zh.size.fit", "size.fits"),
        ("[[zh.sise.fits.rules]]\n", 1, "sise", "size"),
        ("[zh.size.fits]\nrule = []\n", 2, "rule", "rules"),
        (RULE.replace("kind", "knid"), 2, "knid", "kind"),
        (RULE.replace("'ask'", "'aks'"), 2, "kind", "ask"),
        (RULE.replace("counter", "#"), 1, "counter", "counter"),
        (RULE.replace("吃胖'\n", "吃(胖'\n"), 3, "zh.size.fits.rules.p", "bracket"),
        (RULE.replace("吃胖'\n", "<colr>吃胖'\n"), 3, "<colr>", "<colour>"),
        (RULE.replace("吃胖'\n", "(?:吃)+胖'\n"), 3, "repeats a group", "optional"),
        (RULE.replace("吃胖'\n", ".*吃.*.*胖'\n"), 3, "more than 2", ".{0,8}"),
        (RULE.replace("吃胖'\n", "(?:吃胖)?'\n"), 3, "matches nothing", "one character"),
        (RULE.replace("example = '吃胖'", "example = '3号多少钱'"), 4, "price.now", "size.fits"),
        (RULE.replace("'吃好'", "'吃胖吗'"), 5, "counter", "narrower"),
        (RULE + "rank = 10\n", 6, "rank", "between 1 and 9"),
        (RULE.replace("'吃胖'\nc", "'奶奶吃胖'\nc").replace("p = '吃", "p = '奶奶吃"), 4, "reads as nothing", "<person>吃胖"),
        ("[words\n", 1, "", ""),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(
    liveroom: Liveroom, settings: Path, tmp_path: Path, text: str, line: int, key: str, near: str
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(text)
    settings.write_text(f'words = "{mine}"\n')
    for command in (["config", "check"], ["rank", "-"]):
        said = liveroom(*command, stdin=b'{"id":"1","text":"hi"}\n')
        assert said.code == 2 and "Traceback" not in said.err
        assert str(mine) in said.err and f"line {line}" in said.err and key in said.err and near in said.err, said.err
    assert any(str(mine) in warning for warning in liveroom("doctor", "--json").lines[0]["warnings"])


def test_all_that_is_wrong_with_a_rule_is_said_at_once(liveroom: Liveroom, settings: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(RULE.replace("'ask'", "'aks'").replace("counter = '吃好'\n", ""))
    settings.write_text(f'words = "{mine}"\n')
    said = liveroom("config", "check")
    assert said.code == 2 and len(said.err.splitlines()) == 2
    assert "line 1, zh.size.fits.rules.counter: is missing" in said.err and "“aks” is not one of" in said.err and "line 2" in said.err


def test_a_file_that_is_not_there_or_no_text_is_bad_input(liveroom: Liveroom, settings: Path, tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "big.toml").write_bytes(b"#" * (300 << 10))
    (tmp_path / "empty").mkdir()
    for name in ("nowhere.toml", "bytes.toml", "big.toml", "empty"):
        settings.write_text(f'words = "{tmp_path / name}"\n')
        said = liveroom("config", "check")
        assert said.code == 2 and name in said.err and len(said.err.splitlines()) == 2


def test_config_check_says_what_a_sound_file_holds(liveroom: Liveroom, settings: Path) -> None:
    (line,) = liveroom("config", "check", "--json").lines
    assert line["words"] == [{"path": str(SHOP), "rules": 4, "spellings": 2, "words": 5}]
    assert str(SHOP) in liveroom("config", "check", "--lang", "en").out.decode()


def test_every_kind_of_word_has_its_slot() -> None:
    lexicon = rules_for(settings_from(Config())).lexicon
    assert set(WORD_KINDS) <= {kind for words in lexicon.words.by_first.values() for _, kind, _ in words}


# --- a recording holds them --------------------------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path, words = tmp_path / "session.jsonl", tmp_path / "gone.toml"
    words.write_text(SHOP.read_text())
    live = LiveSession(Config(words=str(words)), [], journal=path)
    for n, text in enumerate(COMMENTS):
        live.runner.submit(message(text, f"v{n}", id=clean(f"m{n}")))
    live.runner.close()
    words.unlink()
    return path


def test_a_session_with_own_words_decides_alike_without_their_file(liveroom: Liveroom, session: Path) -> None:
    (line,) = liveroom("replay", session, "--verify", "--json").lines
    assert (line["ok"], line["checks"]) == (True, 1)


def test_and_otherwise_without_the_words_it_holds(liveroom: Liveroom, session: Path) -> None:
    lines = session.read_text().splitlines()
    header = json.loads(lines[0])
    header["config"]["words"] = {}
    session.write_text("\n".join([json.dumps(header), *lines[1:]]) + "\n")
    assert liveroom("replay", session, "--verify", "--json").code == 1


def test_words_in_a_strangers_recording_are_looked_at_as_strictly_as_a_file(liveroom: Liveroom, session: Path) -> None:
    lines = session.read_text().splitlines()
    header = json.loads(lines[0])
    header["config"]["words"]["zh"]["size.fits"]["rules"][0]["p"] = "(?:a|a)+b"
    session.write_text("\n".join([json.dumps(header), *lines[1:]]) + "\n")
    said = liveroom("replay", session, "--verify")
    assert said.code == 2 and "repeats a group" in said.err and "recording" in said.err
