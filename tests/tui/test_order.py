from console.tui.order import BLANK, STILL_MS, Order


def an_order(*ids: str, chosen: str | None = None) -> Order:
    order = Order()
    order.take(ids, 0)
    order.choose(chosen, -STILL_MS)
    return order


def test_the_chosen_item_keeps_its_place_while_the_others_flow_around_it() -> None:
    order = an_order("a", "b", "c", "d", chosen="b")
    order.take(("d", "c", "a", "b"), 0)
    assert order.ids == ["d", "b", "c", "a"]


def test_nothing_moves_for_a_moment_after_a_key() -> None:
    order = an_order("a", "b", "c")
    order.choose("a", 1_000)
    order.take(("c", "b", "a"), 1_000 + STILL_MS - 1)
    assert order.ids == ["a", "b", "c"]
    order.take(("c", "b", "a"), 1_000 + STILL_MS)
    assert order.ids == ["a", "c", "b"]


def test_a_new_item_joins_at_the_end_while_the_list_is_still() -> None:
    order = an_order("a", "b")
    order.choose("b", 0)
    order.take(("new", "a", "b"), 1)
    assert order.ids == ["a", "b", "new"]


def test_a_closed_item_stays_until_the_cursor_leaves_it() -> None:
    order = an_order("a", "b", "c", chosen="b")
    order.take(("a", "c"), 0)
    assert order.ids == ["a", "b", "c"]
    order.choose("c", -STILL_MS)
    order.take(("a", "c"), 0)
    assert order.ids == ["a", BLANK, "c"]


def test_a_list_that_grew_shorter_leaves_places_empty_above_the_cursor() -> None:
    order = an_order("a", "b", "c", "d", chosen="d")
    order.take(("d",), 0)
    assert order.ids == [BLANK, BLANK, BLANK, "d"]


def test_moving_steps_over_empty_places_and_stops_at_the_ends() -> None:
    order = an_order("a", "b", "c", "d", chosen="d")
    order.take(("a", "d"), 0)
    assert order.ids == ["a", BLANK, BLANK, "d"]
    order.move(-1, 0)
    assert order.cursor == "a"
    order.move(-1, 0)
    assert order.cursor == "a"


def test_the_first_step_of_all_chooses_the_first_row() -> None:
    order = an_order("a", "b")
    order.move(1, 0)
    assert order.cursor == "a"


def test_the_window_scrolls_no_further_than_the_cursor_needs() -> None:
    order = an_order(*"abcdefgh", chosen="f")
    assert order.window(4) == ["c", "d", "e", "f"]
    order.choose("e", 0)
    assert order.window(4) == ["c", "d", "e", "f"]
    order.choose("a", 0)
    assert order.window(4) == ["a", "b", "c", "d"]


def test_what_is_more_urgent_and_out_of_sight_is_counted() -> None:
    order = an_order(*"abcdefgh", chosen="f")
    order.window(4)
    assert order.out_of_sight("abcdefgh", 4) == 2
    assert order.out_of_sight("fabcdegh", 4) == 0
