"""By which rules does a request find who decides, and what has to be checked? Whole versions; the shipped one until a
second person has confirmed another."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from db.queries import request_rules
from db.queries.request_rules import RequestRulesState
from db.records.facts import AgencyId
from db.records.requests import RequestRulesWord


class Decides(StrEnum):
    """Who decides a step of a request's way; the catalogue holds ``decides-<code>`` for each."""

    SUPERVISOR = "supervisor"
    SECOND_SUPERVISOR = "second-supervisor"  # the supervisor's supervisor
    COORDINATOR = "coordinator"
    COMMAND = "command"
    RECORDS = "records"
    LEGAL = "legal"
    ADMINISTRATOR = "administrator"


class RequestCheck(StrEnum):
    """What an approver may be made to confirm or to type; the catalogue holds ``request-check-<code>`` for each."""

    DATES = "dates"
    COST = "cost"
    STAFFING = "staffing"
    HOURS = "hours"
    BUDGET = "budget"


class AppealTo(StrEnum):
    """Who hears an appeal: the next above whoever denied it, or whoever holds a role."""

    ABOVE = "above"
    COMMAND = "command"
    COORDINATOR = "coordinator"


# Staffing is no single figure, and what is left of a budget is another one every day.
TYPABLE = (RequestCheck.DATES, RequestCheck.COST, RequestCheck.HOURS)
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When something is needed. Any part is enough; without a part it always is. ``units``: only for people in them."""

    over_cost: Decimal | None = None
    over_days: int | None = None
    over_hours: Decimal | None = None
    over_miles: int | None = None
    over_budget: bool = False
    out_of_town: bool = False
    on_duty: bool = False
    units: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a unit is asked."""
        limits = (self.over_cost, self.over_days, self.over_hours, self.over_miles)
        others = (self.over_budget, self.out_of_town, self.on_duty)
        return all(each is None for each in limits) and not any(others)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One step that a way may have, and when it has it."""

    who: Decides
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What is opened, and confirmed or typed, before it is approved; ``typed`` are not asked for a second time."""

    when: Condition
    confirmed: tuple[RequestCheck, ...]
    typed: tuple[RequestCheck, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByText:
    """What may be decided by text message, while that is on."""

    on: bool
    up_to_cost: Decimal
    up_to_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproverWaiting:
    """How many cards come singly in a day, and when whoever decides is reminded and somebody else hears of it."""

    cards_a_day: int
    remind_after: int
    escalate_after: int
    before_deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRulesVersion:
    """One version. ``state`` is how the record knows it; None for the version that is shipped."""

    version: int
    way: tuple[StepRule, ...]
    checks: Checks
    by_text: ByText
    staffing: Mapping[str, int]
    waiting: ApproverWaiting
    fiscal_year_month: int
    outside_reviewer: str
    appeal_to: tuple[AppealTo, ...]
    written: Mapping[str, Any]
    reason: str = ""
    state: RequestRulesState | None = None

    @property
    def is_decided(self) -> bool:
        """Whether it waits for nobody's word: somebody confirmed or refused it, or it comes with the release."""
        return self.state is None or self.state.decided is not None


@cache
def shipped() -> RequestRulesVersion:
    """The rules of this release."""
    text = files("training.requests").joinpath("request_rules.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    version, reason = said.pop("version"), said.pop("reason")
    return rules_from(said, version=version, reason=reason)


def in_force(conn: Connection, agency_id: AgencyId) -> RequestRulesVersion:
    """By which rules this agency's requests go now: the version that was confirmed last."""
    confirmed = [
        (each.decided.id, each)
        for each in request_rules.versions(conn, agency_id)
        if each.decided is not None and each.decided.fact.word is RequestRulesWord.CONFIRMED
    ]
    return rules_of(max(confirmed, key=lambda each: each[0])[1]) if confirmed else shipped()


def of_version(conn: Connection, agency_id: AgencyId, version: int) -> RequestRulesVersion:
    """The rules under which a request was sent."""
    found = request_rules.versions(conn, agency_id)
    return next((rules_of(each) for each in found if each.kept.fact.version == version), shipped())


def rules_of(state: RequestRulesState) -> RequestRulesVersion:
    """The version that the record holds."""
    return rules_from(state.kept.fact.rules, version=state.kept.fact.version, state=state)


def rules_from(
    said: Mapping[str, Any], *, version: int, reason: str = "", state: RequestRulesState | None = None
) -> RequestRulesVersion:
    """The rules as they are written, read. KeyError or ValueError for rules that nobody should have entered."""
    checks, by_text, waiting, agency = said["checks"], said["by_text"], said["waiting"], said["agency"]
    rules = RequestRulesVersion(
        version=version,
        way=tuple(StepRule(who=Decides(each["who"]), when=_condition(each)) for each in said["way"]),
        checks=Checks(
            when=_condition(checks),
            confirmed=tuple(RequestCheck(each) for each in checks["confirm"] if each not in checks["type"]),
            typed=tuple(RequestCheck(each) for each in checks["type"]),
        ),
        by_text=ByText(
            on=bool(by_text["on"]),
            up_to_cost=_amount(by_text["up_to_cost"]),
            up_to_days=int(by_text["up_to_days"]),
        ),
        staffing=MappingProxyType({name: int(least) for name, least in said["staffing"].items()}),
        waiting=ApproverWaiting(**{name: int(waiting[name]) for name in ApproverWaiting.__slots__}),
        fiscal_year_month=int(agency["fiscal_year_month"]),
        outside_reviewer=str(agency["outside_reviewer"]),
        appeal_to=tuple(AppealTo(each) for each in said["appeal"]["to"]),
        written=MappingProxyType(dict(said)),
        reason=reason,
        state=state,
    )
    if not _hold(rules):
        raise ValueError(version)
    return rules


def _hold(rules: RequestRulesVersion) -> bool:
    """Whether a way comes of them for everybody, and every figure can be one."""
    waiting = rules.waiting
    figures = (waiting.cards_a_day, waiting.remind_after, waiting.escalate_after, waiting.before_deadline)
    return (
        any(each.when == Condition() for each in rules.way)
        and set(rules.checks.typed) <= set(TYPABLE)
        and all(each > 0 for each in figures)
        and all(each > 0 for each in rules.staffing.values())
        and 1 <= rules.fiscal_year_month <= MONTHS
    )


def _condition(said: Mapping[str, Any]) -> Condition:
    units: Sequence[str] = said.get("units", ())
    return Condition(
        over_cost=_amount(said["over_cost"]) if "over_cost" in said else None,
        over_days=int(said["over_days"]) if "over_days" in said else None,
        over_hours=_amount(said["over_hours"]) if "over_hours" in said else None,
        over_miles=int(said["over_miles"]) if "over_miles" in said else None,
        over_budget=bool(said.get("over_budget", False)),
        out_of_town=bool(said.get("out_of_town", False)),
        on_duty=bool(said.get("on_duty", False)),
        units=tuple(units),
    )


def _amount(said: str) -> Decimal:
    amount = Decimal(said)
    if not amount.is_finite() or amount < 0:
        raise ValueError(said)
    return amount
