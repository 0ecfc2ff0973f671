"""Every fact row gets its hash, and one entry of each agency's chain seals what was recorded until now.

Stop the release before this one first: it cannot write facts any more, because it does not hash them.
"""

import heapq
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from json import JSONEncoder
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_COMMON = "id agency_id seq recorded_at recorded_by source replaces_id void"
_SAID = {
    "agency": "name short_name state time_zone",
    "agency_pack": "pack starts_on ends_on",
    "assignment": "person_id kind starts_on ends_on details source_key",
    "card": "person_id covers valid_from valid_to provider source_key",
    "completion": (
        "person_id completed_on hours topics topic_hours title course_number provider delivery board_approved "
        "credit credit_reason score passed evidence topic_reasons source_key"
    ),
    "contact_point": "person_id kind value",
    "credential": (
        "person_id kind discipline level state number status status_on issued_on expires_on cycle_start cycle_end "
        "source_key"
    ),
    "door": "channel address",
    "employment": (
        "person_id badge_number kind position rank status appointed_on ended_on licensed_on history_complete_from "
        "time_zone facts"
    ),
    "exemption": "person_id requirement kind window starts_on ends_on new_due reason approved_by",
    "import_batch": "kind file_name file_hash accepted corrected rejected report",
    "leave": "person_id kind starts_on ends_on returned_on source_key",
    "person": "",
    "person_name": "person_id kind given family valid_from",
    "reporting_line": "person_id supervisor_id unit_id valid_from valid_to",
    "role_grant": "person_id role valid_from valid_to",
    "unit": "unit_id parent_unit_id name",
}
_IDS_PER_AGENCY = 10_000_000_000
_PAGE = 5_000

_text_of = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def upgrade() -> None:
    conn = op.get_bind()
    # The record refuses every change; all triggers are put back when the upgrade is done.
    for table in (*_SAID, "audit_entry"):
        _without_triggers(conn, table)
    with op.batch_alter_table("audit_entry") as audit:
        audit.add_column(sa.Column("facts", sa.Text(), nullable=True))
    for table in _SAID:
        op.add_column(table, sa.Column("hash", sa.Text(), nullable=True))
        _hash_every_row(conn, table)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("hash", existing_type=sa.Text(), nullable=False)
    for (agency_id,) in conn.execute(
        sa.text("SELECT agency_id FROM chain_head ORDER BY agency_id")
    ).fetchall():
        _seal(conn, agency_id)


def _without_triggers(conn: sa.Connection, table: str) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_refuses_change ON {table}"))
        return
    for event in ("update", "delete", "overwrite"):
        conn.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_refuses_{event}"))


def _hash_every_row(conn: sa.Connection, table: str) -> None:
    update = sa.text(f"UPDATE {table} SET hash = :hash WHERE id = :id")  # noqa: S608 names of our own tables
    names = f"{_COMMON} {_SAID[table]}".split()
    columns = [_column(conn, column) for column in _columns(conn, table, names)]
    for page in _pages(conn, table, columns):
        hashed = [{"id": row["id"], "hash": _hash(table, row)} for row in page]
        conn.execute(update, hashed)


def _columns(conn: sa.Connection, table: str, names: list[str]) -> list[sa.ColumnClause[Any]]:
    types = {each["name"]: each["type"] for each in sa.inspect(conn).get_columns(table)}
    return [sa.column(name, types[name]) for name in names]


