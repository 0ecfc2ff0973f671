"""When may Rollcall say something of its own to somebody? It waits for their shift, or else for the day's hours; for
the end of court and of a leave; and what is urgent passes the hours.

What a person asked is answered at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from db.queries import reminders
from db.queries.context import ByPerson, context
from db.records.facts import AgencyId
from db.records.ledger import Waits
from training.shifts.calendars import calendars
from training.shifts.hours import hours_in_force
from training.shifts.moments import DayHours, next_moment


@dataclass(frozen=True, slots=True)
class Due:
    """The moment at which something of our own may be said, and what it waits for; nothing when that is now.

    ``over_cap``: it would be held longer than the agency holds anything, so somebody has to know. ``passed``: it is
    said off duty because it is urgent, and whoever says it logs that.
    """

    at: datetime
    waits: Waits | None = None
    over_cap: bool = False
    passed: bool = False


def due(
    conn: Connection,
    agency_id: AgencyId,
    person_id: int,
    now: datetime,
    *,
    not_before: datetime | None = None,
    urgent: bool = False,
) -> Due:
    """The next allowed moment for this person, where they are, and no earlier than ``not_before``.

    How long it is held counts from ``not_before``, also when that has passed.
    """
    found = context(conn, agency_id, ByPerson(person_id), "", now, fixed=True)
    if found is None:
        # Nobody's; whether it is sent at all is asked again before it is.
        return Due(now if not_before is None else max(now, not_before))
    return due_for(conn, agency_id, {person_id: found.time_zone}, now, not_before=not_before, urgent=urgent)[
        person_id
    ]


def due_for(
    conn: Connection,
    agency_id: AgencyId,
    zones: Mapping[int, str],
    now: datetime,
    *,
    not_before: datetime | None = None,
    urgent: bool = False,
) -> Mapping[int, Due]:
    """The same for many people at once, in a handful of statements; ``zones`` says where each of them is."""
    at = now if not_before is None else max(now, not_before)
    said = hours_in_force(conn, agency_id)
    hours = DayHours(
        begins=said.begins, ends=said.ends, holidays=said.holidays, hold=timedelta(hours=said.hold_hours)
    )
    wishes = reminders.wishes(conn, agency_id, sorted(zones))
    found: dict[int, Due] = {}
    for person_id, calendar in calendars(conn, agency_id, zones, at).items():
        wish = wishes.get(person_id)
        own = hours if wish is None else hours.narrowed(_clock(wish.begins), _clock(wish.ends))
        moment = next_moment(calendar, own, at, held_since=not_before, urgent=urgent)
        found[person_id] = Due(moment.at, moment.waits, moment.over_cap, moment.passed)
    return found


def _clock(said: str) -> time | None:
    return time.fromisoformat(said) if said else None
