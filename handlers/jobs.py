"""What does Rollcall do by itself, and does it run? For whoever answers for the agency's set-up, or audits it."""

from handlers.routing import Answered, Asked, Route, following, watches_over
from handlers.status import finish
from messages import jobs as say
from messages.pages import lines_for
from training.asking import Outcome, Question
from training.log.automations import watched


def listed(question: Question, asked: Asked) -> Answered:
    """Every job and everything else that happens without a person, a page at a time."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found = watched(question.conn)
    facts = say.JobsFacts(
        jobs=tuple(
            say.JobFacts(
                name=each.line.name,
                owner=each.line.owner.value,
                requirement=each.line.requirement,
                ran=each.ran.value,
                age=each.age,
            )
            for each in found
        ),
        page=page,
        lines=lines_for(question.channel),
    )
    return finish(say.jobs(facts, asked.words), Outcome(), page=page, pages_of="jobs")


ROUTES = (
    Route(
        name="jobs",
        handle=listed,
        may_use=watches_over,
        commands=("jobs",),
        menu="jobs",
        shows=True,
        next_page=following(_page),
    ),
)
