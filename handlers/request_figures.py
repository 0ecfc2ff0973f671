"""How are requests decided, in figures of groups; and how many wait for whoever asks?"""

from handlers.routing import Answered, Asked, Route, everyone, sees_figures
from handlers.status import finish
from messages import request_figures as say
from training.asking import Outcome, Question
from training.requests import fairness, load
from training.requests.fairness import GroupOfRequests
from training.standings.team import SMALLEST_GROUP

USUAL_DAYS = 90
MOST_DAYS = 731


def shown(question: Question, asked: Asked) -> Answered:
    """The figures of the last ninety days, or of as many as were asked for. Nobody's record is looked at by it."""
    said = asked.slot("days")
    days = min(max(int(said), 1), MOST_DAYS) if isinstance(said, str) and said.isdecimal() else USUAL_DAYS
    found = fairness.figures_of(question, days)
    facts = say.RequestFiguresFacts(
        days=days,
        at=found.until.astimezone(question.at.tzinfo),
        smallest=SMALLEST_GROUP,
        whole=None if found.whole is None else _group(found.whole),
        by={name: tuple(_group(each) for each in groups) for name, groups in found.by.items()},
        excluded={"pending": found.pending, "unsent": found.unsent, "protected": found.unshown},
    )
    return finish(say.figures(facts, asked.words), Outcome(data={"days": days}))


def _group(group: GroupOfRequests) -> say.RequestGroupFacts:
    return say.RequestGroupFacts(
        names=group.names,
        askers=group.askers,
        deciders=group.deciders,
        decided=len(group.decided),
        approved=group.approved,
        median=group.median,
        ninetieth=group.ninetieth,
        approvals=group.approvals,
        quick=group.quick,
    )


def pending(question: Question, asked: Asked) -> Answered:
    """The asker's own count and the age of the one in the middle."""
    found = load.of(question)
    facts = say.PendingFacts(
        waiting=found.waiting, median=found.median, at=question.asker.now.astimezone(question.at.tzinfo)
    )
    return finish(say.pending(facts, asked.words), Outcome(data={"waiting": found.waiting}))


ROUTES = (
    Route(
        name="request-figures",
        handle=shown,
        may_use=sees_figures,
        commands=("request-figures",),
        menu="request-figures",
    ),
    Route(name="my-pending", handle=pending, may_use=everyone, commands=("my-pending",)),
)
