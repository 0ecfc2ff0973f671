"""What does Rollcall do by itself: for what, under whom, since which requirement, and does it still run?

A table in which every job and everything that happens without a person has its line.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection

from db.queries import heartbeats
from db.records.facts import Role
from training.audit import AuditTag

# Beyond its own interval a job may wait so long: a sweep of a large board takes its time.
SILENT = timedelta(minutes=15)


class Wakes(StrEnum):
    """When it happens."""

    SCHEDULE = "schedule"
    DOOR = "door"  # on a schedule, where a door is set up
    OCCASION = "occasion"  # when somebody writes, or a carrier calls


class RunState(StrEnum):
    """Whether it does what its line says; the catalogue holds ``jobs-<value>`` for each."""

    IN_TIME = "in-time"
    LATE = "late"
    NEVER = "never"
    ON_OCCASION = "on-occasion"
    NO_DOOR = "no-door"


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation:
    """One line. The catalogue says what it is for, as ``automation-<name>``; ``actions`` are what it writes down."""

    name: str
    runs: Wakes
    every: timedelta
    owner: Role
    requirement: str
    actions: tuple[AuditTag, ...]


@cache
def automations() -> tuple[Automation, ...]:
    """Every one, in the order of the table."""
    text = files("training.log").joinpath("automations.csv").read_text(encoding="utf-8")
    return tuple(
        Automation(
            name=row["automation"],
            runs=Wakes(row["runs"]),
            every=timedelta(seconds=int(row["every"] or 0)),
            owner=Role(row["owner"]),
            requirement=row["requirement"],
            actions=tuple(map(AuditTag, row["actions"].split())),
        )
        for row in csv.DictReader(text.splitlines())
    )


def is_late(age: timedelta | None, every: timedelta) -> bool:
    """Whether a job that runs this often should have come to its end since."""
    return age is None or age > SILENT + every


@dataclass(frozen=True, slots=True)
class Watched:
    """One line with how it runs; ``age`` is how long ago it last came to its end, None where that is not known."""

    line: Automation
    ran: RunState
    age: timedelta | None


def watched(conn: Connection) -> tuple[Watched, ...]:
    """Every line, those first that need somebody."""
    ages = heartbeats.ages(conn)
    found = [_watched(each, ages) for each in automations()]
    return tuple(sorted(found, key=lambda each: each.ran not in {RunState.LATE, RunState.NEVER}))


def _watched(line: Automation, ages: Mapping[str, timedelta]) -> Watched:
    age = ages.get(line.name)
    if line.runs is Wakes.OCCASION:
        return Watched(line, RunState.ON_OCCASION, None)
    if age is None:
        return Watched(line, RunState.NO_DOOR if line.runs is Wakes.DOOR else RunState.NEVER, None)
    return Watched(
        line, RunState.LATE if is_late(age, line.every) else RunState.IN_TIME, max(age, timedelta())
    )
