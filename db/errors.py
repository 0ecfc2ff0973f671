"""What can go wrong with what is kept: one class for each situation, with what to do about it."""


class RecordError(Exception):
    """Base of everything the record refuses."""


class AlreadyReplacedError(RecordError):
    """Somebody corrected or withdrew this fact first. Read it again and decide again."""

    def __init__(self, kept_id: int) -> None:
        super().__init__(f"fact {kept_id} was already replaced")
        self.kept_id = kept_id


class NotInAgencyError(RecordError):
    """The fact belongs to another agency, or to nobody. Take the id from a query of this agency."""

    def __init__(self, kept_id: int, agency_id: int) -> None:
        super().__init__(f"fact {kept_id} is not agency {agency_id}'s")
        self.kept_id = kept_id
        self.agency_id = agency_id


class UnknownAgencyError(RecordError):
    """No such agency. Found it first, or look at the door the message came through."""

    def __init__(self, agency_id: int) -> None:
        super().__init__(f"no agency {agency_id}")
        self.agency_id = agency_id


class UnsupportedDatabaseError(RecordError):
    """Rollcall keeps its record in an SQLite file or in PostgreSQL. Correct the database address."""

    def __init__(self, backend: str) -> None:
        super().__init__(f"cannot keep the record in {backend}: use an SQLite file or PostgreSQL")
        self.backend = backend


class BrokenLinksError(RecordError):
    """A migration would have left rows that point at nothing, so nothing was changed. Report it with the
    table names."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"migration undone: broken links in {', '.join(tables)}")
        self.tables = tables


class BackupForeignError(RecordError):
    """The file is not a backup of ours, or was cut short. Take another one."""

    def __init__(self) -> None:
        super().__init__("not a backup")


class BackupDamagedError(RecordError):
    """A part of the backup is not what its manifest says. Take another one."""

    def __init__(self, part: str) -> None:
        super().__init__(f"backup damaged at {part}")
        self.part = part


class BackupNewerError(RecordError):
    """The backup was made by a later release. Restore it with that one."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"backup of revision {revision}")
        self.revision = revision


class DatabaseNotEmptyError(RecordError):
    """A backup is restored only where nothing is. Name another database."""

    def __init__(self) -> None:
        super().__init__("the database is not empty")


class FileGivenUpError(RecordError):
    """A file was written so long ago that it is about to be deleted, and its row comes only now. Send it again."""

    def __init__(self, files: int) -> None:
        super().__init__(f"one of {files} files was given up")


class RefusedActionError(Exception):
    """An action that only a person may do was about to be written down as done by nobody."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag
