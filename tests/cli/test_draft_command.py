"""Rules of `liveroom draft`: every value has its path, and what the catalogue doesn't know is refused by name."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from calling import Liveroom

CATALOGUE = Path(__file__).parents[1] / "shop" / "coats.toml"
NOW = ("--now", "2026-11-22T20:00:00+08:00")
REASONS = {"no_fact", "stale_fact", "ambiguous", "outside_chart", "not_a_question", "no_match", "compliance"}


def draft(liveroom: Liveroom, *lines: str, flags: tuple[str, ...] = NOW) -> list[dict]:  # type: ignore[type-arg]
    said = liveroom("draft", "-", "--catalogue", CATALOGUE, "--json", *flags, stdin="".join(f"{line}\n" for line in lines).encode())
    assert (said.code, said.err) == (0, "")
    return said.lines


def test_a_draft_cites_the_path_and_value_of_its_fact(liveroom: Liveroom) -> None:
    (line,) = draft(liveroom, '{"id":"1","text":"3号多少钱"}')
    assert (line["kind"], line["id"], line["intent"], line["slots"], line["refused"]) == ("draft", "1", "price", {"link": "3"}, None)
    first = line["drafts"][0]
    assert {"path": "product[3].price", "value": "399.00"} in first["facts"]
    assert "399" in first["text"] and first["source"] == "catalogue" and first["lint"] == []
    assert list(line) == sorted(line)


def test_plain_lines_and_json_lines_may_be_mixed(liveroom: Liveroom) -> None:
    lines = draft(liveroom, "3号多少钱", '{"id":"x","text":"这个多少钱","on_air":"3"}', '{"id":9,"text":"这个多少钱","on_air":3}')
    assert [line["id"] for line in lines] == ["1", "x", "9"]
    assert all("399" in line["drafts"][0]["text"] for line in lines)


def test_one_line_out_for_each_line_in(liveroom: Liveroom) -> None:
    texts = ["3号多少钱", "来啦", "160斤能穿吗", "会起球吗", "发什么快递", "a", "？"]
    lines = draft(liveroom, *texts)
    assert [line["id"] for line in lines] == [str(n) for n in range(1, len(texts) + 1)]
    for line in lines:
        assert (line["refused"] is None) == bool(line["drafts"])
        assert line["refused"] is None or line["refused"]["reason"] in REASONS


def test_what_the_catalogue_does_not_know_is_refused_with_its_path(liveroom: Liveroom, tmp_path: Path) -> None:
    silent = tmp_path / "shop.toml"
    silent.write_text(CATALOGUE.read_text(encoding="utf-8").replace('material = "羊毛 70%、聚酯纤维 30%"\n', "", 1), encoding="utf-8")
    said = liveroom("draft", "-", "--catalogue", silent, "--json", *NOW, stdin='{"id":"1","text":"3号什么面料"}'.encode())
    assert said.lines[0]["drafts"] == []
    assert said.lines[0]["refused"] == {"reason": "no_fact", "missing": "product[3].material"}


def test_chatter_gets_no_draft(liveroom: Liveroom) -> None:
    (line,) = draft(liveroom, "哈哈哈哈")
    assert (line["drafts"], line["refused"]["reason"]) == ([], "not_a_question")


def test_a_coupon_that_has_ended_is_no_longer_promised(liveroom: Liveroom) -> None:
    now = draft(liveroom, "3号券后多少钱")[0]
    later = draft(liveroom, "3号券后多少钱", flags=("--now", "2026-11-23T00:30:00+08:00"))[0]
    assert any("349" in one["text"] for one in now["drafts"])
    assert all("349" not in one["text"] for one in later["drafts"])


def test_the_flag_says_what_is_on_air_and_the_line_knows_better(liveroom: Liveroom) -> None:
    lines = draft(liveroom, "这个多少钱", '{"id":"b","text":"这个多少钱","on_air":"5"}', flags=(*NOW, "--on-air", "3"))
    assert [line["slots"].get("link") for line in lines] == ["3", "5"]


def test_json_without_a_text_is_skipped_and_said(liveroom: Liveroom) -> None:
    garbage = b'{"id":"1","text":"3\xe5\x8f\xb7\xe5\xa4\x9a\xe5\xb0\x91\xe9\x92\xb1"}\n{"kind":"header"}\n{"id":2,\n{"text":7}\n'
    said = liveroom("draft", "-", "--catalogue", CATALOGUE, "--json", *NOW, stdin=garbage)
    assert (said.code, [line["id"] for line in said.lines]) == (0, ["1"])
    assert said.err == "3 unreadable lines were skipped (the first is line 2)\n"


def test_where_no_line_can_be_read_the_input_is_bad(liveroom: Liveroom) -> None:
    said = liveroom("draft", "-", "--catalogue", CATALOGUE, "--json", *NOW, stdin=b'{"id":2,\n')
    assert (said.code, said.out, said.err) == (2, b"", "1 unreadable line was skipped (line 1)\n")


@pytest.mark.parametrize("wrap", [bytes, gzip.compress, lambda data: b"\xef\xbb\xbf" + data], ids=["plain", "gzip", "bom"])
def test_files_in_any_wrapping_are_read(liveroom: Liveroom, tmp_path: Path, wrap) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "questions.jsonl"
    path.write_bytes(wrap('{"id":"k","text":"3号多少钱"}\n'.encode()))
    said = liveroom("draft", path, "--catalogue", CATALOGUE, "--json", *NOW)
    assert (said.code, said.lines[0]["id"], said.err) == (0, "k", "")


def test_for_people_the_draft_stands_under_its_question(liveroom: Liveroom) -> None:
    said = liveroom("draft", "-", "--catalogue", CATALOGUE, "--lang", "zh", *NOW, stdin="3号多少钱\n哈哈\n".encode())
    rows = said.out.decode().splitlines()
    assert rows[0] == "1  3号多少钱"
    assert "→" in rows[1] and "product[3].price" in rows[1]
    assert rows[-2:] == ["2  哈哈", rows[-1]] and "–" in rows[-1]


def test_a_catalogue_is_needed_and_must_be_sound(liveroom: Liveroom, tmp_path: Path) -> None:
    assert liveroom("draft", "-", stdin=b"").code == 2
    broken = tmp_path / "shop.toml"
    broken.write_text('schema = 1\ncurrency = "CNY"\n[[product]]\nlink = 3\nname = "x"\nprcie = "9"\n')
    said = liveroom("draft", "-", "--catalogue", broken, stdin="3号多少钱".encode())
    assert said.code == 2
    assert "shop.toml" in said.err and "line 6" in said.err and "prcie" in said.err and "price" in said.err
    assert said.out == b""
