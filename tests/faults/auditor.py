"""Does the ledger keep its promises? Looked at by itself: what is kept there and in the chain, and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from db.integrity import check_integrity
from db.queries import ledger
from db.queries.audit import entries
from db.records.audit import AuditEntry
from db.records.ledger import Delivery, QueueState, Receipt
from db.tables import attempt, message, notification
from db.unit_of_work import reading
from scheduler.ticker import TICK
from tests.faults.sites import Site
from training.audit import AuditTag
from training.ledger.delivering import LEASE
from training.office import shared_now

ENDS = {
    Receipt.HANDED_OVER: AuditTag.MESSAGE_HANDED_OVER,
    Receipt.ACCEPTED: AuditTag.MESSAGE_HANDED_OVER,
    Receipt.DELIVERED: AuditTag.MESSAGE_HANDED_OVER,
    Receipt.ANSWERED: AuditTag.MESSAGE_HANDED_OVER,
    Receipt.NONE: AuditTag.MESSAGE_HANDED_OVER,
    Receipt.FAILED: AuditTag.MESSAGE_FAILED,
    Receipt.UNKNOWN: AuditTag.MESSAGE_UNKNOWN,
    Receipt.SKIPPED: AuditTag.MESSAGE_SKIPPED,
}
LATEST = TICK + LEASE
MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Books:
    """What the ledger says of the messages that a scenario planned."""

    attempts: tuple[Delivery, ...]
    delayed: int
    broken: tuple[str, ...]

    def ended(self, receipt: Receipt) -> int:
        """How many attempts ended so."""
        return sum(each.receipt is receipt for each in self.attempts)


def looked_at(site: Site, about: str = "row ") -> Books:
    """Everything that a scenario planned (its matters begin so), and which promises do not hold."""
    with reading(site.office.engine) as conn:
        now = shared_now(site.office, conn)
        mine = tuple(each for each in ledger.deliveries(conn, site.agency_id) if each.about.startswith(about))
        told = _told(conn, site)
        broken = [
            *_one_end_each(conn, mine, about),
            *_one_effect_each(mine),
            *_nothing_forgotten(mine, now, conn),
            *_every_step_told(mine, told),
        ]
        delayed = _delayed(conn, mine)
    broken += [f"I4: the record says {each}" for each in check_integrity(site.office.engine)]
    return Books(mine, delayed, tuple(broken))


def _told(conn: Connection, site: Site) -> Mapping[str, list[AuditEntry]]:
    """What the chain says of each message, oldest first."""
    tags = [AuditTag.MESSAGE_PLANNED, *set(ENDS.values()), AuditTag.MESSAGE_DELIVERED]
    found: dict[str, list[AuditEntry]] = defaultdict(list)
    for entry in reversed(entries(conn, site.agency_id, tags=[str(tag) for tag in tags], limit=MANY)):
        found[str(entry.data["message"])].append(entry)
    return found


def _one_end_each(conn: Connection, mine: tuple[Delivery, ...], about: str) -> list[str]:
    """I1: what was planned has an attempt, and what is over has one end."""
    wrong = [
        f"I1: {each.attempt_id} is over without an end"
        for each in mine
        if each.state is QueueState.DONE and each.receipt not in ENDS
    ]
    without = conn.execute(
        select(message.c.message_id).where(
            message.c.about.like(f"{about}%"),
            message.c.message_id.not_in(select(attempt.c.message_id)),
        )
    ).scalars()
    wrong += [f"I1: {each} has no attempt" for each in without]
    planned = conn.execute(
        select(notification.c.message_id)
        .where(notification.c.message_id.is_not(None))
        .group_by(notification.c.message_id)
    ).scalars()
    known = set(conn.execute(select(message.c.message_id)).scalars())
    return wrong + [f"I1: {each} was planned and is not there" for each in planned if each not in known]


def _one_effect_each(mine: tuple[Delivery, ...]) -> list[str]:
    """I2, as far as the ledger shows it: no two attempts point at one thing of the channel's."""
    refs = Counter((each.route.channel, each.sent_in, each.ref) for each in mine if each.ref)
    return [f"I2: {times} attempts say that {ref} is theirs" for ref, times in refs.items() if times > 1]


def _nothing_forgotten(mine: tuple[Delivery, ...], now: datetime, conn: Connection) -> list[str]:
    """I3: nothing that is due lies longer than a lease and a tick."""
    late = conn.execute(
        select(attempt.c.attempt_id).where(
            attempt.c.state != QueueState.DONE.value, attempt.c.due_at < now - LATEST
        )
    ).scalars()
    known = {each.attempt_id for each in mine}
    return [f"I3: {each} is due and nobody has it" for each in late if each in known]


def _every_step_told(mine: tuple[Delivery, ...], told: Mapping[str, list[AuditEntry]]) -> list[str]:
    """I4: planned, then the end that the ledger has, once and in that order."""
    wrong = []
    for each in mine:
        tags = [entry.tag for entry in told.get(each.message_id, ())]
        of_this = [
            entry.tag
            for entry in told.get(each.message_id, ())
            if entry.data.get("attempt") == each.attempt_id and entry.tag != AuditTag.MESSAGE_DELIVERED
        ]
        ended = ENDS.get(each.receipt) if each.receipt and each.state is QueueState.DONE else None
        expected = [] if ended is None else [str(ended)]
        if of_this != expected or tags[:1] != [str(AuditTag.MESSAGE_PLANNED)]:
            wrong.append(f"I4: {each.attempt_id} is {each.receipt}, and the log says {tags}")
    return wrong


def _delayed(conn: Connection, mine: tuple[Delivery, ...]) -> int:
    """How many ended more than a lease after they were made."""
    known = {each.attempt_id for each in mine}
    rows = conn.execute(
        select(attempt.c.attempt_id, attempt.c.created_at, attempt.c.ended_at).where(
            attempt.c.ended_at.is_not(None)
        )
    ).all()
    return sum(row.attempt_id in known and row.ended_at - row.created_at > LEASE for row in rows)
