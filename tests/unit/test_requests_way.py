"""Which steps a request needs is written in rules; there is always one, and each says why."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.requests.rules import Condition, Decides, rules_from, shipped
from training.requests.values import RequestValues
from training.requests.way import WayFacts, WayWhy, checks_for, facts_of, is_by_text, needs, step_of, way_of

NOTHING = WayFacts(cost=Decimal(0), days=1, hours=Decimal(4), out_of_town=False)
AMOUNTS = st.none() | st.decimals(0, 100_000, places=2)
FACTS = st.builds(
    WayFacts,
    cost=AMOUNTS,
    days=st.integers(0, 60),
    hours=AMOUNTS,
    out_of_town=st.sampled_from([None, True, False]),
    on_duty=st.booleans(),
    over_budget=st.booleans(),
    miles=st.none() | st.integers(0, 999),
    units=st.frozensets(st.sampled_from(["patrol", "swat"])),
)


def other(**changed: Any) -> dict[str, Any]:
    return {**shipped().written, **changed}


def codes(facts: WayFacts) -> list[str]:
    return [each.code for each in way_of(shipped(), facts)]


def facts(**said: Any) -> WayFacts:
    return WayFacts(**{"cost": Decimal(0), "days": 1, "hours": Decimal(4), "out_of_town": False, **said})


def test_what_costs_nothing_goes_to_the_supervisor_and_what_costs_goes_on() -> None:
    assert codes(NOTHING) == ["supervisor"]
    assert codes(facts(cost=Decimal(525), days=5)) == ["supervisor", "coordinator"]
    assert codes(facts(cost=Decimal(1000))) == ["supervisor", "coordinator"]
    assert codes(facts(cost=Decimal("1000.01"))) == ["supervisor", "coordinator", "command"]
    assert codes(facts(days=6)) == ["supervisor", "command"]


def test_a_cost_that_nobody_named_is_looked_at_by_whoever_looks_at_every_cost() -> None:
    (_, coordinator) = way_of(shipped(), facts(cost=None))
    assert (coordinator.who, coordinator.why) == (Decides.COORDINATOR, (WayWhy.COST_NOT_NAMED,))


def test_a_step_can_be_for_some_units_and_for_what_is_away_long_or_on_duty() -> None:
    away = Condition(out_of_town=True, over_hours=Decimal(40), on_duty=True, units=("SWAT",))
    mine = facts(out_of_town=True, hours=Decimal(48), on_duty=True, units=frozenset({"swat"}))
    assert needs(away, mine) == (WayWhy.HOURS, WayWhy.OUT_OF_TOWN, WayWhy.ON_DUTY)
    assert needs(away, facts(out_of_town=True)) == ()
    assert needs(Condition(over_budget=True), facts(over_budget=True)) == (WayWhy.OVER_BUDGET,)
    assert needs(Condition(over_budget=True), mine) == ()
    assert needs(Condition(units=("SWAT",)), mine) == (WayWhy.ALWAYS,)


def test_how_far_it_is_decides_and_what_nobody_knows_goes_the_careful_way() -> None:
    far = Condition(over_miles=50)
    assert needs(far, facts(miles=51)) == (WayWhy.MILES,)
    assert needs(far, facts(miles=50)) == ()
    assert needs(far, facts(miles=None)) == (WayWhy.MILES_NOT_NAMED,)
    online = facts_of(RequestValues(delivery="online"), frozenset(), on_duty=False)
    assert needs(far, online) == ()
    assert needs(far, facts_of(RequestValues(miles=142), frozenset(), on_duty=False)) == (WayWhy.MILES,)


def test_somebody_is_asked_once_although_two_rules_name_them() -> None:
    way = [{"who": "command", "over_days": 2}, {"who": "supervisor"}, {"who": "command", "over_cost": "0"}]
    rules = rules_from(other(way=way), version=2)
    found = way_of(rules, facts(days=3, cost=Decimal(10)))
    assert [each.code for each in found] == ["command", "supervisor"]
    assert step_of("command").who is Decides.COMMAND


def test_what_costs_or_lasts_is_checked_and_the_rest_is_not() -> None:
    rules = shipped()
    assert checks_for(rules.checks, NOTHING) is None
    assert checks_for(rules.checks, facts(cost=Decimal(1001))) is rules.checks
    assert checks_for(rules.checks, facts(days=6)) is rules.checks
    assert checks_for(rules.checks, facts(cost=Decimal(1000), days=5)) is None


def test_nothing_is_decided_by_text_until_it_is_switched_on_and_then_only_what_is_little() -> None:
    assert not is_by_text(shipped().by_text, NOTHING)
    on = rules_from(other(by_text={"on": True, "up_to_cost": "50", "up_to_days": 1}), version=2).by_text
    assert is_by_text(on, NOTHING)
    assert not is_by_text(on, facts(cost=None))
    assert not is_by_text(on, facts(cost=Decimal(51)))
    assert not is_by_text(on, facts(days=0))
    assert not is_by_text(on, facts(days=2))


@pytest.mark.parametrize(
    "changed",
    [
        {"way": []},
        {"way": [{"who": "coordinator", "over_cost": "0"}]},
        {"way": [{"who": "supervisor", "units": ["SWAT"]}]},
        {"way": [{"who": "nobody"}]},
        {"staffing": {"Patrol": 0}},
        {"agency": {"fiscal_year_month": 13, "outside_reviewer": ""}},
        {"checks": {"confirm": [], "type": ["staffing"]}},
    ],
)
def test_rules_that_leave_somebody_without_a_way_are_no_rules(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        rules_from(other(**changed), version=2)


@given(FACTS)
def test_every_request_has_a_step_and_every_step_a_reason(asked: WayFacts) -> None:
    way = way_of(shipped(), asked)
    assert way
    assert all(each.why for each in way)
    assert len({each.code for each in way}) == len(way)
