"""What does one tick do? Every job that is due, one after the other; a failure is noted and hinders no other job."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

from sqlalchemy.exc import SQLAlchemyError

from db.queries.heartbeats import ages, beat
from db.unit_of_work import reading, working
from scheduler.jobs import Job, Work
from training.errors import place_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of one job in one tick."""

    job: str
    seconds: float
    done: int = 0
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Ticked:
    """What became of one tick. ``whole`` is false when the database did not even say which jobs are due."""

    seconds: float
    ran: tuple[Ran, ...] = ()
    whole: bool = True

    @property
    def succeeded(self) -> bool:
        """Whether everything that was due was done."""
        return self.whole and not any(each.failed for each in self.ran)


def run_due(jobs: Iterable[Job], work: Work) -> Ticked:
    """One tick. What is due is what did not succeed for as long as its line says, whichever process did it last."""
    began = perf_counter()
    try:
        with reading(work.office.engine) as conn:
            waited = ages(conn)
    except SQLAlchemyError as error:
        log.warning("tick-failed", extra=_facts(error))
        return Ticked(perf_counter() - began, whole=False)
    ran = []
    for job in jobs:
        if work.stopping():
            break
        if is_due(job, waited):
            ran.append(_run(job, work))
    return Ticked(perf_counter() - began, tuple(ran))


def run_all(jobs: Iterable[Job], work: Work) -> tuple[Ran, ...]:
    """Every job, whether or not its time has come: for a clock that is moved by hand."""
    return tuple(_run(job, work) for job in jobs)


def is_due(job: Job, waited: Mapping[str, timedelta]) -> bool:
    """Whether a job's time has come. A last run in the future means a clock that was set back, no reason to wait."""
    age = waited.get(job.name)
    return age is None or age < timedelta(0) or age >= job.every


def _run(job: Job, work: Work) -> Ran:
    began = perf_counter()
    try:
        done = job.run(work)
        if not work.stopping():
            with working(work.office.engine) as conn:
                beat(conn, job.name)
    except Exception as error:  # noqa: BLE001  whatever a job raises, the others go on and it is tried again
        log.error("job-failed", extra={"job": job.name, **_facts(error)})  # noqa: TRY400  a trace may hold values
        return Ran(job.name, perf_counter() - began, failed=True)
    ran = Ran(job.name, perf_counter() - began, done)
    log.log(
        logging.INFO if done else logging.DEBUG,
        "job-done",
        extra={"job": job.name, "count": done, "duration_ms": round(ran.seconds * 1000)},
    )
    return ran


def _facts(error: BaseException) -> dict[str, str]:
    return {"error": type(error).__name__, "place": place_of(error)}
