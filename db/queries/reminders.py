"""By which rules is somebody reminded, what did they wish, and of which duties are they being reminded?"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.reminders import ReminderRulesEntry, ReminderWish
from db.tables import reminder_rules, reminder_wish


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


def wishes(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]) -> Mapping[int, ReminderWish]:
    """How each of these people wants to be reminded; whoever never said is left out."""
    rows = conn.execute(
        in_force_rows(ReminderWish, agency_id)
        .where(reminder_wish.c.person_id.in_(person_ids))
        .order_by(reminder_wish.c.id)
    ).mappings()
    # The newest one holds.
    return {row["person_id"]: kept_of(ReminderWish, row).fact for row in rows}
