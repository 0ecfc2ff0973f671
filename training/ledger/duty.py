"""When may Rollcall ask something of somebody? Its own questions wait for the day's hours and the end of a leave.

What a person asked is answered at once. Shifts are not known yet, so the day is the same for everybody.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import people
from db.queries.context import ByPerson, context
from db.records.facts import AgencyId, Leave
from db.records.ledger import Waits
from training.office import local_day

BEGINS, ENDS = time(8), time(18)


@dataclass(frozen=True, slots=True)
class Due:
    """The moment at which something of our own may be asked, and what it waits for; nothing when that is now."""

    at: datetime
    waits: Waits | None = None


def due(conn: Connection, agency_id: AgencyId, person_id: int, now: datetime) -> Due:
    """The next allowed moment for this person, where they are."""
    found = context(conn, agency_id, ByPerson(person_id), "", now, fixed=True)
    if found is None:
        # Nobody's; whether it is sent at all is asked again before it is.
        return Due(now)
    zone = ZoneInfo(found.time_zone)
    today, clock = local_day(now, found.time_zone), now.astimezone(zone).time()
    leaves = people.leaves(conn, agency_id, person_id)
    # Too late for today: tomorrow's hours, unless a leave begins with them.
    day = today if clock < ENDS else today + timedelta(days=1)
    back = _on_duty_from(leaves, day)
    if back == today and clock >= BEGINS:
        return Due(now)
    at = datetime.combine(back, BEGINS, zone).astimezone(now.tzinfo)
    return Due(at, Waits.OFF_DUTY if back == day and not _on_leave(leaves, today) else Waits.ON_LEAVE)


def _on_duty_from(leaves: tuple[Leave, ...], day: date) -> date:
    """The first day from this one on which no leave runs; of a leave without an end the next day, to look again."""
    running = [each for each in leaves if _runs(each, day)]
    if not running:
        return day
    ends = [_first_day_back(each) for each in running]
    known = [each for each in ends if each is not None]
    if len(known) < len(ends):
        return day + timedelta(days=1)
    return _on_duty_from(leaves, max(known))


def _on_leave(leaves: tuple[Leave, ...], day: date) -> bool:
    return any(_runs(each, day) for each in leaves)


def _runs(leave: Leave, day: date) -> bool:
    back = _first_day_back(leave)
    return leave.starts_on <= day and (back is None or day < back)


def _first_day_back(leave: Leave) -> date | None:
    if leave.returned_on is not None:
        return leave.returned_on
    return None if leave.ends_on is None else leave.ends_on + timedelta(days=1)
