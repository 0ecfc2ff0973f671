"""Which phones do many share? The coordinator lists them, shares one with a form, and ends it."""

from handlers.routing import Answered, Asked, Route, coordinates, following
from handlers.status import finish
from messages import shared_phones as say
from messages.forms import FieldError
from messages.pages import choices_for
from reading.forms import EntryProblem, read_telephone, read_words
from reading.text.shared_phones import NAME_ROOM
from training.asking import Outcome, Question
from training.phones import shared_phones
from training.phones.shared_phones import SHIFT_LASTS, Sharing


def listed(question: Question, asked: Asked) -> Answered:
    """All of them, a page at a time."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    facts = say.SharedPhonesFacts(
        phones=shared_phones.listed(question), page=page, lines=choices_for(question.channel)
    )
    outcome = Outcome(data={"phones": len(facts.phones)})
    return finish(say.shared_phones(facts, asked.words), outcome, page=page, pages_of="shared-phones")


def share(question: Question, asked: Asked) -> Answered:
    """A phone is shared: as it was typed or entered; without a number, the form for it."""
    if asked.form is not None:
        return _submitted(question, asked)
    number, name = asked.slot("number"), asked.slot("words")
    if not isinstance(number, str):
        return finish(say.form(say.FormFacts(), asked.words), Outcome())
    return _done(asked, shared_phones.share(question, number, name if isinstance(name, str) else ""))


def _submitted(question: Question, asked: Asked) -> Answered:
    form = asked.form or {}
    number = read_telephone(form.get("number", ()))
    name = read_words(form.get("name", ()), most=NAME_ROOM)
    # It may be left without a name.
    name_problem = None if name.problem is EntryProblem.EMPTY else name.problem
    problems = {"number": number.problem, "name": name_problem}
    errors = {
        field: FieldError(
            code=problem.value,
            written=number.written if field == "number" else "",
            limit=name.limit if field == "name" else None,
        )
        for field, problem in problems.items()
        if problem is not None
    }
    if errors or number.value is None:
        entered = say.FormFacts(number=number.written, name=name.value or "", errors=errors)
        return finish(say.form(entered, asked.words), Outcome())
    return _done(asked, shared_phones.share(question, number.value, name.value or ""))


def unshare(question: Question, asked: Asked) -> Answered:
    """A phone is shared no more."""
    meant = asked.value or str(asked.slot("number") or "")
    return _done(asked, shared_phones.unshare(question, meant))


def _done(asked: Asked, sharing: Sharing) -> Answered:
    facts = say.SharedPhoneDoneFacts(
        code=sharing.code,
        phone=sharing.phone,
        hours=int(SHIFT_LASTS.total_seconds() // 3600),
        link_ended=sharing.link_ended,
    )
    return finish(say.done(facts, asked.words), Outcome(does=sharing.does))


ROUTES = (
    Route(
        name="shared-phones",
        handle=listed,
        may_use=coordinates,
        commands=("shared-phones",),
        menu="shared-phones",
        shows=True,
        next_page=following(_page),
    ),
    Route(
        name="share-phone",
        handle=share,
        may_use=coordinates,
        commands=("share-phone",),
        has_form=True,
    ),
    Route(name="unshare-phone", handle=unshare, may_use=coordinates, commands=("unshare-phone",)),
)
