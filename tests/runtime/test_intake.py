"""Rules of the queue between receivers and the room: giving is instant, losses are counted, what matters goes last."""

from __future__ import annotations

from playbook import message

from console.domain.events import Event, Gift, Join, Like, Link, LinkOf
from console.domain.text import SafeText
from console.runtime.intake import Intake

LINK = Link(link=LinkOf(source=SafeText("x"), state="down"))


def taken(intake: Intake) -> list[Event]:
    return intake.take(1_000_000)


def test_first_in_first_out() -> None:
    intake = Intake()
    lines = [message(f"第{n}条") for n in range(5)]
    intake.give(lines)
    assert taken(intake) == lines


def test_a_full_queue_gives_up_likes_and_joins_first_then_gifts_then_chat() -> None:
    intake = Intake(most=3)
    chat = message("多少钱")
    intake.give([Like(), Join(), Gift(), chat, LINK])
    assert taken(intake) == [Gift(), chat, LINK]
    assert intake.dropped == 2


def test_our_own_notices_are_never_dropped() -> None:
    intake = Intake(most=1)
    intake.give([LINK, message("a"), LINK])
    assert taken(intake) == [LINK, LINK]
    assert intake.dropped == 1


def test_what_came_first_of_the_chat_stays() -> None:
    intake = Intake(most=2)
    lines = [message(f"第{n}条") for n in range(4)]
    intake.give(lines)
    assert taken(intake) == lines[:2]
    assert intake.dropped == 2
