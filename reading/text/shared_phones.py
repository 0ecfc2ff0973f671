"""Is this about a phone that many share? ON and a badge, OFF; and what a coordinator types to share one."""

import re

from reading.telephones import telephone
from reading.text.model import Slot, Understood

_ON = re.compile(r"(?:log )?on (?:badge )?#?(?P<badge>[a-z0-9][a-z0-9-]{0,15})", re.I)
_OFF = re.compile(r"(?:log )?(?:off|out)|logout|sign (?:off|out)", re.I)
_SHARING = re.compile(
    r"(?P<word>share|unshare)(?: a| the| this)? phone(?:[: ]+(?P<number>[+(]?[0-9][0-9 ().-]{0,28})(?P<name> ?.*)?)?",
    re.I,
)
_COMMANDS = {"share": "share-phone", "unshare": "unshare-phone"}
NAME_ROOM = 24
# A number of this country's numbering plan, with its plus.
LENGTH_HERE = 12


def badge_to_log_in(text: str) -> str:
    """The badge of ON 214; empty for any other text."""
    said = _ON.fullmatch(_bare(text))
    return said["badge"] if said is not None else ""


def logs_out(text: str) -> bool:
    """Whether somebody is done with the phone."""
    return _OFF.fullmatch(_bare(text)) is not None


def sharing_command(raw: str) -> Understood | None:
    """SHARE PHONE and UNSHARE PHONE, with a number and a name where they are given; None for every other text."""
    said = _SHARING.fullmatch(" ".join(raw.split()).rstrip("?!"))
    if said is None:
        return None
    slots: dict[str, Slot] = {}
    if said["number"]:
        found = _parted(said["number"], said["name"] or "")
        if found is None:
            return None
        number, name = found
        slots["number"] = number
        if name:
            slots["words"] = name
    return Understood(
        intent="link_identity", slots=slots, confidence=0.95, command=_COMMANDS[said["word"].casefold()]
    )


def _parted(written: str, rest: str) -> tuple[str, str] | None:
    """The number and the name behind it, which may begin with figures as well."""
    words = f"{written}{rest}".split()
    for count in range(1, len(words) + 1):
        number = telephone(" ".join(words[:count]).rstrip(",;:"))
        if number is not None and (not number.startswith("+1") or len(number) == LENGTH_HERE):
            return number, " ".join(words[count:])[:NAME_ROOM]
    return None


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .!?")
