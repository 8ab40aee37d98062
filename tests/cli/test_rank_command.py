"""Rules of `liveroom rank`: a line a comment in their order, then a line a cluster, best first; and every score says why."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from calling import Liveroom

SAMPLES = Path(__file__).parents[2] / "sample_feeds"
COMMENT_KEYS = {"at_ms", "cluster", "id", "intent", "kind", "slots", "type"}
CLUSTER_KEYS = {"askers", "comments", "first_ms", "id", "intent", "kind", "rank", "score", "slots", "state", "text", "why"}


def comment(number: int, text: str, at_ms: int | None = None, who: str | None = None, **fields: Any) -> dict[str, Any]:
    told = {} if at_ms is None else {"recv_ms": at_ms}
    user = {"id": who or f"u{number}", "name": who or f"观众{number}"}
    return {"v": 1, "kind": "message", "id": f"c{number}", "platform": "t", "room": "1", "user": user, "text": text, **told, **fields}


def feed(*lines: dict[str, Any] | str) -> bytes:
    return "".join((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines).encode()


ROOM = feed(
    comment(1, "3号链接多少钱", 1_000), comment(2, "来啦来啦", 2_000), comment(3, "3号多少米", 3_000),
    comment(4, "160斤能穿吗", 4_000), comment(5, "三号什么价", 5_000), comment(6, "什么时候发货", 6_000),
)  # fmt: skip


def test_comments_come_in_order_then_clusters_best_first(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=ROOM)
    assert said.code == 0
    kinds = [line["kind"] for line in said.lines]
    assert kinds == ["comment"] * 6 + ["cluster"] * 3
    assert [line["id"] for line in said.of("comment")] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert [line["rank"] for line in said.of("cluster")] == [1, 2, 3]
    scores = [line["score"] for line in said.of("cluster")]
    assert scores == sorted(scores, reverse=True)


def test_what_needs_no_answer_has_no_cluster_and_the_rest_has_one(liveroom: Liveroom) -> None:
    lines = liveroom("rank", "-", "--json", stdin=ROOM).of("comment")
    assert [line["type"] for line in lines] == ["question", "none", "question", "question", "question", "question"]
    assert [line["cluster"] is None for line in lines] == [False, True, False, False, False, False]
    assert lines[0]["cluster"] == lines[2]["cluster"] == lines[4]["cluster"]


def test_the_same_question_in_other_words_is_one_cluster_with_all_its_askers(liveroom: Liveroom) -> None:
    clusters = liveroom("rank", "-", "--json", stdin=ROOM).of("cluster")
    price = next(line for line in clusters if line["intent"] == "price")
    assert (price["askers"], price["comments"], price["slots"], price["first_ms"]) == (3, 3, {"link": "3"}, 1_000)


def test_every_line_has_the_fields_of_the_contract_in_sorted_order(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=ROOM)
    for raw in said.out.decode().splitlines():
        line = json.loads(raw)
        assert list(line) == sorted(line)
        assert set(line) >= (COMMENT_KEYS if line["kind"] == "comment" else CLUSTER_KEYS)


def test_the_score_is_the_sum_of_whole_named_points(liveroom: Liveroom) -> None:
    for sample in ("autumn_coats", "overseas"):
        clusters = liveroom("rank", SAMPLES / f"{sample}.jsonl", "--json").of("cluster")
        assert len(clusters) > 100
        for line in clusters:
            assert line["score"] == sum(term["points"] for term in line["why"])
            assert all(type(term["points"]) is int and term["signal"] for term in line["why"])
            assert type(line["score"]) is int


def test_no_number_in_the_output_is_a_float(liveroom: Liveroom) -> None:
    def refuse(text: str) -> float:
        raise AssertionError(f"a float: {text}")

    for raw in liveroom("rank", SAMPLES / "overseas.jsonl", "--json").out.splitlines():
        json.loads(raw, parse_float=refuse)


def test_a_question_nobody_answers_stays_open_unless_told_otherwise(liveroom: Liveroom) -> None:
    late = feed(comment(1, "3号链接多少钱", 0), comment(2, "哈哈", 3_600_000))
    assert [line["state"] for line in liveroom("rank", "-", "--json", stdin=late).of("cluster")] == ["open"]
    assert [line["state"] for line in liveroom("rank", "-", "--json", "--expire", "60", stdin=late).of("cluster")] == ["expired"]


def test_snapshots_print_the_ranking_every_so_many_ms_of_feed_time(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", "--snapshots", "2000", stdin=ROOM)
    rankings = said.of("ranking")
    assert [line["at_ms"] for line in rankings] == [3_000, 5_000]
    price = said.of("comment")[0]["cluster"]
    assert rankings[0]["top"] == [price]
    assert set(rankings[1]["top"]) == {price, said.of("comment")[3]["cluster"]}


def test_a_night_without_a_line_costs_no_million_snapshots(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", "--snapshots", "1", stdin=feed(comment(1, "多少钱", 0), comment(2, "多少钱", 10**12)))
    assert said.code == 0
    assert len(said.of("ranking")) < 20_000


def test_the_product_on_air_is_what_a_bare_question_means(liveroom: Liveroom) -> None:
    bare = feed(comment(1, "这个多少钱", 0))
    assert liveroom("rank", "-", "--json", stdin=bare).of("cluster")[0]["slots"] == {}
    assert liveroom("rank", "-", "--json", "--on-air", "3", stdin=bare).of("cluster")[0]["slots"] == {"link": "3"}


def test_one_viewer_asking_five_times_is_one_asker(liveroom: Liveroom) -> None:
    five = feed(*(comment(n, "3号多少钱", n * 1_000, who="小李") for n in range(1, 6)))
    cluster = liveroom("rank", "-", "--json", stdin=five).of("cluster")[0]
    assert (cluster["askers"], cluster["comments"]) == (1, 5)


@pytest.mark.parametrize("how", ["plain", "gzip", "bom", "crlf"])
def test_a_file_and_a_pipe_in_any_wrapping_say_the_same(liveroom: Liveroom, tmp_path: Path, how: str) -> None:
    wrapped = {
        "plain": ROOM, "gzip": gzip.compress(ROOM), "bom": b"\xef\xbb\xbf" + ROOM, "crlf": ROOM.replace(b"\n", b"\r\n"),
    }[how]  # fmt: skip
    path = tmp_path / "feed.jsonl"
    path.write_bytes(wrapped)
    expected = liveroom("rank", "-", "--json", stdin=ROOM).out
    for said in (liveroom("rank", path, "--json"), liveroom("rank", "-", "--json", stdin=wrapped)):
        assert (said.code, said.out, said.err) == (0, expected, "")


def test_nothing_in_nothing_out(liveroom: Liveroom) -> None:
    for empty in (b"", b"\n\n  \n"):
        assert liveroom("rank", "-", "--json", stdin=empty) == (0, b"", "")


def test_garbage_is_counted_said_and_passed_over(liveroom: Liveroom) -> None:
    garbage = ["{", "[1,2", "null", "\x00\x01\x02", '{"kind":7}', "x" * 5_000, '{"a":' * 5_000]
    said = liveroom("rank", "-", "--json", stdin=feed(comment(1, "3号多少钱", 0), *garbage, comment(2, "3号多少钱", 1_000)))
    assert said.code == 0
    assert [line["id"] for line in said.of("comment")] == ["c1", "c2"]
    assert said.err == f"{len(garbage)} unreadable lines were skipped (the first is line 2)\n"


def test_where_no_line_can_be_read_the_input_is_bad(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=feed("{", '{"kind":7}'))
    assert (said.code, said.out, said.err) == (2, b"", "2 unreadable lines were skipped (the first is line 1)\n")


def test_one_line_is_no_lines(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=feed(comment(1, "3号多少钱", 0), "{"))
    assert (said.code, said.err) == (0, "1 unreadable line was skipped (line 2)\n")


def test_a_torn_tail_is_called_one_and_the_rest_is_read(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=ROOM[:-20])
    assert (said.code, len(said.of("comment"))) == (0, 5)
    assert said.err == "The last line is torn, as after a crash or a cut: everything before it was read\n"


def test_a_cut_gzip_gives_what_was_whole(liveroom: Liveroom) -> None:
    packed = gzip.compress((SAMPLES / "overseas.jsonl").read_bytes())
    said = liveroom("rank", "-", "--json", stdin=packed[: len(packed) // 2])
    assert said.code == 0
    assert len(said.of("comment")) > 100
    assert "torn" in said.err


def test_a_log_without_any_time_is_a_second_a_line(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=feed('{"text":"3号多少钱","user":"a"}', '{"text":"哈哈"}', '{"text":"能便宜点吗"}'))
    assert [line["at_ms"] for line in said.of("comment")] == [0, 1_000, 2_000]


def test_somebody_elses_log_keeps_its_ids(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=feed('{"id":"row-7","text":"3号多少钱"}', '{"id":8,"platform":"douyin","text":"包邮吗"}'))
    assert [line["id"] for line in said.of("comment")] == ["row-7", "8"]


def test_hostile_text_leaves_as_harmless_text(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", stdin=feed(comment(1, "3号多少钱\x1b]0;pwned\x07\u202e\x9b31m", 0)))
    assert b"\x1b" not in said.out and b"\x07" not in said.out and "\u202e".encode() not in said.out and "\x9b".encode() not in said.out
    assert "3号多少钱".encode() in said.out


def test_for_people_it_is_a_table_of_the_open_questions(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--lang", "zh", stdin=ROOM)
    rows = said.out.decode().splitlines()
    assert len(rows) == 3
    assert any("3 人" in row and "3号链接多少钱" in row for row in rows)


NEAR = ("隔壁工厂仓库停电影响直播吗", "隔壁工厂被来仓库停电再去影响直播吗", "隔壁工厂被仓库停电再影响直播吗")
"""The last one agrees with both others, which don't agree."""


