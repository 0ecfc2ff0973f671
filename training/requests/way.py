"""Which steps does a request need, and why each? From the rules and from what is asked; never none."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from training.courses.offerings import ONLINE
from training.requests.rules import ByText, Checks, Condition, Decides, RequestRulesVersion
from training.requests.values import RequestValues


class WayWhy(StrEnum):
    """Why a request has a step; the catalogue holds ``way-why-<code>`` for each."""

    ALWAYS = "always"
    COST = "cost"
    COST_NOT_NAMED = "cost-not-named"
    DAYS = "days"
    HOURS = "hours"
    OVER_BUDGET = "over-budget"
    MILES = "miles"
    MILES_NOT_NAMED = "miles-not-named"
    OUT_OF_TOWN = "out-of-town"
    ON_DUTY = "on-duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFacts:
    """What a way depends on. None says that nobody named it; ``units`` are the requester's, with those around them.

    ``over_budget``: it would take more than its budget has left. Of a budget that nobody entered that is not known, and
    asks for nothing.
    """

    cost: Decimal | None
    days: int
    hours: Decimal | None
    out_of_town: bool | None
    on_duty: bool = False
    over_budget: bool = False
    miles: int | None = None
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step: the code that a submission keeps, who decides it, and why the request has it."""

    code: str
    who: Decides
    why: tuple[WayWhy, ...]


def facts_of(
    values: RequestValues, units: frozenset[str], *, on_duty: bool, over_budget: bool = False
) -> WayFacts:
    """What a way depends on in the values of a request."""
    return WayFacts(
        cost=values.cost,
        days=values.days,
        hours=values.hours,
        out_of_town=values.out_of_town,
        on_duty=on_duty,
        over_budget=over_budget,
        # Nobody goes anywhere for what is held online.
        miles=0 if values.delivery in ONLINE else values.miles,
        units=frozenset(each.casefold() for each in units),
    )


def way_of(rules: RequestRulesVersion, facts: WayFacts) -> tuple[WayStep, ...]:
    """The steps in order, nobody's twice. Rules hold a step for everybody, so there is one."""
    found: dict[Decides, WayStep] = {}
    for rule in rules.way:
        why = needs(rule.when, facts)
        if why and rule.who not in found:
            found[rule.who] = WayStep(rule.who.value, rule.who, why)
    return tuple(found.values())


def asks_for_budget(rules: RequestRulesVersion) -> bool:
    """Whether any of it depends on what a budget has left, so that it is looked up for nobody else."""
    return rules.checks.when.over_budget or any(each.when.over_budget for each in rules.way)


def step_of(code: str) -> WayStep:
    """The step that a submission kept."""
    return WayStep(code, Decides(code), ())


def needs(when: Condition, facts: WayFacts) -> tuple[WayWhy, ...]:
    """What of a condition holds; nothing where it does not."""
    if when.units and facts.units.isdisjoint(each.casefold() for each in when.units):
        return ()
    return (WayWhy.ALWAYS,) if when.is_bare else tuple(_holding(when, facts))


def checks_for(checks: Checks, facts: WayFacts) -> Checks | None:
    """What is confirmed and typed of this request before it is approved; None where nothing has to be."""
    return checks if needs(checks.when, facts) else None


def is_by_text(rules: ByText, facts: WayFacts) -> bool:
    """Whether it may be decided by text message. What nobody named is not little."""
    return (
        rules.on
        and facts.cost is not None
        and facts.cost <= rules.up_to_cost
        and 0 < facts.days <= rules.up_to_days
    )


def _holding(when: Condition, facts: WayFacts) -> Iterator[WayWhy]:
    if when.over_cost is not None:
        # A cost that nobody named may be any; it is looked at by whoever looks at every cost.
        if facts.cost is None and when.over_cost == 0:
            yield WayWhy.COST_NOT_NAMED
        elif facts.cost is not None and facts.cost > when.over_cost:
            yield WayWhy.COST
    if when.over_days is not None and facts.days > when.over_days:
        yield WayWhy.DAYS
    if when.over_hours is not None and facts.hours is not None and facts.hours > when.over_hours:
        yield WayWhy.HOURS
    if when.over_miles is not None:
        # How far it is that nobody named may be any distance.
        if facts.miles is None:
            yield WayWhy.MILES_NOT_NAMED
        elif facts.miles > when.over_miles:
            yield WayWhy.MILES
    if when.over_budget and facts.over_budget:
        yield WayWhy.OVER_BUDGET
    if when.out_of_town and facts.out_of_town:
        yield WayWhy.OUT_OF_TOWN
    if when.on_duty and facts.on_duty:
        yield WayWhy.ON_DUTY
