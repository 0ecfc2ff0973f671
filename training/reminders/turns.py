"""Which way has its turn next? The first at once, the next when nothing says that the last one arrived, each once.

What counts as reached is in [decision 0041](../../docs/decisions/0041-whose-turn-it-is.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.queries import ledger, turns
from db.queries.turns import OpenTurn
from db.records.ledger import Delivery, Destination, Occasion, QueueState, Receipt, Waits
from db.unit_of_work import Writer, reading, writing
from messages.model import Message
from training.ledger import duty
from training.ledger.duty import Due
from training.ledger.recipients import may_be_written_to
from training.ledger.routes import ways_to
from training.ledger.saying import ToSay, plan
from training.ledger.turns import goes_on
from training.office import Office, shared_now
from training.reminders.rules import ReminderRules, in_force

# Whoever is reached by no way now may have one in an hour.
NO_WAY_YET = timedelta(minutes=60)
# It arrived, or so it may be until somebody says otherwise.
_TAKEN = frozenset({Receipt.HANDED_OVER, Receipt.ACCEPTED, Receipt.NONE})
NO_RECEIPT, NOT_BEGUN = "no-receipt", "not-begun"


def remind(
    writer: Writer,
    office: Office,
    person_id: int,
    message: Message,
    occasions: Sequence[Occasion],
    rules: ReminderRules,
    *,
    about: str,
    now: datetime,
    when: Due | None = None,
) -> str | None:
    """Plan a reminder on the first way to its person, in their hours, or at the moment that ``when`` says; the id of
    the message. None when it was planned for all of these occasions already; without any it is planned. Whoever is
    reached by no way has it planned too, and stands on a list."""
    said = ToSay(
        person_id=person_id,
        message=message,
        routes=ways_to(office, writer.conn, writer.agency_id, person_id, rules.turns.order),
        about=about,
        own_question=True,
        occasions=occasions,
        in_turn=rules.turns.wait_minutes,
        when=when,
    )
    return plan(writer, office.keys, said, now=now)


def go_on(office: Office, *, limit: int) -> int:
    """Every message whose next way has its turn, each decided once whichever process looks; how many went on."""
    with reading(office.engine) as conn:
        found = turns.waiting(conn, shared_now(office, conn), limit=limit)
    return sum(_go_on(office, each) for each in found)


def _go_on(office: Office, seen: OpenTurn) -> int:
    with reading(office.engine) as conn:
        at = shared_now(office, conn)
    # Whoever writes has the agency to themselves: what another process decided meanwhile is seen here.
    with writing(office.engine, seen.agency_id, at=at) as writer:
        turn = turns.turn(writer.conn, seen.agency_id, seen.message_id, at)
        if turn is None:
            return 0
        next_look, went = _decide(writer, office, turn, at)
        turns.look_again(writer.conn, turn.agency_id, turn.message_id, next_look)
        if next_look is None:
            ledger.forget_body(writer.conn, turn.message_id)
    return went


@dataclass(frozen=True, slots=True)
class NextWay:
    """When somebody looks again at a message, and by which way it goes now, if it goes; ``stops`` what waits before."""

    look_at: datetime | None
    route: Destination | None = None
    due: Due | None = None
    because: str = ""
    stops: bool = False


def next_way(conn: Connection, office: Office, turn: OpenTurn, at: datetime) -> NextWay:
    """Whether the next way has its turn at this moment, as the record is."""
    wait = timedelta(minutes=turn.wait_minutes)
    tries = ledger.attempts_of(conn, turn.agency_id, turn.message_id)
    last = tries[-1] if tries else None
    if _is_over(conn, turn, at):
        return NextWay(None)
    stays_until = _stays_until(last, at, wait)
    if stays_until is not None:
        return NextWay(stays_until)
    due = duty.due(conn, turn.agency_id, turn.person_id, at)
    if turn.worth_until is None or due.at >= turn.worth_until:
        return NextWay(None)
    order = in_force(conn, turn.agency_id).turns.order
    route = _untried(ways_to(office, conn, turn.agency_id, turn.person_id, order), tries)
    pending = last is not None and last.state is not QueueState.DONE
    if route is None:
        return NextWay(at + (wait if pending else NO_WAY_YET))
    return NextWay(due.at + wait, route, due, _because(last), pending)


def _decide(writer: Writer, office: Office, turn: OpenTurn, at: datetime) -> tuple[datetime | None, int]:
    """When somebody looks again, and whether the next way had its turn now."""
    way = next_way(writer.conn, office, turn, at)
    if way.route is None or way.due is None:
        return way.look_at, 0
    if goes_on(writer, turn, way.route, way.due, way.because, stops=way.stops) is None:
        return at + timedelta(minutes=turn.wait_minutes), 0
    return way.look_at, 1


def _is_over(conn: Connection, turn: OpenTurn, at: datetime) -> bool:
    if turn.worth_until is None or turn.worth_until <= at:
        return True
    return not may_be_written_to(conn, turn.agency_id, turn.person_id, at)


def _stays_until(last: Delivery | None, at: datetime, wait: timedelta) -> datetime | None:
    """Until when the way that has its turn keeps it, because it is being sent or waits for its time; None when it had
    its time."""
    if last is None or last.state is QueueState.DONE:
        return None
    begun = last.state is not QueueState.READY or last.receipt is not None
    held = last.waits not in (None, Waits.ANOTHER_TRY)
    return max(last.due_at, at) + wait if begun or held else None


def _untried(ways: Sequence[Destination], tries: Sequence[Delivery]) -> Destination | None:
    tried = {(each.route.channel, each.route.place) for each in tries}
    return next((each for each in ways if (each.channel, each.place) not in tried), None)


def _because(last: Delivery | None) -> str:
    """Why the way before it lost its turn, as a word of ``receipt-why-<word>`` or of a receipt."""
    if last is None or last.state is not QueueState.DONE:
        return NOT_BEGUN
    if last.receipt in _TAKEN or last.receipt is None:
        return NO_RECEIPT
    return last.receipt.value
