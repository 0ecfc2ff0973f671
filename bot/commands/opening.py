"""How a command gets its office: settings checked as a whole, the record ready, the clock as asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError

from bot.composition import PACKS_FOLDER, open_office
from config.settings import Settings, SettingsProblems, load
from db.migrate import newest_revision, revision_of
from db.queries import agencies
from db.unit_of_work import reading
from training.agency_setup import the_agency
from training.content.disposal import finish_all_disposals
from training.content.opening import ready
from training.errors import ErrorCode, RollcallError
from training.office import Office


def own_folders() -> tuple[Path, ...]:
    """Where an agency's own packs lie, if it has any. RollcallError when the settings are wrong."""
    folder = _settings().data_dir / PACKS_FOLDER
    return (folder,) if folder.is_dir() else ()


def _settings() -> Settings:
    try:
        return load()
    except SettingsProblems as problems:
        raise RollcallError(ErrorCode.SETTINGS_PROBLEM, problems=problems.problems) from problems


@contextmanager
def opened(at: datetime | None = None, *, migrated: bool = True) -> Iterator[Office]:
    """The office of this installation. ``at`` is where the agency is. RollcallError when it cannot be opened."""
    settings = _settings()
    office = open_office(settings)
    try:
        if migrated and not _ready(office):
            raise RollcallError(ErrorCode.DATABASE_NOT_READY)
        if migrated:
            ready(office.keys)
            finish_all_disposals(office)
        yield office if at is None else open_office(settings, _instant(office, at))
    finally:
        office.engine.dispose()
        office.keys.engine.dispose()


def _ready(office: Office) -> bool:
    try:
        with office.engine.connect() as conn:
            return revision_of(conn) == newest_revision()
    except OperationalError:
        return False


def _instant(office: Office, at: datetime) -> datetime:
    """A moment without an offset is where the agency is."""
    if at.tzinfo is not None:
        return at.astimezone(UTC)
    agency_id = the_agency(office)
    zone = "UTC"
    if agency_id is not None:
        with reading(office.engine) as conn:
            zone = agencies.agency(conn, agency_id).fact.time_zone
    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
