"""Examples of what is said about what Rollcall does by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from messages import jobs
from messages.jobs import JobFacts, JobsFacts
from messages.model import Message
from messages.words import Words

WELL = JobsFacts(
    jobs=(
        JobFacts(
            name="deliveries",
            owner="coordinator",
            requirement="E.4",
            ran="in-time",
            age=timedelta(seconds=4),
        ),
        JobFacts(
            name="anchors",
            owner="records",
            requirement="E.7",
            ran="in-time",
            age=timedelta(minutes=6),
        ),
        JobFacts(name="pages", owner="administrator", requirement="B-10", ran="no-door"),
        JobFacts(name="stop", owner="coordinator", requirement="E.4", ran="on-occasion"),
    ),
    lines=3,
)
LATE = (
    JobFacts(
        name="reminders", owner="coordinator", requirement="A-28", ran="late", age=timedelta(minutes=40)
    ),
    JobFacts(name="auditor", owner="coordinator", requirement="C-56", ran="never"),
)

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "jobs": lambda words: jobs.jobs(WELL, words),
    "jobs-more": lambda words: jobs.jobs(replace(WELL, page=2), words),
    "jobs-late": lambda words: jobs.jobs(replace(WELL, jobs=(*LATE, *WELL.jobs)), words),
    "jobs-late-one": lambda words: jobs.jobs(replace(WELL, jobs=(LATE[0], *WELL.jobs)), words),
}
