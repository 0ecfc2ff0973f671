"""Does anybody do the work that nobody asks for? Seen in the record, whichever process does it."""

from collections.abc import Mapping
from datetime import timedelta

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, not_set, ok
from db.queries.heartbeats import ages
from db.unit_of_work import reading
from scheduler.table import HEARTBEAT, JOBS
from training.log.automations import SILENT, is_late

# Ticks missed before somebody is told.
QUIET = timedelta(minutes=1)


def heartbeat(patient: Patient) -> CheckFinding:
    """The scheduler's last sign of life, and the job that waits longest."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        waited = ages(conn)
    return of_ages(waited)


def of_ages(waited: Mapping[str, timedelta]) -> CheckFinding:
    """What the ages of the heartbeats say."""
    beat = waited.get(HEARTBEAT)
    if beat is None:
        return not_set("scheduler-never")
    if beat > SILENT:
        return failed("scheduler-silent", span=beat)
    if beat > QUIET:
        return attention("scheduler-quiet", span=beat)
    for job in JOBS:
        if is_late(waited.get(job.name), job.every):
            return failed("scheduler-job-late", job=job.name)
    return ok("scheduler", span=timedelta(seconds=max(round(beat.total_seconds()), 0)))
