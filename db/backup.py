"""How is the whole record written into one file, and read from it, whichever database holds it?

A zip archive: a member for each table, a row a line as a JSON list of kept values, and a manifest with version, heads,
counts and the SHA-256 of each member. It is made in one read snapshot, under another name until it is whole.
"""

import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Engine, select

from db.errors import BackupDamagedError, BackupForeignError
from db.kept_rows import bytes_that_are_no_text, kept_rows
from db.migrate import revision_of
from db.tables import chain_head, metadata
from db.unit_of_work import reading

FORMAT = "rollcall-backup"
VERSION = 1
MANIFEST = "manifest.json"
_BYTES = "bytes"
# A manifest is a few lines a table; whatever is larger is not one.
_MANIFEST_AT_MOST = 1 << 24
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
class Member:
    """One table in the archive."""

    table: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says about itself; tables stand in the order in which they can be filled again."""

    revision: str
    taken_at: datetime
    heads: tuple[Head, ...]
    members: tuple[Member, ...]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(each.rows for each in self.members)


def write_backup(engine: Engine, path: Path, at: datetime) -> Manifest:
    """Keep everything in a new file. FileExistsError when there is one already; nothing is left of a failure."""
    with _whole_or_not_at_all(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with reading(engine) as conn, bytes_that_are_no_text(conn):
            members = []
            for table in metadata.sorted_tables:
                with archive.open(_name(table.name), "w", force_zip64=True) as out:
                    columns = tuple(column.name for column in table.columns)
                    lines = (_line(row, columns) for row in kept_rows(conn, table))
                    rows, sum_ = _written(out, lines)
                members.append(Member(table=table.name, columns=columns, rows=rows, sha256=sum_))
            heads = tuple(
                Head(agency=row.agency_id, seq=row.seq, entries=row.entries, hash=row.hash)
                for row in conn.execute(select(chain_head).order_by(chain_head.c.agency_id))
            )
            manifest = Manifest(
                revision=revision_of(conn) or "", taken_at=at, heads=heads, members=tuple(members)
            )
        archive.writestr(MANIFEST, _manifest_text(manifest))
    return manifest


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

    def rows(self, member: Member) -> Iterator[list[Any]]:
        """The rows of a table, as kept values in the order of its columns."""
        for line in self._lines(member):
            values = json.loads(line)
            if not isinstance(values, list) or len(values) != len(member.columns):
                raise BackupDamagedError(member.table)
            yield [_as_kept(value) for value in values]

    def _lines(self, member: Member) -> Generator[bytes]:
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
            members=tuple(Member(**(each | {"columns": tuple(each["columns"])})) for each in said["tables"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BackupDamagedError(MANIFEST) from error
