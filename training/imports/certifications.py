"""What would a list of certificates add? One credential for each status of each level; a later status is a new one."""

from collections.abc import Hashable, Sequence

from sqlalchemy import Connection

from db.queries import evaluation
from db.queries.imports import source_keys
from db.records.facts import AgencyId, Credential, Kept
from reading.tables.cellreader import kebab
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.rows import CertificationRow
from training.imports.model import PlannedRow
from training.imports.reconcile import Candidate, Keys, draft_of, keeping, person_of, reconcile
from training.imports.register import Register
from training.standings.person_facts import GRANTED

CERTIFICATE_KIND = "certificate"
# What the rules take for held when a list only says that it is.
HELD = "active"
COLUMN_OF = {"status_on": "status_date", "issued_on": "date", "expires_on": "expires_on"}


def plan_certifications(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register, state: str
) -> tuple[tuple[PlannedRow, ...], int]:
    """Every row's plan, and how many imported certificates the file lacks."""
    keys = Keys(TableKind.CERTIFICATIONS)
    candidates = [
        _candidate(accepted, row, register, keys, state) for accepted, row in preview.of(CertificationRow)
    ]
    person_ids = sorted({each.fact.person_id for each in candidates if each.fact is not None})
    people = evaluation.facts_for(conn, agency_id, person_ids) if person_ids else {}
    kept = [
        each
        for person in people.values()
        for each in person.credentials
        if each.fact.kind == CERTIFICATE_KIND
    ]
    past = _past(kept)
    said = {use.column for use in preview.columns}
    absent = [field for field, column in COLUMN_OF.items() if column not in said]
    rows, not_in_file = reconcile(
        candidates,
        kept,
        source_keys(conn, agency_id, Credential, person_ids),
        lambda credential: _same_status(credential, past),
        lambda earlier, new: keeping(earlier, new, ["number", "cycle_start", "cycle_end", *absent]),
    )
    return tuple(rows), not_in_file


def _candidate(
    accepted: AcceptedRow, row: CertificationRow, register: Register, keys: Keys, state: str
) -> Candidate[Credential]:
    draft = draft_of(accepted, row.badge_number)
    person_id = person_of(register, draft)
    if person_id is None:
        return Candidate(draft, None)
    status = kebab(row.status or "") or None
    if row.held and status not in GRANTED:
        status = HELD
    fact = Credential(
        person_id=person_id,
        kind=CERTIFICATE_KIND,
        discipline=kebab(row.certificate),
        level=kebab(row.level or "") or None,
        state=state,
        status=status,
        status_on=row.status_on,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        source_key=keys.key(row, person_id),
    )
    return Candidate(draft, fact)


def _past(credentials: Sequence[Kept[Credential]]) -> frozenset[str | None]:
    """Keys of statuses that a later one followed: they have had their time, and no later list corrects them."""
    newest: dict[Hashable, Kept[Credential]] = {}
    for kept in sorted(credentials, key=lambda kept: kept.id):
        newest[_level(kept.fact)] = kept
    ids = {kept.id for kept in newest.values()}
    return frozenset(kept.fact.source_key for kept in credentials if kept.id not in ids)


def _level(credential: Credential) -> Hashable:
    return (credential.person_id, credential.kind, credential.discipline, credential.level)


def _same_status(credential: Credential, past: frozenset[str | None]) -> Hashable:
    own = credential.source_key if credential.source_key in past else None
    return (credential.kind, credential.discipline, credential.level, credential.status, own)
