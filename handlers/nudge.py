"""NUDGE: who of my people would be reminded now, and who is passed over and why; then a press, and they are."""

from handlers.routing import Answered, Asked, Route, nudges_people
from handlers.status import finish
from handlers.team import refuse
from messages import nudges as say
from training.asking import Outcome, Question
from training.people import display_name, named
from training.reminders import nudging
from training.reminders.nudging import NudgePlan

REMEMBERED = "nudge"


def preview(question: Question, asked: Asked) -> Answered:
    """Everybody of the asker's who owes something soon, or the person who was named. Nothing is sent."""
    of = asked.slot("of")
    whom = None
    if isinstance(of, str):
        found = named(question, of).found
        if len(found) != 1 or found[0].person_id == question.asker.person_id:
            return refuse(question, asked)
        whom = found[0].person_id
    plan = nudging.nudge_plan(question, asked.words, named=whom)
    if whom is not None and not plan.people:
        # Somebody whose record may be seen, and whom the asker does not lead.
        return refuse(question, asked)
    return _previewed(question, asked, plan)


def _previewed(question: Question, asked: Asked, plan: NudgePlan) -> Answered:
    facts = say.NudgeFacts(
        day=question.day,
        lines=tuple(
            say.NudgeLine(
                name=display_name(each.person),
                duty=each.duties[0].duty if each.duties else "",
                due_on=each.duties[0].due_on if each.duties else None,
                more=max(len(each.duties) - 1, 0),
                skipped="" if each.why_not is None else each.why_not.value,
            )
            for each in plan.people
        ),
        on_leave=plan.on_leave,
    )
    outcome = Outcome(looked_at=tuple(each.person.person_id for each in plan.people), decides=False)
    going = [each.person.person_id for each in plan.going]
    return finish(say.preview(facts, asked.words), outcome, **{REMEMBERED: going})


def send(question: Question, asked: Asked) -> Answered:
    """Those who were shown, as far as they may still be reminded. Without a preview it is shown first."""
    shown = question.remembered().get(REMEMBERED)
    if not isinstance(shown, list) or not shown:
        return preview(question, asked)
    only = [each for each in shown if isinstance(each, int)]
    plan = nudging.nudge_plan(question, asked.words, only)
    going = len(plan.going)
    facts = say.NudgedFacts(sent=going, left=len(only) - going)
    outcome = Outcome(
        does=nudging.nudges(question, plan, asked.words) if going else None,
        decides=bool(going),
        data={"people": going},
    )
    return finish(say.sent(facts, asked.words), outcome)


ROUTES = (
    Route(name="nudge", handle=preview, may_use=nudges_people, commands=("nudge",)),
    Route(name="nudge-send", handle=send, may_use=nudges_people, commands=("nudge-send",)),
)
