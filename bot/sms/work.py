"""How is one thing that came in from Twilio worked on, from who sent it to the answer that was handed over?

Runs in a worker thread, and may run again after a crash at any line: whatever follows from it is written in one
transaction with the mark that it is done.
"""

import json
import logging
from datetime import timedelta

from sqlalchemy import Connection

from bot.service.answers import Answers
from bot.sms.events import CHANNEL, Incoming, Kind, read
from db.queries import ledger
from db.queries.context import ByContact, ByPerson, Sender
from db.records.facts import AgencyId, ContactKind
from db.records.inbox import InWork
from db.records.ledger import Claim, Route
from handlers.front_desk import FrontDesk, Interaction, Replied
from messages.kinds import MessageKind
from training import accounts, inbox
from training.accounts import Behind
from training.ledger.parcels import Carrier
from training.office import Office, shared_now

log = logging.getLogger(__name__)

# Whoever is not known is told so once in that time, however often a machine writes to us.
STRANGER_QUIET = timedelta(days=1)
ONCE_A_DAY = frozenset({MessageKind.UNKNOWN_SENDER, MessageKind.ACCESS_ENDED})


class NumberUnknownError(Exception):
    """No agency has the number that was written to, or it is not known yet whose it is."""


class SmsWork:
    """The worker of this channel. ``sender`` is our own number or service, as the settings name it."""

    def __init__(self, office: Office, front_desk: FrontDesk, carrier: Carrier, sender: str) -> None:
        self._office = office
        self._front_desk = front_desk
        self._sender = sender
        self._answers = Answers(office, carrier)

    def work(self, work: InWork) -> None:
        """Do what it asks for. What it raises leaves it to be tried again."""
        incoming = self._incoming(work)
        if incoming.kind is not Kind.TEXT or incoming.number == incoming.address:
            inbox.nothing_to_do(self._office, work)
            return
        behind = self._behind(incoming)
        if behind is None:
            raise NumberUnknownError
        self._answer(work, incoming, behind)

    def tell_given_up(self, work: InWork, trouble: Exception) -> None:
        """It failed for good: kept for the coordinator, and the sender is told what to name it by."""
        incoming = self._incoming(work)
        behind = accounts.behind(self._office, CHANNEL, (incoming.address,), incoming.number)
        agency_id, person_id = (None, None) if behind is None else (behind.agency_id, behind.person_id)
        reference = inbox.give_up(self._office, work, type(trouble).__name__, agency_id, person_id)
        if agency_id is None or person_id is None or incoming.kind is not Kind.TEXT:
            return
        message = self._front_desk.broken(trouble, reference)
        self._answers.send(self._answers.keep_apart(agency_id, person_id, message, _back(incoming)))

    def _incoming(self, work: InWork) -> Incoming:
        return read(json.loads(inbox.opened(self._office, work)))

    def _behind(self, incoming: Incoming) -> Behind | None:
        """Whose number it is. The settings make the first one: the number or service that they name."""
        found = accounts.behind(self._office, CHANNEL, (incoming.address,), incoming.number)
        if found is not None or incoming.address != self._sender:
            return found
        accounts.open_first_door(self._office, CHANNEL, incoming.address)
        return accounts.behind(self._office, CHANNEL, (incoming.address,), incoming.number)

    def _answer(self, work: InWork, incoming: Incoming, behind: Behind) -> None:
        claims: list[Claim] = []

        def then(conn: Connection, replied: Replied) -> None:
            if not self._said_today(conn, behind.agency_id, replied, _back(incoming)):
                claims.extend(
                    self._answers.keep(
                        conn, behind.agency_id, replied.person_id, replied.message, _back(incoming)
                    )
                )
            inbox.done(conn, work, agency_id=behind.agency_id, person_id=replied.person_id)

        interaction = Interaction(
            agency_id=behind.agency_id,
            sender=_sender(behind.person_id),
            channel=CHANNEL,
            text=incoming.text,
            serving_only=True,
        )
        self._front_desk.reply(interaction, behind.agency_name, then)
        self._answers.send(claims)

    def _said_today(self, conn: Connection, agency_id: AgencyId, replied: Replied, back: Route) -> bool:
        kind = replied.message.kind
        if kind not in ONCE_A_DAY:
            return False
        since = shared_now(self._office, conn) - STRANGER_QUIET
        return ledger.was_said(conn, agency_id, back, kind.value, since=since)


def _sender(person_id: int | None) -> Sender:
    # A number on the roster that nobody has confirmed is nobody's: numbers are typed wrong, and change hands.
    return ByContact(ContactKind.MOBILE, "") if person_id is None else ByPerson(person_id)


def _back(incoming: Incoming) -> Route:
    """To the number that wrote, from the number it wrote to."""
    return Route(channel=CHANNEL, address=incoming.address, place=incoming.number, account=incoming.number)
