"""HLS playlists (RFC 8216, low-latency parts of 8216bis), read leniently: bytes from a stranger become frozen values.

Decimal durations become whole ms without a float; what a tag says wrongly is left out, and only a text that is no
playlist at all is an error.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from console.domain.errors import LiveroomError

MOST_SEGMENTS = 20_000
MOST_DURATION_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DECIMAL = re.compile(r"\s*(\d{1,9})(?:\.(\d*))?")
_WHOLE = re.compile(r"\s*(\d{1,18})")
_ATTRIBUTE = re.compile(r'([A-Z0-9-]{1,64})=("[^"]*"|[^",]*)')


class PlaylistError(LiveroomError):
    """A text that is no HLS playlist."""


class Segment(Struct, frozen=True, kw_only=True):
    """One piece of media. `pdt_ms`: epoch ms of its first frame, as its origin says, carried on from earlier segments."""

    uri: str
    sequence: int
    duration_ms: int
    pdt_ms: int | None = None
    is_discontinuity: bool = False
    is_gap: bool = False


class MediaPlaylist(Struct, frozen=True, kw_only=True):
    """What one poll saw. `parts_ms`: durations of the low-latency parts after the last whole segment."""

    sequence: int
    target_ms: int
    segments: tuple[Segment, ...]
    parts_ms: tuple[int, ...] = ()
    is_ended: bool = False
    part_target_ms: int | None = None
    hold_back_ms: int | None = None
    part_hold_back_ms: int | None = None
    can_block_reload: bool = False

    @property
    def edge(self) -> tuple[int, int]:
        """How far the stream has come: (sequence after the last whole segment, parts after it). Rises while it lives."""
        return self.sequence + len(self.segments), len(self.parts_ms)

    @property
    def edge_pdt_ms(self) -> int | None:
        """Epoch ms of the end of the newest media, by the origin's clock; None where it tells no time."""
        if not self.segments or self.segments[-1].pdt_ms is None:
            return None
        return self.segments[-1].pdt_ms + self.segments[-1].duration_ms + sum(self.parts_ms)


class Variant(Struct, frozen=True, kw_only=True):
    """One rendition in a master playlist; `bandwidth` in bit/s, 0 = not said."""

    uri: str
    bandwidth: int


class MasterPlaylist(Struct, frozen=True, kw_only=True):
    variants: tuple[Variant, ...]

    @property
    def cheapest(self) -> Variant:
        """The lowest bandwidth that is said at all, else the first: a probe shall cost the line least."""
        return min(self.variants, key=lambda variant: variant.bandwidth or 1 << 60)


def parse(text: str) -> MediaPlaylist | MasterPlaylist:
    """Read one playlist.

    Raises PlaylistError where the first line isn't #EXTM3U, or where it holds neither segments nor variants nor a target
    duration, or more than 20,000 segments."""
    lines = [line.strip() for line in text.lstrip("\ufeff \r\n\t").splitlines()]
    if not lines or not lines[0].startswith("#EXTM3U"):
        raise PlaylistError(
            "The answer is not an HLS playlist: it doesn't begin with #EXTM3U", hint="Does the URL open a .m3u8 file or a web page?"
        )
    if any(line.startswith("#EXT-X-STREAM-INF") for line in lines):
        return _master(lines)
    return _MediaReader().read(lines)


def _master(lines: list[str]) -> MasterPlaylist:
    variants: list[Variant] = []
    bandwidth: int | None = None
    for line in lines:
        name, _, value = line.partition(":")
        if name == "#EXT-X-STREAM-INF":
            bandwidth = _whole(_attributes(value).get("BANDWIDTH", "")) or 0
        elif line and not line.startswith("#") and bandwidth is not None:
            variants.append(Variant(uri=line, bandwidth=bandwidth))
            bandwidth = None
    if not variants:
        raise PlaylistError("The master playlist names no variant", hint="Try the URL of one quality instead")
    return MasterPlaylist(variants=tuple(variants[:MOST_SEGMENTS]))


