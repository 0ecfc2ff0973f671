"""What does a status of Twilio's say of a text, and what follows from it? In any order, twice, late, or about nothing
of ours."""

import logging
from collections.abc import Mapping

from sqlalchemy import Connection

from bot.sms.codes import Does, again, does
from bot.sms.events import CHANNEL, Status
from db.records.facts import AgencyId
from db.records.inbox import InWork
from db.records.ledger import Delivery, Receipt
from db.records.phones import ConsentBy
from db.unit_of_work import Writer
from messages.words import Words
from training import inbox
from training.ledger import another, receipts
from training.ledger.receipts import ChannelSaid
from training.office import Office
from training.phones import phones
from training.phones.phones import TextsWord

log = logging.getLogger(__name__)

# What a status means. Twilio has it, the carrier has it, or it is over; others are left alone.
MEANS: Mapping[str, Receipt] = {
    "accepted": Receipt.HANDED_OVER,
    "scheduled": Receipt.HANDED_OVER,
    "queued": Receipt.HANDED_OVER,
    "sending": Receipt.HANDED_OVER,
    "sent": Receipt.ACCEPTED,
    "delivered": Receipt.DELIVERED,
    "read": Receipt.DELIVERED,
    "undelivered": Receipt.UNDELIVERED,
    "failed": Receipt.UNDELIVERED,
    "canceled": Receipt.UNDELIVERED,
}


def take(office: Office, work: InWork, status: Status, words: Words) -> None:
    """Write down what it says. NobodysReceiptError where there is no such text."""
    receipt = MEANS.get(status.word)
    if receipt is None:
        inbox.nothing_to_do(office, work)
        return

    def done(conn: Connection, agency_id: AgencyId, person_id: int | None) -> None:
        inbox.done(conn, work, agency_id=agency_id, person_id=person_id)

    def follow(writer: Writer, delivery: Delivery) -> None:
        if receipt is Receipt.UNDELIVERED:
            _follow(writer, office, delivery, status.code, words)

    came = ChannelSaid(
        channel=CHANNEL,
        attempt_id=status.attempt,
        ref=status.sid,
        place=status.number,
        receipt=receipt,
        error=status.code,
    )
    if not receipts.take(office, came, done, follow):
        raise inbox.NobodysReceiptError


def _follow(writer: Writer, office: Office, delivery: Delivery, code: str, words: Words) -> None:
    """A text did not arrive: what is to be done about it, by the one table."""
    log.warning("undelivered", extra={"channel": CHANNEL, "error": code, "attempt": delivery.attempt_id})
    match does(code):
        case Does.ALARM:
            log.error("twilio-refuses-us", extra={"error": code})
        case Does.OPTED_OUT:
            phones.refuse(writer, office, refused(delivery), words)
        case Does.AGAIN:
            # Whoever has a shared phone later need not be who asked.
            is_shared = phones.is_shared(writer.conn, writer.agency_id, delivery.route.place)
            waits = () if is_shared else again(code)
            another.try_again(writer, delivery, waits, phones.another_way(writer, delivery))
        case Does.ASK:
            phones.lose_number(writer, office, delivery.person_id, delivery.route.place, words)
        case _:
            pass


def refused(delivery: Delivery) -> TextsWord:
    """The carrier's word that a number wants no texts."""
    return TextsWord(
        number=delivery.route.place,
        person_id=delivery.person_id,
        how=ConsentBy.CARRIER,
        shown="",
    )
