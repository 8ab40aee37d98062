"""Rules of comparing: whole permille, nearest first, and no text is read twice."""

from __future__ import annotations

from encoding import Told, ToldEncoder

from console.domain.commands import ProposeMerge
from console.drafters.likeness import BATCH, MOST_NEAR, Nearest, permille


def asks(text: str, *others: str, cluster: str = "q9") -> ProposeMerge:
    return ProposeMerge(cluster, text, tuple((f"q{n}", other) for n, other in enumerate(others, 1)))


def test_the_nearest_is_named_first_in_whole_permille() -> None:
    (found,) = Nearest(ToldEncoder(["有口袋", "带口袋"])).proposals([asks("带口袋", "会缩水", "有口袋")])
    assert (found.proposal.cluster, found.proposal.source) == ("q9", "told")
    assert [(near.cluster, near.permille) for near in found.proposal.near] == [("q2", 900), ("q1", 0)]


def test_of_two_that_are_equally_near_the_one_named_first_comes_first() -> None:
    (found,) = Nearest(ToldEncoder(["a", "b", "c"])).proposals([asks("c", "b", "a")])
    assert [near.cluster for near in found.proposal.near] == ["q1", "q2"]


def test_no_more_are_named_than_could_be_of_use() -> None:
    (found,) = Nearest(ToldEncoder()).proposals([asks("x", *(f"text {n}" for n in range(64)))])
    assert len(found.proposal.near) == MOST_NEAR


def test_a_likeness_is_never_below_nothing_nor_above_everything() -> None:
    assert permille(Told({"a": 1.0}), Told({"a": -1.0})) == 0
    assert permille(Told({"a": 1.0}), Told({"a": 1.0000001})) == 1000


def test_a_text_is_read_once_and_in_batches() -> None:
    encoder = ToldEncoder()
    nearest = Nearest(encoder)
    texts = [f"text {n}" for n in range(BATCH + 5)]
    nearest.proposals([asks("x", *texts), asks("y", *texts)])
    nearest.proposals([asks("x", *texts)])
    read = [text for batch in encoder.batches for text in batch]
    assert sorted(read) == sorted(["x", "y", *texts])
    assert max(map(len, encoder.batches)) == BATCH


def test_what_was_used_last_is_forgotten_last() -> None:
    encoder = ToldEncoder()
    nearest = Nearest(encoder, most_vectors=3)
    nearest.proposals([asks("a", "b")])
    nearest.proposals([asks("c", "a")])
    nearest.proposals([asks("d", "a")])
    encoder.batches.clear()
    nearest.proposals([asks("a", "c", "d")])
    assert encoder.batches == []
    nearest.proposals([asks("a", "b")])
    assert encoder.batches == [["b"]]


def test_each_question_gets_its_own_answer_in_its_place() -> None:
    nearest = Nearest(ToldEncoder(["a", "b"], ["c", "d"]))
    found = nearest.proposals([asks("b", "a", cluster="q7"), asks("d", "a", "c", cluster="q8")])
    assert [one.proposal.cluster for one in found] == ["q7", "q8"]
    assert [one.proposal.near[0].cluster for one in found] == ["q1", "q2"]