class _MediaReader:
    """Walks the lines once; the tags before a URI describe it."""

    def __init__(self) -> None:
        self.target_ms: int | None = None
        self.sequence = 0
        self.segments: list[Segment] = []
        self.parts_ms: list[int] = []
        self.is_ended = False
        self.part_target_ms: int | None = None
        self.control: dict[str, str] = {}
        self._begin()
        self.next_pdt_ms: int | None = None

    def _begin(self) -> None:
        self.duration_ms: int | None = None
        self.is_discontinuity = self.is_gap = False

    def read(self, lines: list[str]) -> MediaPlaylist:
        for line in lines:
            if line.startswith("#"):
                name, _, value = line.partition(":")
                self._tag(name, value)
            elif line and self.duration_ms is not None:
                self._segment(line, self.duration_ms)
        if self.target_ms is None and not self.segments:
            raise PlaylistError("The playlist holds neither segments nor variants", hint="Is the stream running?")
        longest_ms = max((segment.duration_ms for segment in self.segments), default=0)
        return MediaPlaylist(
            sequence=self.sequence,
            target_ms=self.target_ms or -(-longest_ms // 1000) * 1000,
            segments=tuple(
                Segment(
                    uri=segment.uri,
                    sequence=self.sequence + place,
                    duration_ms=segment.duration_ms,
                    pdt_ms=segment.pdt_ms,
                    is_discontinuity=segment.is_discontinuity,
                    is_gap=segment.is_gap,
                )
                for place, segment in enumerate(self.segments)
            ),
            parts_ms=tuple(self.parts_ms),
            is_ended=self.is_ended,
            part_target_ms=self.part_target_ms,
            hold_back_ms=_decimal_ms(self.control.get("HOLD-BACK", "")),
            part_hold_back_ms=_decimal_ms(self.control.get("PART-HOLD-BACK", "")),
            can_block_reload=self.control.get("CAN-BLOCK-RELOAD") == "YES",
        )

    def _tag(self, name: str, value: str) -> None:
        match name:
            case "#EXTINF":
                self.duration_ms = _decimal_ms(value) or 0
            case "#EXT-X-TARGETDURATION":
                self.target_ms = _decimal_ms(value)
            case "#EXT-X-MEDIA-SEQUENCE":
                self.sequence = _whole(value) or 0
            case "#EXT-X-PROGRAM-DATE-TIME":
                told_ms = epoch_ms(value)
                self.next_pdt_ms = self.next_pdt_ms if told_ms is None else told_ms
            case "#EXT-X-ENDLIST":
                self.is_ended = True
            case "#EXT-X-DISCONTINUITY":
                self.is_discontinuity = True
                self.next_pdt_ms = None
            case "#EXT-X-GAP":
                self.is_gap = True
            case "#EXT-X-PART-INF":
                self.part_target_ms = _decimal_ms(_attributes(value).get("PART-TARGET", ""))
            case "#EXT-X-PART":
                self.parts_ms.append(_decimal_ms(_attributes(value).get("DURATION", "")) or 0)
            case "#EXT-X-SERVER-CONTROL":
                self.control = _attributes(value)

    def _segment(self, uri: str, duration_ms: int) -> None:
        if len(self.segments) >= MOST_SEGMENTS:
            raise PlaylistError(
                f"The playlist holds more than {MOST_SEGMENTS} segments", hint="A live playlist keeps only the last minutes"
            )
        self.segments.append(
            Segment(
                uri=uri,
                sequence=0,
                duration_ms=duration_ms,
                pdt_ms=self.next_pdt_ms,
                is_discontinuity=self.is_discontinuity,
                is_gap=self.is_gap,
            )
        )
        if self.next_pdt_ms is not None:
            self.next_pdt_ms += duration_ms
        self.parts_ms.clear()  # Parts before a whole segment are that segment.
        self._begin()


def _attributes(value: str) -> dict[str, str]:
    return {name: found.strip().strip('"') for name, found in _ATTRIBUTE.findall(value[:4096])}


def _whole(text: str) -> int | None:
    found = _WHOLE.match(text)
    return int(found.group(1)) if found else None


def _decimal_ms(text: str) -> int | None:
    """Decimal seconds as whole ms, rounded half up; at most a day. None where it is no number."""
    found = _DECIMAL.match(text)
    if found is None:
        return None
    thousandths = ((found.group(2) or "") + "0000")[:4]
    return min(MOST_DURATION_MS, int(found.group(1)) * 1000 + (int(thousandths) + 5) // 10)


def epoch_ms(text: str) -> int | None:
    """An ISO 8601 time as epoch ms. Without a zone it is taken as UTC; None where it is no time."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return (when - _EPOCH) // timedelta(milliseconds=1)