def _column(conn: sa.Connection, column: sa.ColumnClause[Any]) -> sa.ColumnElement[Any]:
    """A value as it is kept, whatever the driver would make of it."""
    as_text = conn.dialect.name == "postgresql" and isinstance(
        column.type, sa.Date | sa.DateTime | sa.Numeric
    )
    kept: sa.ColumnElement[Any] = (
        sa.cast(column, sa.Text()) if as_text else sa.type_coerce(column, sa.types.NullType())
    )
    if conn.dialect.name == "postgresql" and isinstance(column.type, sa.DateTime):
        # As SQLite has it: always with microseconds.
        kept = sa.func.to_char(sa.func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")
    return kept.label(column.name)


def _pages(
    conn: sa.Connection, table: str, columns: list[sa.ColumnElement[Any]]
) -> Iterator[list[Mapping[str, Any]]]:
    last = -1
    key = sa.column("id", sa.BigInteger())
    while True:
        statement = (
            sa.select(*columns).select_from(sa.table(table)).where(key > last).order_by(key).limit(_PAGE)
        )
        page: list[Mapping[str, Any]] = [dict(row) for row in conn.execute(statement).mappings()]
        if not page:
            return
        yield page
        last = page[-1]["id"]


def _hash(table: str, row: Mapping[str, Any]) -> str:
    said = {
        name: int(value) if isinstance(value, bool) else value
        for name, value in row.items()
        if value is not None
    }
    return sha256(_text_of([table, said]).encode()).hexdigest()


def _facts_of(conn: sa.Connection, table: str, agency_id: int) -> Iterator[tuple[int, str]]:
    last, end = agency_id * _IDS_PER_AGENCY, (agency_id + 1) * _IDS_PER_AGENCY
    statement = sa.text(
        f"SELECT id, seq, hash FROM {table} WHERE id > :last AND id < :end ORDER BY id LIMIT {_PAGE}"  # noqa: S608  our own table names
    )
    while page := conn.execute(statement, {"last": last, "end": end}).fetchall():
        yield from ((row.seq, row.hash) for row in page)
        last = page[-1].id


def _seal(conn: sa.Connection, agency_id: int) -> None:
    facts = 0
    seal = sha256()
    for seq, hash_ in heapq.merge(*(_facts_of(conn, table, agency_id) for table in _SAID)):
        facts += 1
        seal.update(f"{seq} {hash_}\n".encode())
    if not facts:
        return
    at = _now(conn)
    head = conn.execute(
        sa.text("SELECT seq, entries, hash FROM chain_head WHERE agency_id = :agency"), {"agency": agency_id}
    ).one()
    entry: dict[str, Any] = {
        "id": agency_id * _IDS_PER_AGENCY + head.seq + 1,
        "agency_id": agency_id,
        "seq": head.seq + 1,
        "position": head.entries + 1,
        "at": at.isoformat(),
        "actor_id": None,
        "tag": "record:sealed",
        "subject_id": None,
        "channel": None,
        "reason": None,
        "data": {"facts": facts},
        "prev_hash": head.hash,
        "facts": seal.hexdigest(),
    }
    entry["hash"] = sha256(_text_of(entry).encode()).hexdigest()
    audit = sa.table(
        "audit_entry",
        *(sa.column(name) for name in entry if name != "at"),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    kept_at = at if conn.dialect.name == "postgresql" else at.replace(tzinfo=None)
    conn.execute(sa.insert(audit).values(entry | {"at": kept_at, "data": _text_of(entry["data"])}))
    conn.execute(
        sa.text(
            "UPDATE chain_head SET seq = :seq, entries = :position, hash = :hash WHERE agency_id = :agency_id"
        ),
        {name: entry[name] for name in ("seq", "position", "hash", "agency_id")},
    )


def _now(conn: sa.Connection) -> datetime:
    """Business time: the machine's, moved as the demo moved it."""
    moved = conn.execute(sa.text("SELECT seconds FROM clock_offset")).scalar_one_or_none() or 0
    if conn.dialect.name == "postgresql":
        statement = "SELECT clock_timestamp() + :moved * interval '1 second'"
        found: datetime = conn.execute(sa.text(statement), {"moved": moved}).scalar_one()
        return found.astimezone(UTC)
    statement = "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now', :moved || ' seconds')"
    return datetime.fromisoformat(conn.execute(sa.text(statement), {"moved": moved}).scalar_one()).replace(
        tzinfo=UTC
    )
