"""What would an import do? Pure reads of the record beside the reading of a file; one plan for preview and report."""

from dataclasses import replace
from datetime import date
from operator import attrgetter

from sqlalchemy import Connection

from db.queries import agencies
from db.records.facts import AgencyId
from db.records.imports import RowFate
from reading.tables.preview import Preview, TableKind
from training.imports.assignments import plan_assignments
from training.imports.cards import plan_cards
from training.imports.certifications import plan_certifications
from training.imports.courses import plan_courses, replaced_classes
from training.imports.employment import plan_employment
from training.imports.history import plan_history
from training.imports.leave import plan_leave
from training.imports.model import Plan, PlannedRow, Why
from training.imports.register import Register
from training.imports.roster import plan_roster
from training.imports.shifts import plan_patterns, plan_shifts
from training.requests import class_changes


def plan(conn: Connection, agency_id: AgencyId, preview: Preview, today: date) -> Plan:
    """Everything that confirming this preview would write, row by row. Writes nothing."""
    empty = Plan(preview=preview, today=today)
    if not preview.ready:
        return empty
    register = Register(conn, agency_id)
    planned = empty
    # A roster may come before there is an agency at all.
    agency = None if preview.kind is TableKind.ROSTER else agencies.agency(conn, agency_id).fact
    state = agency.state if agency is not None else ""
    match preview.kind:
        case TableKind.ROSTER:
            planned = plan_roster(conn, agency_id, preview, register, today)
        case TableKind.HISTORY:
            rows, years, left = plan_history(conn, agency_id, preview, register)
            planned = replace(empty, rows=rows, years=years, not_in_file=left)
        case TableKind.CERTIFICATIONS:
            rows, left = plan_certifications(conn, agency_id, preview, register, state)
            planned = replace(empty, rows=rows, not_in_file=left)
        case TableKind.CARDS:
            rows, left = plan_cards(conn, agency_id, preview, register, state)
            planned = replace(empty, rows=rows, not_in_file=left)
        case TableKind.LEAVE:
            rows, left = plan_leave(conn, agency_id, preview, register)
            planned = replace(empty, rows=rows, not_in_file=left)
        case TableKind.ASSIGNMENTS:
            rows, left = plan_assignments(conn, agency_id, preview, register)
            planned = replace(empty, rows=rows, not_in_file=left)
        case TableKind.EMPLOYMENT:
            planned = replace(
                empty, rows=plan_employment(conn, agency_id, preview, register, agency.name if agency else "")
            )
        case TableKind.SHIFTS:
            rows, left = plan_shifts(
                conn, agency_id, preview, register, agency.time_zone if agency else "", today
            )
            planned = replace(empty, rows=rows, not_in_file=left)
        case TableKind.COURSES:
            rows, left = plan_courses(conn, agency_id, preview, agency.time_zone if agency else "", today)
            told = class_changes.people_told(conn, agency_id, replaced_classes(rows))
            planned = replace(empty, rows=rows, not_in_file=left, asked_for=told)
        case TableKind.PATTERNS:
            rows, left = plan_patterns(conn, agency_id, preview, register, agency.time_zone if agency else "")
            planned = replace(empty, rows=rows, not_in_file=left)
    unread = _unread(preview)
    known_at = agencies.head_seq(conn, agency_id) if _founded(conn, agency_id) else 0
    rows = tuple(sorted([*planned.rows, *unread], key=attrgetter("line")))
    return replace(planned, known_at=known_at, rows=rows)


def _founded(conn: Connection, agency_id: AgencyId) -> bool:
    return agency_id in agencies.agencies(conn)


def _unread(preview: Preview) -> list[PlannedRow]:
    """Rows that the reader itself rejected or skipped: every row of the file is accounted for."""
    place = next(
        (
            preview.header.index(use.header)
            for use in preview.columns
            if use.column == "badge_number" and use.header in preview.header
        ),
        None,
    )

    def badge(cells: tuple[str, ...]) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""

    return [
        PlannedRow(
            line=rejection.line,
            badge_number=badge(rejection.cells),
            fate=RowFate.REJECTED,
            because=tuple(Why(reason.code.value, reason.facts) for reason in rejection.reasons),
        )
        for rejection in preview.rejections
    ] + [
        PlannedRow(
            line=skip.line,
            badge_number=badge(skip.cells),
            fate=RowFate.SKIPPED,
            because=(Why(skip.reason.code.value, skip.reason.facts),),
        )
        for skip in preview.skips
    ]
