"""What is due next, and what within so many days?"""

from datetime import date

from handlers.routing import Answered, Asked, Route, Tense, everyone
from handlers.status import by_topic, finish, own_standing, status_facts
from messages import deadlines
from training.asking import Question

DAYS_AHEAD = 90
MOST_DAYS = 3650


def due(question: Question, asked: Asked) -> Answered:
    """The next deadline, or every one within the days or until the date that was named."""
    if asked.topics():
        return by_topic(question, asked)
    wanted = _days(question, asked)
    standing, outcome = own_standing(question)
    facts = status_facts(question, asked, standing)
    if wanted is None:
        return finish(deadlines.next_deadline(facts, asked.words), outcome, intent="deadline_next")
    days = min(wanted, MOST_DAYS)
    cut = deadlines.DeadlinesFacts(status=facts, days=days, is_cut=days < wanted)
    listed = deadlines.deadlines(cut, asked.words)
    return finish(listed, outcome, intent="deadline_next", days=days)


def ahead(question: Question, asked: Asked) -> Answered:
    """Deadlines without a number: the usual span."""
    standing, outcome = own_standing(question)
    facts = deadlines.DeadlinesFacts(status=status_facts(question, asked, standing), days=DAYS_AHEAD)
    return finish(deadlines.deadlines(facts, asked.words), outcome, intent="deadline_next", days=DAYS_AHEAD)


def _days(question: Question, asked: Asked) -> int | None:
    days = asked.slot("lead_days")
    if isinstance(days, int) and not isinstance(days, bool):
        return max(days, 0)
    until = asked.slot("date")
    if isinstance(until, tuple):
        until = until[-1]
    span = asked.slot("date_range")
    if isinstance(span, tuple) and span:
        until = span[-1]
    return max((until - question.day).days, 0) if isinstance(until, date) else None


ROUTES = (
    Route(
        name="next-deadline",
        handle=due,
        may_use=everyone,
        intents=("deadline_next",),
        menu="next-deadline",
        tense=Tense.OWN,
        own_record=True,
        shows=True,
    ),
    Route(
        name="deadlines",
        handle=ahead,
        may_use=everyone,
        commands=("deadlines",),
        menu="deadlines",
        tense=Tense.OWN,
        own_record=True,
        shows=True,
    ),
)
