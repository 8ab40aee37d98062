"""Rules of the room: what a person answered in an earlier session is offered again, checked against the catalogue of today."""

from __future__ import annotations

import msgspec
import pytest
from playbook import CATALOGUE, START_MS, Playbook

from console.domain.commands import DropAnswer, KeepAnswer
from console.domain.events import Canned, CannedOf
from console.domain.text import SafeText
from console.room.canned import key_of
from console.room.state import Settings

DAY_MS = 86_400_000


def kept(room: Playbook) -> list[CannedOf]:
    return [command.canned for command in room.commands if isinstance(command, KeepAnswer)]


def a_session(question: str, answer: str, *, catalogue: str | None = CATALOGUE, who: str = "a", **fields: object) -> list[CannedOf]:
    """What is remembered of a session in which a question was answered."""
    room = Playbook(catalogue=catalogue).on_air("3", "双面羊毛大衣").said(f"{question} from {who}")
    return kept(room.act("answer", room.ranking[0], text=SafeText(answer), **fields))


def the_next(
    canned: list[CannedOf], question: str, *, days: int = 1, catalogue: str | None = CATALOGUE, name: str = "双面羊毛大衣"
) -> Playbook:
    """The next session of the shop, some days later, in which somebody asks."""
    room = Playbook(catalogue=catalogue)
    room.at_ms = START_MS + days * DAY_MS
    for one in canned:
        room.give(Canned(canned=one))
    return room.on_air("3", name).said(f"{question} from b")


def drafts(room: Playbook) -> list[tuple[str, str]]:
    card = room.view().card
    assert card is not None
    return [(draft.source, str(draft.text)) for draft in card.drafts]


def test_what_a_person_typed_is_a_draft_in_the_next_session() -> None:
    room = the_next(a_session("会起球吗", "双面羊毛的，正常穿不起球"), "3号会不会起球啊")
    assert drafts(room) == [("canned", "双面羊毛的，正常穿不起球")]
    assert room.view().rows[0].mark == "draft"
    draft = room.ranking[0].drafts[0]
    assert (draft.marks, draft.given_ms) == ((), START_MS)


def test_without_a_catalogue_it_is_offered_too_and_its_numbers_are_marked() -> None:
    room = the_next(a_session("3号多少钱", "399 元", catalogue=None), "3号多少钱", catalogue=None)
    assert drafts(room) == [("canned", "399 元")]
    assert room.ranking[0].drafts[0].marks == ((0, 3),)


def test_numbers_that_the_catalogue_still_knows_are_traced_to_it() -> None:
    room = the_next(a_session("3号会涨价吗", "一直是 399 元哦"), "3号会涨价吗")
    (draft,) = room.ranking[0].drafts
    assert draft.marks == () and [fact.path for fact in draft.facts] == ["product[3].price"]


def test_it_stands_behind_the_catalogues_own_draft() -> None:
    room = the_next(a_session("包邮吗", "全国包邮的姐妹"), "包邮吗")
    assert [source for source, _ in drafts(room)] == ["catalogue", "canned"]


def test_where_the_catalogue_answers_with_other_numbers_it_is_not_offered() -> None:
    told = a_session("3号多少钱", "今晚 379 元，抓紧")
    assert [source for source, _ in drafts(the_next(told, "3号多少钱"))] == ["catalogue"]
    told = a_session("3号多少钱", "就 399 元，放心拍")
    assert [source for source, _ in drafts(the_next(told, "3号多少钱"))] == ["catalogue", "canned"]
    dearer = CATALOGUE.replace('"399.00"', '"429.00"')
    assert [source for source, _ in drafts(the_next(told, "3号多少钱", catalogue=dearer))] == ["catalogue"]


def test_words_that_the_shop_never_says_are_not_offered() -> None:
    never = CATALOGUE.replace("stock = 120\n", 'stock = 120\nnever_say = ["不起球"]\n')
    assert drafts(the_next(a_session("会起球吗", "正常穿不起球"), "会起球吗", catalogue=never)) == []


def test_after_thirty_days_it_is_forgotten() -> None:
    told = a_session("会起球吗", "不起球")
    assert drafts(the_next(told, "会起球吗", days=30)) == [("canned", "不起球")]
    assert drafts(the_next(told, "会起球吗", days=31)) == []


