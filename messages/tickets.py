"""What a person answers: the question as it reaches them, the list of what waits, and the answer as it comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
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
    TextField,
)
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words

TicketCode = Literal["closed", "kept", "none", "own", "sent", "too-long"]
ROOM = 60
WORDS_ROOM = 110
# Of what was said before, as much as says what it was about.
SAID_ROOM = 240
LINES = 4
CLOSES, STAYS_OPEN = "closes", "stays-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidFacts:
    """One exchange of the conversation that goes along."""

    at: datetime
    asked: str
    answered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """One ticket as whoever answers reads it. ``words`` are empty where there are none or none to show.

    ``answers`` are name and words of what was answered already.
    """

    number: int
    kind: str
    who: str
    badge: str
    at: datetime
    words: str = ""
    said: tuple[SaidFacts, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketsFacts:
    """Everything that waits, a page of it."""

    waiting: tuple[TicketFacts, ...]
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """What somebody answered."""

    number: int
    who: str
    words: str
    closes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpenedFacts:
    """What was opened for somebody: ``who`` answers, empty while nobody has the task; ``told``: they hear of it now.

    ``again``: it was opened before and waits still. ``answer_time``: what the agency promises, if it does.
    ``own``: the asker, when nobody but they would answer.
    """

    kind: str
    number: int
    who: tuple[str, ...] = ()
    told: bool = False
    again: bool = False
    answer_time: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFacts:
    """A ticket to choose in the form."""

    number: int
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFormFacts:
    """The form to answer with, what is entered so far, and what is wrong with it."""

    choices: tuple[ChoiceFacts, ...]
    number: int | None = None
    words: str = ""
    after: str = CLOSES
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDoneFacts:
    """What became of an answer: the code of ``ticket-done-<code>``, with who and when where it says so."""

    code: TicketCode
    number: int = 0
    who: str = ""
    at: datetime | None = None


def called(number: int) -> str:
    """What people say."""
    return f"H-{number}"


def without_words(facts: TicketFacts) -> TicketFacts:
    """The same without anything that somebody wrote: it is kept already."""
    return replace(facts, words="", said=())


def without_answer(facts: AnswerFacts) -> AnswerFacts:
    """The same."""
    return replace(facts, words="")


def opened_text(facts: TicketOpenedFacts, words: Words) -> str:
    """``H-12 is with P. Nair, who will answer you here.``"""
    number = called(facts.number)
    if not facts.who and facts.own:
        return words.say("ticket-own", ticket=number, name=shortened(facts.own, NAME_ROOM))
    if not facts.who:
        return words.say("ticket-nobody", ticket=number)
    name = wording.joined_or([shortened(each, NAME_ROOM) for each in facts.who[:2]], words)
    if facts.again:
        return words.say("ticket-again", ticket=number, name=name)
    return words.say("ticket-told" if facts.told else "ticket-listed", ticket=number, name=name)


def human(facts: TicketOpenedFacts, words: Words) -> Message:
    """Who answers, under which number, what goes along, and that no time is promised."""
    text = opened_text(facts, words)
    along = words.say(f"human-along-{facts.kind}")
    when = (
        words.say("human-when-set", when=facts.answer_time) if facts.answer_time else words.say("human-when")
    )
    urgent = words.say("human-urgent")
    support = (words.say("emergency-support"),) if facts.kind == "distress" else ()
    replies = (Reply.MENU,) if facts.kind == "distress" else (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.HUMAN,
        title=words.say("human-title"),
        body=(
            Paragraph(text),
            Paragraph(along),
            *(Paragraph(each) for each in support),
            Note(f"{when} {urgent}"),
        ),
        sms=(
            Clause(text),
            *(Clause(each) for each in support),
            Clause(along, 1),
            Clause(when, 2),
            Clause(urgent, 1),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def feedback(facts: TicketOpenedFacts | None, words: Words) -> Message:
    """That it is kept, and who reads it; without any words, how to write some."""
    if facts is None:
        text, last = words.say("feedback-how"), words.say("feedback-how-example")
    else:
        text, last = words.say("feedback-kept", ticket=called(facts.number)), _reads(facts, words)
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.FEEDBACK,
        title=words.say("feedback-title"),
        body=(Paragraph(text), Paragraph(last)),
        sms=(Clause(text), Clause(last, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _reads(facts: TicketOpenedFacts, words: Words) -> str:
    if not facts.who:
        return words.say("feedback-nobody")
    return words.say("feedback-reads", name=wording.joined_or(list(facts.who[:2]), words))


def ticket(facts: TicketFacts, words: Words, form: AnswerFormFacts | None = None) -> Message:
    """One ticket as whoever answers reads it, with the way to answer."""
    number = called(facts.number)
    head = _head(facts, words)
    parts: list[Part] = [Paragraph(head)]
    if facts.words:
        parts.append(Paragraph(words.say("ticket-words", words=facts.words)))
    if facts.said:
        columns = tuple(words.say(f"column-{name}") for name in ("when", "asked", "answered"))
        rows = tuple(
            (
                wording.moment(each.at, words),
                shortened(each.asked, SAID_ROOM),
                shortened(each.answered, SAID_ROOM),
            )
            for each in facts.said
        )
        parts.append(Table(words.say("ticket-said"), columns, rows))
    parts += [
        Paragraph(words.say("ticket-answer-line", name=name or words.say("who-saw-unnamed"), words=text))
        for name, text in facts.answers
    ]
    typed = words.say("ticket-answer-typed", ticket=number)
    closing = words.say("ticket-how", typed=typed) if facts.is_open else words.say("ticket-is-closed")
    parts.append(Note(closing))
    answering = (
        (Button(words.say("ticket-answer-label"), "answer-ticket", str(facts.number), typed),)
        if facts.is_open and form is None
        else ()
    )
    return Message(
        kind=MessageKind.TICKET,
        title=words.say("ticket-title", ticket=number),
        body=tuple(parts),
        sms=(
            Clause(head),
            *(
                (Clause(words.say("ticket-words", words=shortened(facts.words, WORDS_ROOM)), 1),)
                if facts.words
                else ()
            ),
            Clause(closing),
        ),
        actions=(*answering, Button(words.say("tickets-label"), "tickets", "", words.say("tickets-typed"))),
        form=None if form is None else _form(form, words),
    )


def _head(facts: TicketFacts, words: Words) -> str:
    return words.say(
        f"ticket-head-{facts.kind}",
        ticket=called(facts.number),
        name=shortened(facts.who, NAME_ROOM),
        badge=facts.badge,
    )


def tickets(facts: TicketsFacts, words: Words) -> Message:
    """What waits, oldest first; each row opens its ticket."""
    pages = Pages(len(facts.waiting), facts.lines, facts.page)
    listed = pages.of(facts.waiting)
    head = (
        words.say_many("tickets-waiting", len(facts.waiting)) if facts.waiting else words.say("tickets-none")
    )
    columns = tuple(words.say(f"column-{name}") for name in ("when", "who", "what", "ticket"))
    rows = tuple(
        (wording.moment(each.at, words), each.who, shortened(_about(each, words), ROOM), called(each.number))
        for each in listed
    )
    opening = tuple(
        Button(called(each.number), "ticket", str(each.number), called(each.number)) for each in listed
    )
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.MENU,))
    how = words.say("tickets-how")
    return Message(
        kind=MessageKind.TICKETS,
        title=words.say("tickets-title"),
        body=(Paragraph(head), *((Table("", columns, rows, opening), Note(how)) if rows else ())),
        sms=(
            Clause(head),
            *(
                Clause(
                    words.say(
                        "tickets-line", ticket=called(each.number), name=shortened(each.who, NAME_ROOM)
                    ),
                    2,
                )
                for each in listed
            ),
            *((Clause(how, 1),) if rows else ()),
            way.clause,
        ),
        actions=way.actions,
    )


def _about(facts: TicketFacts, words: Words) -> str:
    return facts.words or words.say(f"ticket-kind-{facts.kind}")


def mine(facts: TicketsFacts, words: Words) -> Message:
    """What one asked oneself, newest first, with every answer."""
    pages = Pages(len(facts.waiting), facts.lines, facts.page)
    head = (
        words.say_many("my-tickets-found", len(facts.waiting))
        if facts.waiting
        else words.say("my-tickets-none")
    )
    parts: list[Part] = [Paragraph(head)]
    clauses = [Clause(head)]
    for each in pages.of(facts.waiting):
        state = words.say(
            "my-tickets-open" if each.is_open else "my-tickets-closed",
            ticket=called(each.number),
            what=shortened(_about(each, words), ROOM),
        )
        parts.append(Paragraph(state))
        clauses.append(Clause(state, 2))
        for name, text in each.answers:
            who = name or words.say("who-saw-unnamed")
            parts.append(Paragraph(words.say("ticket-answer-line", name=who, words=text)))
            clauses.append(
                Clause(
                    words.say(
                        "ticket-answer-line",
                        name=shortened(who, NAME_ROOM),
                        words=shortened(text, WORDS_ROOM),
                    ),
                    1,
                )
            )
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.HUMAN, Reply.MENU))
    return Message(
        kind=MessageKind.MY_TICKETS,
        title=words.say("my-tickets-title"),
        body=tuple(parts),
        sms=(*clauses, way.clause),
        actions=way.actions,
    )


def answer(facts: AnswerFacts, words: Words) -> Message:
    """What was answered, where it was asked."""
    lines = _answer_lines(facts, words)
    replies = (Reply.HUMAN, Reply.STATUS)
    return Message(
        kind=MessageKind.TICKET_ANSWER,
        title=words.say("ticket-answer-title", ticket=called(facts.number)),
        body=(Paragraph(lines[0]), *(Note(each) for each in lines[1:])),
        sms=(
            Clause(_short(facts, words)),
            *(Clause(each, 1) for each in lines[1:]),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _answer_lines(facts: AnswerFacts, words: Words) -> tuple[str, str]:
    who = facts.who or words.say("who-saw-unnamed")
    said = facts.words or words.say("ticket-words-gone")
    last = words.say(
        "ticket-answer-closes" if facts.closes else "ticket-answer-stays", ticket=called(facts.number)
    )
    return words.say("ticket-answer-line", name=who, words=said), last


def _short(facts: AnswerFacts, words: Words) -> str:
    who = shortened(facts.who, NAME_ROOM) or words.say("who-saw-unnamed")
    said = shortened(facts.words, WORDS_ROOM) or words.say("ticket-words-gone")
    return words.say("ticket-answer-line", name=who, words=said)


def with_answers(message: Message, answers: Sequence[AnswerFacts], words: Words) -> Message:
    """The same message, and what was answered since this person last wrote: they could be told nowhere else."""
    parts = [
        Paragraph(words.say("ticket-news", ticket=called(each.number), line=_answer_lines(each, words)[0]))
        for each in answers
    ]
    return replace(message, body=(*message.body, *parts))


def with_hint(message: Message, words: Words) -> Message:
    """The same message, and that an answer is there: a text has no room for it."""
    text = words.say("ticket-news-hint")
    return replace(message, body=(*message.body, Note(text)), sms=(*message.sms, Clause(text, 1)))


def with_waiting(message: Message, waiting: int, words: Words) -> Message:
    """The same message, and how much waits for whoever answers."""
    text = words.say_many("tickets-notice", waiting)
    button = Button(words.say("tickets-label"), "tickets", "", words.say("tickets-typed"))
    return replace(
        message,
        body=(*message.body, Note(text)),
        sms=(*message.sms, Clause(text, 3)),
        actions=(*message.actions, button),
    )


def answer_form(facts: AnswerFormFacts, words: Words) -> Message:
    """The form to answer with; with errors it says how many fields need another look."""
    form = _form(facts, words)
    if form.errors:
        text = errors_lead(form, words)
        clauses = [Clause(text), *error_clauses(form, words, 1)]
    else:
        text = words.say("answer-form-lead")
        clauses = [Clause(text)]
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.TICKET,
        title=words.say("answer-form-title"),
        body=(Paragraph(text),),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=form,
    )


def _form(facts: AnswerFormFacts, words: Words) -> Form:
    form = Form(
        title=words.say("answer-form-title"),
        route="answer-ticket",
        value="" if facts.number is None else str(facts.number),
        submit=words.say("answer-form-submit"),
        fields=(
            ChoiceField(
                name="ticket",
                label=words.say("answer-form-ticket"),
                choices=tuple(Choice(str(each.number), _choice(each, words)) for each in facts.choices),
                value=() if facts.number is None else (str(facts.number),),
            ),
            TextField(
                name="words",
                label=words.say("answer-form-words"),
                value=facts.words,
                hint=words.say("answer-form-hint"),
                lines=LINES,
            ),
            ChoiceField(
                name="after",
                label=words.say("answer-form-after"),
                choices=tuple(
                    Choice(each, words.say(f"answer-form-{each}")) for each in (CLOSES, STAYS_OPEN)
                ),
                value=(facts.after,),
            ),
        ),
    )
    return with_errors(form, facts.errors, words)


def _choice(facts: ChoiceFacts, words: Words) -> str:
    return words.say(
        "answer-form-choice",
        ticket=called(facts.number),
        name=shortened(facts.who, NAME_ROOM),
    )


def done(facts: TicketDoneFacts, words: Words) -> Message:
    """What became of an answer, in one plain sentence."""
    named = words.sentence(f"ticket-done-{facts.code}").facts
    known = {
        "ticket": called(facts.number),
        "name": shortened(facts.who, NAME_ROOM) or words.say("who-saw-unnamed"),
        "day": wording.day_with_year(facts.at.date(), words) if facts.at is not None else "",
    }
    text = words.say(f"ticket-done-{facts.code}", **{name: known[name] for name in sorted(named)})
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.TICKET_ANSWERED,
        title=words.say("ticket-done-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=(
            Button(words.say("tickets-label"), "tickets", "", words.say("tickets-typed")),
            *buttons(replies, words),
        ),
    )
