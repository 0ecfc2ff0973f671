"""Does somebody ask to open a record that is not theirs to see, and why? "open ruiz because the hospital called"."""

import re
from dataclasses import dataclass

MOST_CHARACTERS = 300

_ASKED = re.compile(
    r"^(?:please\s+)?(?:break\s+(?:the\s+)?glass(?:\s+(?:on|for))?|open(?:\s+(?:the\s+)?(?:record|file)(?:\s+(?:of|for))?)?)"
    r"\s+(?P<person>[^\n]+?)[\s,:;]+because(?:\s+of)?\s+(?P<reason>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_WITHOUT_REASON = re.compile(r"^break\s+(?:the\s+)?glass\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OpeningAsked:
    """Whose record and why, as it was written; both empty when the reason is missing."""

    person: str = ""
    reason: str = ""


def opening_asked(text: str) -> OpeningAsked | None:
    """None when the text asks for nothing of the kind."""
    written = text.strip()
    found = _ASKED.match(written)
    if found is None:
        return OpeningAsked() if _WITHOUT_REASON.match(written) else None
    reason = " ".join("".join(each if each.isprintable() else " " for each in found["reason"]).split())
    return OpeningAsked(found["person"].strip(), reason[:MOST_CHARACTERS])
