"""Does the Microsoft directory answer, where the roster follows it? One question is asked, once."""

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, failed, not_set, ok
from bot.graph.opening import directory_of
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
