"""Is the record well? The database, what guards it, its chains' heads, and whether it agrees about the time."""

from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, not_set, ok
from db.clock import database_now
from db.integrity import broken_heads, broken_triggers
from db.migrate import newest_revision
from db.queries import audit
from db.queries.agencies import agencies
from db.queries.set_backs import set_backs
from db.row_hash import kept_instant
from db.state import USABLE, DatabaseState
from db.unit_of_work import reading
from training.content.opening import ready
from training.errors import ErrorCode, RollcallError
from training.office import business_now

# Two clocks that differ by more put entries into the wrong minute and leases into doubt.
CLOCKS_MAY_DIFFER = timedelta(seconds=5)


def database(patient: Patient) -> CheckFinding:
    """Whether it can be reached, and at which revision it is."""
    state = patient.database
    if state is None:
        return NOT_CHECKED
    if state is DatabaseState.CURRENT:
        return ok("database-current", revision=newest_revision() or "")
    if state in USABLE:
        return attention(f"database-{state.value}")
    return failed(f"database-{state.value}")


def guards(patient: Patient) -> CheckFinding:
    """Whether the database still refuses to change a fact."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        broken = broken_triggers(conn)
    return failed("guards-broken", count=len(broken)) if broken else ok("guards")


def chains(patient: Patient) -> CheckFinding:
    """Whether each audit chain ends where its head says; ``db check`` follows it link by link."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        broken = broken_heads(conn)
    return failed("chains-broken", count=len(broken)) if broken else ok("chains")


def keys(patient: Patient) -> CheckFinding:
    """Whether what people wrote and sent can be opened."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    try:
        if not office.keys.is_begun():
            return not_set("keys-none")
        ready(office.keys)
    except (RollcallError, SQLAlchemyError, OSError) as error:
        if isinstance(error, RollcallError) and error.code is not ErrorCode.KEYS_UNREACHABLE:
            return failed("keys-wrong")
        return failed("keys-unreachable")
    return ok("keys")


def anchored(patient: Patient) -> CheckFinding:
    """Whether a second place knows where each chain ends."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    if office.anchors is None:
        return not_set("anchors-none")
    if not office.anchors.is_dir():
        return failed("anchors-away", folder=str(office.anchors))
    return ok("anchors", folder=str(office.anchors))


def clock(patient: Patient) -> CheckFinding:
    """Whether this machine, the database and the record agree about the time, and the record with itself."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        apart = abs(office.clock.now() - database_now(conn))
        numbers = agencies(conn)
        last = [entry for number in numbers for entry in audit.entries(conn, number, limit=1)]
        backs = [(number, each) for number in numbers for each in set_backs(conn, number)]
    now = business_now(office)
    if apart > CLOCKS_MAY_DIFFER:
        return failed("clock-apart", span=apart)
    ahead = max((entry.at - now for entry in last), default=timedelta(0))
    if ahead > CLOCKS_MAY_DIFFER:
        return failed("clock-behind", span=ahead)
    if backs:
        number, newest = max(backs, key=lambda back: back[1].before_at)
        return attention(
            "clock-set-back",
            count=len(backs),
            agency=number,
            before=str(newest.before_seq),
            before_at=kept_instant(newest.before_at),
            after=str(newest.after_seq),
            after_at=kept_instant(newest.after_at),
        )
    return ok("clock")
