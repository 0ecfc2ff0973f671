"""How fast and how carefully are certificates recorded? Figures of groups, nobody's name."""

from handlers.routing import Answered, Asked, Route, reviews_certificates
from handlers.status import finish
from messages import certificate_figures as say
from training.asking import Outcome, Question
from training.standings.team import SMALLEST_GROUP
from training.uploads.figures import figures_of

USUAL_DAYS = 30
MOST_DAYS = 366


def shown(question: Question, asked: Asked) -> Answered:
    """The figures of the last thirty days, or of as many as were asked for."""
    said = asked.slot("days")
    days = min(max(int(said), 1), MOST_DAYS) if isinstance(said, str) and said.isdecimal() else USUAL_DAYS
    found = figures_of(question, days)
    facts = say.CertificateFiguresFacts(
        days=days,
        at=found.until.astimezone(question.at.tzinfo),
        recorded=found.recorded,
        smallest=SMALLEST_GROUP,
        median=found.median,
        ninetieth=found.ninetieth,
        hasty=found.hasty,
        looked=found.looked,
        differing=found.differing,
    )
    outcome = Outcome(data={"days": days, "recorded": found.recorded})
    return finish(say.figures(facts, asked.words), outcome)


ROUTES = (
    Route(
        name="certificate-figures",
        handle=shown,
        may_use=reviews_certificates,
        commands=("certificate-figures",),
    ),
)
