"""The table of jobs, in the order in which a tick runs them. A new job is a line here."""

from datetime import timedelta

from scheduler.jobs import Job, Work
from scheduler.standings import judge_again

HEARTBEAT = "heartbeat"


def beat(_: Work) -> int:
    """Nothing: that the end of every job is kept is what this one is there for."""
    return 0


JOBS = (
    # First, so that it beats while what follows takes its time.
    Job(HEARTBEAT, timedelta(seconds=10), beat),
    Job("standings", timedelta(seconds=10), judge_again),
)
