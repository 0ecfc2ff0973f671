"""How do groups stand, without anybody's name? For whoever may know the numbers and not the people."""

from handlers.routing import Answered, Asked, Route, Tense, sees_figures
from handlers.status import finish
from messages import figures as say
from training.asking import Outcome, Question
from training.standings.figures import figures_of, group_facts


def shown(question: Question, asked: Asked) -> Answered:
    """The agency's figures; nobody's record is looked at by this, so nobody's look is written down."""
    found = figures_of(question)
    facts = say.FiguresFacts(
        agency=question.asker.agency_name,
        whole=None if found.whole is None else group_facts(found.whole),
        groups=tuple(group_facts(each) for each in found.groups),
        on_leave=found.on_leave,
        unshown=found.unshown,
        at=question.at,
        packs=found.packs,
        not_yet=found.not_yet,
    )
    data = {"people": 0 if found.whole is None else found.whole.people, "packs": list(found.packs)}
    return finish(say.figures(facts, asked.words), Outcome(keep=found.keep, data=data))


ROUTES = (
    Route(
        name="figures",
        handle=shown,
        may_use=sees_figures,
        commands=("figures",),
        menu="figures",
        tense=Tense.EITHER,
        shows=True,
    ),
)
