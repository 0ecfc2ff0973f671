"""What does the record know about when people work? One calendar a person, read for all of them together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, people, shifts
from db.records.facts import AgencyId, Leave, ReportingLine, Unit
from db.records.shifts import ShiftPattern, WorkSpan
from training.shifts.calendar import (
    OF_ONE_CALENDAR,
    Calendar,
    LeaveDays,
    Membership,
    Shift,
    ShiftRotation,
    Single,
)
from training.shifts.wall_clock import ONE_DAY

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def zones_of(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]) -> Mapping[int, str]:
    """The zone each of these people works in: their own, or the agency's. Whoever is nobody here is left out."""
    own = agencies.agency(conn, agency_id).fact.time_zone
    return {
        person.person_id: person.employment.fact.time_zone or own
        for person in people.by_ids(conn, agency_id, person_ids)
    }


def calendars(
    conn: Connection, agency_id: AgencyId, zones: Mapping[int, str], since: datetime
) -> Mapping[int, Calendar]:
    """The calendars of these people from an instant on; ``zones`` says where each of them is."""
    person_ids = sorted(zones)
    found = _Found(conn, agency_id, person_ids, since)
    return {person_id: found.calendar(person_id, ZoneInfo(zones[person_id])) for person_id in person_ids}


class _Found:
    """What is on file about these people, sorted by person and by unit."""

    def __init__(
        self, conn: Connection, agency_id: AgencyId, person_ids: Sequence[int], since: datetime
    ) -> None:
        self._spans: defaultdict[int, list[WorkSpan]] = defaultdict(list)
        # Days off between two shifts are known by the shift before.
        for kept in shifts.spans(conn, agency_id, person_ids, since - OF_ONE_CALENDAR - ONE_DAY):
            self._spans[kept.fact.person_id].append(kept.fact)
        self._leaves: defaultdict[int, list[Leave]] = defaultdict(list)
        for leave in shifts.leaves(conn, agency_id, person_ids):
            self._leaves[leave.person_id].append(leave)
        self._own: defaultdict[int, list[ShiftRotation]] = defaultdict(list)
        self._of_unit: defaultdict[int, list[ShiftRotation]] = defaultdict(list)
        for pattern in shifts.patterns(conn, agency_id, person_ids):
            if pattern.fact.person_id is not None:
                self._own[pattern.fact.person_id].append(rotation_of(pattern.fact))
            elif pattern.fact.unit_id is not None:
                self._of_unit[pattern.fact.unit_id].append(rotation_of(pattern.fact))
        self._lines: defaultdict[int, list[ReportingLine]] = defaultdict(list)
        self._units: dict[int, Unit] = {}
        if self._of_unit:
            for line in shifts.lines(conn, agency_id, person_ids, since - 3 * ONE_DAY):
                self._lines[line.fact.person_id].append(line.fact)
            self._units = {
                unit.fact.unit_id: unit.fact
                for unit in agencies.units(conn, agency_id)
                if unit.fact.unit_id is not None
            }

    def calendar(self, person_id: int, zone: ZoneInfo) -> Calendar:
        return Calendar(
            zone=zone,
            own=tuple(self._own[person_id]),
            units=tuple(self._memberships(self._lines[person_id])),
            singles=tuple(single_of(each) for each in self._spans[person_id]),
            leaves=tuple(leave_days_of(each) for each in self._leaves[person_id]),
        )

    def _memberships(self, lines: Iterable[ReportingLine]) -> Iterable[Membership]:
        for number, line in enumerate(lines):
            rotations = tuple(tuple(self._of_unit[unit]) for unit in self._upwards(line.unit_id))
            # The first line says since when we know of it; nobody came to the unit in the middle of that day.
            yield Membership(line.valid_from if number else LONG_AGO, line.valid_to, rotations)

    def _upwards(self, unit_id: int | None) -> Iterable[int]:
        seen: dict[int, None] = {}
        while unit_id is not None and unit_id not in seen:
            seen[unit_id] = None
            unit = self._units.get(unit_id)
            unit_id = None if unit is None else unit.parent_unit_id
        return seen


def rotation_of(pattern: ShiftPattern) -> ShiftRotation:
    """The rotation that a pattern on file means."""
    return ShiftRotation(
        name=pattern.name,
        zone=ZoneInfo(pattern.zone),
        anchor=pattern.anchor,
        days=pattern.cycle_days,
        works=frozenset(int(day) - 1 for day in pattern.works),
        begins=time.fromisoformat(pattern.begins),
        ends=time.fromisoformat(pattern.ends),
        first=pattern.starts_on or date.min,
        last=pattern.ends_on or date.max,
    )


def single_of(span: WorkSpan) -> Single:
    """The span of a calendar that a fact means."""
    return Single(span.kind, Shift(span.starts_at, span.ends_at, span.name))


def leave_days_of(leave: Leave) -> LeaveDays:
    """The days of a leave. Whoever has returned is back on that day, whatever was planned."""
    back = leave.returned_on
    if back is None and leave.ends_on is not None:
        back = leave.ends_on + timedelta(days=1)
    return LeaveDays(leave.starts_on, back)