def test_a_comment_that_makes_two_clusters_one_is_followed_by_a_line_that_says_so(liveroom: Liveroom) -> None:
    said = liveroom("rank", "-", "--json", stdin=feed(*(comment(n, text, n * 1_000) for n, text in enumerate(NEAR, 1))))
    assert said.of("merge") == [{"from": "q2", "into": "q1", "kind": "merge"}]
    assert [line["cluster"] for line in said.of("comment")] == ["q1", "q2", "q1"]
    assert [(line["id"], line["askers"]) for line in said.of("cluster")] == [("q1", 3)]
    assert '{"from":"q2","into":"q1","kind":"merge"}' in said.out.decode().splitlines()


def test_the_order_of_lines_makes_no_other_clusters(liveroom: Liveroom) -> None:
    found = []
    for lines in (NEAR, NEAR[::-1], (NEAR[2], NEAR[0], NEAR[1])):
        said = liveroom("rank", "-", "--json", stdin=feed(*(comment(n, text, n * 1_000) for n, text in enumerate(lines, 1))))
        found.append([(line["id"], line["askers"], line["comments"]) for line in said.of("cluster")])
    assert found == [[("q1", 3, 3)]] * 3


def test_what_a_recording_merges_splits_and_takes_back_is_said_and_done(liveroom: Liveroom) -> None:
    def action(**fields: Any) -> dict[str, Any]:
        return {"v": 1, "kind": "action", "recv_ms": 9_000, "action": fields}

    recording = feed(
        comment(1, "多少钱", 1_000), comment(2, "什么价", 2_000), comment(3, "包邮吗", 3_000),
        action(name="split", cluster="q1", text="什么价"), action(name="merge", cluster="q3", **{"from": "q2"}),
        {"v": 1, "kind": "merge", "recv_ms": 9_000, "merge": {"from": "q1", "into": "q3"}}, action(name="undo", cluster="q2"),
        comment(8, "什么价", 9_500), {"v": 1, "kind": "split", "recv_ms": 9_600, "split": {"from": "q2", "into": "q5", "ids": ["c8"]}},
    )  # fmt: skip
    said = liveroom("rank", "-", "--json", stdin=recording)
    moves = [line for line in said.lines if line["kind"] in ("merge", "split")]
    assert moves == [
        {"kind": "split", "from": "q1", "into": "q2", "ids": ["c2"]},
        {"kind": "merge", "from": "q3", "into": "q2"},
        {"kind": "split", "from": "q2", "into": "q3", "ids": ["c3"]},
        {"kind": "split", "from": "q2", "into": "q5", "ids": ["c8"]},
    ]
    assert {line["id"]: line["text"] for line in said.of("cluster")} == {"q1": "多少钱", "q2": "什么价", "q3": "包邮吗", "q5": "什么价"}


