"""What would a list of duties add? Who carries what, and who holds a duty with requirements of its own."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from db.queries import evaluation
from db.queries.imports import source_keys
from db.records.facts import AgencyId, Assignment, Kept
from reading.tables.cellreader import kebab
from reading.tables.history import NO, YES
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.rows import AssignmentRow
from training.imports.model import PlannedRow
from training.imports.reconcile import Candidate, Keys, draft_of, keeping, person_of, reconcile
from training.imports.register import Register
from training.standings.person_facts import FIREARM

WEAPONS = frozenset({"handgun", "pistol", "revolver", "rifle", "carbine", "shotgun"})
COLUMN_OF = {"ends_on": "ends_on"}


def plan_assignments(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register
) -> tuple[tuple[PlannedRow, ...], int]:
    """Every row's plan, and how many imported duties the file lacks."""
    keys = Keys(TableKind.ASSIGNMENTS)
    candidates = [_candidate(accepted, row, register, keys) for accepted, row in preview.of(AssignmentRow)]
    person_ids = sorted({each.fact.person_id for each in candidates if each.fact is not None})
    people = evaluation.facts_for(conn, agency_id, person_ids) if person_ids else {}
    kept = [each for person in people.values() for each in person.assignments]
    places = _places(candidates, kept)
    said = {use.column for use in preview.columns}
    absent = [field for field, column in COLUMN_OF.items() if column not in said]
    rows, not_in_file = reconcile(
        candidates,
        kept,
        source_keys(conn, agency_id, Assignment, person_ids),
        lambda duty: places.get((duty.person_id, duty.kind, duty.starts_on), (duty.kind, duty.starts_on)),
        lambda earlier, new: keeping(earlier, new, absent),
    )
    return tuple(rows), not_in_file


def _candidate(
    accepted: AcceptedRow, row: AssignmentRow, register: Register, keys: Keys
) -> Candidate[Assignment]:
    draft = draft_of(accepted, row.badge_number)
    person_id = person_of(register, draft)
    if person_id is None:
        return Candidate(draft, None)
    fact = Assignment(
        person_id=person_id,
        kind=kind_of(row.assignment),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        details=_details(accepted.extra),
        source_key=keys.key(row, person_id),
    )
    return Candidate(draft, fact)


def kind_of(word: str) -> str:
    """A duty's name; what somebody carries is ``firearm:TYPE``, the reader's hyphens notwithstanding."""
    mark, _, weapon = word.replace(":", "-").partition("-")
    if f"{mark}:" == FIREARM and WEAPONS.intersection(weapon.split("-")):
        return f"{FIREARM}{weapon}"
    return word


def _details(extra: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    details: dict[str, Any] = {}
    for header, cell in extra:
        word = " ".join(cell.casefold().split())
        details[kebab(header).replace("-", "_")] = (
            True if word in YES else False if word in NO else cell.strip()
        )
    return details


def _places(
    candidates: Sequence[Candidate[Assignment]], kept: Sequence[Kept[Assignment]]
) -> Mapping[Hashable, Hashable]:
    """A duty on file without a first day, such as a roster gives, is the one row of the file that dates it."""
    rows: Counter[tuple[int, str]] = Counter()
    starts: dict[tuple[int, str], Hashable] = {}
    for candidate in candidates:
        if candidate.fact is not None:
            duty = (candidate.fact.person_id, candidate.fact.kind)
            rows[duty] += 1
            starts[duty] = (candidate.fact.kind, candidate.fact.starts_on)
    return {
        (each.fact.person_id, each.fact.kind, None): starts[each.fact.person_id, each.fact.kind]
        for each in kept
        if each.fact.starts_on is None and rows[each.fact.person_id, each.fact.kind] == 1
    }
