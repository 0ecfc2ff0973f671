"""Does a reminder still hold when it is sent? Whatever came since it was planned is looked at first."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.queries import agencies, ledger, reminders, standings
from db.records.ledger import Claim, Ending, Receipt
from db.unit_of_work import working, writing
from messages.kinds import MessageKind
from messages.reminder import ReminderFacts, reminder
from messages.words import Words
from training.ledger.saying import say_anew
from training.office import Office, local_day, shared_now
from training.reminders import cases
from training.reminders.agenda import about
from training.reminders.reminded import reminded
from training.standings.compliance import current

CLEARED = "cleared"
# A standing that is not judged by then will not be soon: better said by what was known than not at all.
WORDED_FOR_ANOTHER_DAY = Ending(receipt=None)
WAITS_FOR_JUDGING, PATIENCE = timedelta(seconds=10), timedelta(minutes=60)


def before_sending(office: Office, claim: Claim, words: Words) -> Ending | None:
    """Why it is not sent now; None when it is. What was worded for another day is planned again first, or worded anew
    where some of it was sent already."""
    if claim.kind != MessageKind.REMINDER.value or claim.person_id is None:
        return None
    with working(office.engine) as conn:
        now = shared_now(office, conn)
        ended = _before_sending(conn, claim, claim.person_id, now)
    return (
        _worded_anew(office, claim, claim.person_id, now, words) if ended is WORDED_FOR_ANOTHER_DAY else ended
    )


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
    if claim.tries or len(ledger.attempts_of(conn, claim.agency_id, claim.message_id)) > 1:
        # Its steps are said: nobody plans them again.
        return WORDED_FOR_ANOTHER_DAY
    reminders.plan_again(conn, claim.agency_id, [person_id])
    return Ending(receipt=None, again_at=now + WAITS_FOR_JUDGING)


def _worded_anew(office: Office, claim: Claim, person_id: int, now: datetime, words: Words) -> Ending | None:
    """The same duties as they stand on this day; it goes at once in those words."""
    with writing(office.engine, claim.agency_id, at=now) as writer:
        conn, agency_id = writer.conn, claim.agency_id
        agency = agencies.agency(conn, agency_id).fact
        day = local_day(now, agency.time_zone)
        standing = current(standings.standing(conn, agency_id, person_id), office.shelf, day)
        if standing is None:
            return Ending(receipt=None, again_at=now + WAITS_FOR_JUDGING, waits=claim.waited)
        owed = {(each.subject, each.window): each for each in cases.duties(standing, day)}
        said = [
            (case.key, owed[case.key.subject, case.key.window])
            for case in reminders.cases_said(conn, agency_id, claim.message_id)
            if case.closed is None and (case.key.subject, case.key.window) in owed
        ]
        if not said:
            return Ending(receipt=Receipt.CANCELLED, error=CLEARED)
        facts = ReminderFacts(
            agency=agency.name,
            day=day,
            duties=tuple(reminded(duty, key.due_on, words) for key, duty in said),
        )
        say_anew(writer, office.keys, claim, person_id, reminder(facts, words), about(day))
    return Ending(receipt=None, again_at=now, waits=claim.waited)