def test_of_two_answers_to_one_question_the_newer_is_offered() -> None:
    old, new = a_session("会起球吗", "不起球")[0], a_session("会起球吗", "轻微起球")[0]
    new = msgspec.structs.replace(new, given_ms=new.given_ms + 1)
    for order in ([old, new], [new, old]):
        assert drafts(the_next(order, "会起球吗")) == [("canned", "轻微起球")]


def test_a_link_number_that_is_another_product_now_gets_nothing() -> None:
    told = a_session("3号会起球吗", "不起球")
    coats = CATALOGUE.replace("双面羊毛大衣", "针织连衣裙").replace('aliases = ["大衣"]', "")
    assert drafts(the_next(told, "3号会起球吗", catalogue=coats, name="针织连衣裙")) == []


def test_a_link_of_which_nobody_knows_the_product_is_not_remembered() -> None:
    room = Playbook().on_air("3").said("3号会起球吗 from a")
    assert kept(room.act("answer", room.ranking[0], text=SafeText("不起球"))) == []


def test_another_person_with_other_measures_is_another_question() -> None:
    told = a_session("160斤穿什么码", "拍 XL")
    assert drafts(the_next(told, "160斤穿啥码"))[-1] == ("canned", "拍 XL")
    assert ("canned", "拍 XL") not in drafts(the_next(told, "170斤穿什么码"))


@pytest.mark.parametrize("how", ["aloud", "copied"])
def test_what_was_said_or_pasted_with_a_text_is_remembered(how: str) -> None:
    (one,) = a_session("会起球吗", "不起球", how=how)
    assert (one.intent, one.aspect, one.text, one.given_ms, one.product) == (
        "material",
        "material.pill",
        "不起球",
        START_MS,
        "双面羊毛大衣",
    )


def test_what_was_said_without_a_text_is_not() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("会起球吗 from a")
    assert kept(room.act("answer", room.ranking[0], how="aloud")) == []


def test_a_draft_of_the_catalogue_as_it_stands_is_the_catalogues_word() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("3号多少钱 from a")
    assert kept(room.act("answer", room.ranking[0], text=room.ranking[0].drafts[0].text)) == []


def test_what_the_chat_said_is_not_remembered() -> None:
    room = Playbook(Settings(chat_answers=True), catalogue=CATALOGUE).on_air("3", "双面羊毛大衣").said("会起球吗 from a")
    assert kept(room.said("不起球的 from 场控", roles=("mod",))) == []
    assert room.asked == []


def test_an_answer_given_again_is_remembered_anew() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("会起球吗 from a")
    room.act("answer", room.ranking[0], text=SafeText("不起球")).later(30).said("会起球吗 from b").act("reuse", room.ranking[0])
    assert [one.given_ms - START_MS for one in kept(room)] == [0, 30_000]


@pytest.mark.parametrize("question", ["3号还有货吗", "身上这件几号链接", "付款失败怎么办", "明天能发吗", "没声音了", "换个颜色看看"])
def test_what_holds_for_a_day_or_for_one_viewer_is_not_remembered(question: str) -> None:
    assert a_session(question, "好的好的") == []


@pytest.mark.parametrize("answer", ["小李姐不起球哦", "不起球 加我微信13800138000", "不起球 @小李 看详情"])
def test_no_viewer_stands_in_what_is_remembered(answer: str) -> None:
    assert a_session("会起球吗", answer, who="小李") == []


def test_the_name_at_the_head_of_an_answer_is_left_out() -> None:
    (one,) = a_session("会起球吗", "@小李 不起球", who="小李")
    assert one.text == "不起球"
    assert "小李" not in msgspec.json.encode(one).decode()


def test_what_is_taken_back_is_forgotten() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("会起球吗 from a")
    room.act("answer", room.ranking[0], text=SafeText("不起球")).later(3).act("undo")
    (dropped,) = [command.canned for command in room.commands if isinstance(command, DropAnswer)]
    assert [dropped] == kept(room)


def test_the_key_tells_questions_apart_and_survives_the_journal() -> None:
    one, other = a_session("160斤穿什么码", "拍 XL")[0], a_session("红色和黑色哪个显白", "都显白")
    written = msgspec.json.decode(msgspec.json.encode(one), type=CannedOf)
    assert key_of(written) == key_of(one)
    assert key_of(one) not in [key_of(each) for each in other]
