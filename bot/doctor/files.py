"""Can sent files be kept, and does anything look for viruses in them?"""

import shlex
import shutil

from bot.doctor.machine import LITTLE_ROOM, MEGABYTE
from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, not_set, ok
from db.files.errors import FilesAwayError


def kept(patient: Patient) -> CheckFinding:
    """Whether the place takes a file and lets go of it, and how much room there is."""
    office = patient.office
    if office is None:
        return NOT_CHECKED
    try:
        look = office.files.look()
    except FilesAwayError as error:
        return failed("files-away", problem=str(error))
    if not look.begun:
        return not_set("files-none", place=look.place)
    if look.free is None:
        return ok("files-bucket", place=look.place)
    room = look.free // MEGABYTE
    if look.free < LITTLE_ROOM:
        return attention("files-little", place=look.place, room=room)
    return ok("files", place=look.place, room=room)


def scanned(patient: Patient) -> CheckFinding:
    """Whether the program that looks for viruses is there; a file that it cannot look at is kept and marked."""
    if patient.settings is None:
        return NOT_CHECKED
    command = patient.settings.scan.command
    if command is None:
        return not_set("scan-none")
    program = shlex.split(command)[0]
    return (
        failed("scan-away", program=program) if shutil.which(program) is None else ok("scan", program=program)
    )
