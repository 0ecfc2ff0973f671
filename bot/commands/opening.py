"""How a command gets its office: settings checked as a whole, the record ready, the clock as asked."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError

from bot.composition import PACKS_FOLDER, open_office
from config.settings import Settings, SettingsProblems, load
from db.queries import agencies
from db.records.facts import AgencyId
from db.state import DatabaseState, state_behind, state_of
from db.unit_of_work import SYSTEM_USER, reading
from training.agency_setup import the_agency
from training.content.disposal import finish_all_disposals
from training.content.opening import ready
from training.errors import ErrorCode, RollcallError
from training.office import Office, business_now, local_day

REFUSALS = {
    DatabaseState.ABSENT: ErrorCode.DATABASE_NOT_READY,
    DatabaseState.OLDER: ErrorCode.DATABASE_NOT_READY,
    DatabaseState.NEWER: ErrorCode.DATABASE_NEWER,
    DatabaseState.UNREACHABLE: ErrorCode.DATABASE_UNREACHABLE,
    DatabaseState.BUSY: ErrorCode.DATABASE_BUSY,
    DatabaseState.READ_ONLY: ErrorCode.DATABASE_READ_ONLY,
    DatabaseState.FULL: ErrorCode.DATABASE_FULL,
    DatabaseState.BROKEN: ErrorCode.DATABASE_BROKEN,
}
# What bringing a database to this release cannot mend.
BEYOND_MIGRATING = frozenset({DatabaseState.UNREACHABLE, DatabaseState.BROKEN, DatabaseState.NEWER})


def own_folders() -> tuple[Path, ...]:
    """Where an agency's own packs lie, if it has any. RollcallError when the settings are wrong."""
    folder = the_settings().data_dir / PACKS_FOLDER
    return (folder,) if folder.is_dir() else ()


def the_settings() -> Settings:
    """The settings of this installation. RollcallError with every problem together."""
    try:
        return load()
    except SettingsProblems as problems:
        raise RollcallError(ErrorCode.SETTINGS_PROBLEM, problems="\n".join(problems.problems)) from problems


@contextmanager
def opened(at: datetime | None = None, *, migrated: bool = True, at_a_shell: bool = True) -> Iterator[Office]:
    """The office of this installation. ``at`` is where the agency is. RollcallError when it cannot be opened.

    ``at_a_shell``: what is written is somebody's at this machine, whose account every entry names; a service is not.
    """
    settings = the_settings()
    office = open_office(settings)
    try:
        state = state_of(office.engine)
        if migrated or state in BEYOND_MIGRATING:
            refuse_unless_usable(state)
        if migrated:
            ready(office.keys)
            finish_all_disposals(office)
        asked = office if at is None else open_office(settings, _instant(office, at))
        yield _for(system_user(), asked) if at_a_shell else asked
    except OperationalError as error:
        raise RollcallError(REFUSALS[state_behind(error)]) from error
    finally:
        office.engine.dispose()
        office.keys.engine.dispose()


def system_user() -> str:
    """Who logged in at this machine, whoever they have become since; where nobody did, whose process it is."""
    try:
        return os.getlogin()
    except OSError:
        number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        # A container may give a number that has no name in it.
        return str(number)


def _for(user: str, office: Office) -> Office:
    return replace(office, engine=office.engine.execution_options(**{SYSTEM_USER: user}))


def agency_and_day(office: Office) -> tuple[AgencyId, date]:
    """The agency of this installation and the day it is there. NO_AGENCY before the first roster."""
    agency_id = the_agency(office)
    if agency_id is None:
        raise RollcallError(ErrorCode.NO_AGENCY)
    with reading(office.engine) as conn:
        zone = agencies.agency(conn, agency_id).fact.time_zone
    return agency_id, local_day(business_now(office), zone)


def refuse_unless_usable(state: DatabaseState) -> None:
    """RollcallError with what keeps a command from starting on such a database."""
    if state is not DatabaseState.CURRENT:
        raise RollcallError(REFUSALS[state])


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
