"""How much is "2 1/2 hours" or "½ h"? Exact fractions of hours become decimals; any other amount is left unread.

A part of a fraction must never be read for the whole of it: "1/2 hour" is not two hours.
"""

import re
from fractions import Fraction

_SIGNS = {
    "\u00bd": Fraction(1, 2),
    "\u00bc": Fraction(1, 4),
    "\u00be": Fraction(3, 4),
    "\u215b": Fraction(1, 8),
    "\u215c": Fraction(3, 8),
    "\u215d": Fraction(5, 8),
    "\u215e": Fraction(7, 8),
}
# Thirds, fifths and the like have no exact decimal of a class's hours.
_OTHER_SIGNS = "\u2150\u2151\u2152\u2153\u2154\u2155\u2156\u2157\u2158\u2159\u215a\u215f"
_UNIT = r"(?=[ -]{0,2}(?:h|hr|hrs|hour|hours)\b)"
_WITH_SIGN = re.compile(rf"(?:(\d{{1,4}})[ -]?)?([{''.join(_SIGNS)}{_OTHER_SIGNS}])")
# A slash between numbers is a date unless hours follow.
_WITH_SLASH = re.compile(rf"(?<![\w/.,])(?:(\d{{1,4}})[ -])?(\d{{1,2}}) ?[/\u2044] ?(\d{{1,2}}){_UNIT}", re.I)
_NEGATIVE = re.compile(rf"(?<!\S)[-\u2212]\d+(?:[.,]\d+)?{_UNIT}", re.I)
_EXACT = frozenset({2, 4, 8})
# A word that means nothing, so that no number is left to be taken for the hours.
UNREAD = " unreadamount "


def with_decimals(text: str) -> str:
    """The text with every fraction of hours as a decimal, or as a word that is no number."""
    text = _WITH_SIGN.sub(lambda found: _decimal(found[1], _SIGNS.get(found[2])), text)
    text = _WITH_SLASH.sub(lambda found: _decimal(found[1], _fraction(found[2], found[3])), text)
    return _NEGATIVE.sub(UNREAD, text)


def _fraction(above: str, below: str) -> Fraction | None:
    if int(below) not in _EXACT or not 0 < int(above) < int(below):
        return None
    return Fraction(int(above), int(below))


def _decimal(whole: str | None, part: Fraction | None) -> str:
    if part is None:
        return UNREAD
    amount = int(whole or 0) + part
    return f" {amount.numerator * 1000 // amount.denominator / 1000:g} "
