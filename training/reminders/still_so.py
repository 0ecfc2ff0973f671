"""Does a reminder still hold when it is sent? Whatever came since it was planned is looked at first."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.queries import agencies, reminders, standings
from db.records.ledger import Claim, Ending, Receipt
from db.unit_of_work import working
from messages.kinds import MessageKind
from training.office import Office, local_day, shared_now
from training.reminders.agenda import about

CLEARED = "cleared"
# A standing that is not judged by then will not be soon: better said by what was known than not at all.
WAITS_FOR_JUDGING, PATIENCE = timedelta(seconds=10), timedelta(minutes=60)


def before_sending(office: Office, claim: Claim) -> Ending | None:
    """Why it is not sent now; None when it is. What was worded for another day is planned again first."""
    if claim.kind != MessageKind.REMINDER.value or claim.person_id is None:
        return None
    with working(office.engine) as conn:
        return _before_sending(conn, claim, claim.person_id, shared_now(office, conn))


def _before_sending(conn: Connection, claim: Claim, person_id: int, now: datetime) -> Ending | None:
    said = reminders.cases_said(conn, claim.agency_id, claim.message_id)
    if not said:
        return None
    if all(each.closed is not None for each in said):
        return Ending(receipt=Receipt.CANCELLED, error=CLEARED)
    kept = standings.standing(conn, claim.agency_id, person_id)
    if kept is None:
        return None
    if kept.dirty:
        since = standings.marked_at(conn, claim.agency_id, person_id)
        waits = since is not None and now < since + PATIENCE
        return Ending(receipt=None, again_at=now + WAITS_FOR_JUDGING) if waits else None
    zone = agencies.agency(conn, claim.agency_id).fact.time_zone
    if reminders.said_about(conn, claim.agency_id, claim.message_id) == about(local_day(now, zone)):
        return None
    reminders.plan_again(conn, claim.agency_id, [person_id])
    return Ending(receipt=None, again_at=now + WAITS_FOR_JUDGING)
