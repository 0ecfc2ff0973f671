"""By which rules is somebody reminded, what did they wish, and of which duties are they being reminded?"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.reminders import ReminderRulesEntry, ReminderWish, StepLeftOut
from db.tables import reminder_case, reminder_rules, reminder_wish, step_left_out


def newest_rules(conn: Connection, agency_id: AgencyId) -> Kept[ReminderRulesEntry] | None:
    """The version entered last; None where the agency entered none."""
    row = (
        conn.execute(
            in_force_rows(ReminderRulesEntry, agency_id).order_by(reminder_rules.c.version.desc()).limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(ReminderRulesEntry, row)


def wish(conn: Connection, agency_id: AgencyId, person_id: int) -> Kept[ReminderWish] | None:
    """How this person wants to be reminded; None when they never said."""
    row = (
        conn.execute(
            in_force_rows(ReminderWish, agency_id)
            .where(reminder_wish.c.person_id == person_id)
            .order_by(reminder_wish.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(ReminderWish, row)


def every_rules(conn: Connection, agency_id: AgencyId) -> tuple[Kept[ReminderRulesEntry], ...]:
    """Every version that was entered here, the oldest first."""
    rows = conn.execute(
        in_force_rows(ReminderRulesEntry, agency_id).order_by(reminder_rules.c.version)
    ).mappings()
    return tuple(kept_of(ReminderRulesEntry, row) for row in rows)


def agency_left_out(conn: Connection, agency_id: AgencyId) -> tuple[Kept[StepLeftOut], ...]:
    """Why the agency left the sixty-day step out, in every version of its rules."""
    rows = conn.execute(
        in_force_rows(StepLeftOut, agency_id)
        .where(step_left_out.c.person_id.is_(None))
        .order_by(step_left_out.c.id)
    ).mappings()
    return tuple(kept_of(StepLeftOut, row) for row in rows)


def left_out_by(conn: Connection, agency_id: AgencyId, person_id: int) -> Kept[StepLeftOut] | None:
    """Why this person left it out last; None when they never did."""
    row = (
        conn.execute(
            in_force_rows(StepLeftOut, agency_id)
            .where(step_left_out.c.person_id == person_id)
            .order_by(step_left_out.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(StepLeftOut, row)


def answered_at(conn: Connection, agency_id: AgencyId, person_id: int, subject: str) -> datetime | None:
    """When this person last answered anything about this subject; None when they never did."""
    found: datetime | None = conn.execute(
        select(func.max(reminder_case.c.answered_at)).where(
            reminder_case.c.agency_id == agency_id,
            reminder_case.c.person_id == person_id,
            reminder_case.c.subject == subject,
        )
    ).scalar()
    return found
