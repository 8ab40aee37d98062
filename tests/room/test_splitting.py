"""Rules of the room: what a person took out of a question stays out, and takes along what belongs to it."""

from __future__ import annotations

from by_hand import MIDDLE, ONE_END, OTHER_END, PRICE, WHEN, asked_in, merge, said_last, split, two_questions
from playbook import CATALOGUE, Playbook, message

from console.domain.events import Delete, DeleteOf, Split, SplitOf
from console.domain.text import SafeText
from console.triage.questions import Cluster


def a_question_in_two_wordings() -> Playbook:
    return Playbook().said(f"{PRICE} from a", "什么价 from b", f"{PRICE} from b", "什么价 from c")


def test_a_wording_that_is_split_off_takes_its_askers_its_clock_and_its_later_comments_along() -> None:
    room = Playbook().said(f"{PRICE} from a").later(3)
    since = room.at_ms
    split(room.said("什么价 from b", f"{PRICE} from b", "什么价 from c").later(2), "q1", "什么价")
    assert sorted(room.asked) == [("什么价", 2), (PRICE, 2)]
    assert {cluster.id: cluster.first_ms for cluster in room.ranking} == {"q1": since - 3000, "q2": since}
    room.said("什么价 from d", f"{PRICE} from d", "几多钱 from d")
    assert asked_in(room, "q1") == {PRICE: 3, "几多钱": 1}
    assert asked_in(room, "q2") == {"什么价": 3}


def test_an_id_that_was_used_is_not_used_again() -> None:
    room = split(a_question_in_two_wordings(), "q1", PRICE)
    assert sorted(cluster.id for cluster in room.ranking) == ["q1", "q5"]
    room.act("undo", "q5")
    split(room, "q1", "什么价")
    assert sorted(cluster.id for cluster in room.ranking) == ["q1", "q2"]
    room.act("undo", "q2")
    split(room, "q1", "什么价")
    assert sorted(cluster.id for cluster in room.ranking) == ["q1", "q9"]


def test_comments_are_split_off_by_their_ids_and_the_others_stay() -> None:
    room = Playbook().give(message(PRICE, "a", id=SafeText("c1"))).give(message(PRICE, "b", id=SafeText("c2"))).said(f"{PRICE} from c")
    room.act("split", "q1", ids=(SafeText("c2"), SafeText("3"), SafeText("nobody's")))
    assert sorted((cluster.id, cluster.asker_count) for cluster in room.ranking) == [("q1", 1), ("q2", 2)]
    room.said(f"{PRICE} from d")
    assert asked_in(room, "q1") == {PRICE: 2}


def test_what_was_split_by_hand_never_comes_together_by_itself() -> None:
    room = Playbook().said(f"{ONE_END} from a", f"{MIDDLE} from b")
    split(room, "q1", MIDDLE).said(f"{OTHER_END} from c", f"{MIDDLE} from d", f"{ONE_END} from e")
    assert sorted(room.asked) == sorted([(ONE_END, 2), (MIDDLE, 2), (OTHER_END, 1)])
    room.act("answer", "q2").said(f"{MIDDLE} from f")
    assert sorted(room.asked) == sorted([(ONE_END, 2), (MIDDLE, 1), (OTHER_END, 1)])
    assert {str(cluster.text): cluster.reuse_of for cluster in room.ranking}[MIDDLE] == "q2"


def test_two_halves_are_not_merged_by_hand_either_nor_with_what_they_came_to_be_in() -> None:
    room = split(a_question_in_two_wordings(), "q1", "什么价").said(f"{WHEN} from z")
    assert said_last(merge(room, "q1", "q2")) == "act.refused_apart"
    merge(room, "q2", "q6")
    assert said_last(merge(room, "q1", "q2")) == "act.refused_apart"
    assert room.asked == [("什么价", 3), (PRICE, 2)]


def test_a_wording_may_move_on_to_where_it_belongs() -> None:
    room = two_questions().said("什么价 from x")
    merge(split(room, "q1", "什么价"), "q5", "q3").said("什么价 from y")
    assert asked_in(room, "q3") == {WHEN: 2, "什么价": 2}
    assert asked_in(room, "q1") == {PRICE: 2}


