"""What would a list of absences add? One leave for each; a known start with a later return is a correction."""

from collections.abc import Hashable, Sequence
from datetime import timedelta

from sqlalchemy import Connection

from db.queries import evaluation
from db.queries.imports import source_keys
from db.records.facts import AgencyId, Leave
from reading.tables.preview import Preview, TableKind
from reading.tables.rows import LeaveRow
from training.imports.model import PlannedRow
from training.imports.reconcile import Candidate, Keys, draft_of, keeping, person_of, reconcile
from training.imports.register import Register

ONE_DAY = timedelta(days=1)
LEAVE = "leave"
MILITARY = "military"
COLUMN_OF = {"ends_on": "ends_on", "returned_on": "returned_on"}


def plan_leave(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register
) -> tuple[tuple[PlannedRow, ...], int]:
    """Every row's plan, and how many imported leaves the file lacks."""
    keys = Keys(TableKind.LEAVE)
    candidates = []
    for accepted, row in preview.of(LeaveRow):
        draft = draft_of(accepted, row.badge_number)
        person_id = person_of(register, draft)
        fact = None if person_id is None else leave_of(row, person_id, keys)
        candidates.append(Candidate(draft, fact))
    said = {use.column for use in preview.columns}
    # Actions say when a leave ended even where no column is named for it.
    absent = [] if "action" in said else [field for field, column in COLUMN_OF.items() if column not in said]
    rows, not_in_file = compare_leaves(conn, agency_id, candidates, absent)
    return tuple(rows), not_in_file


def leave_of(row: LeaveRow, person_id: int, keys: Keys) -> Leave:
    """The leave a row tells of. One that a separation ended was over the day before."""
    ended = row.ends_on
    if ended is None and row.separated_on is not None:
        ended = max(row.starts_on, row.separated_on - ONE_DAY)
    return Leave(
        person_id=person_id,
        kind=MILITARY if row.military else LEAVE,
        starts_on=row.starts_on,
        ends_on=ended,
        returned_on=row.returned_on,
        source_key=keys.key(row, person_id),
    )


def compare_leaves(
    conn: Connection, agency_id: AgencyId, candidates: Sequence[Candidate[Leave]], absent: Sequence[str] = ()
) -> tuple[list[PlannedRow], int]:
    """The plan of leaves against those on file: one person's leaves that begin on one day are the same."""
    person_ids = sorted({each.fact.person_id for each in candidates if each.fact is not None})
    people = evaluation.facts_for(conn, agency_id, person_ids) if person_ids else {}
    return reconcile(
        candidates,
        [kept for person in people.values() for kept in person.leaves],
        source_keys(conn, agency_id, Leave, person_ids),
        _same_leave,
        lambda earlier, new: keeping(earlier, new, absent),
    )


def _same_leave(leave: Leave) -> Hashable:
    return leave.starts_on
