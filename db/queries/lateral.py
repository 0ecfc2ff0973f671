"""What passes between two agencies of one installation when an officer has two employers?

The only place where one agency's question reads what another one wrote. Each crossing is tied to a request: the agency
that is asked reads that somebody asks and by which numbers the person is to be known; the agency that asked reads what
was released to it, and whether the record has changed since. Nothing here takes a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, exists, or_, select

from db import tables
from db.facts import TABLES, in_force, in_force_rows, kept_of
from db.records.facts import (
    AgencyId,
    Completion,
    ContactKind,
    FactT,
    Kept,
)
from db.records.lateral import IntakeRequest, IntakeTaken, RecordRelease, ReleaseSaid, ReleaseWord

# How source and key of a class begin that came in by an intake; the key stays when somebody corrects it.
FROM_INTAKE = "intake:"


@dataclass(slots=True)
class Proof:
    """The numbers, addresses and days by which a person of one agency is known for a person of another."""

    licenses: set[tuple[str, str]] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    mobiles: set[str] = field(default_factory=set)
    licensed_on: set[date] = field(default_factory=set)


def requests_of(conn: Connection, agency_id: AgencyId) -> tuple[Kept[IntakeRequest], ...]:
    """What this agency asks for, oldest first."""
    return _of(conn, IntakeRequest, agency_id)


def request_of(conn: Connection, agency_id: AgencyId, request_id: int) -> Kept[IntakeRequest] | None:
    """One request of this agency while it stands."""
    return next((each for each in requests_of(conn, agency_id) if each.id == request_id), None)


def words_of(conn: Connection, agency_id: AgencyId) -> tuple[Kept[ReleaseWord], ...]:
    """What was said at this agency about requests of others."""
    return _of(conn, ReleaseWord, agency_id)


def releases_of(conn: Connection, agency_id: AgencyId) -> tuple[Kept[RecordRelease], ...]:
    """What this agency released, oldest first."""
    return _of(conn, RecordRelease, agency_id)


def taken_by(conn: Connection, agency_id: AgencyId) -> tuple[Kept[IntakeTaken], ...]:
    """Which releases this agency took in."""
    return _of(conn, IntakeTaken, agency_id)


def held_elsewhere(
    conn: Connection, agency_id: AgencyId, person_id: int, *, known_at: int | None = None
) -> dict[int, str]:
    """By record of one person that came in by an intake, the agency that holds its evidence."""
    table = tables.completion
    rows = conn.execute(
        select(table.c.id, table.c.provider).where(
            in_force(table, agency_id, known_at),
            table.c.person_id == person_id,
            table.c.source_key.like(f"{FROM_INTAKE}%"),
        )
    )
    return {row.id: row.provider or "" for row in rows}


def latest_by_key(
    conn: Connection, agency_id: AgencyId, keys: Sequence[str]
) -> dict[str, Kept[Completion] | None]:
    """By source key the record of this agency as it is now; None for one that was withdrawn by hand."""
    table = tables.completion
    later = table.alias()
    rows = conn.execute(
        select(table).where(
            table.c.agency_id == agency_id,
            table.c.source_key.in_(keys),
            ~exists().where(later.c.replaces_id == table.c.id),
        )
    ).mappings()
    return {row["source_key"]: None if row["void"] else kept_of(Completion, row) for row in rows}


def taken_keys(conn: Connection, agency_id: AgencyId, person_id: int, prefix: str) -> frozenset[str]:
    """Source keys of the records of one person that stand and came in from one agency."""
    table = tables.completion
    return frozenset(
        conn.execute(
            select(table.c.source_key).where(
                in_force(table, agency_id),
                table.c.person_id == person_id,
                table.c.source_key.like(f"{prefix}%"),
            )
        ).scalars()
    )


def proofs_of(
    conn: Connection, agency_id: AgencyId, state: str, person_ids: Sequence[int] | None = None
) -> dict[int, Proof]:
    """By person what is on file to know them by; ``state`` is whose number a license is that names none."""
    found: dict[int, Proof] = {}
    credential, point, employment = tables.credential, tables.contact_point, tables.employment
    numbers = select(credential).where(in_force(credential, agency_id), credential.c.number.is_not(None))
    addresses = select(point).where(in_force(point, agency_id))
    employments = select(employment).where(
        in_force(employment, agency_id), employment.c.licensed_on.is_not(None)
    )
    if person_ids is not None:
        numbers = numbers.where(credential.c.person_id.in_(person_ids))
        addresses = addresses.where(point.c.person_id.in_(person_ids))
        employments = employments.where(employment.c.person_id.in_(person_ids))
    for row in conn.execute(numbers):
        proof = found.setdefault(row.person_id, Proof())
        proof.licenses.add(((row.state or state).upper(), row.number.casefold().strip().lstrip("0")))
        if row.issued_on is not None:
            proof.licensed_on.add(row.issued_on)
    for row in conn.execute(addresses):
        proof = found.setdefault(row.person_id, Proof())
        (proof.emails if row.kind == ContactKind.EMAIL.value else proof.mobiles).add(row.value)
    for row in conn.execute(employments):
        found.setdefault(row.person_id, Proof()).licensed_on.add(row.licensed_on)
    return found


def asked_of(conn: Connection, agency_id: AgencyId, day: date) -> tuple[Kept[IntakeRequest], ...]:
    """Crossing: requests of others to this agency, as long as who asks employs the person."""
    table, employment = tables.intake_request, tables.employment
    later, later_employment = table.alias(), employment.alias()
    employed = exists().where(
        employment.c.agency_id == table.c.agency_id,
        employment.c.person_id == table.c.person_id,
        employment.c.void.is_(False),
        employment.c.status != "separated",
        or_(employment.c.ended_on.is_(None), employment.c.ended_on >= day),
        ~exists().where(later_employment.c.replaces_id == employment.c.id),
    )
    rows = conn.execute(
        select(table)
        .where(
            table.c.holder_id == agency_id,
            table.c.agency_id != agency_id,
            table.c.void.is_(False),
            ~exists().where(later.c.replaces_id == table.c.id),
            employed,
        )
        .order_by(table.c.recorded_at, table.c.id)
    ).mappings()
    return tuple(kept_of(IntakeRequest, row) for row in rows)


def proof_behind(conn: Connection, request: Kept[IntakeRequest], state: str) -> Proof:
    """Crossing: by what the person of a request is to be known, where it was made."""
    found = proofs_of(conn, request.agency_id, state, [request.fact.person_id])
    return found.get(request.fact.person_id, Proof())


def released_to(conn: Connection, agency_id: AgencyId) -> tuple[Kept[RecordRelease], ...]:
    """Crossing: what others released upon this agency's own requests, oldest first; nothing that is kept back."""
    table, request, word = tables.record_release, tables.intake_request, tables.release_word
    own = select(request.c.id).where(in_force(request, agency_id))
    kept_back = exists().where(
        word.c.request_id == table.c.request_id,
        word.c.agency_id == table.c.agency_id,
        word.c.word == ReleaseSaid.KEPT_BACK.value,
    )
    holder = select(request.c.holder_id).where(request.c.id == table.c.request_id).scalar_subquery()
    rows = conn.execute(
        select(table, kept_back.label("kept_back"))
        .where(table.c.request_id.in_(own), table.c.agency_id == holder, table.c.void.is_(False))
        .order_by(table.c.id)
    ).mappings()
    return tuple(kept_of(RecordRelease, row) for row in rows if not row["kept_back"])


def changed_since(conn: Connection, release: Kept[RecordRelease]) -> bool:
    """Crossing: whether a class of the person was recorded, corrected or withdrawn where the record is, since."""
    table = tables.completion
    newer = select(table.c.id).where(
        table.c.agency_id == release.agency_id,
        table.c.person_id == release.fact.person_id,
        table.c.seq > release.seq,
        or_(table.c.source_key.is_(None), ~table.c.source_key.like(f"{FROM_INTAKE}%")),
    )
    return conn.execute(newer.limit(1)).first() is not None


def _of(conn: Connection, kind: type[FactT], agency_id: AgencyId) -> tuple[Kept[FactT], ...]:
    rows = conn.execute(in_force_rows(kind, agency_id).order_by(TABLES[kind].c.id)).mappings()
    return tuple(kept_of(kind, row) for row in rows)
