"""Rules of questions in other words: an encoder proposes, the room decides, a person can take it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from playbook import CATALOGUE, Playbook, message, no_expiry

from console.domain.commands import ProposeMerge
from console.domain.events import Delete, DeleteOf, NearOf, Proposal, ProposalOf
from console.domain.text import SafeText
from console.room.likeness import MOST_A_SECOND, MOST_OTHERS
from console.room.state import Settings

PEN, INK = "放久了会不会招虫", "需不需要防虫的东西一起放"
CHARGE, FULL = "线够长吗", "插座离得远够得着不"
ON = Settings(alike_permille=820)


def asked(room: Playbook) -> list[ProposeMerge]:
    return [command for command in room.commands if isinstance(command, ProposeMerge)]


def answer(room: Playbook, cluster: str, *near: tuple[str, int]) -> Playbook:
    found = tuple(NearOf(SafeText(other), permille) for other, permille in near)
    return room.give(Proposal(proposal=ProposalOf(cluster=SafeText(cluster), source=SafeText("told"), near=found)))


def two(permille: int = 900, settings: Settings = ON) -> Playbook:
    """小李 and 老王 ask the same in other words, and the encoder says how alike it sounds."""
    room = Playbook(settings).said(f"{PEN} from 小李", f"{INK} from 老王")
    return answer(room, "q2", ("q1", permille))


def test_a_new_question_is_compared_with_those_that_may_be_the_same() -> None:
    room = Playbook(ON).said(f"{PEN} from 小李", "3号多少钱 from momo", f"{INK} from 老王")
    (command,) = asked(room)
    assert command.cluster == "q3"
    assert [other for other, _ in command.others] == ["q1"]
    assert len(room.asked) == 3


def test_what_the_encoder_finds_alike_is_one_question_under_the_older_id() -> None:
    room = two()
    assert room.asked == [(PEN, 2)]
    assert room.ranking[0].id == "q1"
    assert {wording.text for wording in room.view("q1").card.wordings} == {PEN, INK}  # type: ignore[union-attr]


def test_what_is_less_alike_stays_apart() -> None:
    assert sorted(two(819).asked) == sorted([(PEN, 1), (INK, 1)])
    assert two(820).asked == [(PEN, 2)]


def test_without_an_encoder_nothing_is_asked_and_nothing_is_believed() -> None:
    room = two(1000, Settings())
    assert asked(room) == []
    assert len(room.asked) == 2


def test_later_comments_in_either_wording_join_the_one_question() -> None:
    room = two().said(f"{INK} from momo", f"{PEN} from 阿强", f"{INK} from 小李")
    assert room.asked == [(PEN, 4)]
    assert room.ranking[0].comments == 5


def test_a_person_takes_it_back_and_each_has_his_own_again() -> None:
    room = two().said(f"{INK} from momo").act("undo", "q1")
    assert sorted(room.asked) == sorted([(PEN, 1), (INK, 2)])
    room.said(f"{INK} from 阿强", f"{PEN} from 小红")
    assert sorted(room.asked) == sorted([(PEN, 2), (INK, 3)])


def test_undo_without_a_name_means_what_a_person_did() -> None:
    room = two().said("3号多少钱 from momo")
    room.act("dismiss", next(cluster for cluster in room.ranking if cluster.slots.link == "3"))
    room.act("undo")
    assert sorted(room.asked) == sorted([(PEN, 2), ("3号多少钱", 1)])
    room.act("undo")
    assert room.room.notice is not None and room.room.notice.code == "act.nothing_to_undo"


def test_the_id_that_was_shown_still_means_the_question() -> None:
    room = two().act("answer", "q2", how="aloud")
    assert room.asked == []
    assert room.view("q2").card is not None
    assert room.view().tally.answered == 1


FORGED = [
    ("3号是天然玉吗", "5号的玉是人造的还是天然的呢?"),
    ("左手戴还是哪只", "右边那只手能戴吗"),
    ("什么时候发货", "运费多少钱"),
    ("戴牙套能用这个牙刷不", "种植牙能用这个牙刷不"),
]


@pytest.mark.parametrize(("a", "b"), FORGED)
def test_slots_decide_again_when_the_answer_comes(a: str, b: str) -> None:
    room = Playbook(ON).said(f"{a} from 小李", f"{b} from 老王")
    assert asked(room) == []
    assert len(answer(room, "q2", ("q1", 1000)).asked) == 2


def test_where_the_nearest_is_gone_the_next_one_takes_it() -> None:
    room = Playbook(ON).said(f"{PEN} from 小李", "这笔写字顺不顺 from momo", f"{INK} from 老王")
    room.act("dismiss", "q2")
    answer(room, "q3", ("q2", 950), ("q1", 880))
    assert room.asked == [(PEN, 2)]


def test_what_is_in_hand_is_neither_asked_about_nor_touched() -> None:
    room = Playbook(ON).said(f"{PEN} from 小李").act("claim", "q1").said(f"{INK} from 老王")
    assert asked(room) == []
    room = Playbook(ON).said(f"{PEN} from 小李", f"{INK} from 老王").act("claim", "q1")
    assert len(answer(room, "q2", ("q1", 1000)).asked) == 2


def test_an_answer_about_questions_that_are_gone_changes_nothing() -> None:
    room = Playbook(ON).said(f"{PEN} from 小李", f"{INK} from 老王")
    room.act("dismiss", "q2")
    answer(room, "q2", ("q1", 1000))
    answer(room, "q77", ("q1", 1000))
    answer(room, "q1", ("q1", 1000), ("q88", 1000))
    assert room.asked == [(PEN, 1)]


def test_who_asks_in_other_words_what_was_answered_is_offered_that_answer() -> None:
    room = Playbook(ON).said(f"{PEN} from 小李").act("answer", "q1", text=SafeText("放防虫片就行")).said(f"{INK} from 老王")
    late = room.ranking[0]
    assert asked(room)[-1].others[0][0] == "q1"
    answer(room, late.id, ("q1", 900))
    card = room.view(late.id).card
    assert card is not None and (card.row.mark, card.reuse_text) == ("reuse", "放防虫片就行")
    assert room.asked == [(INK, 1)]


def test_an_answer_that_is_too_old_is_not_offered_again() -> None:
    room = Playbook(structs.replace(ON, limits=no_expiry().limits)).said(f"{PEN} from 小李")
    room.act("answer", "q1", text=SafeText("放防虫片就行")).later(601)
    assert asked(room.said(f"{INK} from 老王")) == []


def test_a_deleted_comment_leaves_the_question_that_took_it() -> None:
    room = Playbook(ON).said(f"{PEN} from 小李").give(message(INK, "老王", id=SafeText("m2")))
    answer(room, "q2", ("q1", 900))
    room.give(Delete(platform=SafeText("test"), room=SafeText("1"), delete=DeleteOf(scope="message", target_id=SafeText("m2"))))
    assert room.asked == [(PEN, 1)]
    room.act("undo", "q1")
    assert [cluster.comments for cluster in room.ranking if cluster.id == "q1"] == [1]


def test_a_merged_question_expires_as_one_and_is_forgotten_whole() -> None:
    room = two().later(601)
    assert room.asked == [] and room.view().tally.expired == 1
    room.later(1_000).said(f"{INK} from momo")
    assert room.asked == [(INK, 1)]


def test_no_question_is_compared_with_more_than_the_newest_few() -> None:
    room = Playbook(ON)
    for n in range(MOST_OTHERS + 10):
        word = chr(97 + n % 26) + chr(97 + n // 26)
        room.said(f"does the {word}q {word}z {word}v fold?")
    others = [other for other, _ in asked(room)[-1].others]
    assert len(others) == MOST_OTHERS
    assert others == sorted(others, key=lambda other: -int(other[1:]))


def test_in_a_flood_only_so_many_new_questions_a_second_are_compared() -> None:
    room = Playbook(ON)
    for n in range(MOST_A_SECOND + 50):
        room.said(f"{'bcdfghjkmn'[n % 10]}q{'bcdfghjkmn'[n // 10 % 10]}z{'vwxbcd'[n // 100]}q fold?")
    assert len(asked(room)) == MOST_A_SECOND - 1
    room.later(1).said("does zebra fold up")
    assert len(asked(room)) == MOST_A_SECOND


def test_a_draft_of_the_catalogue_is_not_pushed_aside_by_an_old_answer() -> None:
    room = Playbook(ON, catalogue=CATALOGUE).said("3号拍了火箭发货不 from 小李").act("answer", "q1", text=SafeText("尽快"))
    late = room.said("3号几天能发 from 老王").ranking[0]
    assert late.drafts and asked(room)[-1].others[0][0] == "q1"
    answer(room, late.id, ("q1", 1000))
    assert (late.reuse_of, room.view().rows[0].mark) == (None, "draft")


LINES = st.sampled_from([PEN, INK, CHARGE, FULL, "3号多少钱", "来了"])
ACTS = st.sampled_from(["answer", "dismiss", "snooze", "undo", "claim", "reject"])
STEP = st.one_of(st.tuples(st.just("said"), LINES, st.integers(0, 3)), st.tuples(ACTS, st.integers(0, 5), st.just(0)))


@given(st.lists(STEP, max_size=25), st.integers(0, 40))
def test_whatever_happens_nobody_is_counted_twice_or_lost(steps: list[tuple[str, object, int]], wait_s: int) -> None:
    room = Playbook(ON)
    for name, what, who in steps:
        before = len(asked(room))
        if name == "said":
            room.said(f"{what} from v{who}")
        elif room.ranking:
            room.act(name, room.ranking[int(str(what)) % len(room.ranking)])
        for command in asked(room)[before:]:
            answer(room, command.cluster, *((other, 900) for other, _ in command.others))
        room.later(wait_s)
        queue = room.room.queue
        assert queue.waiting_askers == sum(len(cluster.askers) for cluster in queue.open_clusters())
        assert sorted(cluster.id for cluster in queue.open_clusters()) == sorted(cluster.id for cluster in room.ranking)
