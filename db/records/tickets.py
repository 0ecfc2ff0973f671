"""Something that a person has to answer, what was answered to it, and how it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.records.facts import Fact, Kept


class TicketKind(StrEnum):
    """Why a person has to answer."""

    HUMAN = "human"  # somebody asked for a person
    QUESTION = "question"  # for what Rollcall cannot answer yet
    FEEDBACK = "feedback"
    DISTRESS = (
        "distress"  # somebody asked for a person after words of danger or despair; none of them go along
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket(Fact):
    """Something that a person has to answer, and where it was asked: there the answer goes.

    ``number`` is what people say, ``H-12``; ``about`` what could not be answered. ``item_id`` is the content item with
    the words, None where there are none. Without an ``address`` the door has no way of its own, and the answer is shown
    when the person next writes.
    """

    person_id: int
    number: int
    kind: TicketKind
    about: str = ""
    item_id: int | None = None
    channel: str
    address: str = ""
    place: str = ""
    thread: str = ""
    account: str = ""
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAnswer(Fact):
    """What somebody answered, as a content item, and whether that ends it."""

    ticket_id: int
    answered_by: int
    item_id: int
    closes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAnswerShown(Fact):
    """An answer that no channel carries was shown to whoever asked."""

    answer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketState:
    """A ticket as it stands; ``answers`` in the order in which they were given."""

    kept: Kept[Ticket]
    answers: tuple[Kept[TicketAnswer], ...] = ()

    @property
    def ended_by(self) -> Kept[TicketAnswer] | None:
        """The answer that ended it; None while it is open."""
        return next((each for each in self.answers if each.fact.closes), None)
