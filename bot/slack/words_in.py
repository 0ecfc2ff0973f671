"""What did a person type, without Slack's own signs in it? Mentions become badges, so that nobody is left out of a
question."""

import re
from collections.abc import Callable

# Slack writes what it understood between angle brackets, and escapes those that were typed.
_SIGN = re.compile(r"<([^<>]*)>")
# As much as anybody says at once; the rest of a longer text is read by nobody.
MOST_CHARACTERS = 4_000
# Stands for somebody who cannot be asked about, so that the question stays one about somebody.
NOBODY = "officer Unknown"


def typed(text: str, bot: str, badge_of: Callable[[str], str]) -> str:
    """The words. ``bot`` is Rollcall's own account, ``badge_of`` gives the badge behind another one, or nothing."""

    def said(sign: re.Match[str]) -> str:
        inside, _, label = sign[1].partition("|")
        match inside[:1]:
            case "@":
                account = inside[1:]
                return "" if account == bot else badge_of(account) or NOBODY
            case "#":
                return f"#{label}"
            case "!":
                return label.lstrip("@") or inside[1:].partition("^")[0]
            case _:
                return label or inside

    plain = _SIGN.sub(said, text)
    for written, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(written, sign)
    return " ".join(plain[:MOST_CHARACTERS].split(" ")).strip()
