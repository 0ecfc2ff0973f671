"""Does anybody do the work that nobody asks for? Seen in the record, whichever process does it."""

from collections.abc import Mapping
from datetime import timedelta

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, not_set, ok
from db.queries.heartbeats import ages
from db.unit_of_work import reading
from scheduler.table import HEARTBEAT, JOBS

# Ticks missed before somebody is told, and a sweep of a large board before it counts as hung.
QUIET = timedelta(minutes=1)
SILENT = timedelta(minutes=15)


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
    late = {job.name: waited.get(job.name) for job in JOBS}
    for name, age in late.items():
        if age is None or age > SILENT + next(job.every for job in JOBS if job.name == name):
            return failed("scheduler-job-late", job=name)
    return ok("scheduler", span=timedelta(seconds=max(round(beat.total_seconds()), 0)))
