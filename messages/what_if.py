"""What if? The standing before and after a supposed event; nothing is written, and the answer says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from messages import wording
from messages.answer import StatusFacts, headline_line, headline_text
from messages.clauses import Clause, shortened
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.lines import STILL_OWED, duty_text, line_label, parts_text, still_owed
from messages.model import (
    Choice,
    ChoiceField,
    DateField,
    Form,
    Message,
    Note,
    NumberField,
    Paragraph,
    Table,
)
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words
from rules.standing import LineState, Standing, StandingLine

SUPPOSED_ROOM = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfFacts:
    """``supposed`` as a reader says it (``Autism 4 h on Mar 18``); ``after`` is ``before`` with it on file.

    ``after`` may be as of a later day.
    """

    before: StatusFacts
    after: Standing
    supposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """A class to suppose: ``topics`` to choose from as value and label, what is entered so far, what is wrong with it.

    ``errors`` is by field: ``topic``, ``hours``, ``day``.
    """

    topics: tuple[tuple[str, str], ...]
    topic: str = ""
    hours: Decimal | None = None
    day: date | None = None
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfUnknownFacts:
    """A supposition the rules cannot play through, empty when none was made; ``a_class`` is the form to make one.

    ``is_bare``: nothing but the question itself was said.
    """

    name: str
    supposed: str
    coordinator: str
    a_class: ClassFacts | None = None
    is_bare: bool = False


def what_if(facts: WhatIfFacts, words: Words) -> Message:
    """The word after it, what it closes, what stays open."""
    before, after = facts.before.standing, facts.after
    supposed = wording.phrase(shortened(facts.supposed, SUPPOSED_ROOM))
    lead = _lead(supposed, before, after, words)
    headline = headline_line(after)
    closed = _closed(before, after, words)
    remaining = [
        parts_text(each, words)
        if each.line is headline and each.parts
        else duty_text(each.line, after.as_of, words)
        for each in still_owed(after)
    ]
    clauses = [Clause(lead)]
    if headline is not None:
        clauses.append(Clause(headline_text(headline, after, words), 2))
    if closed:
        clauses.append(Clause(words.say("what-if-closes", labels=wording.first_of(closed, 4, words)), 1))
    else:
        clauses.append(Clause(words.say("what-if-closes-nothing"), 1))
    if remaining:
        clauses.append(
            Clause(words.say("what-if-still-open", items=wording.first_of(remaining, 2, words)), 3)
        )
    nothing_written = words.say("what-if-nothing-written")
    clauses.append(Clause(nothing_written))
    replies = (Reply.STATUS, Reply.NEXT)
    at_first = words.say("column-now") if words.day is None else wording.day_with_year(words.day, words)
    columns = (words.say("column-duty"), at_first, words.say("column-then"))
    return Message(
        kind=MessageKind.WHAT_IF,
        title=words.say("what-if-title", supposed=facts.supposed),
        body=(
            Paragraph(" ".join(clause.text for clause in clauses[:-1])),
            Table("", columns, _rows(before, after, words)),
            Note(nothing_written),
        ),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons((*replies, Reply.WHAT_IF), words),
        first_word=None,
    )


def what_if_unknown(facts: WhatIfUnknownFacts, words: Words) -> Message:
    """What can be supposed, with the form for it, and who answers the rest."""
    form = None if facts.a_class is None else _form(facts.a_class, words)
    has_errors = form is not None and bool(form.errors)
    who = words.say("what-if-ask", name=facts.coordinator)
    replies = (Reply.STATUS, Reply.HUMAN)
    if form is not None and has_errors:
        text = errors_lead(form, words)
        clauses = [Clause(text), *error_clauses(form, words, 1)]
    else:
        text = (
            words.say("what-if-unknown", supposed=shortened(facts.supposed, SUPPOSED_ROOM))
            if facts.supposed
            else words.say("what-if-choose")
        )
        clauses = [Clause(text), Clause(who, 1)]
    said = words.say("what-if-choose") if form is not None and facts.is_bare and not has_errors else text
    typed = () if form is None else (Note(words.say("what-if-typed")),)
    return Message(
        kind=MessageKind.WHAT_IF,
        title=words.say("what-if-unknown-title", name=facts.name),
        body=(Paragraph(said), Paragraph(who), *typed),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=form,
    )


def _lead(supposed: str, before: Standing, after: Standing, words: Words) -> str:
    if words.day is None:
        return words.say("what-if-lead", supposed=supposed, word=after.word.value, before=before.word.value)
    return words.say(
        "what-if-lead-day",
        supposed=supposed,
        word=after.word.value,
        day=wording.day_with_year(words.day, words),
        before=before.word.value,
    )


def _form(facts: ClassFacts, words: Words) -> Form:
    form = Form(
        title=words.say("what-if-form-title"),
        route="what-if",
        submit=words.say("what-if-form-submit"),
        fields=(
            ChoiceField(
                name="topic",
                label=words.say("what-if-field-topic"),
                choices=tuple(Choice(value, label) for value, label in facts.topics),
                value=(facts.topic,) if facts.topic else (),
            ),
            NumberField(
                name="hours",
                label=words.say("what-if-field-hours"),
                value=facts.hours,
                hint=words.say("what-if-field-hours-hint"),
            ),
            DateField(name="day", label=words.say("what-if-field-day"), value=facts.day),
        ),
    )
    return with_errors(form, facts.errors, words)


def _closed(before: Standing, after: Standing, words: Words) -> list[str]:
    met = {line.place for line in after.lines if line.state is LineState.MET}
    return [
        line_label(line, words) for line in before.lines if line.state in STILL_OWED and line.place in met
    ]


def _rows(before: Standing, after: Standing, words: Words) -> tuple[tuple[str, ...], ...]:
    """Only lines that differ; the word itself always."""
    then = {line.place: line for line in after.lines}
    rows = [(words.say("what-if-row-standing"), before.word.value, after.word.value)]
    for line in before.lines:
        other = then.get(line.place)
        if other is None or _said(line, words) == _said(other, words):
            continue
        rows.append((line_label(line, words), _said(line, words), _said(other, words)))
    return tuple(rows)


def _said(line: StandingLine, words: Words) -> str:
    state = words.say(f"state-{line.state.value}")
    if line.hours_counted is None or line.hours_required is None:
        return state
    progress = wording.hours_of(line.hours_counted, line.hours_required, words)
    return words.say("what-if-cell", state=state, progress=progress)
