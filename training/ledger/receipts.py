"""What does a channel say later about something it took? A receipt moves forward only, in whatever order it comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries import ledger
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.ledger import Delivery, QueueState, Receipt
from db.unit_of_work import Writer, reading, working, writing
from training.audit import AuditTag
from training.ledger.turns import cancel
from training.office import Office, shared_now

# How much each one says. What stands on one step does not move the other; whatever has none says least.
_STEPS: Mapping[Receipt, int] = {
    Receipt.HANDED_OVER: 1,
    Receipt.NONE: 1,
    Receipt.ACCEPTED: 2,
    Receipt.UNDELIVERED: 3,
    Receipt.DELIVERED: 3,
    Receipt.ANSWERED: 4,
}
# What says so is the end of every other copy.
ARRIVED = (Receipt.DELIVERED, Receipt.ANSWERED)
_TAGS = {
    Receipt.DELIVERED: AuditTag.MESSAGE_DELIVERED,
    Receipt.UNDELIVERED: AuditTag.MESSAGE_UNDELIVERED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSaid:
    """What a channel said: about which attempt, or else about which of its own ids."""

    channel: str
    attempt_id: str
    ref: str
    place: str
    receipt: Receipt
    error: str = ""


def less_than(receipt: Receipt) -> tuple[Receipt, ...]:
    """What says less than this one."""
    return tuple(each for each in Receipt if _STEPS.get(each, 0) < _STEPS.get(receipt, 0))


def take(
    office: Office,
    came: ChannelSaid,
    done: Callable[[Connection, AgencyId, int | None], None],
    then: Callable[[Writer, Delivery], None],
) -> bool:
    """Write it down; False when nobody here sent that. ``done`` is called in the same transaction, whatever it says.

    ``then`` adds what follows from it, when it says more than was known.
    """
    with reading(office.engine) as conn:
        found = ledger.attempts_at(conn, came.channel, came.attempt_id, came.ref)
        now = shared_now(office, conn)
    if not found:
        return False
    agency_id, first = found[0]
    less = less_than(came.receipt)
    behind = [
        each for owner, each in found if owner == agency_id and (each.receipt is None or each.receipt in less)
    ]
    if not behind:
        with working(office.engine) as conn:
            done(conn, agency_id, first.person_id)
        return True
    with writing(office.engine, agency_id, at=now, channel=came.channel) as writer:
        for each in behind:
            if _advance(writer, each, came):
                writer.audit(*_entries(each, came))
                if each.in_turns and came.receipt in ARRIVED:
                    cancel(writer, [each.message_id], came.receipt.value, each.person_id)
                then(writer, each)
                if came.receipt is Receipt.UNDELIVERED:
                    # Unless what follows needs its words once more.
                    ledger.forget_body(writer.conn, each.message_id)
        done(writer.conn, agency_id, first.person_id)
    return True


def _advance(writer: Writer, delivery: Delivery, came: ChannelSaid) -> bool:
    return ledger.advance(
        writer.conn,
        delivery.attempt_id,
        came.receipt,
        less_than(came.receipt),
        ref=came.ref,
        place=came.place,
        error=came.error,
        now=writer.at,
    )


def _entries(delivery: Delivery, came: ChannelSaid) -> list[AuditDraft]:
    """What was under way still, was taken by the channel: the receipt is the proof of it."""
    tags = [] if delivery.state is QueueState.DONE else [AuditTag.MESSAGE_HANDED_OVER]
    if came.receipt in _TAGS:
        tags.append(_TAGS[came.receipt])
    data = {
        "kind": delivery.kind,
        "message": delivery.message_id,
        "attempt": delivery.attempt_id,
        "ref": came.ref,
        "error": came.error,
    }
    return [AuditDraft(tag=tag, subject_id=delivery.person_id, data=data) for tag in tags]
