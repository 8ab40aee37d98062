"""Rules of the room: closing, reusing, taking back."""

from __future__ import annotations

import msgspec
from playbook import CATALOGUE, Playbook

from console.domain.commands import TakeCheck
from console.domain.events import Product, ProductOf
from console.domain.text import SafeText
from console.room.room import Room
from console.room.state import RoomState, Settings
from console.room.view import Card
from console.runtime.tables import shipped_rules


def test_an_answer_closes_and_its_clock_stops() -> None:
    room = Playbook().said("多少钱 from a").later(7)
    room.act("answer", room.ranking[0], how="aloud", text=SafeText("399"))
    assert room.asked == []
    tally = room.view().tally
    assert (tally.answered, tally.answer_p50_ms, tally.within_target_permille) == (1, 7000, 1000)


def test_a_late_asker_of_an_answered_question_is_shown_the_answer() -> None:
    room = Playbook().said("多少钱 from a").later(4)
    room.act("answer", room.ranking[0], how="aloud", text=SafeText("399 元")).later(40)
    room.said("什么价 from b")
    view = room.view()
    assert view.rows[0].mark == "reuse"
    assert view.card is not None
    assert view.card.reuse_text == "399 元"
    assert view.now_ms - (view.card.reuse_ms or 0) == 40_000


def test_reuse_costs_one_key_and_keeps_the_answer() -> None:
    room = Playbook().said("多少钱 from a")
    room.act("answer", room.ranking[0], text=SafeText("399 元")).later(30).said("多少钱 from b")
    second = room.ranking[0]
    room.act("reuse", second)
    assert room.asked == []
    assert second.answer == "399 元"


def test_an_answer_is_not_reused_after_ten_minutes() -> None:
    room = Playbook().said("多少钱 from a")
    room.act("answer", room.ranking[0], text=SafeText("399 元")).later(601).said("多少钱 from b")
    assert room.view().rows[0].mark != "reuse"


def test_an_answer_about_another_product_is_not_reused() -> None:
    room = Playbook().on_air("3").said("这个多少钱 from a")
    room.act("answer", room.ranking[0], text=SafeText("399 元")).on_air("5").said("这个多少钱 from b")
    assert room.view().rows[0].mark != "reuse"


def test_reuse_stands_above_what_must_be_typed() -> None:
    room = Playbook().said("多少钱 from a")
    room.act("answer", room.ranking[0], text=SafeText("399 元")).later(5).said("主播结婚了吗 from c", "多少钱 from b")
    assert room.asked[0][0] == "多少钱"


def test_undo_gives_back_what_was_closed_as_it_was() -> None:
    room = Playbook().said("多少钱 from a", "有黑色吗 from b").later(3)
    before = room.room.check()
    room.act("dismiss", room.ranking[0])
    assert len(room.asked) == 1
    room.act("undo")
    after = room.room.check()
    assert (after.digest, after.clusters) == (before.digest, before.clusters)


def test_undo_takes_back_the_last_of_the_named_cluster() -> None:
    room = Playbook().said("多少钱 from a", "有黑色吗 from b")
    first, second = room.ranking
    room.act("dismiss", first).act("dismiss", second).act("undo", first)
    assert [cluster.id for cluster in room.ranking] == [first.id]


def test_undoing_an_answer_takes_it_out_of_the_figures() -> None:
    room = Playbook().said("多少钱 from a").later(5)
    room.act("answer", room.ranking[0]).act("undo")
    tally = room.view().tally
    assert (tally.answered, tally.answer_p50_ms, tally.open_clusters) == (0, None, 1)


def test_nothing_to_undo_is_said() -> None:
    room = Playbook().said("来了 from a").act("undo")
    notice = room.view().notice
    assert notice is not None
    assert notice.code == "act.nothing_to_undo"


def test_a_snoozed_question_comes_back_after_a_minute() -> None:
    room = Playbook().said("多少钱 from a")
    room.act("snooze", room.ranking[0]).later(59)
    assert room.asked == []
    room.later(2)
    assert room.asked == [("多少钱", 1)]


def test_who_asks_a_snoozed_question_is_counted() -> None:
    room = Playbook().said("多少钱 from a")
    room.act("snooze", room.ranking[0]).said("多少钱 from b").later(61)
    assert room.asked == [("多少钱", 2)]


