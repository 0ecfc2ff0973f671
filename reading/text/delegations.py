"""Does somebody hand over their approvals, end that, or only ask about it, and until when?"""

import re

from reading.text.model import Slot, Understood

_NAME = r"(?:badge )?#?[a-z0-9][a-z0-9.' -]{0,40}?"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("delegations", re.compile(r"(?:show )?(?:my |the |all )?delegations")),
    (
        "end-delegation",
        re.compile(rf"end (?:my |the )?delegation(?: (?P<number>\d{{1,9}})| of (?P<whose>{_NAME}))?"),
    ),
    (
        "delegate",
        re.compile(
            rf"(?P<person>{_NAME}) (?:decides|approves) for (?!me\b|us\b)(?P<whose>{_NAME})"
            r"(?: (?P<when>(?:until|till|through|from|on|next|this|today|tomorrow)\b.*))?"
        ),
    ),
)
# "can Torres approve for me?" and "who decides for me" ask; nothing is handed over by a question.
_ASKS = re.compile(
    r"^(?:who|whose|is|are|does|do|did|can|could|should|would|will|what|when|how|if|may|has|have i)\b|\?\s*$"
)
_ENDS = re.compile(
    r"\b(?:stop|end|ends|ended|cancel|quit|undo|remove|take back|taking back|no longer|revoke)\b"
)
# "Delegate Okafor's approvals to me" names who hands over and not who gets it.
_TO_SPEAKER = re.compile(r"\bto me\b|\blet me\b|\bi (?:will |can |should )?(?:approve|decide)\b")
_UNTIL = re.compile(r"\b(?:until|till|til|thru|through|by|before)\b")


def delegation_command(raw: str) -> Understood | None:
    """The command and whom it names; None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            slots: dict[str, Slot] = {name: told for name, told in said.groupdict().items() if told}
            if command == "delegate" and str(slots["person"]).split()[0] in {
                "who",
                "nobody",
                "somebody",
                "he",
                "she",
            }:
                return None
            return Understood(intent="delegate_approvals", slots=slots, confidence=0.95, command=command)
    return None


def asks_only(text: str) -> bool:
    """Whether it is a question about who decides."""
    return _ASKS.search(" ".join(text.casefold().split())) is not None


def is_for_speaker(text: str) -> bool:
    """Whether the speaker would be the one who decides: the name beside it is not whom anything goes to."""
    return _TO_SPEAKER.search(" ".join(text.casefold().split())) is not None


def ends(text: str) -> bool:
    """Whether what was handed over is taken back."""
    return _ENDS.search(text.casefold()) is not None


def from_now(text: str) -> bool:
    """Whether the one day that is named is the last of several that begin now."""
    return _UNTIL.search(text.casefold()) is not None
