"""What was sent to me by text, and what became of it? To whoever coordinates, of anybody whom they may see."""

from handlers.routing import Answered, Asked, Route, coordinates, everyone, page_after
from handlers.status import finish
from handlers.team import refuse
from messages import texts as say
from messages.pages import lines_for
from training.asking import Outcome, Question
from training.people import display_name, named
from training.phones import texts


def listed(question: Question, asked: Asked) -> Answered:
    """The last ones, a page at a time."""
    return _of(question, asked, str(asked.slot("of") or asked.value), page=1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of them; whether they may be seen is asked anew."""
    remembered = question.remembered()
    badge = remembered.get("texts_of")
    of = badge if isinstance(badge, str) else ""
    return _of(question, asked, of, page=page_after(question))


def _of(question: Question, asked: Asked, of: str, page: int) -> Answered:
    own = question.asker.person_id
    whose, name, badge = own, "", ""
    if of:
        found = named(question, of).found
        if [each.person_id for each in found] != [own]:
            if not coordinates(question) or len(found) != 1:
                return refuse(question, asked)
            whose, name = found[0].person_id, display_name(found[0])
            badge = found[0].employment.fact.badge_number
    sent = texts.sent_to(question, whose)
    facts = say.TextsFacts(sent=sent, name=name, page=page, lines=lines_for(question.channel))
    outcome = Outcome(looked_at=(whose,), data={"texts": len(sent)})
    return finish(say.texts(facts, asked.words), outcome, page=page, pages_of="texts", texts_of=badge)


ROUTES = (
    Route(
        name="texts",
        handle=listed,
        may_use=everyone,
        commands=("texts",),
        menu="texts",
        shows=True,
        next_page=next_page,
    ),
)