def test_undoing_a_split_brings_everything_back_with_what_came_later() -> None:
    room = split(a_question_in_two_wordings(), "q1", "什么价").said("什么价 from d", "几多钱 from e").act("undo", "q2")
    assert asked_in(room, "q1") == {PRICE: 2, "什么价": 3, "几多钱": 1}
    assert [(one.kind, one.from_id, one.into_id) for one in room.room.regrouping.lately] == [("merge", "q2", "q1")]
    assert room.act("split", "q2", text=SafeText("几多钱")).room.queue.get("q7") is not None


def test_a_split_is_taken_back_from_either_half_but_not_over_the_head_of_the_other() -> None:
    room = split(a_question_in_two_wordings(), "q1", "什么价").act("answer", "q2")
    assert said_last(room.act("undo", "q1")) == "act.undo_later_first"
    room.act("undo", "q2").act("undo", "q1")
    assert room.asked == [(PRICE, 3)]


def test_there_is_nothing_to_split_where_all_said_it_alike() -> None:
    room = split(Playbook().said(f"{PRICE} from a", f"{PRICE} from b"), "q1", PRICE)
    assert said_last(room) == "act.refused_whole"
    assert said_last(split(room, "q1", "没人说过")) == "act.refused_whole"
    assert said_last(split(room.act("snooze", "q1"), "q1", PRICE)) == "act.refused_closed"


def test_one_wording_of_several_products_goes_as_one_and_comes_back_to_each() -> None:
    room = Playbook().on_air("3").said("这个多少钱 from a", "3号多少钱 from b").on_air("5").said("这个多少钱 from c", "5号多少钱 from d")
    merge(room, "q2", "q5")
    split(room, "q2", "这个多少钱").said("这个多少钱 from e").on_air("3").said("这个多少钱 from f")
    assert sorted(cluster.asker_count for cluster in room.ranking) == [2, 4]
    room.act("undo").act("undo")
    assert asked_in(room, "q2") == {"这个多少钱": 2, "3号多少钱": 1}
    assert asked_in(room, "q5") == {"这个多少钱": 2, "5号多少钱": 1}


def test_a_recorded_split_keeps_the_id_that_it_had() -> None:
    room = Playbook().give(message(PRICE, "a", id=SafeText("c1"))).give(message("什么价", "b", id=SafeText("c2"))).said("哈哈 from c")
    room.give(Split(split=SplitOf(from_id=SafeText("q1"), into=SafeText("q3"), ids=(SafeText("c2"),))))
    assert sorted(cluster.id for cluster in room.ranking) == ["q1", "q3"]


def test_a_deleted_comment_is_found_wherever_it_went() -> None:
    def delete(comment: str) -> Delete:
        return Delete(platform=SafeText("test"), room=SafeText("1"), delete=DeleteOf(scope="message", target_id=SafeText(comment)))

    room = Playbook().give(message(PRICE, "a", id=SafeText("c1"))).give(message("什么价", "b", id=SafeText("c2")))
    split(room.said(f"{PRICE} from c"), "q1", "什么价").give(delete("c2"))
    assert room.asked == [(PRICE, 2)]
    merge(room.give(message(WHEN, "d", id=SafeText("c6"))), "q1", "q6").give(delete("c6")).give(delete("c1"))
    assert room.asked == [(PRICE, 1)]
    assert [cluster.state for cluster in clusters(room.act("undo", "q1"))] == ["open", "expired", "expired"]


def clusters(room: Playbook) -> list[Cluster]:
    return sorted(room.room.state.clusters.values(), key=lambda cluster: cluster.seq)


def test_what_is_split_off_has_a_draft_of_its_own() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("这个多少钱 from a").on_air("5").said("这个多少钱 from b", "5号咋卖 from c")
    merge(room, "q2", "q4")
    split(room, "q2", "5号咋卖")
    texts = {cluster.id: cluster.drafts[0].text for cluster in room.ranking}
    assert "399" in texts["q2"] and "129" in texts["q5"]
    room.act("undo").act("undo")
    texts = {cluster.id: cluster.drafts[0].text for cluster in room.ranking}
    assert sorted(texts) == ["q2", "q4"]
    assert "399" in texts["q2"] and "129" in texts["q4"]
