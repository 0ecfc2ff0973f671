"""Who decides what the asker wants, at this moment, and why is it they?"""

from collections.abc import Mapping

from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import finish
from messages import who_approves as say
from training.asking import Outcome, Question
from training.permissions import hidden
from training.requests.approvers import Approver, RouteCase
from training.requests.rules import Condition, StepRule
from training.requests.sight import sight_of
from training.tickets import called


def who_approves(question: Question, asked: Asked) -> Answered:
    """Every step that the rules can ask of a request of theirs, as if it were sent now."""
    sight = sight_of(question)
    rules, own = sight.rules, question.asker.person_id
    unseen = hidden(question)
    unnamed = asked.words.say("who-saw-unnamed")
    names = {who: unnamed if who in unseen else called(each) for who, each in sight.people.items()}
    steps: list[say.DeciderFacts] = []
    before: frozenset[int] = frozenset()
    for rule in rules.way:
        case = RouteCase(requester=own, entered_by=own, step=rule.who, decided_by=before)
        found = sight.approver(case)
        steps.append(_facts(rule, found, names))
        if found.person is not None:
            before |= {found.person.person_id}
    facts = say.WhoApprovesFacts(steps=tuple(steps), version=rules.version)
    return finish(say.who_approves(facts, asked.words), Outcome(data={"rules": rules.version}))


def _facts(rule: StepRule, found: Approver, names: Mapping[int, str]) -> say.DeciderFacts:
    return say.DeciderFacts(
        who=rule.who.value,
        name="" if found.person is None else names[found.person.person_id],
        in_place_of="" if found.in_place_of is None else names[found.in_place_of.person_id],
        when=when_facts(rule.when),
        why=tuple(
            say.ApproverWhyFacts(
                code=each.code.value, name="" if each.person_id is None else names.get(each.person_id, "")
            )
            for each in found.why
        ),
    )


def when_facts(when: Condition) -> say.WhenFacts:
    """A condition for a sentence."""
    return say.WhenFacts(
        over_cost=when.over_cost,
        over_days=when.over_days,
        over_hours=when.over_hours,
        over_miles=when.over_miles,
        over_budget=when.over_budget,
        out_of_town=when.out_of_town,
        on_duty=when.on_duty,
        units=when.units,
    )


ROUTES = (
    Route(name="who-approves", handle=who_approves, may_use=everyone, commands=("who-approves",), shows=True),
)
