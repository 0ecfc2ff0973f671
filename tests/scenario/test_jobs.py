"""What runs by itself, and whether it still does: asked in chat by whoever answers for it."""

from datetime import timedelta

from sqlalchemy import update

from db.clock import database_now
from db.tables import heartbeat
from db.unit_of_work import working
from scheduler.jobs import Job, Work
from scheduler.table import JOBS
from scheduler.tick import run_due
from tests.scenario.cast import OKAFOR, RUIZ, Agency
from tests.scenario.reminder_cast import COORDINATOR


def everything_ran(agency: Agency) -> None:
    """Each job came to its end a moment ago."""
    idle = [Job(each.name, timedelta(), lambda _: 0) for each in JOBS]
    assert run_due(idle, Work(agency.office, lambda: False)).succeeded


def last_ran(agency: Agency, job: str, ago: timedelta) -> None:
    """A job has not come to its end since."""
    with working(agency.office.engine) as conn:
        conn.execute(
            update(heartbeat).where(heartbeat.c.job == job).values(succeeded_at=database_now(conn) - ago)
        )


def listed(agency: Agency) -> str:
    """Every page."""
    return "".join(agency.screen(COORDINATOR, each) for each in ("jobs", "more", "more"))


def test_each_has_its_purpose_owner_requirement_and_last_run(embedded: Agency) -> None:
    everything_ran(embedded)
    said = listed(embedded)
    assert "each of them runs in time" in said
    for name in (*(job.name for job in JOBS), "inbox", "accounts", "stop"):
        assert f"{name}: " in said
    (row,) = [line for line in said.splitlines() if line.startswith("drafts: ")]
    assert [each.strip() for each in row.split("|")[1:3]] == ["coordinator", "C-05"]
    assert "in time, last " in row


def test_a_job_that_is_late_stands_first(lakemont: Agency) -> None:
    everything_ran(lakemont)
    last_ran(lakemont, "reach", timedelta(minutes=24))
    assert "in time" in listed(lakemont)
    assert "each of them runs in time" in listed(lakemont)
    last_ran(lakemont, "reach", timedelta(minutes=26))
    said = lakemont.screen(COORDINATOR, "jobs")
    assert "1 job does not run in time: reach." in said
    assert "LATE, last 26 minutes ago" in said
    assert said.index("reach: ") < said.index("heartbeat: ")


def test_before_anything_ran_it_says_so(embedded: Agency) -> None:
    assert "jobs do not run in time" in embedded.text(COORDINATOR, "jobs")
    assert "NEVER RAN" in embedded.screen(COORDINATOR, "is the scheduler running")


def test_it_is_not_everybodys(embedded: Agency) -> None:
    for badge in (RUIZ, OKAFOR):
        assert "heartbeat" not in embedded.screen(badge, "jobs")
