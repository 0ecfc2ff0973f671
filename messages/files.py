"""How large is a file, as a person reads it?"""

from decimal import ROUND_HALF_UP, Decimal

from messages import wording
from messages.words import Words

# As telephones and shops count it.
UNIT = 1000
UNITS = ("kb", "mb", "gb")
# From here on a digit behind the point tells nobody anything.
WHOLE_FROM = 10


def size(bytes_: int, words: Words) -> str:
    """``512 bytes``, ``14 KB``, ``1.4 MB``."""
    if bytes_ < UNIT:
        return words.say_many("size-bytes", bytes_)
    for power, unit in enumerate(UNITS, start=1):
        number = Decimal(bytes_) / UNIT**power
        number = number.quantize(Decimal("1" if number >= WHOLE_FROM else "0.1"), ROUND_HALF_UP)
        if number < UNIT or unit == UNITS[-1]:
            return words.say(f"size-{unit}", number=wording.number(number))
    raise AssertionError(bytes_)
