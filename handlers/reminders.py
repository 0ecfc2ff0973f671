"""What does somebody answer to a reminder? LATER puts the next one off; what is due stays due."""

from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import finish
from messages.reminder import BETWEEN, PutOffFacts, put_off
from training.asking import Outcome, Question
from training.reminders.answers import later, to_put_off


def snooze(question: Question, asked: Asked) -> Answered:
    """LATER, of the last reminder or of the one whose button was pressed, however old it is."""
    subjects = tuple(each for each in asked.value.split(BETWEEN) if each)
    found = to_put_off(question, subjects, asked.words)
    facts = PutOffFacts(
        duties=tuple(each.duty for each in found),
        again_on=min((each.again_on for each in found), default=None),
        today=question.today,
    )
    outcome = Outcome(does=later(question, found)) if found else Outcome()
    # The conversation stays on what it was about: WHY after LATER still means the same rule.
    return finish(put_off(facts, asked.words), outcome, **question.remembered())


ROUTES = (Route(name="snooze", handle=snooze, may_use=everyone, commands=("snooze",)),)
