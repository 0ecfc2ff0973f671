"""What came in through a door is worked on until it is done: kept first, tried again, told when it fails for good."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from sqlalchemy import Connection

from db.keys import cipher
from db.queries import inbox, ledger
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.inbox import Arrival, InboxState, InWork
from db.unit_of_work import reading, working, writing
from training.audit import AuditTag
from training.office import Office, shared_now

log = logging.getLogger(__name__)

# Longer than the slowest answer; after it another worker may have the work.
LEASE = timedelta(seconds=60)
# What fails is tried again, each time a little later; after the last the sender and the coordinator are told.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300))
BATCH = 20
STOPPED = "stopped"
# As the doctor counts them.
WAITING = (InboxState.WAITING.value, InboxState.WORKING.value)
FAILED = InboxState.FAILED.value
# Nobody reads more answers than this in a minute; what goes beyond is kept, and nothing is looked up for it.
A_MINUTES_WORTH = 20
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Something that came in, as a door hands it over: ``body`` is what the work needs, as it came."""

    channel: str
    event: str
    address: str
    place: str
    kind: str
    body: bytes


class NobodysReceiptError(Exception):
    """What became of something that nobody here has sent: kept, for somebody to look at."""


def keep(office: Office, came: Came) -> InWork | None:
    """Keep it, once, and have it: one write. None when it was there already, whoever works on it."""
    owner = token_hex(8)
    body = cipher.seal(office.keys.work_key(), came.body, _place(came.channel, came.event))
    with working(office.engine) as conn:
        now = shared_now(office, conn)
        arrival = Arrival(
            channel=came.channel,
            event=came.event,
            address=came.address,
            place=came.place,
            kind=came.kind,
            body=body,
        )
        if not inbox.keep(conn, arrival, now=now, owner=owner, until=now + LEASE):
            return None
    return InWork(
        channel=came.channel,
        event=came.event,
        place=came.place,
        kind=came.kind,
        body=body,
        arrived_at=now,
        owner=owner,
        tries=1,
    )


def left_over(
    office: Office, limit: int = BATCH, channels: Collection[str] | None = None
) -> Sequence[InWork]:
    """What waits to be tried again, and what a worker that is gone left behind, on these channels when they are named;
    this worker's from now on."""
    with working(office.engine) as conn:
        now = shared_now(office, conn)
        return inbox.claim(
            conn, now=now, owner=token_hex(8), until=now + LEASE, limit=limit, channels=channels
        )


def opened(office: Office, work: InWork) -> bytes:
    """What came in, readable."""
    return cipher.unseal(office.keys.work_key(), work.body, _place(work.channel, work.event))


class TakenOverError(Exception):
    """Another worker has this by now: what was made here must not be kept."""


def done(
    conn: Connection,
    work: InWork,
    *,
    agency_id: AgencyId | None = None,
    person_id: int | None = None,
    kind: str = "",
) -> None:
    """It is done, in the transaction that keeps what follows from it. TakenOverError undoes that transaction.

    ``kind``: what it turned out to be, where ``came_before`` counts it.
    """
    if not inbox.finish(conn, work, agency_id=agency_id, person_id=person_id, kind=kind):
        raise TakenOverError


def came_before(office: Office, work: InWork, kind: str, within: timedelta) -> int:
    """How many of this kind came from the same sender in that time, before this."""
    with reading(office.engine) as conn:
        return inbox.place_in_rush(conn, work, work.arrived_at - within, (kind,))


def nothing_to_do(office: Office, work: InWork) -> None:
    """It asks for nothing, and is done."""
    with working(office.engine) as conn:
        done(conn, work)


def is_last_try(work: InWork) -> bool:
    """Whether it fails for good if it fails now."""
    return work.tries > len(WAITS)


def beyond_a_minutes_worth(office: Office, work: InWork, kinds: Collection[str]) -> int:
    """How many messages beyond what one sender may ask in a minute this one is; 0 for whoever is not in such haste."""
    with reading(office.engine) as conn:
        nth = inbox.place_in_rush(conn, work, work.arrived_at - MINUTE, kinds)
    return max(nth - A_MINUTES_WORTH, 0)


def is_worn_out(work: InWork) -> bool:
    """Whether it was begun as often as anything is, and nobody was left to say how it ended."""
    return work.tries > len(WAITS) + 1


def try_again(office: Office, work: InWork, trouble: str) -> None:
    """It failed this time."""
    with working(office.engine) as conn:
        due_at = shared_now(office, conn) + WAITS[work.tries - 1]
        inbox.put_back(conn, work, due_at=due_at, trouble=trouble)
    log.warning("put-back", extra={"channel": work.channel, "error": trouble, "count": work.tries})


def hand_back(office: Office, works: Sequence[InWork]) -> None:
    """This worker ends before it began with these."""
    with working(office.engine) as conn:
        now = shared_now(office, conn)
        for work in works:
            inbox.put_back(conn, work, due_at=now, trouble=STOPPED)


def give_up(
    office: Office, work: InWork, trouble: str, agency_id: AgencyId | None, person_id: int | None
) -> str:
    """It failed for good: kept, logged where the agency is known, and named by the reference given back."""
    reference = token_hex(4)
    log.error("given-up", extra={"channel": work.channel, "error": trouble, "reference": reference})
    if agency_id is None:
        with working(office.engine) as conn:
            inbox.fail(conn, work, trouble=trouble, reference=reference, agency_id=None, person_id=None)
        return reference
    with working(office.engine) as conn:
        at = shared_now(office, conn)
    with writing(office.engine, agency_id, at=at, actor_id=person_id, channel=work.channel) as writer:
        inbox.fail(
            writer.conn,
            work,
            trouble=trouble,
            reference=reference,
            agency_id=agency_id,
            person_id=person_id,
        )
        data = {"kind": work.kind, "reference": reference, "error": trouble}
        writer.audit(AuditDraft(tag=AuditTag.EVENT_FAILED, subject_id=person_id, data=data))
    return reference


def queues(office: Office) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """By state, what came in and is not done, and what is to be sent and is not over."""
    with reading(office.engine) as conn:
        return inbox.counts(conn), ledger.counts(conn)


def _place(channel: str, event: str) -> str:
    return f"inbox:{channel}:{event}"
