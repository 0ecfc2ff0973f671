"""Whose is an entry of the agency's directory, and how far has the directory been read?"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, DirectoryEntry, Kept
from db.tables import directory_entry, directory_state
from db.upsert import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryState:
    """``link``: where to go on with what changed since ``link_at``; empty where everything has to be read.

    ``shown`` and ``told`` are digests of what somebody last saw, and was last told about. ``looked_at``: when the
    nightly look was last done.
    """

    link: str = ""
    link_at: datetime | None = None
    shown: str = ""
    told: str = ""
    looked_at: datetime | None = None


UNREAD = DirectoryState()


def entries(
    conn: Connection, agency_id: AgencyId, object_ids: Sequence[str] | None = None
) -> tuple[Kept[DirectoryEntry], ...]:
    """Everybody's entry, or the entries with these ids; by id of the row."""
    statement = in_force_rows(DirectoryEntry, agency_id).order_by(directory_entry.c.id)
    if object_ids is not None:
        statement = statement.where(directory_entry.c.object_id.in_(object_ids))
    return tuple(kept_of(DirectoryEntry, row) for row in conn.execute(statement).mappings())


def owner(conn: Connection, agency_id: AgencyId, object_id: str) -> int | None:
    """Whose entry it is; None for nobody's, and for two people's."""
    owners = {each.fact.person_id for each in entries(conn, agency_id, [object_id.casefold()])}
    return owners.pop() if len(owners) == 1 else None


def state(conn: Connection, agency_id: AgencyId) -> DirectoryState:
    """How far it was read; UNREAD where it never was."""
    row = (
        conn.execute(select(directory_state).where(directory_state.c.agency_id == agency_id))
        .mappings()
        .one_or_none()
    )
    if row is None:
        return UNREAD
    return DirectoryState(**{name: row[name] for name in DirectoryState.__dataclass_fields__})


def keep_state(conn: Connection, agency_id: AgencyId, kept: DirectoryState) -> None:
    """From here it goes on next time."""
    row = {"agency_id": agency_id, **asdict(kept)}
    upsert(
        conn,
        directory_state,
        [row],
        lambda offered: {name: offered[name] for name in DirectoryState.__dataclass_fields__},
    )
