"""How does an agency's record get into one file and back, and what is missing after it came back?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from db.backup import BackedUpFiles, Backup, Head, Manifest, open_backup, write_backup
from db.errors import (
    BackupDamagedError,
    BackupForeignError,
    BackupNewerError,
    BrokenLinksError,
    DatabaseNotEmptyError,
)
from db.files.errors import FilesAwayError
from db.queries import agencies
from db.records.facts import AgencyId
from db.restore import restore
from db.tables import audit_entry
from db.unit_of_work import reading
from training.errors import ErrorCode, RollcallError
from training.office import Office, business_now
from training.safekeeping.anchors import Anchor, anchor_restored, anchors_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What one agency's record lacks after a restore, by the word of the last anchor; all moments are where it is.

    ``ends_at`` is when the last entry was written that is here; ``anchored`` is None when no anchor is known.
    """

    agency: str
    entries: int
    ends_at: datetime | None
    taken_at: datetime
    anchored: int | None
    anchored_at: datetime | None

    @property
    def missing(self) -> int:
        """Audit entries that were written and are not here."""
        return max(0, (self.anchored or 0) - self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back: what each agency lacks, and which kept files the backup had."""

    gaps: tuple[Gap, ...]
    files: BackedUpFiles


def back_up(office: Office, path: Path) -> Manifest:
    """Everything the database holds, in a new file. RollcallError when it cannot be written."""
    try:
        return write_backup(office.engine, path, business_now(office), office.files)
    except FileExistsError as error:
        raise RollcallError(ErrorCode.BACKUP_EXISTS, file=str(path)) from error
    except FilesAwayError as error:
        raise RollcallError(ErrorCode.FILES_AWAY, problem=str(error)) from error
    except OSError as error:
        raise RollcallError(
            ErrorCode.BACKUP_NOT_WRITTEN, file=str(path), problem=str(error.strerror)
        ) from error


def bring_back(office: Office, path: Path, anchors: Path | None) -> Restored:
    """Fill the empty database from a backup, mark the restore among the anchors, and say what is missing.

    RollcallError when the file is no good or the database is not empty; nothing was changed then.
    """
    last: dict[int, Anchor] = {}
    try:
        with open_backup(path) as backup:
            if anchors is not None:
                # Before anything is written: a folder that is not there must not be found out about afterwards.
                last = _last_anchors(anchors, backup.manifest.heads)
            _fill(office, backup)
            manifest = backup.manifest
    except FileNotFoundError as error:
        raise RollcallError(ErrorCode.BACKUP_NOT_FOUND, file=str(path)) from error
    except BackupForeignError as error:
        raise RollcallError(ErrorCode.BACKUP_FOREIGN, file=str(path)) from error
    except BackupDamagedError as error:
        raise RollcallError(ErrorCode.BACKUP_DAMAGED, file=str(path), part=error.part) from error
    except BrokenLinksError as error:
        raise RollcallError(ErrorCode.BACKUP_DAMAGED, file=str(path), part=", ".join(error.tables)) from error
    except BackupNewerError as error:
        raise RollcallError(ErrorCode.BACKUP_NEWER, file=str(path), revision=error.revision) from error
    except DatabaseNotEmptyError as error:
        raise RollcallError(ErrorCode.DATABASE_NOT_EMPTY) from error
    except FilesAwayError as error:
        raise RollcallError(ErrorCode.FILES_AWAY, problem=str(error)) from error
    gaps = _gaps(office, manifest, last)
    if anchors is not None:
        anchor_restored(office, anchors)
    return Restored(gaps=gaps, files=manifest.files)


def _fill(office: Office, backup: Backup) -> None:
    # Nothing can be asked of a database that has no tables yet, so the clock is read without the record's offset.
    restore(office.engine, backup, office.clock.now(), office.files)


def _last_anchors(folder: Path, heads: Sequence[Head]) -> dict[int, Anchor]:
    found = {head.agency: anchors_of(folder, head.agency) for head in heads}
    return {agency: anchors[-1] for agency, anchors in found.items() if anchors}


def _gaps(office: Office, manifest: Manifest, last: dict[int, Anchor]) -> tuple[Gap, ...]:
    with reading(office.engine) as conn:
        return tuple(_gap(conn, manifest, head, last.get(head.agency)) for head in manifest.heads)


def _gap(conn: Connection, manifest: Manifest, head: Head, anchor: Anchor | None) -> Gap:
    agency = agencies.agency(conn, AgencyId(head.agency)).fact
    zone = ZoneInfo(agency.time_zone)
    ends_at: datetime | None = conn.execute(
        select(audit_entry.c.at).where(
            audit_entry.c.agency_id == head.agency, audit_entry.c.position == head.entries
        )
    ).scalar_one_or_none()
    return Gap(
        agency=agency.name,
        entries=head.entries,
        ends_at=None if ends_at is None else ends_at.astimezone(zone),
        taken_at=manifest.taken_at.astimezone(zone),
        anchored=None if anchor is None else anchor.entries,
        anchored_at=None if anchor is None else anchor.at.astimezone(zone),
    )
