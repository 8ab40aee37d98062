"""What the network promises: whole numbers that are the same everywhere, and a word for what it can't hear."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from words import by_rule, reading

from console.domain.errors import ConfigError
from console.runtime.tables import trained_net
from console.triage.ear import MEAN_PARTS
from console.triage.impression import alike, product
from console.triage.net import Net
from console.triage.pieces import UNKNOWN, Pieces, spelt
from console.triage.windows import TOP, WINDOWS

WEIGHTS = Path(__file__).parents[2] / "console" / "triage" / "net.npz"
EXACT = 2**24
"""Below it a float of 32 bits holds every whole number."""


@pytest.fixture(scope="module")
def weights() -> dict[str, np.ndarray]:
    with np.load(WEIGHTS, allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def sizes(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: np.abs(weights[name].astype(np.int64)) for name in weights if weights[name].dtype.kind == "i"}


@pytest.mark.parametrize("of", ["", "ear_"])
def test_no_sum_of_windows_can_grow_beyond_what_a_float_holds_exactly(weights: dict[str, np.ndarray], of: str) -> None:
    size = sizes(weights)
    most = size[f"{of}table"].max(axis=0) @ size[f"{of}windows"].max(axis=1)
    assert max(WINDOWS) * most + size[f"{of}window_bias"].max() < EXACT


def test_no_later_sum_can_either(weights: dict[str, np.ndarray]) -> None:
    size = sizes(weights)
    for rows, bias in (("hidden", "hidden_bias"), ("heads", "head_bias")):
        assert (size[rows].sum(axis=0) * TOP + size[bias]).max() < EXACT
    mean = size["ear_table"].max(axis=0) * MEAN_PARTS
    for rows, bias in (("ear_hidden", "ear_hidden_bias"), ("ear_out", "ear_out_bias")):
        comes = np.r_[np.full(len(size[rows]) - len(mean), TOP), mean]
        assert (comes @ size[rows] + size[bias]).max() < EXACT


def test_it_reads_alike_in_whatever_order_and_company() -> None:
    net = trained_net()
    lines = ["这个多少钱", "does it have pockets", "没声音了", "哈哈哈", "上链接", "x" * 500, "🧥", ""]
    first = [(net.read(line), net.meaning(line)) for line in lines]
    assert [(net.read(line), net.meaning(line)) for line in reversed(lines)] == first[::-1]


def test_meanings_are_compared_in_whole_numbers() -> None:
    net = trained_net()
    one, other, else_ = (net.meaning(line) for line in ("充满要几个小时", "一次充多久的电啊", "有没有口袋"))
    assert net.near(one, other + else_, 800) == [(0, product(one, other))]
    assert net.near(one, else_ + one, 1000) == [(1, product(one, one))]

    def near(a: bytes, b: bytes) -> int:
        return alike(product(a, b), product(a, a), product(b, b))

    assert near(one, one) == 1000
    assert near(one, other) > 800 > near(one, else_)
    assert alike(0, 0, 5) == 0


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("does the bqkx fold", ("bqkx",)),
        ("这个魃会坏吗", ("魃",)),
        ("does it fold", ()),
        ("羊绒大衣起球不", ()),
        ("how much pls", ()),
        ("", ()),
    ],
)
def test_a_word_that_says_nothing_to_it_is_named(text: str, strange: tuple[str, ...]) -> None:
    assert trained_net().strange(text) == strange


def test_it_finds_needs_that_no_rule_knows_and_leaves_talk_alone() -> None:
    needs = ["我皮肤黄 怕显黑", "想要白的", "画面糊成马赛克"]
    talk = ["多少钱都买 真的", "给我妈也来一件 她肯定喜欢", "试戴别剪网 别剪网"]
    assert [reading(line).need != "none" for line in needs] == [True] * 3
    assert [reading(line).need for line in talk] == ["none"] * 3
    assert [by_rule(line).need for line in needs] == ["none"] * 3


@pytest.mark.parametrize("missing", ["pieces", "scores", "table", "windows", "shifts", "heard", "ear_table", "ear_out", "ear_shifts"])
def test_weights_that_do_not_fit_are_one_clear_error(weights: dict[str, np.ndarray], missing: str) -> None:
    with pytest.raises(ConfigError):
        Net({name: value for name, value in weights.items() if name != missing})
    with pytest.raises(ConfigError):
        Net({**weights, "scores": weights["scores"][:-1]})


SCORES = {"▁": -500, "a": -900, "b": -1_000, "ab": -1_500, "▁ab": -1_400, "ba": -1_700, "bab": -2_500}


@given(st.text("abx ", max_size=7))
def test_a_text_is_cut_where_its_pieces_are_likeliest_together(text: str) -> None:
    pieces = Pieces(SCORES)
    marked = "▁" + text.replace(" ", "▁")

    def worth(cut: list[str]) -> int:
        return sum(SCORES.get(piece, UNKNOWN if len(piece) == 1 else 2 * UNKNOWN * len(piece)) for piece in cut)

    ways = []
    for bars in itertools.product((False, True), repeat=len(marked) - 1):
        at = [0, *(n + 1 for n, bar in enumerate(bars) if bar), len(marked)]
        ways.append([marked[begin:end] for begin, end in itertools.pairwise(at)])
    found = pieces.of(text)
    assert "".join(found) == marked
    assert worth(found) == max(map(worth, ways))


def test_every_digit_is_one_to_it() -> None:
    assert Pieces({"▁": -1, "0": -1}).of("17") == ["▁", "0", "0"]


def test_a_spelt_word_is_whole_between_blanks() -> None:
    assert spelt(["▁b", "q", "k", "▁fold", "ed"], {"▁b", "q", "k", "▁fold", "ed"}.__contains__) == ["bqk"]
