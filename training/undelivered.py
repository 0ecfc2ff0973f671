"""What failed for good at an agency: messages in that nobody answered, messages out that nobody got?"""

from dataclasses import dataclass
from datetime import datetime

from db.queries import agencies, inbox, ledger, people
from db.records.ledger import Receipt
from training.asking import Question
from training.inbox import NobodysReceiptError
from training.people import display_name
from training.permissions import hidden

# As much of an attempt's id as a person reads out.
REFERENCE = 8
# Older ones are in the log.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One thing. ``receipt`` is None for what came in; ``who`` is empty for nobody known, and for the hidden."""

    receipt: Receipt | None
    at: datetime
    who: str
    reference: str


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """What carriers said of texts that nobody here has sent: how often, and since when the oldest lies there."""

    count: int
    since: datetime | None


def unclaimed(question: Question) -> Unclaimed:
    """Of whatever came through the agency's own doors; it says nothing about anybody."""
    doors = {
        (each.fact.channel, each.fact.address) for each in agencies.doors(question.conn, question.agency_id)
    }
    count, since = inbox.unclaimed(question.conn, doors, NobodysReceiptError.__name__)
    return Unclaimed(count, None if since is None else since.astimezone(question.at.tzinfo))


def undelivered(question: Question) -> tuple[Undelivered, ...]:
    """All of it, the newest first."""
    came = inbox.failed(question.conn, question.agency_id)
    sent = ledger.troubled(question.conn, question.agency_id, limit=SHOWN)
    unseen = hidden(question)
    ids = {each.person_id for each in came} | {each.person_id for each in sent}
    known = sorted(each for each in ids if each is not None and each not in unseen)
    named = {
        each.person_id: display_name(each) for each in people.by_ids(question.conn, question.agency_id, known)
    }
    zone = question.at.tzinfo
    found = [
        Undelivered(
            None,
            each.arrived_at.astimezone(zone),
            named.get(each.person_id or 0, ""),
            each.reference,
        )
        for each in came
    ]
    found += [
        Undelivered(
            each.receipt,
            each.created_at.astimezone(zone),
            named.get(each.person_id or 0, ""),
            each.attempt_id[:REFERENCE],
        )
        for each in sent
    ]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))
