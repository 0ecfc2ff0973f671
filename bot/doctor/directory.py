"""Does the Microsoft directory answer, where the roster follows it, and does it take entries in calendars? One question
is asked, once; of the calendars is told what was last refused, as nobody's is written in for a question."""

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, failed, not_set, ok
from bot.graph.opening import calendars_of, directory_of
from db.queries import agencies, calendar_entries
from db.unit_of_work import reading
from training.directory.model import AgencyDirectory
from training.errors import ErrorCode, RollcallError


def answers(patient: Patient) -> CheckFinding:
    """Whether it lets us read what the settings ask for."""
    settings = patient.settings
    if settings is None:
        return NOT_CHECKED
    if not settings.graph.roster:
        return not_set("directory-off")
    directory = directory_of(settings)
    return failed("directory-no-bot") if directory is None else knocked(directory)


def knocked(directory: AgencyDirectory) -> CheckFinding:
    """What it says to one question."""
    try:
        directory.knock()
    except RollcallError as error:
        match error.code:
            case ErrorCode.DIRECTORY_NO_TOKEN:
                return failed("directory-no-token", why=str(error.facts["why"]))
            case ErrorCode.DIRECTORY_PERMISSION:
                return failed("directory-permission", permission=str(error.facts["permission"]))
            case ErrorCode.DIRECTORY_GROUP:
                return failed("directory-group", group=str(error.facts["group"]))
            case _:
                return failed("directory-unreachable")
    return ok("directory")


def enters(patient: Patient) -> CheckFinding:
    """Whether anything stood in the way when a class was last entered in a calendar."""
    settings = patient.settings
    if settings is None:
        return NOT_CHECKED
    if not settings.graph.calendar:
        return not_set("calendars-off")
    if calendars_of(settings) is None:
        return failed("calendars-no-bot")
    if patient.usable is None:
        return NOT_CHECKED
    with reading(patient.usable.engine) as conn:
        for agency_id in agencies.agencies(conn):
            refusal = calendar_entries.refusal(conn, agency_id)
            if refusal is not None:
                return failed("calendars-permission", permission=refusal.permission)
    return ok("calendars")
