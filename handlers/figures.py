"""How do groups stand, without anybody's name? For whoever may know the numbers and not the people."""

from handlers.routing import Answered, Asked, Route, Tense, sees_figures
from handlers.status import finish
from messages import figures as say
from rules.standing import StandingWord
from training.asking import Outcome, Question
from training.standings.figures import Group, figures_of


def shown(question: Question, asked: Asked) -> Answered:
    """The agency's figures; nobody's record is looked at by this, so nobody's look is written down."""
    found = figures_of(question)
    facts = say.FiguresFacts(
        agency=question.asker.agency_name,
        whole=None if found.whole is None else _group(found.whole),
        groups=tuple(_group(each) for each in found.groups),
        on_leave=found.on_leave,
        unshown=found.unshown,
        at=question.at,
        packs=found.packs,
        not_yet=found.not_yet,
    )
    data = {"people": 0 if found.whole is None else found.whole.people, "packs": list(found.packs)}
    return finish(say.figures(facts, asked.words), Outcome(keep=found.keep, data=data))


def _group(group: Group) -> say.GroupFacts:
    return say.GroupFacts(
        units=group.units,
        people=group.people,
        met=group.words.get(StandingWord.YES, 0),
        open=group.words.get(StandingWord.NOT_YET, 0),
        overdue=group.words.get(StandingWord.OVERDUE, 0),
        unknown=group.words.get(StandingWord.UNKNOWN, 0),
    )


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
