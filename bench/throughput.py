"""Comments a second and microseconds a comment through the core that `liveroom rank` drives, while many clusters are open. Prints JSON.

    python bench/throughput.py [--open 500 5000] [--comments 20000] [--runs 5]
    python bench/throughput.py --resident 1 2 5 10 [--expire 600]

One in five comments is a question. First as many different questions are asked as `--open` says: each of twenty for link 1, 2, 3 …, so
that no answer settles two. Then the measured stretch; nothing closes but the oldest question for each new one (untimed), so the count
stands. A comment's time is the thread's own CPU time for reading its line, `Room.handle` and encoding what `rank` prints of it;
`comments_s` is comments by the sum of these, the median of `--runs`; each run is a fresh process that read 4,000 other comments before.

Two mixes, because rooms differ (said before, word for word: in the flash sale of sample_feeds 63 % of the questions and 83 % of all
lines, in the overseas room 3 % and 17 %):

- `mixed`: of the questions half repeat a wording, four in ten ask what is open in a wording of their own (a name before, a particle
  behind), one in ten is new; of the chatter six in ten repeat. About what a busy sales room types.
- `unique`: no line was ever said before, every question is new and opens a cluster, all chatter has a word of its own: the worst case.

One question in a hundred asks what two open clusters ask and makes them one. `--resident`: `liveroom rank --expire` on the mixed stretch
without end; resident MB after so many million comments.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from console.cli.rank import CommentLine
from console.domain.events import Action, ActionOf, Envelope, Message
from console.domain.text import SafeText
from console.journal.reader import Reader
from console.room.room import Room
from console.room.state import Settings
from console.runtime.memory import calm_collector
from console.runtime.recording import foreign_event
from console.runtime.tables import read_ahead, shipped_rules
from console.triage.limits import Limits

QUESTIONS = (
    "多少钱", "有大码吗", "160斤能穿吗", "包邮吗", "还有货吗", "什么时候发货", "会不会起球", "是什么面料", "偏大还是偏小", "能机洗吗",
    "有几个颜色", "能便宜点吗", "有运费险吗", "起球能退吗", "孕妇能穿吗", "有优惠券吗", "几天能到北京", "掉色吗", "显胖吗", "是正品吗",
)  # fmt: skip
# A bridge: the third asks what the first two ask.
ENDS = ("买了之后可以放在冰箱里面冷冻保存几个月", "买的话可以放冰箱里面冷冻保存几个月吗", "买了可以放在冰箱里冷冻保存几个月啊")
CHATTER = (
    "来了来了", "好看", "主播晚上好", "支持主播", "哈哈哈哈哈哈", "666", "已拍", "爱了爱了", "关注了", "冲冲冲", "这也太好看了吧",
    "刚下班到家 正好", "love it", "so cute", "hello everyone from sydney", "just bought two", "带娃看直播", "[玫瑰][玫瑰]", "下次一定",
    "姐妹们晚上好", "上次买的那件真的不错", "我老公说好看", "又来蹲了",
)  # fmt: skip
NAMES = ("", "主播", "姐", "宝", "亲", "老师", "小姐姐", "请问", "主播 ", "姐姐")
TAILS = ("", "呀", "啊", "呢", "哈", "?", "??", "呀?", "啊?", "~")
WARM_UP = 4_000
EVERY_MS = 50
USERS = 5_000
MILLION = 1_000_000


def word(n: int) -> str:
    """Seven letters that no other line has, strewn over the alphabet."""
    strewn = n * 2_654_435_761 % 26**7
    return "".join(chr(97 + strewn // 26**place % 26) for place in range(7))


class Feed:
    """Texts, drawn with a fixed seed. `asked` numbers the questions: the n-th is one of twenty about one link."""

    def __init__(self, mix: str, opened: int) -> None:
        self._is_unique = mix == "unique"
        self._opened = opened
        self._drawn = random.Random(opened)
        self._said = 0
        self.asked = 0

    def new(self) -> str:
        """A question that nobody asked before."""
        n, self.asked = self.asked, self.asked + 1
        said = f"{n // len(QUESTIONS) + 1}号{QUESTIONS[n % len(QUESTIONS)]}"
        return f"{said} {word(n)}" if self._is_unique else said

    def comment(self) -> str:
        """The next comment."""
        self._said += 1
        if self._drawn.randrange(5):
            return self._chatter()
        if self._drawn.randrange(100) == 0:
            n = self._drawn.randrange(900) + 100
            return f"{n}号{ENDS[self._said % len(ENDS)]}"
        kind = self._drawn.randrange(10)
        if self._is_unique or kind == 9:
            return self.new()
        n = self.asked - 1 - self._drawn.randrange(self._opened)
        said = f"{n // len(QUESTIONS) + 1}号{QUESTIONS[n % len(QUESTIONS)]}"
        return said if kind < 5 else f"{self._drawn.choice(NAMES)}{said}{self._drawn.choice(TAILS)}"

    def _chatter(self) -> str:
        said = self._drawn.choice(CHATTER)
        return said if not self._is_unique and self._drawn.randrange(10) < 6 else f"{word(self._said)} {said}"


def line(n: int, text: str) -> bytes:
    user = n * 7919 % USERS
    return json.dumps({
        "v": 1, "kind": "message", "id": f"c{n}", "platform": "bench", "room": "r", "ts_ms": 1_700_000_000_000 + n * EVERY_MS,
        "user": {"id": str(user), "name": f"观众{user}"}, "text": text,
    }, ensure_ascii=False).encode() + b"\n"  # fmt: skip


class Bench:
    """One room with so many clusters open, and the time that each of its comments takes."""

    def __init__(self, mix: str, opened: int) -> None:
        self.feed = Feed(mix, opened)
        self.room = Room(shipped_rules(), Settings(limits=Limits(expire_ms=None), check_every_ms=0))
        self._opened = opened
        self._number = 0
        self._encode = msgspec.json.Encoder(order="sorted").encode
        read_ahead()
        calm_collector()
        while (missing := opened - self.room.queue.open_count) > 0:
            self.hear([self.feed.new() for _ in range(missing)])

    def hear(self, texts: list[str]) -> list[int]:
        """Nanoseconds of CPU time, each."""
        clock, room, took = time.thread_time_ns, self.room, []
        lines = b"".join(line(self._number + n, text) for n, text in enumerate(texts, 1))
        self._number += len(texts)
        envelopes = iter(Reader(BytesIO(lines), foreign_event))
        number = self._number - len(texts)
        for _ in texts:
            start = clock()
            envelope = next(envelopes)
            number += 1
            room.handle(Envelope(number, envelope.at_ms, envelope.event))
            heard = room.heard
            assert heard is not None and isinstance(envelope.event, Message)
            self._encode(CommentLine(
                at_ms=envelope.at_ms, cluster=heard.cluster, id=envelope.event.id or "", intent=heard.understood.intent,
                slots=heard.slots, type=heard.understood.need,
            ))  # fmt: skip
            took.append(clock() - start)
            self._close_oldest()
        return took

    def _close_oldest(self) -> None:
        while self.room.queue.open_count > self._opened:
            oldest = next(self.room.queue.open_clusters())
            action = Action(action=ActionOf(name="dismiss", cluster=SafeText(oldest.id)))
            self.room.handle(Envelope(self.room.state.seq, self.room.state.now_ms, action))

    def stretch(self, comments: int) -> list[int]:
        return self.hear([self.feed.comment() for _ in range(comments)])


def once(mix: str, opened: int, comments: int) -> dict[str, Any]:
    bench = Bench(mix, opened)
    bench.stretch(WARM_UP)
    took = sorted(bench.stretch(comments))
    return {
        "comments_s": comments * 1_000_000_000 // sum(took), "p50_us": took[comments // 2] / 1000,
        "p99_us": took[comments * 99 // 100] / 1000, "max_us": took[-1] / 1000, "open": bench.room.queue.open_count,
    }  # fmt: skip


def measured(mix: str, opened: int, comments: int, runs: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", mix, "--open", str(opened), "--comments", str(comments)]
    each = [json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(runs)]
    report: dict[str, Any] = {key: statistics.median(run[key] for run in each) for key in each[0]}
    return {"mix": mix, **report, "rates": [run["comments_s"] for run in each]}


def mixed_lines(opened: int) -> Iterator[bytes]:
    feed, n = Feed("mixed", opened), 0
    feed.asked = opened
    while True:
        n += 1
        yield line(n, feed.comment())


def resident_mb(pid: int) -> int:
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) // 1024


def resident(millions: list[int], expire_s: int, opened: int) -> dict[str, int]:
    """Resident MB of `rank` by millions of comments."""
    command = [sys.executable, "-m", "console", "rank", "-", "--json", "--expire", str(expire_s)]
    out: dict[str, int] = {}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as rank:
        assert rank.stdin is not None
        for n, one in enumerate(mixed_lines(opened), 1):
            rank.stdin.write(one)
            if n % MILLION == 0 and n // MILLION in millions:
                out[f"{n // MILLION}M"] = resident_mb(rank.pid)
                print(json.dumps(out), file=sys.stderr, flush=True)
                if n // MILLION == max(millions):
                    break
        rank.stdin.close()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, nargs="+", default=[500, 5_000])
    parser.add_argument("--comments", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--resident", type=int, nargs="+", metavar="MILLIONS")
    parser.add_argument("--expire", type=int, default=600)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(once(chosen.one, chosen.open[0], chosen.comments)))
    elif chosen.resident:
        print(json.dumps({"expire_s": chosen.expire, "resident_mb": resident(chosen.resident, chosen.expire, 5_000)}))
    else:
        for opened in chosen.open:
            for mix in ("mixed", "unique"):
                print(json.dumps(measured(mix, opened, chosen.comments, chosen.runs)), flush=True)


if __name__ == "__main__":
    main()
