"""A room that talks by itself, for the screen alone: scripted Chinese comments, a queue that grows and moves, a picture that breaks.

`python tests/tui/fake_session.py [--lang en] [--theme daylight] [--rate 14] [--trouble]` opens the console on it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from console.domain.events import ActionOf
from console.domain.text import clean, trusted
from console.domain.values import Draft, Fact, Intent, Need, Refusal, Slots, State, Teller, Why
from console.room.view import (
    Alert,
    Card,
    ClockState,
    HealthView,
    Line,
    LinkView,
    Mark,
    Notice,
    RoomView,
    Row,
    Tally,
    Wording,
)  # fmt: skip
from console.tui.session import Session

START_MS = 1_760_000_000_000
QUESTIONS: tuple[tuple[str, Intent, Mark, Need, tuple[str, ...]], ...] = (
    ("3号链接多少钱", "price", "draft", "question", ("这个多少钱", "三号咋卖", "3号多少米", "how much is #3")),
    ("160斤 175 能穿吗", "size", "draft", "question", ("160斤穿得下不", "我160斤能穿L吗")),
    ("什么时候发货", "shipping", "reuse", "question", ("今天能发吗", "发货要几天")),
    ("没声音了", "tech", "person", "problem", ("听不到", "声音没了", "主播没声")),
    ("会起球吗", "material", "no_fact", "question", ("起球不", "洗了会起球么")),
    ("付款一直失败", "order_problem", "person", "problem", ("付不了款",)),
    ("黑色还有货吗", "stock", "draft", "question", ("黑色有没有", "黑的还有吗")),
    ("能便宜点不，比昨天贵了二十块钱，老粉有没有专属券可以领一下", "coupon", "draft", "question", ("有券吗",)),
    ("退货包运费吗", "after_sale", "draft", "question", ("不合适能退不",)),
    ("是正品吗", "authenticity", "no_fact", "question", ()),
    ("上5号链接", "link", "person", "request", ("5号呢", "5号链接上一下")),
    ("这个怎么搭", "usage", "draft", "question", ()),
)
CHATTER = (
    ("小鹿", "这个多少钱", "question"), ("豆豆妈妈", "来啦来啦", "none"), ("老王2021", "160斤能穿不", "question"),
    ("用户4471820031", "666", "none"), ("momo酱", "3号多少米", "question"), ("晚晚", "已拍 黑色", "none"),
    ("阿珍爱上了阿强的每一天", "主播今天好漂亮呀", "none"), ("Kevin", "how much is #3?", "question"), ("🌸花花🌸", "冲冲冲🔥🔥", "none"),
    ("隔壁老李", "昨天买的已经收到了，质量真的很不错，面料摸起来特别软，下次还来你家买，推荐大家放心拍", "none"),
    ("小满", "会不会起球啊", "question"), ("会飞的鱼", "蹲一个福利", "none"),
)  # fmt: skip
DRAFT = "3号双面羊毛大衣直播价 399 元，满300减50 到手 349，现货今天发～"
REUSED = "今天下单，48 小时内从杭州发出，默认中通～"


class FakeSession:
    """Implements the screen's Session: `step()` moves the room one comment on, `run()` does so at `rate` a second."""

    def __init__(self, *, lang: str = "zh", theme: str = "midnight", rate: int = 14, trouble: bool = False) -> None:
        self.lang, self.theme, self.rate, self.trouble = lang, theme, rate, trouble
        self.log_path = "~/.local/state/liveroom/liveroom.log"
        self.at_ms = START_MS
        self.lines: list[Line] = []
        self.rows: list[Row] = []
        self.closed: list[Row] = []
        self.actions: list[ActionOf] = []
        self.copied: list[str] = []
        self.copy_tool: str | None = "wl-copy"
        self.notice: Notice | None = None
        self.views = 0
        self._wake: Callable[[], None] = lambda: None
        self._live = False

    # --- what the screen calls ------------------------------------------------------------------------------------

    def view(self, *, chosen: str | None, after_line: int, most_rows: int) -> RoomView:
        self.views += 1
        rows = tuple(self.rows[:most_rows])
        card = next((self._card(row) for row in (*self.rows, *self.closed) if chosen is None or row.id == chosen), None)
        asked = sum(row.askers for row in self.rows)
        return RoomView(
            seq=self.views, now_ms=self.at_ms, title=clean("晚秋女装专场"), rooms=("douyin:1",), live_since_ms=START_MS - 42 * 60_000,
            links=(LinkView(clean("douyin"), "live", None, START_MS),), online=3482, comments_per_s_x10=self.rate * 10,
            on_air=(clean("3"), clean("双面羊毛大衣")),
            tally=Tally(
                open_clusters=len(self.rows), waiting_askers=asked, answer_p50_ms=6800, answer_p90_ms=14200, within_target_permille=812,
                expected_wait_ms=19_000, backlog="growing", answered=len(self.closed), dismissed=0, expired=0,
            ),
            rows=rows, card=card if most_rows else None, lines=tuple(self.lines[after_line:]), last_line=len(self.lines),
            health=self._health(), notice=self.notice, dropped=0, closed=tuple(reversed(self.closed[-20:])),
        )  # fmt: skip

    def act(self, action: ActionOf) -> None:
        self.actions.append(action)
        closing: dict[str, State] = {"answer": "answered", "reuse": "answered", "dismiss": "dismissed", "snooze": "snoozed"}
        found = next((row for row in self.rows if row.id == action.cluster), None)
        if action.name in closing and found is not None:
            self.rows.remove(found)
            self.closed.append(_changed(found, state=closing[action.name]))
        if action.name == "undo":
            back = next((row for row in self.closed if row.id == action.cluster), None)
            if back is not None:
                self.closed.remove(back)
                self.rows.append(_changed(back, state="open"))
        self.rank()
        notices = {"dismiss": "act.dismissed", "snooze": "act.snoozed", "undo": "act.undone"}
        if action.name in notices:
            text = found.text if found is not None else "–"
            self.notice = Notice(seq=len(self.actions), code=notices[action.name], params=(("text", text),))
        self._wake()

    def now_ms(self) -> int:
        return self.at_ms

    def on_dirty(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    async def run(self) -> None:
        """Quiet unless the room was started by hand (main)."""
        while self._live:
            self.step(1000 // self.rate)
            await asyncio.sleep(1 / self.rate)

    def copy(self, text: str) -> str | None:
        self.copied.append(text)
        return self.copy_tool

    def tell(self, cluster: str, answer: str, *, by: Teller = "host", echoes: int = 0) -> None:
        """The host answers a question in the chat."""
        found = next(row for row in self.rows if row.id == cluster)
        self.rows.remove(found)
        self.closed.append(_changed(found, state="answered", how="chat", answer=trusted(answer), answered_by=by, echoes=echoes))
        self.rank()

    # --- the script -----------------------------------------------------------------------------------------------

    def step(self, ms: int = 100) -> None:
        """The next comment of the script, `ms` after the last one; every fifth asks something."""
        self.at_ms += ms
        n = len(self.lines)
        name, text, need = CHATTER[n * 5 % len(CHATTER)]
        roles = ("buyer",) if name == "晚晚" else ()
        self.say_line(name, text, need="question" if need == "question" else "none", roles=roles)
        if n % 5 == 0:
            self.ask(n // 5 * 7 % len(QUESTIONS))
        self._wake()

    def say_line(self, name: str, text: str, *, need: Need = "none", roles: tuple[str, ...] = ()) -> None:
        self.lines.append(Line(
            n=len(self.lines) + 1, at_ms=self.at_ms, kind="message", name=clean(name), text=clean(text), roles=roles, need=need,
            cluster=None, late=False, history=False,
        ))  # fmt: skip

    def ask(self, which: int) -> None:
        """One more viewer asks question `which` of the script."""
        text, intent, mark, need, _ = QUESTIONS[which % len(QUESTIONS)]
        key = f"q{which % len(QUESTIONS) + 1}"
        old = next((row for row in self.rows if row.id == key), None)
        if old is not None:
            self.rows[self.rows.index(old)] = _changed(old, askers=old.askers + 1)
        elif not any(row.id == key for row in self.closed):
            self.rows.append(Row(
                id=key, rank=0, text=clean(text), need=need, intent=intent, slots=Slots(link="3") if intent == "price" else Slots(),
                state="open", askers=1, comments=1, wait_from_ms=self.at_ms, clock="ok", score=0, why=(), mark=mark,
                answered_ms=self.at_ms - 40_000 if mark == "reuse" else None, answer=trusted(REUSED) if mark == "reuse" else None,
            ))  # fmt: skip
        self.rank()

    def rank(self) -> None:
        def scored(row: Row) -> Row:
            waited = self.at_ms - row.wait_from_ms
            why = (Why("waiting", min(30, waited // 400)), Why("askers", min(20, row.askers)), Why("on_air", 6), Why("effort", -2))
            clock: ClockState = "late" if waited > 10_000 else "due" if waited > 5_000 else "ok"
            return _changed(row, why=why, score=sum(one.points for one in why), clock=clock)

        ordered = sorted((scored(row) for row in self.rows), key=lambda row: (-row.score, row.id))
        self.rows = [_changed(row, rank=at) for at, row in enumerate(ordered, 1)]

    def _card(self, row: Row) -> Card:
        which = int(row.id[1:]) - 1 if row.id[1:].isdecimal() else 0
        text, _, mark, _, others = QUESTIONS[which % len(QUESTIONS)]
        facts = (Fact("product[3].price", "399.00"), Fact("coupon[0]", "满300减50"))
        drafts = (Draft(trusted(DRAFT), "catalogue", facts, ((29, 32),) if which == 6 else ()),) if mark == "draft" else ()
        return Card(
            row=row, wordings=(Wording(clean(text), 2), *(Wording(clean(one), 9 - at) for at, one in enumerate(others))),
            names=tuple(clean(name) for name, _, _ in CHATTER[: row.askers]), drafts=drafts,
            refusal=Refusal("no_fact", "product[3].material") if mark == "no_fact" else None,
            holding=trusted("面料成分我确认一下，马上告诉大家") if mark == "no_fact" else None,
            reuse_text=trusted(REUSED) if mark == "reuse" else None,
            reuse_ms=row.answered_ms, awaiting_draft=False,
        )  # fmt: skip

    def _health(self) -> HealthView:
        series = tuple(6000 + (at * 37 % 11) * 90 for at in range(40))
        rates = tuple(90 + (at * 53 % 17) * 8 for at in range(60))
        level, cause = ("critical", "origin") if self.trouble else ("ok", "none")
        params = (("age_s", 9), ("target_s", 2))
        alert = Alert(code="playlist_frozen", level="critical", cause="origin", since_ms=START_MS, params=params)
        return HealthView(
            level=level, cause=cause, alerts=(alert,) if self.trouble else (),
            latency_ms=9200 if self.trouble else 6100, latency_kind="latency",
            playlist_age_ms=900, rtt_ms=38, receipt_ms=120, complaints=4 if self.trouble else 1, complaints_needed=3,
            stalls_5min=2 if self.trouble else 0, silent_ms=0, has_probe=True, latency_series=series, rate_series=rates,
        )  # fmt: skip


def _changed(row: Row, **fields: object) -> Row:
    from msgspec.structs import replace

    return replace(row, **fields)


def a_busy_room(**options: object) -> FakeSession:
    """A room after 60 comments: every question of the script is open."""
    session = FakeSession(**options)  # type: ignore[arg-type]
    for _ in range(60):
        session.step()
    return session


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", default="zh")
    parser.add_argument("--theme", default="midnight")
    parser.add_argument("--rate", type=int, default=14)
    parser.add_argument("--trouble", action="store_true")
    args = parser.parse_args()
    session = FakeSession(**vars(args))
    session._live = True
    from console.tui.app import ConsoleApp

    handed: Session = session
    app = ConsoleApp(handed)
    app.run()
    if app.failure is not None:
        raise app.failure


if __name__ == "__main__":
    main()
