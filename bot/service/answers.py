"""How does an answer leave through a door? Kept as being sent, with the mark that its question is done; then sent."""

from collections.abc import Sequence

from sqlalchemy import Connection

from db.records.facts import AgencyId
from db.records.inbox import InWork
from db.records.ledger import Claim, Destination
from db.unit_of_work import working
from messages.model import Message
from training import inbox
from training.ledger.delivering import LEASE, Worker
from training.ledger.parcels import Carrier
from training.ledger.saying import keep_answer
from training.office import Office, shared_now


class Answers:
    """The answers of one door."""

    def __init__(self, office: Office, carrier: Carrier) -> None:
        self._office = office
        self._carrier = carrier

    def keep(
        self,
        conn: Connection,
        agency_id: AgencyId,
        person_id: int | None,
        message: Message,
        route: Destination,
    ) -> tuple[Claim, ...]:
        """An answer that is about to be sent, in the transaction in which it was made."""
        now = shared_now(self._office, conn)
        return keep_answer(
            conn,
            self._office.keys,
            agency_id=agency_id,
            person_id=person_id,
            message=message,
            routes=(route,),
            now=now,
            until=now + LEASE,
        )

    def keep_apart(
        self,
        agency_id: AgencyId,
        person_id: int | None,
        message: Message,
        route: Destination,
        work: InWork | None = None,
    ) -> tuple[Claim, ...]:
        """The same where the front desk had no part in it; ``work`` is what it answers, if that is done with it."""
        with working(self._office.engine) as conn:
            claims = self.keep(conn, agency_id, person_id, message, route)
            if work is not None:
                inbox.done(conn, work, agency_id=agency_id, person_id=person_id)
        return claims

    def send(self, claims: Sequence[Claim]) -> None:
        """What was kept goes out; what does not is the delivery's."""
        worker = Worker(self._office)
        for claim in claims:
            worker.send_now(claim, self._carrier)
