"""Examples of everything that is said of the way of a request: who decides, and who decides in whose place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from messages import delegations as say
from messages import request_rules as rules
from messages import who_approves as who
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words
from tests.unit import standing_cast as cast

TORRES = say.DelegationFacts(
    whose="K. Okafor", to="R. Torres", starts_at=cast.AT, ends_at=cast.AT + timedelta(days=3), number=7
)
STEPS = (
    who.DeciderFacts(
        who="supervisor",
        name="R. Torres",
        in_place_of="K. Okafor",
        why=(
            who.ApproverWhyFacts(code="on-leave", name="K. Okafor"),
            who.ApproverWhyFacts(code="delegate", name="R. Torres"),
        ),
    ),
    who.DeciderFacts(who="coordinator", name="P. Nair", when=who.WhenFacts(over_cost=Decimal(0))),
    who.DeciderFacts(
        who="command",
        name="",
        when=who.WhenFacts(
            over_cost=Decimal(1000),
            over_days=5,
            over_hours=Decimal(40),
            over_miles=50,
            over_budget=True,
            out_of_town=True,
            on_duty=True,
            units=("Patrol", "SWAT"),
        ),
        why=(who.ApproverWhyFacts(code="vacant"), who.ApproverWhyFacts(code="nobody")),
    ),
)


WRITTEN = {
    "way": "supervisor\ncoordinator: any cost",
    "checked": "over $500, over 3 days",
    "staffing": "",
    "cards_a_day": "3",
}
SHIPPED = rules.RequestVersionFacts(version=1, written=WRITTEN, reason="Work first.")
WAITS = rules.RequestVersionFacts(
    version=3,
    written={**WRITTEN, "staffing": "B Shift: 4", "cards_a_day": "5"},
    reason="We grew.",
    proposer="P. Nair",
)
SECOND = replace(WAITS, version=2, state="confirmed", who="J. Moss", at=cast.AT)


def _rules(code: rules.RequestRulesCode) -> Callable[[Words], Message]:
    facts = rules.RequestRulesDoneFacts(code=code, version=2, who="J. Moss", at=cast.AT, written="lunch")
    return lambda words: rules.done(facts, words)


def _done(code: say.DelegationCode) -> Callable[[Words], Message]:
    facts = say.DelegationDoneFacts(code=code, what=TORRES, written="Smith")
    return lambda words: say.done(facts, words)


EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "who-approves": lambda words: who.who_approves(who.WhoApprovesFacts(steps=STEPS, version=1), words),
    "delegations": lambda words: say.listed(
        say.DelegationsFacts(found=(TORRES, replace(TORRES, ends_at=None, number=0)), may_begin=True), words
    ),
    "delegations-none": lambda words: say.listed(say.DelegationsFacts(found=(), may_begin=False), words),
    "delegation-form": lambda words: say.form(say.DelegationFormFacts(for_others=True), words),
    "delegation-form-errors": lambda words: say.form(
        say.DelegationFormFacts(
            last=date(2027, 1, 1),
            errors={"last": FieldError(code="too-early", written="2027-01-01", limit=date(2027, 3, 2))},
        ),
        words,
    ),
    **{f"delegation-done-{code}": _done(code) for code in get_args(say.DelegationCode)},
    "delegation-told-begun": lambda words: say.told(TORRES, "K. Okafor", ended=False, words=words),
    "delegation-told-ended": lambda words: say.told(TORRES, "P. Nair", ended=True, words=words),
    "request-rules-shipped": lambda words: rules.rules(rules.RequestRulesFacts(in_force=SHIPPED), words),
    "request-rules-waiting": lambda words: rules.rules(
        rules.RequestRulesFacts(
            in_force=SECOND,
            waiting=replace(WAITS, written=WRITTEN),
            earlier=(replace(SECOND, state="refused"), SECOND, SHIPPED),
            may_confirm=True,
        ),
        words,
    ),
    "request-rules-own": lambda words: rules.rules(
        rules.RequestRulesFacts(in_force=SHIPPED, waiting=WAITS, own=True), words
    ),
    "request-rules-form": lambda words: rules.form(rules.RequestRulesFormFacts(entries=WRITTEN), words),
    "request-rules-form-errors": lambda words: rules.form(
        rules.RequestRulesFormFacts(
            entries={**WRITTEN, "way": "chief"},
            errors={"way": FieldError(code="not-a-step", written="chief")},
        ),
        words,
    ),
    **{f"request-rules-done-{code}": _rules(code) for code in get_args(rules.RequestRulesCode)},
}
