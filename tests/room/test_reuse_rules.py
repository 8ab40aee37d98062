"""Rules of the room: an answer that was given is offered again as long as what it stands on holds, and no longer."""

from __future__ import annotations

from playbook import CATALOGUE, START_MS, Playbook

from console.domain.events import CatalogueLoaded, CatalogueOf, Product, ProductOf
from console.domain.text import SafeText
from console.domain.values import Money
from console.shop.catalogue import parse_catalogue

UNTIL = """
[[product]]
link = 7
name = "围巾"
price = "59.00"
live_price_until = 2026-11-22T20:05:00+08:00
"""


def answered(question: str, *, catalogue: str | None = CATALOGUE, answer: str = "好的") -> Playbook:
    """A room in which the question was answered half a minute ago."""
    room = Playbook(catalogue=catalogue).on_air("3").said(f"{question} from a")
    return room.act("answer", room.ranking[0], text=SafeText(answer)).later(30)


def is_offered(room: Playbook, question: str) -> bool:
    """Whether somebody who asks now is offered the answer."""
    room.said(f"{question} from late-{room.room.state.seq}")
    mark = room.view().rows[0].mark
    room.act("dismiss", room.ranking[0]).later(61)
    return mark == "reuse"


def reload(room: Playbook, old: str, new: str) -> Playbook:
    text = CATALOGUE.replace(old, new)
    assert text != CATALOGUE
    room.room.catalogues = {**room.room.catalogues, "new": parse_catalogue(text, "catalogue.toml")}
    return room.give(CatalogueLoaded(catalogue=CatalogueOf(sha256=SafeText("new"))))


def product(room: Playbook, link: str, yuan: int | None = None, action: str = "explain") -> Playbook:
    money = Money(micros=yuan * 1_000_000, currency="CNY") if yuan is not None else None
    of = ProductOf(link_no=SafeText(link), money=money, action=action)  # type: ignore[arg-type]
    return room.give(Product(platform=SafeText("test"), room=SafeText("1"), product=of))


def test_a_new_price_in_the_catalogue_ends_the_answers_that_stood_on_the_old_one() -> None:
    assert is_offered(answered("3号多少钱"), "3号多少钱")
    assert not is_offered(reload(answered("3号多少钱"), '"399.00"', '"429.00"'), "3号多少钱")


def test_who_waits_with_that_answer_at_hand_loses_it_too() -> None:
    room = answered("3号多少钱").said("3号多少钱 from b")
    assert room.view().rows[0].mark == "reuse"
    assert reload(room, '"399.00"', '"429.00"').view().rows[0].mark == "draft"


def test_what_changed_elsewhere_ends_nothing() -> None:
    assert is_offered(reload(answered("3号多少钱"), '"129.00"', '"99.00"'), "3号多少钱")


def test_a_piece_fewer_in_stock_is_no_other_stock_unless_its_number_was_said() -> None:
    assert is_offered(reload(answered("3号还有货吗", answer="有货的"), "stock = 120", "stock = 80"), "3号还有货吗")
    assert not is_offered(reload(answered("3号还有货吗", answer="还有120件"), "stock = 120", "stock = 80"), "3号还有货吗")
    assert not is_offered(reload(answered("3号还有货吗", answer="有货的"), "stock = 120", 'stock = "sold_out"'), "3号还有货吗")


def test_a_product_that_left_the_catalogue_takes_its_answers_with_it() -> None:
    assert not is_offered(reload(answered("5号什么材质"), 'material = "聚酯纤维 100%"\n', ""), "5号什么材质")


def test_what_a_person_typed_stands_on_no_fact_and_only_time_ends_it() -> None:
    room = reload(answered("3号什么面料", answer="双面羊毛"), '"399.00"', '"429.00"')
    assert is_offered(room, "3号什么面料")
    assert not is_offered(room.later(600), "3号什么面料")


def test_a_price_that_ends_ends_the_answer_even_while_it_is_offered() -> None:
    room = Playbook(catalogue=CATALOGUE + UNTIL).on_air("7").said("7号多少钱 from a")
    assert START_MS + 300_000 in [fact.until_ms for fact in room.ranking[0].drafts[0].facts]
    room.act("answer", room.ranking[0], text=SafeText("59 元")).later(290).said("7号多少钱 from b")
    assert room.view().rows[0].mark == "reuse"
    assert room.later(12).view().rows[0].mark != "reuse"


def test_an_answer_that_is_offered_goes_when_its_time_is_over() -> None:
    room = answered("3号多少钱", catalogue=None).later(540).said("3号多少钱 from b")
    assert room.view().rows[0].mark == "reuse"
    assert room.later(40).view().rows[0].mark != "reuse"


def test_another_price_that_the_platform_names_ends_answers_about_the_link() -> None:
    room = product(answered("3号多少钱", catalogue=None, answer="399 元"), "3", 399)
    assert is_offered(room, "3号多少钱")
    assert not is_offered(product(room, "3", 349), "3号多少钱")


def test_the_first_price_that_the_platform_names_is_held_against_the_catalogue() -> None:
    assert is_offered(product(answered("3号多少钱"), "3", 399), "3号多少钱")
    assert not is_offered(product(answered("3号多少钱"), "3", 379), "3号多少钱")


def test_another_price_of_another_link_ends_nothing() -> None:
    room = product(product(answered("3号多少钱", catalogue=None), "5", 129), "5", 99)
    assert is_offered(room.on_air("3"), "3号多少钱")


def test_a_link_that_is_taken_down_ends_what_was_answered_about_its_price_stock_and_coupons() -> None:
    for question in ("3号多少钱", "3号还有货吗", "3号有券吗", "有优惠券吗"):
        assert not is_offered(product(answered(question, catalogue=None), "3", action="hide").on_air("3"), question), question
    assert is_offered(product(answered("3号什么面料", catalogue=None), "3", action="hide").on_air("3"), "3号什么面料")


def test_a_new_coupon_ends_what_was_answered_about_coupons() -> None:
    assert not is_offered(product(answered("3号有券吗", catalogue=None), "3", 50, action="coupon"), "3号有券吗")
    assert is_offered(product(answered("3号多少钱", catalogue=None), "3", 50, action="coupon"), "3号多少钱")


def test_an_answer_given_anew_after_an_undo_stands_again() -> None:
    room = product(product(answered("3号多少钱", catalogue=None), "3", 399), "3", 349).act("undo")
    room.act("answer", room.ranking[0], text=SafeText("349 元")).later(30)
    assert is_offered(room, "3号多少钱")
