"""Which code lets somebody decide one step by text message? Only its hash is here."""

from sqlalchemy import Connection, delete, insert, select, update

from db.records.facts import AgencyId
from db.records.requests import ApprovalCode
from db.tables import approval_code as table


def keep(conn: Connection, agency_id: AgencyId, code: ApprovalCode) -> None:
    """The one code of this person for this step: whichever was given before holds no more."""
    take(conn, agency_id, code.person_id, code.request_id, code.position)
    conn.execute(
        insert(table).values(
            agency_id=agency_id,
            person_id=code.person_id,
            request_id=code.request_id,
            position=code.position,
            code_hash=code.code_hash,
            expires_at=code.expires_at,
            tries=code.tries,
        )
    )


def of_person(
    conn: Connection, agency_id: AgencyId, person_id: int, request_id: int, position: int
) -> ApprovalCode | None:
    """The code that was given them for this step."""
    row = conn.execute(
        select(table).where(
            table.c.agency_id == agency_id,
            table.c.person_id == person_id,
            table.c.request_id == request_id,
            table.c.position == position,
        )
    ).one_or_none()
    if row is None:
        return None
    return ApprovalCode(
        person_id=row.person_id,
        request_id=row.request_id,
        position=row.position,
        code_hash=row.code_hash,
        expires_at=row.expires_at,
        tries=row.tries,
    )


def tried(conn: Connection, agency_id: AgencyId, code: ApprovalCode) -> None:
    """Another one was written in its place."""
    conn.execute(
        update(table)
        .where(
            table.c.agency_id == agency_id,
            table.c.person_id == code.person_id,
            table.c.request_id == code.request_id,
            table.c.position == code.position,
        )
        .values(tries=table.c.tries + 1)
    )


def take(conn: Connection, agency_id: AgencyId, person_id: int, request_id: int, position: int) -> bool:
    """It is used up. False where there was none."""
    gone = conn.execute(
        delete(table).where(
            table.c.agency_id == agency_id,
            table.c.person_id == person_id,
            table.c.request_id == request_id,
            table.c.position == position,
        )
    )
    return gone.rowcount > 0
