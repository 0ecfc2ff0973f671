"""Is this a telephone number? One form for all ways of writing one; nothing is guessed."""

import re

_PHONE = re.compile(r"[0-9+().\s/-]{7,30}")


def telephone(text: str) -> str | None:
    """The number with its country code and nothing between the digits; None where it is none."""
    if not _PHONE.fullmatch(text):
        return None
    digits = "".join(character for character in text if character in "0123456789")
    if text.startswith("+") and 8 <= len(digits) <= 15:
        return f"+{digits}"
    # Ten digits are a number of this country's numbering plan: it has no other ten-digit form.
    if len(digits) == 10 and digits[0] not in "01":
        return f"+1{digits}"
    if len(digits) == 11 and digits[0] == "1":
        return f"+{digits}"
    return None
