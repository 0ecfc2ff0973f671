"""What was sent to somebody by text, and what is known of each? Their own, and to whoever coordinates anybody's."""

from db.queries import ledger
from db.records.ledger import Delivery, QueueState, Receipt
from messages.texts import SentFacts
from training.asking import Question
from training.phones.phones import CHANNEL

# Older ones are in the log.
MOST = 60
# Not begun, or begun a moment ago; and put off for a reason.
PLANNED, HELD = "planned", "held"


def sent_to(question: Question, person_id: int) -> tuple[SentFacts, ...]:
    """The last texts, the newest first, without a word of what was in them."""
    found = ledger.said_to(question.conn, question.agency_id, person_id, CHANNEL, limit=MOST)
    zone = question.at.tzinfo
    return tuple(
        SentFacts(
            at=each.created_at.astimezone(zone),
            number=each.route.place,
            kind=each.kind,
            state=state_of(each),
            why=why_of(each),
        )
        for each in found
    )


def state_of(delivery: Delivery) -> str:
    """What is known of an attempt: how far the work on it is, or what the carrier said last."""
    if delivery.receipt is Receipt.UNKNOWN:
        return Receipt.UNKNOWN.value
    if delivery.state is not QueueState.DONE:
        waits = delivery.state is QueueState.READY and delivery.waits is not None
        return HELD if waits else PLANNED
    return PLANNED if delivery.receipt is None else delivery.receipt.value


def why_of(delivery: Delivery) -> str:
    """Why it is held, or what a carrier or we said when it went wrong; empty where the state says all."""
    state = state_of(delivery)
    if state in _SAYS_ALL:
        return ""
    return delivery.waits.value if state == HELD and delivery.waits is not None else delivery.error


# What went wrong on the way there is no part of what became of it.
_SAYS_ALL = frozenset(
    {
        PLANNED,
        Receipt.HANDED_OVER.value,
        Receipt.ACCEPTED.value,
        Receipt.DELIVERED.value,
        Receipt.ANSWERED.value,
        Receipt.NONE.value,
        Receipt.UNKNOWN.value,
    }
)
