"""How many texts will reminders take? For whoever keeps the training records; nobody is named in the answer."""

from handlers.routing import Answered, Asked, Route, coordinates
from handlers.status import finish
from messages import estimate as say
from training.asking import Outcome, Question
from training.reminders.estimate import estimate


def counted(question: Question, asked: Asked) -> Answered:
    """The next twelve months, from where everybody stands today."""
    rates = question.office.text_rates
    if rates is None:
        return finish(say.not_counted(asked.words), Outcome())
    facts = estimate(question.conn, question.shelf, question.agency_id, question.today, asked.words, rates)
    data = {"segments": facts.linked.segments, "people": facts.linked.people}
    return finish(say.estimate(facts, asked.words), Outcome(data=data))


ROUTES = (
    Route(
        name="estimate",
        handle=counted,
        may_use=coordinates,
        commands=("estimate",),
        menu="estimate",
    ),
)
