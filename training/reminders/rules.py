"""By which rules does an agency remind people? Whole versions, each entered by a named person with a reason; the
shipped one until then."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from db.queries import reminders
from db.records.facts import AgencyId
from training.reminders.ladder import LadderStep, ladder
from training.shifts.hours import WorkHours, hours_from

# The step that nobody leaves out without a reason on record: six weeks to find a class.
KEPT_STEP = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """In which order ways are tried, after how many minutes the next one, and after how many hours a person hears of
    it."""

    order: tuple[str, ...]
    wait_minutes: int
    list_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """``monthly_segments`` 0 is no limit. ``burst`` waits for somebody's word; LATER asks for ``later_days``."""

    daily_cap: int
    monthly_segments: int
    burst: int
    later_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many hours a person can be scheduled in a month, and how long before the last safe day they are told."""

    hours_per_month: Decimal
    lead_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """How far a reminder goes past the person, in days. ``notice_on`` is when the agency gave notice of it: None is
    off."""

    notice_on: date | None
    from_days_before: int
    supervisor_after: int
    coordinator_after: int

    def runs_on(self, day: date) -> bool:
        """Whether anything goes past the person on this day."""
        return self.notice_on is not None and self.notice_on <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """When the summaries come. ``only_if_not_empty`` names those that stay away when there is nothing to say."""

    roll_call_minutes_before: int
    coordinator_at: time
    lieutenant_on: str
    chief_on: int
    only_if_not_empty: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRules:
    """One version of an agency's rules. ``own_ladders`` are by requirement."""

    version: int
    steps: tuple[LadderStep, ...]
    own_ladders: Mapping[str, tuple[LadderStep, ...]]
    hours: WorkHours
    turns: Turns
    limits: Limits
    pace: Pace
    escalation: Escalation
    digests: Digests

    def steps_for(self, requirement: str) -> tuple[LadderStep, ...]:
        """The ladder of a requirement."""
        return self.own_ladders.get(requirement, self.steps)


@cache
def shipped_words() -> Mapping[str, Any]:
    """The rules of this release as they are written."""
    return MappingProxyType(
        tomllib.loads(files("training.reminders").joinpath("rules.toml").read_text(encoding="utf-8"))
    )


@cache
def shipped() -> ReminderRules:
    """The rules of this release."""
    return rules_from(shipped_words(), version=1)


def in_force(conn: Connection, agency_id: AgencyId) -> ReminderRules:
    """By which rules this agency reminds now: the version entered last."""
    newest = reminders.newest_rules(conn, agency_id)
    if newest is None:
        return shipped()
    return rules_from(newest.fact.rules, version=newest.fact.version)


def rules_from(said: Mapping[str, Any], *, version: int) -> ReminderRules:
    """The rules as they are kept, read. KeyError or ValueError for rules that nobody should have entered."""
    main, turns = said["ladder"], said["turns"]
    limits, pace, escalation, digests = said["limits"], said["pace"], said["escalation"], said["digests"]
    return ReminderRules(
        version=version,
        steps=_ladder(main, main),
        own_ladders=MappingProxyType(
            {name: _ladder(own, main) for name, own in said["requirements"].items()}
        ),
        hours=hours_from(said["hours"]),
        turns=Turns(
            order=tuple(turns["order"]),
            wait_minutes=int(turns["wait_minutes"]),
            list_hours=int(turns["list_hours"]),
        ),
        limits=Limits(**{name: int(limits[name]) for name in Limits.__slots__}),
        pace=Pace(hours_per_month=Decimal(pace["hours_per_month"]), lead_days=int(pace["lead_days"])),
        escalation=Escalation(
            notice_on=_day(escalation["notice_on"]) if escalation.get("notice_on") else None,
            from_days_before=int(escalation["from_days_before"]),
            supervisor_after=int(escalation["supervisor_after"]),
            coordinator_after=int(escalation["coordinator_after"]),
        ),
        digests=Digests(
            roll_call_minutes_before=int(digests["roll_call_minutes_before"]),
            coordinator_at=time.fromisoformat(digests["coordinator_at"]),
            lieutenant_on=digests["lieutenant_on"],
            chief_on=int(digests["chief_on"]),
            only_if_not_empty=frozenset(digests["only_if_not_empty"]),
        ),
    )


def _ladder(own: Mapping[str, Any], main: Mapping[str, Any]) -> tuple[LadderStep, ...]:
    said = {**main, **own}
    return ladder(
        [int(each) for each in said["days_before"]], int(said["overdue_from"]), int(said["overdue_every"])
    )


def _day(said: date | str) -> date:
    """A day as TOML or as JSON writes it."""
    return said if isinstance(said, date) else date.fromisoformat(said)
