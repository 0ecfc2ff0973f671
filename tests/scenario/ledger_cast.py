"""Things that Rollcall says later: planned by a test, delivered by workers that may be gone at any moment."""

from dataclasses import dataclass, field
from datetime import timedelta

from db.queries import ledger
from db.records.ledger import Claim, Delivery, Destination, Ending, Occasion
from messages.elsewhere import which_file
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from tests.fakes.carrier import DiedError, ScriptedCarrier, Turn
from tests.scenario.cast import Agency
from training.ledger.delivering import LEASE, Worker
from training.ledger.parcels import Fate, TryOutcome
from training.ledger.saying import ToSay, plan
from training.office import shared_now

CHANNEL, ADDRESS = "slack", "T0LAKEMONT"
OFFICER = "214"


@dataclass
class Post:
    """An agency's ledger with one carrier."""

    agency: Agency
    carrier: ScriptedCarrier = field(default_factory=ScriptedCarrier)
    number: int = 0

    def plan(
        self, place: str = "D1", *, badge: str = OFFICER, occasion: str = "", channel: str = CHANNEL
    ) -> str:
        """Plan something to say; the id of its attempt, empty when it was planned already."""
        self.number += 1
        self.wait(seconds=1)
        person_id = self.agency.id_of(badge)
        said = ToSay(
            person_id=person_id,
            message=which_file(self.agency.words),
            routes=(Destination(channel=channel, address=ADDRESS, place=place),),
            about=f"story {self.number}",
            occasion=None
            if not occasion
            else Occasion(agency_id=self.agency.agency_id, person_id=person_id, subject=occasion),
        )
        with self.agency.writing() as writer:
            now = shared_now(self.agency.office, writer.conn)
            planned = plan(writer, self.agency.office.keys, said, now=now)
        return next((each.attempt_id for each in self.all() if each.message_id == planned), "")

    def wait(self, *, seconds: float = 0) -> None:
        """Time passes."""
        self.agency.clock.at += timedelta(seconds=seconds)

    def outlive_the_lease(self) -> None:
        """Whoever is gone is known to be gone."""
        self.wait(seconds=LEASE.total_seconds() + 1)

    def claim(self, limit: int = 20) -> tuple[Claim, ...]:
        """What a new worker has in hand."""
        return Worker(self.agency.office).claim(limit)

    def deliver(self, claim: Claim) -> Ending | None:
        """One attempt by whoever has it; nothing comes of it when that worker dies."""
        try:
            return Worker(self.agency.office).deliver(claim, self.carrier)
        except DiedError:
            return None

    def tick(self) -> int:
        """What the scheduler does."""
        return deliver_what_is_due(Work(self.agency.office, lambda: False, {CHANNEL: self.carrier}))

    def all(self) -> tuple[Delivery, ...]:
        """Every attempt as it stands."""
        with self.agency.reading() as conn:
            return ledger.deliveries(conn, self.agency.agency_id)

    def of(self, attempt_id: str) -> Delivery:
        """One attempt as it stands."""
        return next(each for each in self.all() if each.attempt_id == attempt_id)


A_WHILE = timedelta(seconds=30)


def asked_to_wait(*, everywhere: bool) -> Turn:
    """The channel wants to be left alone."""
    return Turn(
        effect=False,
        answer=TryOutcome(fate=Fate.NOT_NOW, error="ratelimited", after=A_WHILE, everywhere=everywhere),
    )
