"""At which hours of the day may something of our own be said to somebody whose shifts nobody knows? As the agency's
rules of reminding have it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection

from db.queries import reminders
from db.records.facts import AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHours:
    """When something of our own may be said to somebody whose shifts nobody knows, and how long it waits for a shift.

    ``urgent`` are requirements that may be said off duty; ``holidays`` are days without hours.
    """

    begins: time
    ends: time
    hold_hours: int
    urgent: frozenset[str]
    holidays: frozenset[date]


def hours_in_force(conn: Connection, agency_id: AgencyId) -> WorkHours:
    """The hours of this agency: those of the rules entered last, or else of this release."""
    newest = reminders.newest_rules(conn, agency_id)
    return _shipped() if newest is None else hours_from(newest.fact.rules["hours"])


def hours_from(said: Mapping[str, Any]) -> WorkHours:
    """The hours as they are kept, read. KeyError or ValueError for rules that nobody should have entered."""
    return WorkHours(
        begins=time.fromisoformat(said["begins"]),
        ends=time.fromisoformat(said["ends"]),
        hold_hours=int(said["hold_hours"]),
        urgent=frozenset(said["urgent"]),
        holidays=frozenset(
            each if isinstance(each, date) else date.fromisoformat(each) for each in said["holidays"]
        ),
    )


@cache
def _shipped() -> WorkHours:
    # The rules stand above the ledger, and the ledger asks for the hours.
    rules = files("training").joinpath("reminders", "rules.toml").read_text(encoding="utf-8")
    return hours_from(tomllib.loads(rules)["hours"])
