"""What would a list of shifts, or of rotations, add to the calendar? A shift that moved takes the place of the one on
file; what the calendar calls by its own number is the same however far it moved."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, people, shifts
from db.queries.imports import source_keys
from db.records.facts import AgencyId, ContactKind, Kept
from db.records.imports import IMPORTED, RowFate
from db.records.shifts import ShiftPattern, WorkKind, WorkSpan
from reading.tables.ics import OF_SERIES, SPELLED_AHEAD
from reading.tables.preview import Preview, TableKind
from reading.tables.rows import PatternRow, ShiftRow
from training.imports.model import Change, PlanCode, PlannedRow, Replace, RowInPlan, why
from training.imports.reconcile import (
    ANY_KEY,
    Candidate,
    Keys,
    draft_of,
    person_of,
    reconcile,
    with_free_keys,
)
from training.imports.register import Register
from training.shifts.wall_clock import instant

# On either side of a file: what moved from further away is known by its number alone.
AROUND = timedelta(days=1)
AT_A_TIME = 500
_REPETITION = re.compile(rf"(?P<series>.+){OF_SERIES}[0-9]{{8}}T[0-9]{{4}}")
_WORKED = frozenset({WorkKind.SHIFT, WorkKind.SWAP})


def plan_shifts(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register, zone: str, today: date
) -> tuple[tuple[PlannedRow, ...], int]:
    """Every row's plan, and how many imported spans of its days the file lacks. ``zone`` is the agency's."""
    keys, whose = Keys(TableKind.SHIFTS), _Whose(conn, agency_id, register)
    candidates: list[Candidate[WorkSpan]] = []
    for accepted, row in preview.of(ShiftRow):
        draft = draft_of(accepted, row.badge_number or row.email or "")
        person_id = whose.row(row, draft)
        own = (
            None if person_id is None else _span_of(row, person_id, _zone_of(register, person_id, zone), keys)
        )
        candidates.append(Candidate(draft, own))
    facts = [each.fact for each in candidates if each.fact is not None]
    person_ids = sorted({each.person_id for each in facts})
    on_file = list(_on_file(conn, agency_id, facts, person_ids))
    rows, not_in_file = reconcile(
        candidates,
        on_file,
        ANY_KEY,
        _same_span,
        lambda _earlier, new: new,
    )
    to_come = [each for each in on_file if each.fact.starts_at.date() >= today]
    kept_rows = _without_old_repetitions(rows, candidates, to_come)
    return with_free_keys(kept_rows, source_keys(conn, agency_id, WorkSpan, person_ids)), not_in_file


def _without_old_repetitions(
    rows: Sequence[PlannedRow], candidates: Sequence[Candidate[WorkSpan]], to_come: Sequence[Kept[WorkSpan]]
) -> Sequence[PlannedRow]:
    """A calendar knows its own repetitions: one of a series that is in the file, and that it no longer has, is over."""
    said = {(each.fact.person_id, each.fact.ref) for each in candidates if each.fact is not None}
    told_in = {
        series: each.draft.line
        for each in reversed(candidates)
        if each.fact is not None and not each.draft.because and (series := _series_of(each.fact))
    }
    over: defaultdict[int, list[Kept[WorkSpan]]] = defaultdict(list)
    for kept in to_come:
        line = told_in.get(_series_of(kept.fact))
        by_hand = kept.replaces_id is not None and not kept.source.startswith(IMPORTED)
        gone = kept.fact.kind is not WorkKind.CANCELLED and (kept.fact.person_id, kept.fact.ref) not in said
        if line is not None and gone and not by_hand:
            over[line].append(kept)
    return [_with_over(row, over[row.line]) if row.line in over else row for row in rows]


def _series_of(span: WorkSpan) -> str:
    """The calendar's number of what a span is a repetition of; empty where it is none."""
    found = _REPETITION.fullmatch(span.ref)
    return "" if found is None else found["series"]


def _with_over(row: PlannedRow, over: Sequence[Kept[WorkSpan]]) -> PlannedRow:
    return replace(
        row,
        fate=RowFate.CORRECTED if row.fate is RowFate.UNCHANGED else row.fate,
        changes=(
            *row.changes,
            *(
                Change(
                    f"{kept.fact.starts_at:%Y-%m-%d %H:%M}", kept.fact.kind.value, WorkKind.CANCELLED.value
                )
                for kept in over
            ),
        ),
        writes=(
            *row.writes,
            *(Replace(kept.id, replace(kept.fact, kind=WorkKind.CANCELLED)) for kept in over),
        ),
    )


class _Whose:
    """Whom rows mean, by badge or by e-mail."""

    def __init__(self, conn: Connection, agency_id: AgencyId, register: Register) -> None:
        self._conn = conn
        self._agency_id = agency_id
        self._register = register
        self._by_email: dict[str, int | None] = {}

    def row(self, row: ShiftRow, draft: RowInPlan) -> int | None:
        """The person; None and a reason on the draft when there is none."""
        if row.badge_number or row.email is None:
            return person_of(self._register, draft)
        if row.email not in self._by_email:
            found = people.by_contact(self._conn, self._agency_id, ContactKind.EMAIL, row.email)
            self._by_email[row.email] = found[0].person_id if len(found) == 1 else None
        person_id = self._by_email[row.email]
        if person_id is None:
            draft.because.append(why(PlanCode.EMAIL_UNKNOWN, email=row.email))
        return person_id


