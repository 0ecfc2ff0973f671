"""What does judging people take? Their facts and completions, for a batch at a time or as one long stream."""

from collections import defaultdict
from collections.abc import Generator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, select

from db import tables
from db.facts import SCOPE, TABLES, THEN, in_force, kept_of
from db.queries.people import present_employments
from db.records.facts import (
    AgencyId,
    Assignment,
    Card,
    Completion,
    Credential,
    Employment,
    Exemption,
    FactT,
    Kept,
    Leave,
    PersonFacts,
)

# One completion of the stream, in the order of STREAM_COLUMNS. All but the two ids are text, the same on both
# databases: dates in ISO form, hours as decimals, lists and maps as JSON, yes and no as "true" and "false".
StreamRow = tuple[
    int,
    int,
    str,
    str,
    str,
    str,
    str,
    str | None,
    str,
    str | None,
    str | None,
    str,
    str | None,
    str | None,
    str | None,
    str | None,
]

STREAM_COLUMNS = (
    "person_id",
    "id",
    "completed_on",
    "hours",
    "topics",
    "topic_hours",
    "title",
    "board_approved",
    "credit",
    "delivery",
    "passed",
    "evidence",
    "course_number",
    "provider",
    "score",
    "credit_reason",
)

_ROWS_AT_A_TIME = 5_000

_AS_TEXT = {
    "completed_on": "CAST(completed_on AS TEXT)",
    "hours": "CAST(hours AS TEXT)",
    "score": "CAST(score AS TEXT)",
    "board_approved": "CASE WHEN board_approved THEN 'true' WHEN NOT board_approved THEN 'false' END",
    "passed": "CASE WHEN passed THEN 'true' WHEN NOT passed THEN 'false' END",
}

# The order is that of an index, so nothing is sorted and the first row comes at once.
_STREAM = (
    f"SELECT {', '.join(_AS_TEXT.get(name, name) for name in STREAM_COLUMNS)} "  # noqa: S608 our own names
    "FROM completion WHERE agency_id = {agency}{people}{known} AND NOT void AND NOT EXISTS "
    "(SELECT 1 FROM completion AS later WHERE later.replaces_id = completion.id{known_later}) "
    "ORDER BY person_id, completed_on, id"
)


def facts_for(
    conn: Connection,
    agency_id: AgencyId,
    person_ids: Sequence[int] | None = None,
    *,
    known_at: int | None = None,
) -> dict[int, PersonFacts]:
    """Facts by person, in a handful of statements whatever the number; None asks for the whole agency.
    Somebody with no employment here is left out."""
    employments = _by_person(conn, Employment, agency_id, person_ids, known_at)
    credentials = _by_person(conn, Credential, agency_id, person_ids, known_at)
    cards = _by_person(conn, Card, agency_id, person_ids, known_at)
    assignments = _by_person(conn, Assignment, agency_id, person_ids, known_at)
    leaves = _by_person(conn, Leave, agency_id, person_ids, known_at)
    exemptions = _by_person(conn, Exemption, agency_id, person_ids, known_at)
    return {
        person_id: PersonFacts(
            person_id=person_id,
            employment=present_employments(employments[person_id])[person_id],
            employments=employments[person_id],
            credentials=credentials.get(person_id, ()),
            cards=cards.get(person_id, ()),
            assignments=assignments.get(person_id, ()),
            leaves=leaves.get(person_id, ()),
            exemptions=exemptions.get(person_id, ()),
        )
        for person_id in sorted(employments)
    }


def completions_for(
    conn: Connection,
    agency_id: AgencyId,
    person_ids: Sequence[int] | None = None,
    *,
    known_at: int | None = None,
) -> dict[int, tuple[Kept[Completion], ...]]:
    """Completions by person, each by day and then by id; people with none are left out."""
    found = _by_person(conn, Completion, agency_id, person_ids, known_at)
    return {
        person_id: tuple(sorted(completions, key=lambda kept: (kept.fact.completed_on, kept.id)))
        for person_id, completions in found.items()
    }


def completion(conn: Connection, agency_id: AgencyId, completion_id: int) -> Kept[Completion] | None:
    """One completion as it was kept, replaced since or not; None outside the walls or for a withdrawal."""
    table = tables.completion
    statement = select(table).where(
        table.c.id == completion_id, table.c.agency_id == agency_id, table.c.void.is_(False)
    )
    row = conn.execute(statement).mappings().one_or_none()
    return None if row is None else kept_of(Completion, row)


def employed_people(
    conn: Connection, agency_id: AgencyId, *, after: int = 0, limit: int | None = None
) -> tuple[int, ...]:
    """People the agency employs or has employed, those whom ``facts_for`` knows, by id from the first one after
    ``after``."""
    table = tables.employment
    statement = (
        select(table.c.person_id).where(in_force(table, agency_id), table.c.person_id > after).distinct()
    )
    return tuple(conn.execute(statement.order_by(table.c.person_id).limit(limit)).scalars())


def stream_completions(
    conn: Connection,
    agency_id: AgencyId,
    person_ids: Sequence[int] | None = None,
    *,
    known_at: int | None = None,
) -> Generator[StreamRow]:
    """Completions of these people in force, or of the whole agency, as plain tuples ordered by person, day and
    id; read it to the end or close it before asking anything else of ``conn``."""
    # The driver's own cursor: a sweep of a whole state has no time for an object around each row, and on
    # PostgreSQL only a named one leaves the rows where they are until they are wanted.
    driver: Any = conn.connection.driver_connection
    cursor = driver.cursor("completions") if conn.dialect.name == "postgresql" else driver.cursor()
    try:
        if conn.dialect.name == "sqlite":
            # Pages of a mapped file count as memory of ours; rows that are read once, in order, gain nothing.
            cursor.execute("PRAGMA mmap_size = 0")
        # Ints of our own, so they may stand in the text and both drivers read the same statement.
        cursor.execute(
            _STREAM.format(
                agency=int(agency_id),
                people=_among(person_ids),
                known="" if known_at is None else f" AND seq <= {int(known_at)}",
                known_later="" if known_at is None else f" AND later.seq <= {int(known_at)}",
            )
        )
        while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
            yield from rows
    finally:
        cursor.close()


def _among(person_ids: Sequence[int] | None) -> str:
    if person_ids is None:
        return ""
    # PostgreSQL refuses an empty list; nobody is NULL.
    return f" AND person_id IN ({', '.join(str(int(person_id)) for person_id in person_ids) or 'NULL'})"


def _by_person(
    conn: Connection,
    kind: type[FactT],
    agency_id: AgencyId,
    person_ids: Sequence[int] | None,
    known_at: int | None,
) -> dict[int, tuple[Kept[FactT], ...]]:
    statement = _rows(TABLES[kind], some=person_ids is not None, then=known_at is not None)
    asked = {"agency_id": agency_id, "person_ids": person_ids, "known_at": known_at}
    found: defaultdict[int, list[Kept[FactT]]] = defaultdict(list)
    for row in conn.execute(statement, asked).mappings():
        found[row["person_id"]].append(kept_of(kind, row))
    return {person_id: tuple(kept) for person_id, kept in found.items()}


@cache
def _rows(table: Table, *, some: bool, then: bool) -> Select[Any]:
    """Facts by person: of some people or of all, as they stand now or stood then."""
    rows = select(table).where(in_force(table, SCOPE, THEN if then else None))
    rows = rows.order_by(table.c.person_id, table.c.id)
    return rows.where(table.c.person_id.in_(bindparam("person_ids", expanding=True))) if some else rows
