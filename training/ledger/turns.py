"""What stops the copies of something that is said in turns? An answer anywhere, a receipt, or that it lost its sense.

What counts as reached, by the channel's own word: see [decision 0041](../../docs/decisions/0041-whose-turn-it-is.md).
"""

from collections.abc import Iterable, Sequence

from db.queries import another_try, turns
from db.queries.turns import OpenTurn, Stopped
from db.records.audit import AuditDraft
from db.records.ledger import Destination, Receipt
from db.unit_of_work import Writer
from training.audit import AuditTag
from training.ledger.duty import Due
from training.ledger.saying import new_id

# Why an attempt that was not begun is not to be.
NEXT_WAY = "next-way"


def cancel(writer: Writer, message_ids: Sequence[str], why: str, person_id: int | None) -> int:
    """Nothing of these messages is sent any more and no way has its turn; how many attempts were stopped.

    What is being sent at this moment goes its way. ``why`` is a word of ``receipt-why-<why>``.
    """
    stopped = turns.stop_attempts(writer.conn, writer.agency_id, message_ids, why, writer.at)
    turns.close(writer.conn, writer.agency_id, message_ids)
    writer.audit(*_entries(AuditTag.MESSAGE_CANCELLED, stopped, person_id, why))
    return len(stopped)


def answered_by(writer: Writer, person_id: int) -> tuple[str, ...]:
    """Somebody said something to Rollcall: what was handed over to them before is answered, and every other copy of it
    stops. The ids of those messages."""
    ids = turns.waiting_for_an_answer(writer.conn, writer.agency_id, person_id, writer.at)
    if not ids:
        return ()
    marked = turns.answer(writer.conn, writer.agency_id, ids)
    writer.audit(*_entries(AuditTag.MESSAGE_ANSWERED, marked, person_id))
    cancel(writer, ids, Receipt.ANSWERED.value, person_id)
    return ids


def goes_on(
    writer: Writer, turn: OpenTurn, route: Destination, due: Due, because: str, *, stops: bool
) -> str | None:
    """The next way has its turn: one more attempt there, in the hours of its person; its id.

    ``stops``: the attempt before it was not begun, and is not to be. None when a worker has begun it meanwhile.
    """
    if stops:
        stopped = turns.stop_attempts(writer.conn, writer.agency_id, [turn.message_id], NEXT_WAY, writer.at)
        if not stopped:
            return None
        writer.audit(*_entries(AuditTag.MESSAGE_CANCELLED, stopped, turn.person_id, because))
    attempt_id = new_id()
    another_try.next_way(
        writer.conn, writer.agency_id, turn.message_id, attempt_id, route, due.at, due.waits, now=writer.at
    )
    data = {
        "kind": turn.kind,
        "message": turn.message_id,
        "attempt": attempt_id,
        "channel": route.channel,
        "because": because,
        **({} if due.waits is None else {"waits": due.waits.value, "until": due.at.isoformat()}),
    }
    writer.audit(AuditDraft(tag=AuditTag.MESSAGE_NEXT_WAY, subject_id=turn.person_id, data=data))
    return attempt_id


def _entries(
    tag: AuditTag, attempts: Iterable[Stopped], person_id: int | None, why: str = ""
) -> list[AuditDraft]:
    return [
        AuditDraft(
            tag=tag,
            subject_id=person_id,
            data={
                "message": each.message_id,
                "attempt": each.attempt_id,
                "sent_on": each.channel,
                **({"why": why} if why else {}),
            },
        )
        for each in attempts
    ]
