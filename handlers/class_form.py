"""Classes entered, changed and cancelled by whoever keeps the training records."""

from collections.abc import Mapping
from typing import Any

from db.records.courses import CourseOffering, OfferingStatus
from handlers.courses import meant, own_facts
from handlers.routing import Answered, Asked, Route, coordinates
from handlers.status import finish
from messages import class_form as say
from messages.class_phrases import OfferingFacts
from messages.courses import no_class
from messages.forms import FieldError
from reading.class_forms import EnteredClass, read_class_form
from reading.forms import FieldEntry
from training.asking import Outcome, Question
from training.courses import entering, seats
from training.courses.offerings import Offering, called
from training.requests import class_changes


def form(question: Question, asked: Asked) -> Answered:
    """ADD A CLASS and CHANGE C-12: with a number it is about the class that has it."""
    named = asked.value or asked.slot("number") or (asked.form or {}).get(say.NUMBER)
    return _change(question, asked) if named else _new(question, asked)


def _new(question: Question, asked: Asked) -> Answered:
    """ADD A CLASS: the form, and what was entered into it."""
    if asked.form is None:
        return _form(asked, say.ClassFormFacts())
    entered = read_class_form(asked.form, question.today)
    if entered.problems:
        return _form(asked, _again(asked.form, entered, "", None))
    offering = entering.of_values(question, entered.values, None)
    return _done(question, asked, "entered", offering, Outcome(does=entering.enters(offering)))


def _change(question: Question, asked: Asked) -> Answered:
    """CHANGE C-12: the form as the class stands, and what was entered into it."""
    kept = _meant(question, asked)
    if kept is None:
        return finish(no_class(asked.words), Outcome())
    number = called(kept.fact.number)
    if asked.form is None:
        facts = own_facts(kept.fact)
        return _form(asked, say.ClassFormFacts(number=number, values=facts, status=kept.fact.status.value))
    entered = read_class_form(asked.form, question.today)
    if entered.problems:
        return _form(asked, _again(asked.form, entered, number, kept.fact))
    offering = entering.of_values(question, entered.values, kept.fact)
    if offering == kept.fact:
        return _done(question, asked, "unchanged", offering, Outcome())
    return _done(
        question, asked, "changed", offering, Outcome(does=class_changes.changes(question, kept, offering))
    )


def cancel(question: Question, asked: Asked) -> Answered:
    """CANCEL C-12: it does not take place, and whoever has a seat is counted."""
    kept = meant(question, asked)
    if kept is None:
        return finish(no_class(asked.words), Outcome())
    if kept.fact.status is OfferingStatus.CANCELLED:
        return _done(question, asked, "already-cancelled", kept.fact, Outcome())
    return _done(question, asked, "cancelled", kept.fact, Outcome(does=class_changes.cancels(question, kept)))


def _meant(question: Question, asked: Asked) -> Offering | None:
    """The class of the form that came back, or of the button or the words."""
    said = next(iter((asked.form or {}).get(say.NUMBER, ())), "")
    return meant(question, asked.with_value(said) if said else asked)


def _form(asked: Asked, facts: say.ClassFormFacts) -> Answered:
    return finish(say.class_form(facts, asked.words), Outcome(decides=False))


def _again(
    form: Mapping[str, tuple[str, ...]], entered: EnteredClass, number: str, before: CourseOffering | None
) -> say.ClassFormFacts:
    """The form with what was entered, and a sentence beside each wrong field."""
    texts = {name: next(iter(each), "") for name, each in form.items()}
    values = entered.values
    shown = OfferingFacts(
        number=0 if before is None else before.number,
        title="",
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        hours=values["hours"],
        register_by=values["register_by"],
        board_approved=values["board_approved"],
    )
    return say.ClassFormFacts(
        number=number,
        values=shown,
        status=values["status"] or OfferingStatus.OPEN.value,
        entered=texts,
        errors={name: _error(each) for name, each in entered.problems.items()},
    )


def _error(entry: FieldEntry[Any]) -> FieldError:
    code = "" if entry.problem is None else entry.problem.value
    return FieldError(code=code, written=entry.written, limit=entry.limit)


def _done(
    question: Question, asked: Asked, code: say.DoneCode, offering: CourseOffering, outcome: Outcome
) -> Answered:
    held = 0
    if code == "cancelled":
        held = seats.taken(question.conn, question.agency_id, (offering.number,))[offering.number]
    facts = say.ClassDoneFacts(
        code=code,
        number=called(offering.number),
        offering=own_facts(offering),
        today=question.today,
        held=held,
    )
    return finish(say.class_done(facts, asked.words), outcome)


ROUTES = (
    Route(
        name="class-form",
        handle=form,
        may_use=coordinates,
        commands=("class-change", "class-new"),
        menu="class-form",
        has_form=True,
    ),
    Route(name="class-cancel", handle=cancel, may_use=coordinates, commands=("class-cancel",)),
)
