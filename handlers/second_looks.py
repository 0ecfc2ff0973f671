"""Approvals that were drawn for a second look: the list, the file, and what the second reviewer says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.routing import Answered, Asked, Route, following, reviews_certificates
from handlers.status import finish
from messages import second_looks as say
from messages.forms import FieldError
from messages.pages import lines_for
from reading.forms import read_choice
from reading.text.upload_numbers import number_meant
from training.asking import Outcome, Question
from training.links.looks import offer_look
from training.people import display_name
from training.uploads import reviewers, second_looks
from training.uploads.outlook import sender_of
from training.uploads.second_looks import Second
from training.uploads.values import NAMES, in_order
from training.uploads.wording import entry_facts


def waiting(question: Question, asked: Asked) -> Answered:
    """What waits for a second look by the asker."""
    return _page(question, asked, 1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found = second_looks.waiting(question)
    facts = say.SecondsFacts(
        waiting=tuple(_facts(question, each) for each in found), page=page, lines=lines_for(question.channel)
    )
    looked_at = tuple({each.state.kept.fact.person_id for each in found})
    outcome = Outcome(looked_at=looked_at, data={"second_looks": len(found)})
    return finish(say.listed(facts, asked.words), outcome, page=page, pages_of="second-looks")


def _facts(question: Question, second: Second) -> say.SecondFacts:
    sender = sender_of(question, second.state)
    return say.SecondFacts(
        number=second.number,
        who=display_name(sender),
        badge=sender.employment.fact.badge_number,
        entries=tuple(entry_facts(each) for each in second.entries),
        approver=reviewers.name_of(question, second.step.recorded_by),
        at=second.step.recorded_at.astimezone(question.at.tzinfo),
    )


def one(question: Question, asked: Asked) -> Answered:
    """One approval with its form; or what the second reviewer says of it, entered or in words."""
    form = asked.form
    if form is not None:
        asked = asked.with_value(next(iter(form.get("upload", ())), ""))
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    if form is not None:
        return _submitted(question, asked, found, form)
    said = next((each for each in say.SAID if each == asked.slot("said")), None)
    values = asked.slot("values")
    if said is None or asked.value:
        return _form(question, asked, found, say.SecondFormFacts(values=NAMES))
    return _said(
        question, asked, found, said, [str(each) for each in values] if isinstance(values, tuple) else ()
    )


def _meant(question: Question, asked: Asked) -> Second | Answered:
    """The approval that is meant, or why there is nothing to say of it."""
    slot = asked.slot("upload_id")
    number = number_meant(asked.value or (slot if isinstance(slot, str) else ""))
    found = None if number is None else second_looks.found(question, number)
    if found is None:
        return _done(asked, say.SecondDoneFacts(code="none"))
    if found.said is None:
        return found
    facts = say.SecondDoneFacts(
        code="said",
        number=found.number,
        who=reviewers.name_of(question, found.said.fact.viewer_id),
        at=found.said.recorded_at.astimezone(question.at.tzinfo),
    )
    return _done(asked, facts)


def _form(question: Question, asked: Asked, second: Second, entered: say.SecondFormFacts) -> Answered:
    outcome = Outcome(
        looked_at=(second.state.kept.fact.person_id,),
        decides=False,
        data={"second_look": second.number},
    )
    return finish(say.card(_facts(question, second), entered, asked.words), outcome)


def _submitted(
    question: Question, asked: Asked, second: Second, form: Mapping[str, Sequence[str]]
) -> Answered:
    said = read_choice(form.get("said", ()), say.SAID)
    differs = in_order(form.get("differs", ()))
    if said.problem is not None or said.value is None:
        error = FieldError(code="empty" if said.problem is None else said.problem.value, written=said.written)
        entered = say.SecondFormFacts(values=NAMES, differs=differs, errors={"said": error})
        return _form(question, asked, second, entered)
    return _said(question, asked, second, said.value, differs)


def _said(
    question: Question, asked: Asked, second: Second, said: say.SecondSaid, values: Sequence[str]
) -> Answered:
    differs = in_order(values)
    if not second.looked:
        return _done(asked, say.SecondDoneFacts(code="open-first", number=second.number))
    # Agreeing in words and naming a value all the same is no answer; nor is differing in nothing.
    if (said == say.DIFFERS) != bool(differs):
        return _done(asked, say.SecondDoneFacts(code="which-first", number=second.number))
    does = second_looks.says(question, second, differs)
    facts = say.SecondDoneFacts(code=said, number=second.number, values=differs)
    return _done(asked, facts, Outcome(does=does, data={"second_look": second.number}))


def open_file(question: Question, asked: Asked) -> Answered:
    """A link that shows the file beside what went on record, once."""
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    fields = say.fields(_facts(question, found), asked.words)
    look = second_looks.look_at(found, say.title(found.number, asked.words), fields)
    offered = offer_look(question, look)
    if offered is None:
        return _done(asked, say.SecondDoneFacts(code="no-link", number=found.number))
    facts = say.SecondDoneFacts(code="opened", number=found.number, link=offered.href)
    outcome = Outcome(does=offered.does, decides=False, data={"second_look": found.number})
    # The link is a key: it is in the answer and nowhere else.
    kept = say.done(replace(facts, link=""), asked.words)
    return replace(_done(asked, facts, outcome), kept=kept)


def _done(asked: Asked, facts: say.SecondDoneFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.done(facts, asked.words), outcome or Outcome(decides=False))


ROUTES = (
    Route(
        name="second-looks",
        handle=waiting,
        may_use=reviews_certificates,
        commands=("second-looks",),
        next_page=following(_page),
    ),
    Route(
        name="second-look",
        handle=one,
        may_use=reviews_certificates,
        commands=("second-look",),
        has_form=True,
    ),
    Route(
        name="open-second-look",
        handle=open_file,
        may_use=reviews_certificates,
        commands=("open-second-look",),
    ),
)
