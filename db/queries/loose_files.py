"""Which objects of the file store does no row stand for: written and not yet named, or to be deleted?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from db.errors import FileGivenUpError
from db.records.facts import AgencyId
from db.tables import loose_file
from db.upsert import upsert


def begin(conn: Connection, agency_id: AgencyId, names: Sequence[str], at: datetime) -> None:
    """Objects of these names are about to be written; committed before they are."""
    rows = [{"agency_id": agency_id, "name": name, "since": at, "leaving": False} for name in names]
    conn.execute(insert(loose_file), rows)


def named(conn: Connection, agency_id: AgencyId, names: Sequence[str]) -> None:
    """Rows that stand for these objects are being recorded, in this transaction. FileGivenUpError when one was given up
    meanwhile: a row would stand for an object that is about to be deleted."""
    found = conn.execute(
        delete(loose_file).where(
            loose_file.c.agency_id == agency_id,
            loose_file.c.name.in_(names),
            loose_file.c.leaving.is_(False),
        )
    )
    if found.rowcount != len(names):
        raise FileGivenUpError(len(names))


def give_up(conn: Connection, agency_id: AgencyId, before: datetime) -> int:
    """What was begun before then and got no row is to be deleted; how many."""
    return conn.execute(
        update(loose_file)
        .where(
            loose_file.c.agency_id == agency_id,
            loose_file.c.leaving.is_(False),
            loose_file.c.since < before,
        )
        .values(leaving=True)
    ).rowcount


def leave(conn: Connection, agency_id: AgencyId, name: str, at: datetime) -> None:
    """This object is to be deleted, whatever becomes of the process."""
    row = {"agency_id": agency_id, "name": name, "since": at, "leaving": True}
    upsert(conn, loose_file, [row], lambda offered: {"leaving": offered["leaving"]})


def gone(conn: Connection, agency_id: AgencyId, name: str) -> None:
    """It is deleted."""
    conn.execute(delete(loose_file).where(loose_file.c.agency_id == agency_id, loose_file.c.name == name))


def of(conn: Connection, agency_id: AgencyId) -> tuple[tuple[str, datetime, bool], ...]:
    """Every loose object: its name, since when, and whether it is to be deleted."""
    rows = conn.execute(
        select(loose_file).where(loose_file.c.agency_id == agency_id).order_by(loose_file.c.name)
    )
    return tuple((row.name, row.since, row.leaving) for row in rows)


def forget_what_was_begun(conn: Connection) -> None:
    """After a restore: whoever wrote these may have gone on and recorded rows that are not here, and their objects are
    not ours to delete."""
    conn.execute(delete(loose_file).where(loose_file.c.leaving.is_(False)))
