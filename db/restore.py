"""How does a backup become a database again? In one transaction, into one that holds nothing, at the backup's version
and from there to this release's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Boolean, Connection, Date, DateTime, Engine, Numeric, inspect, select, text
from sqlalchemy.exc import DBAPIError

from db.backup import ArchiveMember, Backup
from db.errors import BackupDamagedError, BackupNewerError, DatabaseNotEmptyError
from db.files.errors import FilesAwayError
from db.files.port import FileStore, Nowhere
from db.migrate import bring_to, knows, migrating, revision_of
from db.queries import ledger, loose_files, standings
from db.records.facts import AgencyId
from db.tables import chain_head, metadata

_AT_ONCE = 2_000


def restore(engine: Engine, backup: Backup, at: datetime, files: FileStore | None = None) -> None:
    """Fill the database, whole or not at all, and the file store with what the backup carries; every standing is due
    afterwards, and whatever was still to be sent is looked for before it is.

    DatabaseNotEmptyError, BackupNewerError, BackupDamagedError and FilesAwayError leave everything as it was.
    """
    revision = backup.manifest.revision
    if not knows(revision):
        raise BackupNewerError(revision)
    backup.verify()
    with _files_back(backup, files or Nowhere()) as put_files, migrating(engine) as conn:
        _only_if_empty(conn, revision)
        bring_to(conn, revision)
        for member in backup.manifest.members:
            try:
                _fill(conn, member, backup.rows(member))
            except (DBAPIError, UnicodeEncodeError, ValueError) as error:
                raise BackupDamagedError(member.table) from error
        bring_to(conn)
        # What waited to be sent may have been sent since the backup was made.
        ledger.doubt_everything(conn)
        loose_files.forget_what_was_begun(conn)
        for row in conn.execute(select(chain_head.c.agency_id, chain_head.c.seq)).all():
            standings.mark_everybody_dirty(conn, AgencyId(row.agency_id), seq=row.seq, at=at)
        # Before the commit: never a row without its object.
        put_files()


@contextmanager
def _files_back(backup: Backup, store: FileStore) -> Iterator[Callable[[], None]]:
    """What puts the files back; when the restore fails afterwards, those that were not there before are taken away."""
    new: list[str] = []

    def put() -> None:
        there = set(store.names())
        for name, sealed in backup.files():
            if name not in there:
                new.append(name)
            store.put(name, sealed)

    try:
        yield put
    except BaseException:
        for name in new:
            with suppress(FilesAwayError):
                store.delete(name)
        raise


def _only_if_empty(conn: Connection, revision: str) -> None:
    found = revision_of(conn)
    if found not in (None, revision):
        raise DatabaseNotEmptyError
    names = set(inspect(conn).get_table_names())
    for table in metadata.sorted_tables:
        if table.name in names and conn.execute(select(text("1")).select_from(table).limit(1)).first():
            raise DatabaseNotEmptyError


def _fill(conn: Connection, member: ArchiveMember, rows: Iterator[list[Any]]) -> None:
    present = inspect(conn)
    if member.table not in present.get_table_names():
        raise BackupDamagedError(member.table)
    types = {each["name"]: each["type"] for each in present.get_columns(member.table)}
    if set(types) != set(member.columns):
        raise BackupDamagedError(member.table)
    on_postgresql = conn.dialect.name == "postgresql"
    marks = [
        _mark(f"v{at}", types[name]) if on_postgresql else f":v{at}" for at, name in enumerate(member.columns)
    ]
    names = ", ".join(f'"{name}"' for name in member.columns)
    # Names were compared with the tables that are there.
    insert = text(f'INSERT INTO "{member.table}" ({names}) VALUES ({", ".join(marks)})')  # noqa: S608  names of our own tables and columns
    booleans = [at for at, name in enumerate(member.columns) if isinstance(types[name], Boolean)]
    while page := list(islice(rows, _AT_ONCE)):
        if on_postgresql:
            for row in page:
                for at in booleans:
                    row[at] = None if row[at] is None else bool(row[at])
        conn.execute(insert, [{f"v{at}": value for at, value in enumerate(row)} for row in page])


def _mark(name: str, type_: object) -> str:
    match type_:
        case Date():
            return f"CAST(:{name} AS DATE)"
        case DateTime():
            return f"CAST(:{name} AS TIMESTAMP WITH TIME ZONE)"
        case Numeric():
            return f"CAST(:{name} AS NUMERIC)"
        case _:
            return f":{name}"
