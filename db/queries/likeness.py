"""What is needed to see which people and records may be the same: little of each, in the order of comparison."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from db import tables
from db.facts import in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, ContactKind, Credit, Kept, LikenessDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionLook:
    """As much of a completion as it takes to see that it is another one again."""

    id: int
    person_id: int
    completed_on: date
    hours: Decimal | None
    title: str
    course_number: str
    source: str
    credit: Credit
    credit_reason: str
    board_approved: bool | None
    has_topics: bool
    instructed: bool


def completion_looks(
    conn: Connection, agency_id: AgencyId, *, known_at: int | None = None
) -> Iterator[CompletionLook]:
    """Every completion that may count, by person and then by day: neighbors in the stream are all that is compared."""
    table = tables.completion
    statement = (
        select(
            table.c.id,
            table.c.person_id,
            table.c.completed_on,
            table.c.hours,
            table.c.title,
            table.c.course_number,
            table.c.source,
            table.c.credit,
            table.c.credit_reason,
            table.c.board_approved,
            table.c.topics,
            table.c.evidence,
        )
        .where(in_force(table, agency_id, known_at), table.c.credit != Credit.NO.value)
        .order_by(table.c.person_id, table.c.completed_on, table.c.id)
    )
    for row in conn.execute(statement):
        yield CompletionLook(
            id=row.id,
            person_id=row.person_id,
            completed_on=row.completed_on,
            hours=row.hours,
            title=row.title,
            course_number=row.course_number or "",
            source=row.source,
            credit=Credit(row.credit),
            credit_reason=row.credit_reason or "",
            board_approved=row.board_approved,
            has_topics=bool(row.topics),
            instructed=row.evidence.get("role") == "instructor",
        )


def earlier_wordings(conn: Connection, agency_id: AgencyId) -> dict[int, int]:
    """Of every corrected completion the one it replaced; a decision names the first wording of a record."""
    table = tables.completion
    statement = select(table.c.id, table.c.replaces_id).where(
        table.c.agency_id == agency_id, table.c.replaces_id.is_not(None)
    )
    return {row.id: row.replaces_id for row in conn.execute(statement)}


def decisions(
    conn: Connection, agency_id: AgencyId, *, known_at: int | None = None
) -> tuple[Kept[LikenessDecision], ...]:
    """All that was decided."""
    rows = conn.execute(in_force_rows(LikenessDecision, agency_id, known_at)).mappings()
    return tuple(kept_of(LikenessDecision, row) for row in rows)


def license_numbers(
    conn: Connection, agency_id: AgencyId, *, known_at: int | None = None
) -> Iterator[tuple[int, str]]:
    """Person and number of every license on file."""
    table = tables.credential
    statement = (
        select(table.c.person_id, table.c.number)
        .where(in_force(table, agency_id, known_at), table.c.number.is_not(None))
        .distinct()
    )
    for row in conn.execute(statement):
        yield row.person_id, row.number


def addresses(
    conn: Connection, agency_id: AgencyId, *, known_at: int | None = None
) -> Iterator[tuple[int, ContactKind, str]]:
    """Person, kind and value of every address on file."""
    table = tables.contact_point
    statement = select(table.c.person_id, table.c.kind, table.c.value).where(
        in_force(table, agency_id, known_at)
    )
    for row in conn.execute(statement):
        yield row.person_id, ContactKind(row.kind), row.value
