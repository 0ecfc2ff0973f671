"""What does a door hand over? Who came through, where, and what they typed, pressed or sent; none of it is believed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from db.queries.context import Sender
from db.records import ledger
from db.records.facts import AgencyId
from handlers.routing import SentFile
from messages.trouble import Outside

# A pressed button as it is kept.
_PRESSED = re.compile(r"\[(?P<route>[a-z-]+) ?(?P<value>[^\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """What a door hands over: the agency it opens on, who came through, and what they typed, pressed or sent."""

    agency_id: AgencyId
    sender: Sender
    channel: str
    place: str = ""  # where on the channel, when it has several conversations
    back: ledger.Destination | None = None  # where an answer goes that comes later
    text: str = ""
    action: str = ""  # the route of a pressed button or a form
    value: str = ""
    form: Mapping[str, tuple[str, ...]] | None = None  # what was entered, by the name of the field
    files: tuple[SentFile, ...] = ()
    stranger: Outside = Outside.UNKNOWN  # what is said when the sender is nobody here
    # The agency's own chat tools are for whoever is with it; who has left keeps their record, and asks elsewhere.
    serving_only: bool = False
    # More than anybody reads an answer to: it is kept, and nothing is looked up for it.
    hasty: bool = False
    # A place that nobody else is at later: what was asked elsewhere may be gone on with here.
    private: bool = True
    # A door that takes files and nothing else: words are what the files are, and ask for nothing by themselves.
    for_files: bool = False

    def as_kept(self) -> str:
        """What was typed, pressed or entered, word by word, as it came."""
        pressed = f"[{self.action} {self.value}".rstrip() + "]" if self.action else ""
        entered = [f"{name}: {', '.join(values)}" for name, values in (self.form or {}).items()]
        return "\n".join(each for each in (pressed, self.text, *entered) if each)


def press_in(kept: str) -> tuple[str, str]:
    """The route and the value of a press, out of its kept words; empty for words that somebody typed."""
    found = _PRESSED.fullmatch(kept)
    return ("", "") if found is None else (found["route"], found["value"])
