"""Which of the custodian's commands is this? Exact forms only: none of them may be taken out of a sentence."""

import re
from collections.abc import Mapping
from datetime import date

from reading.text.model import Slot, Understood

_ITEM = r"m ?-? ?(?P<item>\d{1,19})"
_DAYS = r"(?P<first>\d{4}-\d{2}-\d{2}) (?:to|until|-) (?P<last>\d{4}-\d{2}-\d{2})"
_PERSON = r"(?:(?:of|for) (?P<name>[^\d]{2,40})|(?:of |for )?(?P<badge>\d{1,8}))"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("content-list", rf"(?:kept )?messages {_PERSON}"),
        ("content-item", rf"(?:(?:open|show|read) )?(?:message |item )?{_ITEM}"),
        ("set-aside", rf"(?:set aside|quarantine) (?:message )?{_ITEM}"),
        ("put-back", rf"put back (?:message )?{_ITEM}"),
        ("dispose", rf"dispose(?: of)? (?:message )?{_ITEM}(?: (?P<code>spill|retention|schedule))?"),
        ("confirm-disposal", rf"confirm(?: disposal(?: of)?)? {_ITEM}"),
        ("keep-item", rf"keep (?:message )?{_ITEM}"),
        ("disposals", r"disposals?"),
        ("holds", r"holds"),
        ("hold", rf"hold (?:message )?{_ITEM}"),
        ("hold", rf"hold {_DAYS}"),
        ("hold", rf"hold {_PERSON}(?: {_DAYS})?"),
        ("lift-hold", r"lift (?:hold )?h ?-? ?(?P<hold>\d{1,19})"),
    )
)
_CODES = {"spill": "spill", "retention": "retention-schedule", "schedule": "retention-schedule"}


def custody_command(raw: str) -> Understood | None:
    """The command and its slots, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            slots = _slots(said.groupdict())
            return (
                None
                if slots is None
                else Understood(intent="training_history", slots=slots, confidence=0.95, command=command)
            )
    return None


def _slots(said: Mapping[str, str | None]) -> dict[str, Slot] | None:
    """What was named; None when a day is none."""
    slots: dict[str, Slot] = {name: text for name in ("item", "hold") if (text := said.get(name)) is not None}
    person = said.get("name") or said.get("badge")
    if person is not None:
        slots["person"] = person.strip()
    if (code := said.get("code")) is not None:
        slots["code"] = _CODES[code]
    first, last = said.get("first"), said.get("last")
    if first is None or last is None:
        return slots
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return slots | {"date_range": (min(days), max(days))}
