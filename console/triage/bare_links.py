"""Link numbers said bare in English: "does 5 come in black", "difference between 3 and 5", "still have 4?".

A bare number names a thing that is shown where the words around it speak of one thing and nothing that could be counted follows it.
"""

from __future__ import annotations

import re

from console.triage.found import Found, Reader
from console.triage.late import Late

_N = r"[1-9]\d?"
# Where somebody asks whether it is there, 33 to 48 are shoes.
_THERE = rf"(?!(?:3[3-9]|4[0-8])\b){_N}"
# Of 2, 3 and 12 shops sell two, three and a dozen: "how much for 2" asks for two of them.
_PRICED = rf"(?!(?:[23]|12)\b){_N}"
_ENDS = r"$| (?:again|please|then|now|today|tonight|babes?|sis|hun|girl|guys|thanks)\b"
_DOES = (
    r"comes?|have|has|stretch|shrink|pill|fade|wrinkle|crease|wash|look|feel|smell|itch|weigh|leak|run|shed|bleed|need ironing|go with"
    r"|work (?:with|for)"
)
_IS = (
    r"waterproof|water resistant|windproof|lined|real|genuine|machine|hand wash|washable|see through|sheer|stretchy|soft|warm|thick|thin"
    r"|heavy|itchy|scratchy|silky|shiny|cotton|linen|wool|silk|leather|denim|cashmere|polyester|gold|silver|same as|reversible|adjustable"
    r"|cropped|oversized|made (?:of|in|from)|safe (?:for|to)|suitable|good for|unisex|breathable|comfy|comfortable|on sale"
    r"|(?:better|nicer|warmer|softer|thicker|thinner) than"
)
_IS_THERE = r"still (?:there|avail|in stock|on|here|up)|sold out|avail|in stock|out of stock|back\b|gone\b|coming|restock"
_BETTER = r"better|nicer|warmer|softer|thicker|thinner|lighter|heavier|stronger|prettier|cuter|comfier"
_SAME = r"the same|same|similar|identical|different"
_TWO = rf"{_N} (?:and|or|vs|versus|to|with) {_N}"
_WAYS = (
    rf"\b(?:does|did|will|has) {_N}(?= (?:(?:still|also|really|actually|even|not) )?(?:{_DOES})\b)",
    rf"\b(?:is|was) (?:{_N}(?= (?:{_IS}))|{_THERE}(?= (?:{_IS_THERE})))",
    rf"\bstill (?:have|has|got) {_THERE}(?=$| avail| in stock)|^{_THERE}(?= (?:sold out|back in stock|still avail))",
    rf"\b(?:left|stock|restock|restock date) (?:of|on|for) {_THERE}$",
    rf"\b(?:how much|(?<!bulk )(?:price|cost)) (?:(?:is|was|of|on) {_N}|for {_PRICED})(?={_ENDS})",
    rf"\bwhat (?:is|was) {_N}(?= made| called)|^what (?:is|was) {_N}(?={_ENDS})",
    rf"^(?:(?:and|so|but|hi|ok) )?(?:what|how) about {_THERE}(?={_ENDS})",
    rf"\b(?:how (?:long|thick|heavy|warm|big|wide|stretchy|soft)|what (?:color|size|material|fabric|brand)|when) is {_N}"
    rf"(?= (?:coming|back|next|made)|{_ENDS})",
    rf"\b(?:colors?|sizes|materials?|fabric|measurements|pockets|link|size chart) (?:for|on|of|in) {_N}$",
    rf"\b(?:show(?: me| us)?|try(?: on)?|see|explain|pin|(?:tell|talk to)(?: me| us)? about|(?:go|going|scroll|flip) back to) {_N}"
    rf"(?= (?:on|close up|one more time)\b|{_ENDS})|\bput {_N}(?= (?:on|up)\b)",
    rf"\b(?:difference|diff|compare|comparison|differ)(?: (?:is|in|the|between|of|from)){{0,3}} {_TWO}(?![\d.%])",
    rf"\b(?:is|are|was) {_TWO}(?= (?:{_SAME}|{_BETTER})\b)|\b(?:{_BETTER}) than {_N}$|\bsame (?:one )?as {_N}$",
    rf"\b(?:{_BETTER}|prefer|recommend) {_TWO}$",
)
_BARE_LINK = Late("|".join(_WAYS))
_CHOICE = Late(
    rf"^(?:(?:so|hi|hey|ok|is (?:it|that|this(?: one)?)|was (?:it|that)|which(?: one)?) )?({_N}) (?:or|vs|versus) ({_N})"
    rf"(?= (?:{_BETTER})|$)"
)
_NUMBER = re.compile(r"\d+")
_SHOES = range(33, 49)
_MOST_LIKELY = 48
"""Where nothing else is said, two numbers above it are prices: 54 or 59."""


def _read(m: re.Match[str], found: Found) -> str:
    return _NUMBER.sub(lambda number: found.put("link", number.group()), m.group())


def _choice(m: re.Match[str], found: Found) -> str:
    """ "3 or 7?": not of two shoes (38 or 39), nor of two dress sizes side by side (10 or 12)."""
    one, other = sorted((int(m.group(1)), int(m.group(2))))
    is_size = (one in _SHOES and other in _SHOES) or (one >= 4 and one % 2 == 0 and other - one == 2)
    return m.group() if is_size or one > _MOST_LIKELY else _read(m, found)


BARE_LINKS: tuple[Reader, ...] = (
    (_BARE_LINK, "", "sdertnofwy", _read),
    (_CHOICE, "", "rs", _choice),
)
