"""How do people write an amount of dollars? ``540``, ``$540``, ``$1,250.50``; anything else is none."""

import re
from decimal import Decimal

# Where it stands among other words.
AMOUNT = r"\$? ?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\$? ?\d{1,8}(?:\.\d{1,2})?"
_WHOLE = re.compile(AMOUNT)


def dollars(written: str) -> Decimal | None:
    """The amount that is meant; None for anything that is none, or less than nothing."""
    text = written.strip()
    if not _WHOLE.fullmatch(text):
        return None
    return Decimal(text.replace("$", "").replace(",", "").strip())
