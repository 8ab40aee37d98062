"""The index proposes exactly what agrees, whatever was put in and taken out before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.triage.index import MOST_CANDIDATES, Index
from console.triage.same import agrees

contents = st.lists(st.sampled_from([*"仓库停电直播", "的", "了", "和", "", "7"]), max_size=16).map("".join)
moves = st.lists(st.tuples(st.sampled_from(["add", "add", "remove"]), st.integers(1, 9), contents), max_size=40)


@given(moves, contents)
def test_what_is_found_is_what_agrees(script: list[tuple[str, int, str]], asked: str) -> None:
    index, held = Index(agrees), dict[tuple[str, str], None]()
    for name, number, content in script:
        cluster = f"q{number}"
        if name == "add":
            index.add(cluster, "b", content)
            held[cluster, content] = None
        else:
            index.remove(cluster, "b", content)
            held.pop((cluster, content), None)
    assert sorted(set(index.find("b", asked))) == sorted({cluster for cluster, content in held if agrees(asked, content)})
    assert index.find("another", asked) == ()
    assert sorted(index.holders("b")) == sorted({cluster for cluster, _ in held})


def test_a_flood_of_spellings_of_one_sentence_costs_no_more_than_its_share() -> None:
    compared: list[str] = []

    def slow(one: str, other: str) -> bool:
        compared.append(other)
        return False

    index = Index(slow)
    for n in range(1_000):
        index.add(f"q{n}", "b", f"仓库停电直播{'的' * n}了")
    index.find("b", "仓库停电直播和")
    assert len(compared) <= MOST_CANDIDATES + 1


def test_an_index_that_is_emptied_keeps_nothing() -> None:
    index = Index(agrees)
    for content in ("仓库停电直播了吧", "仓库停电直播", "多少"):
        index.add("q1", "b", content)
        index.add("q2", "b", content)
        index.remove("q1", "b", content)
        index.remove("q1", "b", content)
        index.remove("q2", "b", content)
    assert list(index.buckets()) == [] and index.find("b", "多少") == ()
