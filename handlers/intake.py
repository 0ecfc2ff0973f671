"""What is held of somebody who comes from another agency? For whoever keeps the training records."""

from handlers import lateral
from handlers.routing import Answered, Asked, Route, Tense, coordinates
from handlers.status import about, finish
from handlers.team import refuse
from messages import intake as say
from training.asking import Outcome, Question
from training.moments import NOW
from training.people import display_name, named
from training.standings.intake import intake_of


def intake(question: Question, asked: Asked) -> Answered:
    """One person's duties, each with what is held toward it."""
    of = asked.value or str(asked.slot("of") or "")
    agency = asked.slot("agency")
    if of and isinstance(agency, str) and question.moment == NOW:
        return lateral.ask(question, asked, of, agency)
    if not of:
        return finish(say.whose_intake(asked.words), Outcome())
    found = named(question, of).found
    held = intake_of(question, found[0].person_id) if len(found) == 1 else None
    if held is None:
        return refuse(question, asked)
    facts = say.IntakeFacts(
        name=display_name(found[0]),
        duties=tuple(
            say.IntakeDutyFacts(
                short=each.short,
                label=each.label,
                held=each.held.value,
                records=tuple(
                    say.HeldFacts(one.on, one.hours, one.backing.value, one.held_at) for one in each.records
                ),
            )
            for each in held.duties
        ),
        packs=held.judged.standing.packs,
    )
    outcome = Outcome(
        looked_at=(found[0].person_id,),
        keep=(held.judged.to_keep(),),
        data=about(held.judged.standing),
    )
    return finish(say.intake(facts, asked.words), outcome)


ROUTES = (
    Route(
        name="intake",
        handle=intake,
        may_use=coordinates,
        commands=("intake",),
        menu="intake",
        tense=Tense.EITHER,
    ),
)
