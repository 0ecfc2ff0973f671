"""Somebody goes on here with what they asked elsewhere: what may be asked again, and what is only taken over."""

from dataclasses import replace

from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import finish
from messages import going_on as say
from messages.going_on import GoOn
from training import going_on
from training.asking import Outcome, Question
from training.going_on import Elsewhere

NAME = "go-on"
MORE = "more"


def nothing(_: Question, asked: Asked) -> Answered:
    """There is nothing to go on with."""
    return finish(say.go_on(GoOn.NOTHING, asked.words), Outcome())


def not_here(question: Question, asked: Asked) -> Answered:
    """Nothing from elsewhere is brought to a phone that many share."""
    return finish(say.go_on(GoOn.SHARED, asked.words), Outcome(), **question.remembered())


def taken(question: Question, asked: Asked, found: Elsewhere) -> Answered:
    """It is here now; what was asked last cannot be asked again, but what follows it can."""
    answered = finish(say.go_on(GoOn.TAKEN, asked.words), Outcome(), **found.conversation.payload)
    return _moved(question, found, answered)


def asked_again(question: Question, asked: Asked, found: Elsewhere, answered: Answered) -> Answered:
    """The answer as it is now, with where it was asked first."""
    shown = replace(answered, message=say.with_origin(answered.message, found.channel, asked.words))
    return _moved(question, found, shown)


def _moved(question: Question, found: Elsewhere, answered: Answered) -> Answered:
    outcome = replace(
        answered.outcome,
        does=going_on.moves(question, found),
        decides=False,
        stands_for=found.item_id,
        data={**answered.outcome.data, "from": found.channel},
    )
    return replace(answered, outcome=outcome)


# Whoever answers is the front desk, which asks the question again.
ROUTES = (Route(name=NAME, handle=nothing, may_use=everyone, commands=("go-on",)),)
