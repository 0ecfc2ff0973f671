"""What did a person write, send and hear, and what does one item say? For whoever keeps the records, nobody else."""

from dataclasses import dataclass

from db.queries import content
from db.records.content import ItemState
from training.asking import Question
from training.content.custody import CUSTODIANS
from training.sealed.unsealing import Closed, unsealed
from training.transcripts.records import record_meant

_LETTER = "m"
_LETTER_OF_HOLDS = "h"


@dataclass(frozen=True, slots=True)
class Opened:
    """An item with what it says, or with why that cannot be shown."""

    item: ItemState
    content: bytes | Closed


def item_meant(question: Question, written: str) -> int | None:
    """The id behind ``M-1202``, ``m1202`` or ``1202``; None for anything else."""
    return _meant(question, written, _LETTER)


def hold_meant(question: Question, written: str) -> int | None:
    """The same for ``H-12``."""
    return _meant(question, written, _LETTER_OF_HOLDS)


def _meant(question: Question, written: str, letter: str) -> int | None:
    return record_meant(question, written.strip().casefold().removeprefix(letter).lstrip("- "))


def items_of(question: Question, person_id: int) -> tuple[ItemState, ...]:
    """The items of a person, newest first; none for whoever keeps no records."""
    if not question.has(*CUSTODIANS):
        return ()
    return content.items_of(question.conn, question.agency_id, person_id)


def opened(question: Question, item_id: int) -> Opened | None:
    """The item, for whoever keeps records at this moment; None for anybody else and for one that is not there."""
    return opened_for(question, item_id) if question.has(*CUSTODIANS) else None


def opened_for(question: Question, item_id: int) -> Opened | None:
    """The same for whoever the caller has decided may see it; what is set aside or gone is shown to nobody."""
    found = content.item(question.conn, question.agency_id, item_id)
    if found is None:
        return None
    said = unsealed(question.office, question.conn, question.agency_id, [found])
    return Opened(found, said[item_id])
