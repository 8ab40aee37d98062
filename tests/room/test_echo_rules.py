"""Rules of the room: who still asks right after the answer hears it late, and has been answered."""

from __future__ import annotations

from playbook import CATALOGUE, Playbook, message

from console.domain.events import Delete, DeleteOf
from console.domain.text import SafeText
from console.room.state import Settings
from console.triage.limits import Limits

ECHO = Settings(limits=Limits(echo_ms=12_000))


def answered(question: str = "3号多少钱", *, catalogue: str | None = None) -> Playbook:
    room = Playbook(ECHO, catalogue=catalogue).on_air("3").said(f"{question} from a")
    return room.act("answer", room.ranking[0], text=SafeText("399 元"))


def test_who_asks_within_the_echo_is_answered_already() -> None:
    room = answered().later(5).said("3号多少钱 from b", "三号咋卖 from c", "3号多少钱 from b")
    assert room.asked == []
    (closed,) = room.view().closed
    assert (closed.askers, closed.echoes) == (3, 2)


def test_who_asked_before_and_asks_again_is_an_echo_too() -> None:
    room = answered().later(3).said("3号多少钱 from a")
    (closed,) = room.view().closed
    assert (room.asked, closed.askers, closed.echoes) == ([], 1, 1)


def test_after_the_echo_it_is_a_new_question_with_an_answer_at_hand() -> None:
    room = answered().later(12).said("3号多少钱 from b")
    assert room.asked == [("3号多少钱", 1)]
    assert room.view().rows[0].mark == "reuse"


def test_the_foot_says_so_once_and_counts_on() -> None:
    room = answered().later(2).said("3号多少钱 from b", "3号多少钱 from c", "3号多少钱 from d")
    notice = room.view().notice
    assert notice is not None and (notice.code, dict(notice.params)["count"]) == ("act.echo", 3)
    room.said("有黑色吗 from e").act("dismiss", room.ranking[0]).said("3号多少钱 from f")
    notice = room.view().notice
    assert notice is not None and notice.code == "act.dismissed"
    assert room.view().closed[-1].echoes == 4


def test_an_answer_that_was_given_again_has_its_own_echo() -> None:
    room = answered().later(30).said("3号多少钱 from b")
    room.act("reuse", room.ranking[0]).later(5).said("3号多少钱 from c")
    assert room.asked == []
    assert [row.echoes for row in room.view().closed] == [1, 0]


def test_requests_and_problems_have_no_echo() -> None:
    room = Playbook(ECHO).said("没声音了 from a", "换个颜色看看 from b")
    for cluster in room.ranking:
        room.act("answer", cluster, text=SafeText("好的"))
    room.later(3).said("没声音了 from c", "换个颜色看看 from d")
    assert len(room.asked) == 2


def test_a_dismissed_question_has_no_echo() -> None:
    room = Playbook(ECHO).said("主播结婚了吗 from a")
    room.act("dismiss", room.ranking[0]).later(3).said("主播结婚了吗 from b")
    assert [row.echoes for row in room.view().closed] == [0]


def test_where_the_fact_under_it_changed_nobody_is_answered() -> None:
    room = answered("3号还有货吗", catalogue=CATALOGUE).later(2)
    room.room.answers.shelf(next(iter(room.room.state.stages.values())), "3", is_hidden=True)
    assert room.said("3号还有货吗 from b").asked == [("3号还有货吗", 1)]


def test_undo_lets_those_who_asked_in_the_echo_wait_with_the_others() -> None:
    room = answered().later(2).said("3号多少钱 from b")
    room.act("undo")
    assert room.asked == [("3号多少钱", 2)]
    assert room.view().rows[0].echoes == 0


def test_an_echo_whose_comment_is_deleted_is_none() -> None:
    room = answered().later(2).give(message("3号多少钱", "b", id=SafeText("m9")))
    room.give(Delete(platform=SafeText("test"), room=SafeText("1"), delete=DeleteOf(scope="message", target_id=SafeText("m9"))))
    (closed,) = room.view().closed
    assert (closed.askers, closed.echoes) == (1, 0)


def test_without_the_setting_there_is_no_echo() -> None:
    room = Playbook(Settings()).on_air("3").said("3号多少钱 from a")
    room.act("answer", room.ranking[0], text=SafeText("399 元")).later(1).said("3号多少钱 from b")
    assert room.view().rows[0].mark == "reuse"
