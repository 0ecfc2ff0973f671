"""How is the whole record written into one file, and read from it, whichever database holds it?

A zip archive: a member for each table, a row a line as a JSON list of kept values, and a manifest with version, heads,
counts and the SHA-256 of each member. It is made in one read snapshot, under another name until it is whole. Kept files
follow, each a member under its own SHA-256, where their store has no backups of its own.
"""

import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from sqlalchemy import Connection, Engine, select

from db.errors import BackupDamagedError, BackupForeignError
from db.files.errors import FileChangedError, FileMissingError
from db.files.port import FileStore, Nowhere, fetched, is_name, name_of
from db.kept_rows import bytes_that_are_no_text, kept_rows
from db.migrate import revision_of
from db.queries import agencies, content
from db.tables import chain_head, metadata
from db.unit_of_work import reading

FORMAT = "rollcall-backup"
VERSION = 1
MANIFEST = "manifest.json"
_BYTES = "bytes"
_FILES = "files/"
# A manifest is a few lines a table; whatever is larger is not one.
_MANIFEST_AT_MOST = 1 << 24
# No door takes a file that is nearly as large; unpacking one must not fill the memory.
_FILE_AT_MOST = 1 << 28
# What unpacking a spoilt archive raises; the last two where a flipped bit asks for a method or a password.
_DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where an agency's record stood when the backup was taken."""

    agency: int
    seq: int
    entries: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMember:
    """One table in the archive."""

    table: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUpFiles:
    """Kept files: ``carried`` are in the archive, ``apart`` in a store that is backed up by itself, and ``lost`` are
    those of which the store had nothing, or something else."""

    carried: int = 0
    apart: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says about itself; tables stand in the order in which they can be filled again."""

    revision: str
    taken_at: datetime
    heads: tuple[Head, ...]
    members: tuple[ArchiveMember, ...]
    files: BackedUpFiles = BackedUpFiles()

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(each.rows for each in self.members)


def write_backup(engine: Engine, path: Path, at: datetime, files: FileStore | None = None) -> Manifest:
    """Keep everything in a new file. FileExistsError when there is one already; nothing is left of a failure."""
    store = files or Nowhere()
    with _whole_or_not_at_all(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with reading(engine) as conn, bytes_that_are_no_text(conn):
            members = []
            for table in metadata.sorted_tables:
                with archive.open(_name(table.name), "w", force_zip64=True) as out:
                    columns = tuple(column.name for column in table.columns)
                    lines = (_line(row, columns) for row in kept_rows(conn, table))
                    rows, sum_ = _written(out, lines)
                members.append(ArchiveMember(table=table.name, columns=columns, rows=rows, sha256=sum_))
            heads = tuple(
                Head(agency=row.agency_id, seq=row.seq, entries=row.entries, hash=row.hash)
                for row in conn.execute(select(chain_head).order_by(chain_head.c.agency_id))
            )
            revision = revision_of(conn) or ""
            objects = _objects(conn)
        # Outside the snapshot: a file never changes, and a store may take its time.
        manifest = Manifest(
            revision=revision,
            taken_at=at,
            heads=heads,
            members=tuple(members),
            files=_carry(archive, engine, store, objects),
        )
        archive.writestr(MANIFEST, _manifest_text(manifest))
    return manifest


def _objects(conn: Connection) -> list[str]:
    return [name for number in agencies.agencies(conn) for name in content.kept_objects(conn, number)]


def _carry(archive: ZipFile, engine: Engine, store: FileStore, objects: list[str]) -> BackedUpFiles:
    """Every object into the archive. One that was disposed of meanwhile is not missed."""
    if not store.carried:
        return BackedUpFiles(apart=len(objects))
    carried, absent = 0, []
    for name in objects:
        try:
            sealed = fetched(store, name)
        except (FileMissingError, FileChangedError):
            absent.append(name)
            continue
        # Sealed bytes cannot be made smaller.
        archive.writestr(_FILES + name, sealed, ZIP_STORED)
        carried += 1
    if not absent:
        return BackedUpFiles(carried=carried)
    with reading(engine) as conn:
        wanted = set(_objects(conn))
    return BackedUpFiles(carried=carried, lost=len(wanted.intersection(absent)))


class Backup:
    """A backup that is open for reading; everything about it is mistrusted until ``verify`` has read it once."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.manifest = _manifest_of(archive)

    def verify(self) -> None:
        """Read every member to its end. BackupDamagedError when anything is not what the manifest says."""
        for member in self.manifest.members:
            sum_ = sha256()
            rows = 0
            for line in self._lines(member):
                sum_.update(line)
                rows += 1
            if (rows, sum_.hexdigest()) != (member.rows, member.sha256):
                raise BackupDamagedError(member.table)
        if sum(1 for _ in self.files()) != self.manifest.files.carried:
            raise BackupDamagedError("files")

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every kept file with its name, which proves it. BackupDamagedError when one is not what its name says."""
        for member in self._archive.infolist():
            if not member.filename.startswith(_FILES):
                continue
            name = member.filename.removeprefix(_FILES)
            try:
                if not is_name(name) or member.file_size > _FILE_AT_MOST:
                    raise BackupDamagedError(member.filename)
                sealed = self._archive.read(member)
            except _DAMAGE as error:
                raise BackupDamagedError(member.filename) from error
            if name_of(sealed) != name:
                raise BackupDamagedError(member.filename)
            yield name, sealed

    def rows(self, member: ArchiveMember) -> Iterator[list[Any]]:
        """The rows of a table, as kept values in the order of its columns."""
        for line in self._lines(member):
            values = json.loads(line)
            if not isinstance(values, list) or len(values) != len(member.columns):
                raise BackupDamagedError(member.table)
            yield [_as_kept(value) for value in values]

    def _lines(self, member: ArchiveMember) -> Generator[bytes]:
        try:
            with self._archive.open(_name(member.table)) as lines:
                yield from lines
        except (KeyError, *_DAMAGE) as error:
            raise BackupDamagedError(member.table) from error


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """BackupForeignError when the file is none of ours, or was cut short so that nobody can tell."""
    try:
        archive = ZipFile(path)
    except (BadZipFile, IsADirectoryError) as error:
        raise BackupForeignError from error
    with archive:
        yield Backup(archive)


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[IO[bytes]]:
    if path.exists():
        raise FileExistsError(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    # Names and addresses of a whole agency: nobody else on the machine needs to read them.
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name_it(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _name_it(partial: Path, path: Path) -> None:
    """A rename would take the place of a file that appeared meanwhile; a link does not."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # Some network shares know no links.
        partial.rename(path)