def test_a_dismissed_question_stays_away_for_a_minute_then_may_come_back() -> None:
    room = Playbook().said("主播结婚了吗 from a")
    room.act("dismiss", room.ranking[0]).later(10).said("主播结婚了吗 from b")
    assert room.asked == []
    room.later(60).said("主播结婚了吗 from c")
    assert room.asked == [("主播结婚了吗", 1)]


def test_closing_twice_is_harmless() -> None:
    room = Playbook().said("多少钱 from a")
    cluster = room.ranking[0]
    room.act("answer", cluster).act("answer", cluster).act("dismiss", cluster)
    assert room.view().tally.answered == 1


def test_the_key_for_the_product_on_air_is_an_event_like_any_other() -> None:
    room = Playbook(catalogue=CATALOGUE).said("来了 from a").act("on_air", text=SafeText("3"))
    assert room.view().on_air == ("3", "双面羊毛大衣")


def test_every_action_leaves_a_check() -> None:
    room = Playbook().said("多少钱 from a")
    room.commands.clear()
    room.act("dismiss", room.ranking[0])
    assert [type(command) for command in room.commands] == [TakeCheck]


def test_a_check_is_taken_every_minute_of_feed_time() -> None:
    room = Playbook().said("多少钱 from a")
    room.commands.clear()
    room.at_ms += 180_000
    room.said("有黑色吗 from b")
    assert [type(command) for command in room.commands] == [TakeCheck] * 3


def test_the_truth_can_be_written_and_read_back() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3")
    room.said("这个多少钱 from a", "160斤能穿吗 from b", "没声音 from c", "什么时候发货 from d").later(12)
    room.act("answer", room.ranking[0], text=SafeText("好的")).said("有黑色吗 from e").later(3)
    check = room.room.check()
    written = msgspec.json.encode(room.room.state)
    again = Room(shipped_rules(), Settings(), room.room.catalogues, msgspec.json.decode(written, type=RoomState))
    assert again.check() == check
    assert msgspec.json.encode(again.state) == written


def hide(link: str) -> Product:
    return Product(platform=SafeText("test"), room=SafeText("1"), product=ProductOf(link_no=SafeText(link), action="hide"))


def test_a_link_that_was_taken_down_is_offered_as_in_stock_no_more() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("3号多少钱 from a", "3号还有货吗 from b")
    assert all("现货" in card.drafts[0].text or "有货" in card.drafts[0].text or "还有" in card.drafts[0].text for card in cards(room))
    room.give(hide("3"))
    price, stock = cards(room)
    assert price.drafts and "现货" not in price.drafts[0].text
    assert stock.drafts == ()
    assert stock.refusal is not None and stock.refusal.missing == "product[3].stock"
    room.on_air("3")
    assert all(card.drafts for card in cards(room))


def cards(room: Playbook) -> list[Card]:
    found = [room.view(chosen=cluster.id).card for cluster in sorted(room.ranking, key=lambda one: one.seq)]
    return [card for card in found if card is not None]


def test_an_answer_about_stock_is_not_given_again_after_the_link_was_taken_down() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3").said("3号还有货吗 from a")
    room.act("answer", room.ranking[0], text=SafeText("有货")).said("3号有货吗 from b")
    assert room.view().rows[0].mark == "reuse"
    room.give(hide("3"))
    assert room.view().rows[0].mark != "reuse"


def test_a_sound_problem_of_minutes_ago_does_not_swallow_the_next_one() -> None:
    room = Playbook().said("没声音了 from a").later(121)
    assert room.asked == []
    room.said("没声音 from b")
    assert room.asked == [("没声音", 1)]
    assert room.room.state.now_ms - room.ranking[0].first_ms == 0


def test_only_a_question_is_answered_by_what_was_said_before() -> None:
    room = Playbook().said("没声音了 from a", "换个颜色看看 from b", "多少钱 from c")
    for cluster in room.ranking:
        room.act("answer", cluster, text=SafeText("好的"))
    room.said("没声音了 from d", "换个颜色看看 from e", "多少钱 from f")
    assert sorted((row.need, row.mark) for row in room.view().rows if row.mark == "reuse") == [("question", "reuse")]
