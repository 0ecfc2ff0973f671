"""Approvals that were drawn for a second look: the list, one with its form, and what the second reviewer said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from messages import wording
from messages.acts import ActFacts, came_to, names
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.entry_values import EntryFacts, entry_facts, value_label, values_text
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import (
    Button,
    Choice,
    ChoiceField,
    Form,
    Message,
    Note,
    Paragraph,
    Part,
    Table,
)
from messages.pages import Pages
from messages.replies import Reply, onward
from messages.uploads import called
from messages.words import Words

AGREES: Final = "agrees"
DIFFERS: Final = "differs"
SecondSaid = Literal["agrees", "differs"]
SAID: tuple[SecondSaid, ...] = (AGREES, DIFFERS)
SecondCode = Literal["agrees", "differs", "no-link", "none", "open-first", "opened", "said", "which-first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondDoneFacts(ActFacts):
    """What became of an act of a second reviewer: ``second-look-done-<code>``."""

    code: SecondCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFacts:
    """One approval: whose certificate, what went on record, and who approved it when."""

    number: int
    who: str
    badge: str
    entries: tuple[EntryFacts, ...]
    approver: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondsFacts:
    """What waits, a page of it."""

    waiting: tuple[SecondFacts, ...]
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFormFacts:
    """What was entered so far. ``values`` are those that a file can differ in."""

    values: tuple[str, ...]
    said: str = ""
    differs: tuple[str, ...] = ()
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def listed(facts: SecondsFacts, words: Words) -> Message:
    """What waits for a second look, the oldest first; each row opens its own."""
    pages = Pages(len(facts.waiting), facts.lines, facts.page)
    shown = pages.of(facts.waiting)
    n = len(facts.waiting)
    head = words.say_many("second-looks-waiting", n) if n else words.say("second-looks-none")
    columns = tuple(words.say(f"column-{name}") for name in ("when", "who", "what", "certificate"))
    rows = tuple(
        (wording.moment(each.at, words), each.who, _values(each, words), called(each.number))
        for each in shown
    )
    opening = tuple(
        Button(
            called(each.number),
            "second-look",
            str(each.number),
            words.say("second-look-typed", upload=called(each.number)),
        )
        for each in shown
    )
    how = words.say("second-looks-how")
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.MENU,))
    return Message(
        kind=MessageKind.SECOND_LOOKS,
        title=words.say("second-looks-title"),
        body=(Paragraph(head), *((Table("", columns, rows, opening), Note(how)) if rows else ())),
        sms=(
            Clause(head),
            *(
                Clause(
                    words.say(
                        "reviews-line", upload=called(each.number), name=shortened(each.who, NAME_ROOM)
                    ),
                    2,
                )
                for each in shown
            ),
            *((Clause(words.say("second-looks-open"), 1),) if rows else ()),
            way.clause,
        ),
        actions=way.actions,
    )


def _values(facts: SecondFacts, words: Words) -> str:
    return "; ".join(values_text(each, words) for each in facts.entries[:1])


def title(number: int, words: Words) -> str:
    """What a page with the file is headed by."""
    return words.say("second-look-title", upload=called(number))


def fields(facts: SecondFacts, words: Words) -> tuple[tuple[str, str], ...]:
    """What went on record, beside the file."""
    rows = [(row.label, row.value) for each in facts.entries for row in entry_facts(each, words).rows]
    return ((words.say("column-who"), f"{facts.who} ({facts.badge})"), *rows)


def card(facts: SecondFacts, entered: SecondFormFacts, words: Words) -> Message:
    """What went on record by whom, with the form in which the second reviewer says what the file says."""
    upload = called(facts.number)
    head = words.say(
        "second-look-head",
        upload=upload,
        who=shortened(facts.who, NAME_ROOM),
        name=shortened(facts.approver, NAME_ROOM),
        when=wording.moment(facts.at, words),
    )
    how = words.say("second-look-how", upload=upload)
    form = _form(facts, entered, words)
    lead: tuple[Part, ...] = (Paragraph(errors_lead(form, words)),) if form.errors else ()
    clauses = (
        (Clause(errors_lead(form, words)), *error_clauses(form, words, 1))
        if form.errors
        else (Clause(head), Clause(wording.sentence(_values(facts, words)), 1), Clause(how))
    )
    return Message(
        kind=MessageKind.SECOND_LOOKS,
        title=title(facts.number, words),
        body=(*lead, Paragraph(head), *(entry_facts(each, words) for each in facts.entries), Note(how)),
        sms=clauses,
        actions=(_open(facts.number, words),),
        form=form,
    )


def _open(number: int, words: Words) -> Button:
    typed = words.say("second-look-open-typed", upload=called(number))
    return Button(words.say("review-open-label"), "open-second-look", str(number), typed)


def _form(facts: SecondFacts, entered: SecondFormFacts, words: Words) -> Form:
    upload = called(facts.number)
    form = Form(
        title=title(facts.number, words),
        route="second-look",
        value=str(facts.number),
        submit=words.say("second-look-submit"),
        fields=(
            ChoiceField(
                name="upload",
                label=words.say("column-certificate"),
                choices=(Choice(str(facts.number), upload),),
                value=(str(facts.number),),
            ),
            ChoiceField(
                name="said",
                label=words.say("second-look-said"),
                choices=tuple(Choice(each, words.say(f"second-look-{each}")) for each in SAID),
                value=(entered.said,) if entered.said else (),
            ),
            ChoiceField(
                name="differs",
                label=words.say("second-look-values"),
                choices=tuple(Choice(each, value_label(each, words)) for each in entered.values),
                value=entered.differs,
                required=False,
                many=True,
            ),
        ),
    )
    return with_errors(form, entered.errors, words)


def done(facts: SecondDoneFacts, words: Words) -> Message:
    """What became of an act, ``second-look-done-<code>``."""
    text = words.say(
        f"second-look-done-{facts.code}",
        **names(facts, words.sentence(f"second-look-done-{facts.code}"), words),
    )
    again: tuple[Button, ...] = ()
    if facts.code in ("open-first", "which-first"):
        again = (_open(facts.number, words),)
    elif facts.code == "opened":
        typed = words.say("second-look-typed", upload=called(facts.number))
        again = (Button(words.say("second-look-submit"), "second-look", str(facts.number), typed),)
    elif not facts.link:
        typed = words.say("second-looks-shown-typed")
        again = (Button(words.say("second-looks-title"), "second-looks", "", typed),)
    heading = title(facts.number, words) if facts.number else words.say("second-looks-title")
    return came_to(MessageKind.SECOND_LOOKS, heading, text, facts, again, words)
