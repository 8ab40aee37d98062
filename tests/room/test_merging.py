"""Rules of the room: what is one question, by the rules and because a person says so."""

from __future__ import annotations

from by_hand import MIDDLE, NEAR, ONE_END, OTHER_END, PRICE, WHEN, asked_in, merge, said_last, two_questions
from hypothesis import given
from hypothesis import strategies as st
from playbook import Playbook

from console.domain.commands import CancelDraft, RequestDraft
from console.domain.events import Merge, MergeOf, Message, User
from console.domain.text import SafeText
from console.room.state import Settings

# --- by the rules ------------------------------------------------------------------------------------------------------


def test_a_comment_that_asks_what_two_questions_ask_makes_them_one_under_the_older_id() -> None:
    room = Playbook().said(f"{ONE_END} from a", f"{OTHER_END} from b")
    assert [cluster.id for cluster in room.ranking] == ["q1", "q2"]
    room.said(f"{MIDDLE} from c")
    assert [(cluster.id, cluster.asker_count) for cluster in room.ranking] == [("q1", 3)]
    assert [(one.kind, one.from_id, one.into_id) for one in room.room.regrouping.lately] == [("merge", "q2", "q1")]


@given(st.permutations([*NEAR, *NEAR, PRICE, "什么价", WHEN]))
def test_in_which_order_people_ask_does_not_decide_what_is_one_question(lines: list[str]) -> None:
    room = Playbook().said(*(f"{text} from v{n}" for n, text in enumerate(lines)))
    asked = sorted(tuple(sorted(cluster.wordings.items())) for cluster in room.ranking)
    assert asked == sorted([tuple(sorted((text, 2) for text in NEAR)), (("什么价", 1), (PRICE, 1)), ((WHEN, 1),)])
    assert all(cluster.id == f"q{min(one.seq for strand in cluster.strands() for one in strand.comments)}" for cluster in room.ranking)


def test_a_question_in_hand_stays_as_it_is_until_it_is_put_down() -> None:
    room = Playbook().said(f"{ONE_END} from a", f"{OTHER_END} from b").act("accept", "q2")
    room.said(f"{MIDDLE} from c")
    assert sorted(cluster.id for cluster in room.ranking) == ["q1", "q2"]
    room.act("reject", "q2")
    assert [(cluster.id, cluster.asker_count) for cluster in room.ranking] == [("q1", 3)]


def test_a_question_that_was_put_off_comes_together_with_its_like_when_it_comes_back() -> None:
    room = Playbook().said(f"{ONE_END} from a", f"{OTHER_END} from b").act("snooze", "q1")
    room.said(f"{MIDDLE} from c").later(59)
    assert room.asked == [(OTHER_END, 2)]
    room.later(2)
    assert room.asked == [(ONE_END, 3)]
    assert [(one.from_id, one.into_id) for one in room.room.regrouping.lately] == [("q2", "q1")]


def test_who_asked_again_while_it_was_closed_comes_back_to_it() -> None:
    room = Playbook().said(f"{PRICE} from a").act("answer", "q1").said("什么价 from b")
    assert [cluster.id for cluster in room.ranking] == ["q3"]
    room.act("undo", "q1")
    assert [(cluster.id, cluster.asker_count, cluster.reuse_of) for cluster in room.ranking] == [("q1", 2, None)]


def test_what_was_shown_under_an_id_that_is_gone_is_answered_where_it_went() -> None:
    room = Playbook().said(f"{ONE_END} from a", f"{OTHER_END} from b", f"{MIDDLE} from c").act("answer", "q2")
    assert room.asked == [] and said_last(room) == "act.answered_aloud"
    card = room.view(chosen="q2").card
    assert card is not None and card.row.id == "q1"


def test_nobody_goes_on_writing_for_a_question_that_was_merged_away() -> None:
    room = Playbook(Settings(outside_drafts=True)).said(f"{ONE_END} from a", f"{OTHER_END} from b", "哈哈 from c", every_ms=1_000)
    assert sorted(one.cluster for one in room.commands if isinstance(one, RequestDraft)) == ["q1", "q2"]
    room.said(f"{MIDDLE} from c")
    assert [one.cluster for one in room.commands if isinstance(one, CancelDraft)] == ["q2"]


# --- merging by hand ---------------------------------------------------------------------------------------------------


