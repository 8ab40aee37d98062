"""HLS from outside: polls a playlist and says how fresh it is. Decodes nothing, downloads no segment."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import httpx

from console.domain.events import Event, Health, HealthOf, System, SystemOf
from console.domain.text import SafeText, trusted
from console.health.edge import FUTURE_MS, EdgeReading, EdgeWatch
from console.health.playlist import MasterPlaylist, MediaPlaylist, PlaylistError, parse
from console.probes.base import API, DEFAULTS, ProbeOptions
from console.probes.fetch import Gate, NotReached, fetch, probe_client
from console.wire.world import Put, World

LEAST_PAUSE_MS, MOST_PAUSE_MS = 500, 3_000
FIRST_PAUSE_MS = 1_000
"""Between polls while nobody has told a target duration yet."""
RETELL_MS = 5_000
"""What stays the same is told again this often: readings count as stale after 15 s."""
MOVING = ("ttfb", "age", "live_edge")
TIMES = (*MOVING, "target")


class HlsProbe:
    """One playlist being polled. Each poll gives, in this order: status, ttfb, target, age, live_edge, clock_untrusted, ended,
    sequence_back, and last reachable (1: the playlist could be read)."""

    name = "hls"

    def __init__(self, url: str, world: World, options: ProbeOptions) -> None:
        """Raises UsageError where the URL can't be used."""
        self._url = url
        self._world = world
        self._options = options
        self._gate = Gate(url, is_insecure_fine=options.is_insecure_fine)
        self._variant: str | None = None
        self._edge = EdgeWatch()
        self._target_ms: int | None = None
        self._wall_zero_ms = world.now_ms() - world.monotonic_ms()
        self._told: dict[str, tuple[int, int]] = {}
        self._trouble: str | None = None

    async def run(self, put: Put) -> None:
        """Poll until cancelled, at half the target duration (0.5–3 s). Raises nothing: what goes wrong is an event."""
        async with probe_client() as client:
            while True:
                start_ms = self._world.monotonic_ms()
                put(await self.poll(client))
                spent_ms = self._world.monotonic_ms() - start_ms
                await self._world.sleep(max(LEAST_PAUSE_MS, self.pause_ms() - spent_ms) / 1000)

    def pause_ms(self) -> int:
        """From the beginning of one poll to that of the next."""
        if self._target_ms is None:
            return FIRST_PAUSE_MS
        return min(MOST_PAUSE_MS, max(LEAST_PAUSE_MS, self._target_ms // 2))

    async def poll(self, client: httpx.AsyncClient) -> list[Event]:
        """Look once. Raises nothing."""
        try:
            playlist, status, ttfb_ms = await self._media(client)
        except NotReached as trouble:
            self._variant = None  # The master may know a better place by now.
            return [*self._trouble_told(trouble.code), *self._samples(status=0, reachable=0)]
        if playlist is None:
            self._trouble = None
            return self._samples(status=status, reachable=0)
        self._trouble, self._target_ms = None, playlist.target_ms
        return self._reading(playlist, status, ttfb_ms)

    async def _media(self, client: httpx.AsyncClient) -> tuple[MediaPlaylist | None, int, int]:
        """The media playlist, status and time to first byte. None where the server answers and refuses."""
        if self._variant is not None:
            found = await self._get(client, self._variant)
            if isinstance(found[0], MediaPlaylist):
                return found[0], found[1], found[2]
            self._variant = None  # Its signature may have run out: the master knows the new one.
        playlist, status, ttfb_ms = await self._get(client, self._url)
        if isinstance(playlist, MasterPlaylist):
            variant = self._variant_url(playlist)
            playlist, status, ttfb_ms = await self._get(client, variant)
            if isinstance(playlist, MasterPlaylist):
                raise NotReached("probe.unreadable")
            self._variant = variant if playlist is not None else None
        return playlist, status, ttfb_ms

    def _variant_url(self, playlist: MasterPlaylist) -> str:
        try:
            return urljoin(self._master_url, playlist.cheapest.uri)
        except ValueError as wrong:
            raise NotReached("probe.bad_address") from wrong

    async def _get(self, client: httpx.AsyncClient, url: str) -> tuple[MediaPlaylist | MasterPlaylist | None, int, int]:
        answer = await fetch(client, self._gate, self._world, url, self._options.timeout_ms)
        if not 200 <= answer.status < 300:
            return None, answer.status, answer.ttfb_ms
        try:
            playlist = parse(answer.body.decode("utf-8", "replace"))
        except PlaylistError as wrong:
            raise NotReached("probe.unreadable") from wrong
        if isinstance(playlist, MasterPlaylist):
            self._master_url = answer.url
        return playlist, answer.status, answer.ttfb_ms

    def _reading(self, playlist: MediaPlaylist, status: int, ttfb_ms: int) -> list[Event]:
        now_ms = self._world.monotonic_ms()
        seen: EdgeReading = self._edge.see(playlist, now_ms, self._wall_ms(playlist))
        is_untrusted = None if seen.is_clock_untrusted is None else int(seen.is_clock_untrusted)
        return self._samples(
            status=status,
            ttfb=ttfb_ms,
            target=seen.target_ms,
            age=seen.age_ms,
            live_edge=seen.live_edge_ms,
            clock_untrusted=is_untrusted,
            ended=int(seen.is_ended),
            sequence_back=int(seen.is_back),
            reachable=1,
        )

    def _wall_ms(self, playlist: MediaPlaylist) -> int:
        """Wall time that doesn't jump: taken once, then carried on by the monotonic clock. Taken anew where the origin's time
        proves that it fell behind (a computer that slept)."""
        now_ms = self._world.monotonic_ms()
        told_ms = playlist.edge_pdt_ms
        if told_ms is not None and now_ms + self._wall_zero_ms - told_ms < -FUTURE_MS <= self._world.now_ms() - told_ms:
            self._wall_zero_ms = self._world.now_ms() - now_ms
        return now_ms + self._wall_zero_ms

    def _samples(self, **values: int | None) -> list[Event]:
        """One health event a metric, in the order given. What only says "as before" is left out for 5 s."""
        now_ms, recv_ms = self._world.monotonic_ms(), self._world.now_ms()
        events: list[Event] = []
        for metric, value in values.items():
            if value is None or (metric not in MOVING and self._is_known(metric, value, now_ms)):
                continue
            self._told[metric] = (value, now_ms)
            events.append(self._sample(metric, value, recv_ms))
        return events

    def _is_known(self, metric: str, value: int, now_ms: int) -> bool:
        before = self._told.get(metric)
        return before is not None and before[0] == value and now_ms - before[1] < RETELL_MS

    def _sample(self, metric: str, value: int, recv_ms: int) -> Event:
        unit = SafeText("ms") if metric in TIMES else None
        sample = HealthOf(source=SafeText(self.name), metric=SafeText(metric), value=value, unit=unit)
        return Health(platform=self._options.platform, room=self._options.room, recv_ms=recv_ms, health=sample)

    def _trouble_told(self, code: str) -> list[Event]:
        """A notice in words, once a trouble."""
        if code == self._trouble:
            return []
        self._trouble = code
        notice = SystemOf(level="warn", code=SafeText(code), text=trusted(self._options.say(code)))
        return [System(platform=self._options.platform, room=self._options.room, recv_ms=self._world.now_ms(), system=notice)]


class _Hls:
    """The entry point: `liveroom.probes` → hls."""

    name = "hls"
    api = API

    def matches(self, url: str) -> bool:
        """http(s) URLs whose path ends in .m3u8 or .m3u."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme.lower() in ("http", "https") and parts.path.lower().endswith((".m3u8", ".m3u"))

    def open(self, url: str, world: World, options: ProbeOptions = DEFAULTS) -> HlsProbe:
        """Raises UsageError where the URL can't be used. Connects to nothing yet."""
        return HlsProbe(url, world, options)


PROBE = _Hls()
