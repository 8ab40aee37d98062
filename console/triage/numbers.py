"""Numbers with their units, as viewers type them in two languages → canonical whole numbers, each replaced by a placeholder."""

from __future__ import annotations

from console.triage.amounts import COUNTS, MONEY
from console.triage.bare import read_bare
from console.triage.bare_links import BARE_LINKS
from console.triage.bodies import BODIES
from console.triage.days import DAYS
from console.triage.found import Found
from console.triage.late import Late
from console.triage.links import LINK_EN, LINKS, SHADES, without_denied
from console.triage.sharing import written_out
from console.triage.sizes import EARLY_SIZES, LATE_SIZES

_DIGIT = Late(r"\d")
_COMPANY = Late(r"([^\d ]?) *\d+(?= *([^\d ]?))")
# In the order in which they exclude each other: what one has read, no later one sees.
_TABLE = (*DAYS, *EARLY_SIZES, *SHADES, *LINKS, *BODIES, *BARE_LINKS, *MONEY, *COUNTS, *LATE_SIZES)
_READERS = tuple((1 << number, pattern, read) for number, (pattern, _, _, read) in enumerate(_TABLE))
_ORDINAL_LINK = next(bit for bit, pattern, _ in _READERS if pattern is LINK_EN)
_HALF_YEAR = next(1 << number for number, row in enumerate(_TABLE) if "岁" in row[1])


def read_numbers(text: str, found: Found) -> str:
    """Every number whose unit is said, or is plain from its company (163 105斤), in the order in which units exclude each other."""
    text = written_out(without_denied(text))
    lit = _lit(text)
    if lit:
        for bit, pattern, read in _READERS:
            if lit & bit:
                text = pattern.sub(lambda m, read=read: read(m, found), text)
    return read_bare(text, found) if _DIGIT.search(text) else text


def _lit(text: str) -> int:
    """Which readers could find something: told by what stands beside the numbers, blanks between not counted.

    A reader only puts placeholders where it read something, so it never gives a later one company that was not there before.
    """
    lit = (_ORDINAL_LINK if "one" in text or "the " in text else 0) | (_HALF_YEAR if "半岁" in text else 0)
    for before, after in _COMPANY.findall(text):
        lit |= _BEFORE.get(before, 0) | _AFTER.get(after, 0)
    return lit


def _gate(column: int) -> dict[str, int]:
    made: dict[str, int] = {}
    for number, row in enumerate(_TABLE):
        for char in str(row[column]):
            made[char] = made.get(char, 0) | 1 << number
    return made


_AFTER, _BEFORE = _gate(1), _gate(2)
