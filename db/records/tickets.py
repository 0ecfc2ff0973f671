"""Something that a person has to answer, with everything that was answered to it."""

from dataclasses import dataclass

from db.records.facts import Kept, Ticket, TicketAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketState:
    """A ticket as it stands; ``answers`` in the order in which they were given."""

    kept: Kept[Ticket]
    answers: tuple[Kept[TicketAnswer], ...] = ()

    @property
    def ended_by(self) -> Kept[TicketAnswer] | None:
        """The answer that ended it; None while it is open."""
        return next((each for each in self.answers if each.fact.closes), None)