def _zone_of(register: Register, person_id: int, zone: str) -> str:
    return register.people[person_id].employment.fact.time_zone or zone


def _span_of(row: ShiftRow, person_id: int, own_zone: str, keys: Keys) -> WorkSpan:
    zone = ZoneInfo(row.time_zone or own_zone)
    # In the zone of the calendar, so that a report says what its clock showed.
    at, until = (instant(each.date(), each.time(), zone).astimezone(zone) for each in (row.starts, row.ends))
    return WorkSpan(
        person_id=person_id,
        kind=WorkKind(row.kind.value),
        starts_at=at,
        # A span that lies wholly in the hour a clock change leaves out still has a beginning.
        ends_at=max(until, at + timedelta(minutes=1)),
        zone=zone.key,
        name=row.name or "",
        ref=row.shift_id or "",
        source_key=keys.key(replace(row, email=None), person_id),
    )


def _on_file(
    conn: Connection, agency_id: AgencyId, facts: Sequence[WorkSpan], person_ids: Sequence[int]
) -> Iterator[Kept[WorkSpan]]:
    """What may be about the same: of the same days, or under the same numbers."""
    if not facts:
        return
    since = min(each.starts_at for each in facts) - AROUND
    until = max(each.starts_at for each in facts) + AROUND
    if any(_series_of(each) for each in facts):
        until += SPELLED_AHEAD
    found = {kept.id: kept for kept in shifts.spans(conn, agency_id, person_ids, since, until)}
    refs = sorted({each.ref for each in facts if each.ref})
    for at in range(0, len(refs), AT_A_TIME):
        some = shifts.named_spans(conn, agency_id, person_ids, refs[at : at + AT_A_TIME])
        found |= {kept.id: kept for kept in some}
    for kept in found.values():
        zone = ZoneInfo(kept.fact.zone)
        yield replace(
            kept,
            fact=replace(
                kept.fact,
                starts_at=kept.fact.starts_at.astimezone(zone),
                ends_at=kept.fact.ends_at.astimezone(zone),
            ),
        )


def _same_span(span: WorkSpan) -> Hashable:
    """What was called off, or became a day off, is still the span it was."""
    if span.ref:
        return span.ref
    day = span.starts_at.astimezone(ZoneInfo(span.zone)).date()
    return (day, None if span.kind in _WORKED | {WorkKind.OFF, WorkKind.CANCELLED} else span.kind)


def plan_patterns(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register, zone: str
) -> tuple[tuple[PlannedRow, ...], int]:
    """Every row's plan, and how many imported rotations of these people and units the file lacks."""
    keys = Keys(TableKind.PATTERNS)
    units = {unit.fact.name.casefold(): unit.fact.unit_id for unit in agencies.units(conn, agency_id)}
    candidates: list[Candidate[ShiftPattern]] = []
    for accepted, row in preview.of(PatternRow):
        draft = draft_of(accepted, row.badge_number or row.unit or "")
        person_id = unit_id = None
        if row.badge_number:
            person_id = person_of(register, draft)
        else:
            unit_id = units.get((row.unit or "").casefold())
            if unit_id is None:
                draft.because.append(why(PlanCode.UNIT_UNKNOWN, unit=row.unit or ""))
        fact = None
        if person_id is not None or unit_id is not None:
            own = zone if person_id is None else _zone_of(register, person_id, zone)
            fact = _pattern_of(row, person_id, unit_id, own, keys)
        candidates.append(Candidate(draft, fact))
    person_ids = sorted({each.fact.person_id for each in candidates if each.fact and each.fact.person_id})
    of_units = {each.fact.unit_id for each in candidates if each.fact}
    on_file = [
        kept
        for kept in shifts.patterns(conn, agency_id, person_ids)
        if kept.fact.person_id is not None or kept.fact.unit_id in of_units
    ]
    rows, not_in_file = reconcile(
        candidates,
        on_file,
        ANY_KEY,
        _same_pattern,
        lambda _earlier, new: new,
    )
    return with_free_keys(rows, source_keys(conn, agency_id, ShiftPattern)), not_in_file


def _pattern_of(
    row: PatternRow, person_id: int | None, unit_id: int | None, zone: str, keys: Keys
) -> ShiftPattern:
    return ShiftPattern(
        person_id=person_id,
        unit_id=unit_id,
        name=row.pattern,
        zone=row.time_zone or zone,
        anchor=row.first_day,
        cycle_days=row.cycle_days,
        works=row.works,
        begins=row.starts,
        ends=row.ends,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source_key=keys.key(
            replace(row, unit=None if unit_id is None else f"unit {unit_id}"), person_id or 0
        ),
    )


def _same_pattern(pattern: ShiftPattern) -> Hashable:
    return (pattern.unit_id, pattern.name.casefold(), pattern.starts_on)