def test_a_merge_counts_each_viewer_once_and_every_comment() -> None:
    room = merge(two_questions().later(4).said(f"{WHEN} from a"), "q3", "q1")
    (cluster,) = room.ranking
    assert (cluster.id, cluster.asker_count, cluster.comments) == ("q1", 3, 5)
    assert asked_in(room, "q1") == {PRICE: 2, WHEN: 3}
    assert room.room.queue.waiting_askers == 3
    assert room.view().rows[0].wait_from_ms == cluster.first_ms
    assert said_last(room) == "act.merged"


def test_a_buyer_who_asked_both_is_one_buyer() -> None:
    room = Playbook().said(f"{PRICE} from a", f"{WHEN} from a", roles=("buyer",)).said(f"{WHEN} from b", roles=("first_time",))
    merge(room, "q1", "q2")
    assert [(cluster.buyers, cluster.newcomers) for cluster in room.ranking] == [(1, 1)]


def test_a_viewer_who_became_a_buyer_meanwhile_is_one() -> None:
    room = Playbook().said(f"{PRICE} from a").said(f"{PRICE} from a", f"{PRICE} from a", roles=("member",))
    assert [cluster.buyers for cluster in room.ranking] == [1]


def test_comments_of_both_kinds_go_to_what_was_merged() -> None:
    room = merge(two_questions(), "q1", "q3").said("什么价 from d", "啥时候发货 from e")
    assert room.asked == [(PRICE, 5)]


def test_what_the_host_asked_for_stays_asked_for() -> None:
    room = merge(two_questions().act("pin", "q3"), "q1", "q3")
    assert room.ranking[0].host_asked
    room.act("undo", "q1")
    assert {cluster.id: cluster.host_asked for cluster in room.ranking} == {"q1": False, "q3": True}


def test_the_answer_that_closes_it_closes_all_of_it() -> None:
    room = merge(two_questions(), "q1", "q3").act("answer", "q3", text=SafeText("48 小时内发"))
    assert room.asked == []
    room.said(f"{WHEN} from d")
    card = room.view().card
    assert card is not None and (card.row.mark, card.reuse_text) == ("reuse", "48 小时内发")


def test_undoing_a_merge_gives_every_comment_back_even_those_that_came_later() -> None:
    room = merge(two_questions(), "q1", "q3").said("什么价 from d", "啥时候发货 from e").act("undo", "q1")
    assert asked_in(room, "q1") == {PRICE: 2, "什么价": 1}
    assert asked_in(room, "q3") == {WHEN: 2, "啥时候发货": 1}
    assert said_last(room) == "act.unmerged"
    assert [(one.kind, one.from_id, one.into_id, one.seqs) for one in room.room.regrouping.lately] == [("split", "q1", "q3", (3, 4, 7))]


def test_a_merge_is_not_undone_where_the_rules_hold_it_together_by_now() -> None:
    room = merge(Playbook().said(f"{ONE_END} from a", f"{OTHER_END} from b"), "q1", "q2").said(f"{MIDDLE} from c").act("undo", "q1")
    assert room.asked == [(ONE_END, 3)]
    assert said_last(room) == "act.still_one"


def test_merging_is_refused_with_a_reason() -> None:
    room = two_questions()
    assert said_last(merge(room, "q1", "q1")) == "act.refused_same"
    assert said_last(merge(room, "q1", "q99")) == "act.gone"
    room.act("accept", "q1")
    assert said_last(merge(room, "q1", "q3")) == "act.refused_in_hand"
    room.act("reject", "q1").act("dismiss", "q1")
    assert said_last(merge(room, "q1", "q3")) == "act.refused_closed"
    assert room.asked == [(WHEN, 2)]


def test_questions_of_two_rooms_are_not_merged() -> None:
    room = Playbook().said(f"{PRICE} from a")
    room.give(Message(platform=SafeText("other"), room=SafeText("2"), text=SafeText(WHEN), user=User(id=SafeText("z"))))
    assert said_last(merge(room, "q1", "q2")) == "act.refused_room"
    assert len(room.ranking) == 2


def test_a_merge_that_is_an_event_is_taken_back_like_one_by_hand() -> None:
    room = two_questions().give(Merge(merge=MergeOf(from_id=SafeText("q3"), into=SafeText("q1"))))
    assert room.asked == [(PRICE, 3)]
    assert sorted(room.act("undo", "q1").asked) == sorted([(PRICE, 2), (WHEN, 2)])