def _written(out: IO[bytes], lines: Iterable[bytes]) -> tuple[int, str]:
    sum_ = sha256()
    rows = 0
    for line in lines:
        out.write(line)
        sum_.update(line)
        rows += 1
    return rows, sum_.hexdigest()


def _line(row: Mapping[str, Any], columns: tuple[str, ...]) -> bytes:
    # Plain ASCII, so that even a byte that is no text survives.
    return (
        json.dumps([row[name] for name in columns], separators=(",", ":"), default=_binary).encode() + b"\n"
    )


def _binary(value: object) -> object:
    """Bytes as JSON can say them; what is stranger still, after tampering, at least has a text."""
    return {_BYTES: b64encode(value).decode()} if isinstance(value, bytes) else repr(value)


def _as_kept(value: Any) -> Any:
    # No other kept value is a mapping.
    return b64decode(value[_BYTES]) if isinstance(value, dict) else value


def _name(table: str) -> str:
    return f"rows/{table}.jsonl"


def _manifest_text(manifest: Manifest) -> str:
    said = {
        "format": FORMAT,
        "version": VERSION,
        "revision": manifest.revision,
        "taken_at": manifest.taken_at.isoformat(),
        "heads": [
            {"agency": each.agency, "seq": each.seq, "entries": each.entries, "hash": each.hash}
            for each in manifest.heads
        ],
        "tables": [
            {"table": each.table, "columns": each.columns, "rows": each.rows, "sha256": each.sha256}
            for each in manifest.members
        ],
        "files": asdict(manifest.files),
    }
    return json.dumps(said, indent=1)


def _manifest_of(archive: ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > _MANIFEST_AT_MOST:
            raise BackupForeignError
        said = json.loads(archive.read(MANIFEST))
        if said["format"] != FORMAT or said["version"] != VERSION:
            raise BackupForeignError
    except (KeyError, UnicodeDecodeError, json.JSONDecodeError, TypeError) as error:
        raise BackupForeignError from error
    except _DAMAGE as error:
        raise BackupDamagedError(MANIFEST) from error
    try:
        return Manifest(
            revision=str(said["revision"]),
            taken_at=datetime.fromisoformat(said["taken_at"]),
            heads=tuple(Head(**each) for each in said["heads"]),
            members=tuple(
                ArchiveMember(**(each | {"columns": tuple(each["columns"])})) for each in said["tables"]
            ),
            # A backup of an earlier release carries none: they were in its rows.
            files=BackedUpFiles(**said.get("files", {})),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BackupDamagedError(MANIFEST) from error
