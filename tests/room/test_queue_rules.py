"""Rules of the room: who counts as asking, what is one question, what comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from playbook import CATALOGUE, START_MS, Playbook, message

from console.domain.events import Delete, DeleteOf, Link, LinkOf, Message, Product, ProductOf, User
from console.domain.text import SafeText


def test_one_viewer_repeating_himself_counts_once() -> None:
    room = Playbook().said("多少钱 from 小李", "多少钱? from 小李", "多少钱啊 from 小李")
    assert room.asked == [("多少钱", 1)]
    assert room.ranking[0].comments == 3


def test_paraphrases_of_different_viewers_are_one_question_with_many_askers() -> None:
    room = Playbook().said("3号多少钱 from 小李", "三号链接什么价 from 老王", "3号咋卖 from momo")
    assert room.asked == [("3号多少钱", 3)]


def test_another_link_number_is_another_question() -> None:
    room = Playbook().said("3号多少钱 from 小李", "5号多少钱 from 老王")
    assert sorted(room.asked) == [("3号多少钱", 1), ("5号多少钱", 1)]


def test_this_one_means_the_product_on_air_at_that_moment() -> None:
    room = Playbook().on_air("3").said("这个多少钱 from 小李", "3号多少钱 from 老王")
    room.on_air("5").said("这个多少钱 from momo")
    assert sorted((c.slots.link, len(c.askers)) for c in room.ranking) == [("3", 2), ("5", 1)]


def test_chatter_never_enters_the_queue() -> None:
    room = Playbook().said("来啦来啦", "666", "主播今天真美", "已拍", "哈哈哈哈哈", "1", "支持", "wow", "love this")
    assert room.asked == []
    assert room.view().last_line == 9


def test_what_the_host_or_a_bot_types_asks_nothing() -> None:
    room = Playbook().said("3号多少钱 from 主播", roles=("host",)).said("要不要扣个1 多少钱 from bot", roles=("bot",))
    assert room.asked == []


def test_history_is_shown_but_nobody_waits() -> None:
    room = Playbook().give(message("多少钱", history=True))
    assert room.asked == []
    assert room.view().lines[0].history


def test_the_same_comment_delivered_twice_is_one_comment() -> None:
    twice = message("多少钱", id=SafeText("m1"))
    room = Playbook().give(twice).give(twice)
    assert room.ranking[0].comments == 1


def test_two_equal_comments_without_a_time_are_two_comments() -> None:
    room = Playbook().give(message("多少钱")).give(message("多少钱"))
    assert room.ranking[0].comments == 2


def test_a_deleted_comment_waits_no_longer() -> None:
    room = Playbook().give(message("多少钱", "小李", id=SafeText("m1"))).give(message("有黑色吗", "老王", id=SafeText("m2")))
    room.give(Delete(platform=SafeText("test"), room=SafeText("1"), delete=DeleteOf(scope="message", target_id=SafeText("m1"))))
    assert room.asked == [("有黑色吗", 1)]


def test_all_questions_of_a_banned_viewer_go() -> None:
    room = Playbook().said("多少钱 from 坏人", "有黑色吗 from 坏人", "有黑色吗 from 老王")
    room.give(Delete(platform=SafeText("test"), room=SafeText("1"), delete=DeleteOf(scope="user", user_id=SafeText("id-坏人"))))
    assert room.asked == [("有黑色吗", 1)]


def test_the_score_is_the_sum_of_its_reasons() -> None:
    room = Playbook().on_air("3").said(*[f"3号多少钱 from v{n}" for n in range(9)]).said("付款失败了 from 老王").later(25)
    for row in room.view().rows:
        assert row.score == sum(term.points for term in row.why)
    assert {term.signal for term in room.view().rows[0].why} >= {"waiting", "buying"}


def test_more_askers_weigh_more() -> None:
    room = Playbook().said("有黑色吗 from a").said(*[f"什么时候发货 from v{n}" for n in range(8)])
    assert room.asked[0] == ("什么时候发货", 8)


def test_an_open_question_expires_after_ten_minutes() -> None:
    room = Playbook().said("多少钱 from a").later(599)
    assert len(room.ranking) == 1
    room.later(2)
    assert room.asked == []
    assert room.view().tally.expired == 1


def test_a_platform_time_far_off_is_believed_for_a_minute_at_most() -> None:
    room = Playbook().give(message("多少钱", ts_ms=1)).give(message("有黑色吗", ts_ms=START_MS + 10**9))
    assert sorted(cluster.first_ms for cluster in room.ranking) == [START_MS - 60_000, START_MS]


def test_a_garbage_time_costs_one_step() -> None:
    room = Playbook().said("多少钱 from a")
    room.at_ms = 1 << 60
    room.said("有黑色吗 from b")
    assert room.asked == [("有黑色吗", 1)]


def test_a_draft_is_there_with_the_facts_it_stands_on() -> None:
    room = Playbook(catalogue=CATALOGUE).said("3号多少钱 from a")
    card = room.view().card
    assert card is not None
    assert "399" in card.drafts[0].text
    assert "product[3].price" in [fact.path for fact in card.drafts[0].facts]
    assert card.drafts[0].marks == ()
    assert room.view().rows[0].mark == "draft"


def test_what_the_catalogue_does_not_know_gets_no_draft_but_its_name() -> None:
    room = Playbook(catalogue=CATALOGUE).said("3号什么面料 from a")
    card = room.view().card
    assert card is not None
    assert card.drafts == ()
    assert card.refusal is not None
    assert card.refusal.missing == "product[3].material"
    assert room.view().rows[0].mark == "no_fact"


@given(st.lists(st.tuples(st.sampled_from(["多少钱", "有黑色吗", "来了", "没声音", "3号多少钱"]), st.integers(0, 40)), max_size=30))
def test_rankings_do_not_depend_on_when_they_are_looked_at(lines: list[tuple[str, int]]) -> None:
    looked, unseen = Playbook(), Playbook()
    for text, wait_s in lines:
        looked.said(f"{text} from v{wait_s}").later(wait_s)
        looked.view()
        unseen.said(f"{text} from v{wait_s}").later(wait_s)
    assert looked.room.check() == unseen.room.check()


def test_the_link_of_a_nameless_source_belongs_to_the_room_that_speaks_through_it() -> None:
    link = Link(
        platform=SafeText("generic"), room=SafeText("127.0.0.1:9000"), link=LinkOf(source=SafeText("ws://127.0.0.1:9000/"), state="live")
    )
    room = Playbook().give(link).said("多少钱 from a", "来了 from b").later(5)
    view = room.view()
    assert view.rooms == ("test:1",)
    assert [one.state for one in view.links] == ["live"]
    assert view.comments_per_s_x10 > 0


def test_two_rooms_share_one_queue_and_keep_their_own_product_on_air() -> None:
    room = Playbook().on_air("3").said("这个多少钱 from a")
    other = Product(platform=SafeText("other"), room=SafeText("2"), product=ProductOf(link_no=SafeText("5"), action="show"))
    room.give(other).give(Message(platform=SafeText("other"), room=SafeText("2"), text=SafeText("这个多少钱"), user=User(id=SafeText("z"))))
    assert sorted(str(cluster.slots.link) for cluster in room.ranking) == ["3", "5"]


def test_without_a_catalogue_nothing_is_refused() -> None:
    card = Playbook().said("3号多少钱 from a").view().card
    assert card is not None
    assert (card.refusal, card.drafts) == (None, ())


def test_a_product_said_by_its_name_is_its_link() -> None:
    room = Playbook(catalogue=CATALOGUE).said("大衣多少钱 from a", "3号多少钱 from b", "3号大衣多少钱 from c", "裤子多少钱 from d")
    assert sorted(room.asked) == [("大衣多少钱", 3), ("裤子多少钱", 1)]


def test_a_look_at_the_stream_alone_brings_its_new_lines_and_leaves_the_rest() -> None:
    room = Playbook().said("多少钱 from a")
    whole = room.view()
    room.said("有黑色吗 from b")
    stream = room.view(after_line=1, most_rows=0)
    assert [line.text for line in stream.lines] == ["有黑色吗"]
    assert stream.rows == whole.rows
    assert len(room.view().rows) == 2


def test_a_link_that_drops_under_its_address_drops_the_room_that_spoke_through_it() -> None:
    def link(state: str) -> Link:
        return Link(
            platform=SafeText("generic"),
            room=SafeText("host"),
            link=LinkOf(source=SafeText("ws://host"), state=state),  # type: ignore[arg-type]
        )

    room = Playbook().give(link("live")).said(*["来了 from a"] * 30, every_ms=500).give(link("down")).later(40)
    view = room.view()
    assert view.rooms == ("test:1",)
    assert [alert.code for alert in view.health.alerts] == ["link_down"]


def test_a_comment_delivered_twice_belongs_where_it_went_the_first_time() -> None:
    room = Playbook().give(message("多少钱", id=SafeText("m1")))
    first = room.room.heard
    room.give(message("多少钱", id=SafeText("m1")))
    assert first is not None and room.room.heard is not None
    assert room.room.heard.cluster == first.cluster


def test_the_wording_most_people_use_stands_for_all_once_it_clearly_does() -> None:
    room = Playbook().said("几多钱呀呢件 from a").on_air("3").said("3号多少钱 from b")
    room.said("三号咋卖 from c", "3号多少钱 from d", "3号多少钱 from e")
    assert [row.text for row in room.view().rows if row.askers == 4] == ["3号多少钱"]
    assert [row.text for row in room.view().rows if row.askers == 1] == ["几多钱呀呢件"]


def test_a_draft_that_is_made_again_is_the_one_that_was_made() -> None:
    room = Playbook(catalogue=CATALOGUE).on_air("3", "百搭软底小白鞋女").said("软底多少钱 from 小李")
    made = room.ranking[0].drafts
    room.room.answers.renew_all()
    assert made and room.ranking[0].drafts == made