def test_a_question_that_the_chat_answers_is_answered_and_says_by_what(liveroom: Liveroom) -> None:
    def said(number: int, text: str, at_ms: int, role: str) -> dict[str, Any]:
        return comment(number, text, at_ms, user={"id": role, "name": role, "roles": [role]})

    room = ROOM + feed(said(7, "3号 399元", 9_000, "mod"), comment(8, "三号多少钱", 12_000), said(9, "48小时内发货", 13_000, "bot"))
    clusters = liveroom("rank", "-", "--json", stdin=room).of("cluster")
    price = next(line for line in clusters if line["intent"] == "price")
    assert (price["state"], price["how"], price["answer"], price["askers"]) == ("answered", "chat", "3号 399元", 4)
    assert [line["state"] for line in clusters if line["intent"] != "price"] == ["open", "open"]
    assert all("how" not in line and "answer" not in line for line in clusters if line["state"] == "open")


def test_a_reply_in_somebody_elses_log_finds_the_comment_it_answers(liveroom: Liveroom) -> None:
    asked = {"id": "7", "author": "小李", "text": "大衣配什么鞋好看", "time": 1_700_000_000}
    reply = {
        "id": "8",
        "author": "场控",
        "text": "短靴",
        "reply_to": "7",
        "user": {"name": "场控", "roles": ["mod"]},
        "time": 1_700_000_009,
    }
    (cluster,) = liveroom("rank", "-", "--json", stdin=feed(asked, reply)).of("cluster")
    assert (cluster["state"], cluster["answer"]) == ("answered", "短靴")


def test_what_was_answered_stands_in_the_list_to_the_end(liveroom: Liveroom) -> None:
    mod = {"id": "m", "name": "m", "roles": ["mod"]}
    room = feed(comment(1, "3号多少钱", 0), comment(2, "3号399元", 1_000, user=mod), comment(3, "哈哈", 7_200_000))
    assert [line["state"] for line in liveroom("rank", "-", "--json", stdin=room).of("cluster")] == ["answered"]
