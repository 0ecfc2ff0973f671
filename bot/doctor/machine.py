"""Is the machine fit for it? Python, zone data, the data folder, room on the disk."""

import os
import shutil
import stat
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import available_timezones

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, ok

OLDEST_PYTHON = (3, 11)
MEGABYTE = 1024 * 1024
# Below the first an import may end in the middle of the night, below the second every write may.
LITTLE_ROOM = 1024 * MEGABYTE
NO_ROOM = 100 * MEGABYTE
YEARS_OF_ZONE_DATA = 2
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def python(_: Patient) -> CheckFinding:
    """The interpreter."""
    found = ".".join(map(str, sys.version_info[:3]))
    needed = ".".join(map(str, OLDEST_PYTHON))
    if sys.version_info < OLDEST_PYTHON:
        return failed("python-old", version=found, needed=needed)
    return ok("python", version=found)


def zones(patient: Patient) -> CheckFinding:
    """The time zones: due dates are days where the agency is."""
    if not available_timezones():
        return failed("zones-none")
    try:
        released = version("tzdata")
    except PackageNotFoundError:
        return ok("zones-of-the-system")
    if patient.office is not None:
        year = patient.office.clock.now().year
        if year - int(released.partition(".")[0]) >= YEARS_OF_ZONE_DATA:
            return attention("zones-old", version=released)
    return ok("zones", version=released)


def data_folder(patient: Patient) -> CheckFinding:
    """Where files of the installation lie."""
    if patient.settings is None:
        return NOT_CHECKED
    folder = patient.settings.data_dir
    if not folder.is_dir():
        return attention("folder-absent", folder=str(folder))
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return failed("folder-read-only", folder=str(folder))
    if os.name == "posix" and folder.stat().st_mode & FOR_OTHERS:
        return attention("folder-open", folder=str(folder))
    return ok("folder", folder=str(folder))


def disk(patient: Patient) -> CheckFinding:
    """Room for what comes."""
    if patient.settings is None:
        return NOT_CHECKED
    try:
        free = shutil.disk_usage(_existing(patient.settings.data_dir)).free
    except OSError:
        return NOT_CHECKED
    room = free // MEGABYTE
    if free < NO_ROOM:
        return failed("disk-full", room=room)
    if free < LITTLE_ROOM:
        return attention("disk-little", room=room)
    return ok("disk", room=room)


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())
