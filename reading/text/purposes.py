"""What is a question asked for? A matter that its asker states at the end: "how is ruiz for matter 27-118"."""

import re
from dataclasses import dataclass

MOST_CHARACTERS = 120

# The word that opens a matter stays part of it, so that the log reads as it was written.
_STATED = re.compile(
    r"^(?P<question>.+?)[\s,;:.?-]+for\s+(?:the\s+)?"
    r"(?P<purpose>(?:matter|case|claim|lawsuit|litigation|subpoena|grievance|hearing|arbitration)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
# What is written to a person is theirs to the last word.
_HANDED_ON = re.compile(r"\s*(?:feedback\b|(?:answer|reply(?:\s+to)?)\s+h ?-? ?\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """The question without its purpose, and the purpose; empty when none was stated."""

    question: str
    purpose: str = ""


def stated(text: str) -> Stated:
    """The matter at the end of a question. Without a number, as in "a class for case law", none is named."""
    found = None if _HANDED_ON.match(text) else _STATED.match(text.strip())
    if found is None or not any(each.isdecimal() for each in found["purpose"]):
        return Stated(text)
    purpose = " ".join("".join(each for each in found["purpose"] if each.isprintable()).split())
    return Stated(found["question"].strip(), purpose[:MOST_CHARACTERS].rstrip(" .?"))
