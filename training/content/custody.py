"""Who may do what with kept items, decided at the moment it is done? Every act is one transaction with its entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from db.queries import content, people
from db.records.content import ItemState
from db.records.facts import PersonAtAgency, Role
from db.unit_of_work import Writer, writing
from training.asking import Question, at_the_writing, written_at
from training.permissions import hidden

# Who reads and lists what is kept, lets go of it and puts it back.
CUSTODIANS = (Role.RECORDS,)
# Who hides an item at once.
SET_ASIDE_BY = (Role.RECORDS, Role.COORDINATOR)
# The second person: looks at a request and at no words.
CONFIRMED_BY = (Role.RECORDS, Role.LEGAL, Role.COMMAND)
# Who says that nothing may go.
HELD_BY = (Role.RECORDS, Role.LEGAL)


class Verdict(StrEnum):
    """What became of an act; the catalogue holds a sentence for each that is not DONE."""

    DONE = "done"
    NOT_THERE = "not-there"
    NOT_YOURS = "not-yours"  # the role is no longer held at this moment
    OWN = "own"  # nobody disposes of what is their own or about them
    SECOND = "second"  # whoever asked does not confirm
    HELD = "held"
    GONE = "gone"
    ALREADY = "already"
    NOTHING_OPEN = "nothing-open"  # nobody has asked, or it was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyDone:
    """An act and what it left behind. ``hold_id`` names a hold that was placed."""

    verdict: Verdict
    item: ItemState | None = None
    hold_id: int | None = None


@contextmanager
def acting(question: Question) -> Iterator[Writer]:
    """One transaction of the asker's, at the instant that is written down."""
    with writing(
        question.office.engine,
        question.agency_id,
        at=written_at(question.office, question),
        actor_id=question.asker.person_id,
        channel=question.channel,
    ) as writer:
        yield writer


def still_holds(writer: Writer, question: Question, *roles: Role) -> bool:
    """Whether the asker holds one of the roles inside this transaction: a card may be older than a role."""
    return at_the_writing(writer, question).has(*roles)


def refused(writer: Writer, question: Question, item_id: int, *roles: Role) -> CustodyDone | ItemState:
    """The item as it is inside this transaction, or why the asker cannot act on it."""
    if not still_holds(writer, question, *roles):
        return CustodyDone(verdict=Verdict.NOT_YOURS)
    found = content.item(writer.conn, writer.agency_id, item_id)
    if found is None:
        return CustodyDone(verdict=Verdict.NOT_THERE)
    if found.gone is not None:
        return CustodyDone(verdict=Verdict.GONE, item=found)
    return found


def person_meant(question: Question, written: str) -> PersonAtAgency | None:
    """Somebody of the agency by badge, or by a surname that one person has; nobody who is hidden from the asker."""
    words = written.split()
    if not words:
        return None
    unseen = hidden(question)
    by_badge = people.by_badge(question.conn, question.agency_id, words[-1])
    if by_badge is not None:
        return None if by_badge.person_id in unseen else by_badge
    named = people.by_surname(question.conn, question.agency_id, words[-1])
    found = [each for each in named if each.person_id not in unseen]
    return found[0] if len(found) == 1 else None
