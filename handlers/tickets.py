"""Ask a person, say what you think, and answer what others asked: what Rollcall cannot answer waits."""

from dataclasses import replace

from db.records.tickets import Ticket, TicketKind, TicketState
from handlers.routing import Answered, Asked, Route, answers_tickets, everyone, following
from handlers.status import coordinator, finish, still
from messages import about as say_about
from messages import tickets as say
from messages.forms import FieldError
from messages.pages import TEXT_DOORS, lines_for
from reading.forms import read_choice, read_words
from training import tickets
from training.asking import Outcome, Question
from training.tickets import Opening, ShownTicket

# A form offers so many to choose from; the others are answered by their number.
MOST_CHOICES = 50
# HUMAN alone says nothing that would help whoever answers.
BARE_WORDS = 2


def human(question: Question, asked: Asked) -> Answered:
    """A person is asked, with the last of the conversation; after words of danger or despair with none of it."""
    if question.office.asked_at is not None:
        return who_answers(question, asked)
    again = tickets.same_wish(question)
    is_bare = len(asked.text.split()) <= BARE_WORDS
    if again is not None and is_bare:
        return _opened_before(question, asked, again)
    in_distress = bool(question.remembered().get("danger"))
    kind = TicketKind.DISTRESS if in_distress else TicketKind.HUMAN
    opening = tickets.opening(question, kind, "" if is_bare or in_distress else asked.text, asked.words)
    return finish(
        say.human(_facts(opening, kind, question.office.answer_time), asked.words),
        _outcome(opening),
        **still(question),
    )


def _opened_before(question: Question, asked: Asked, again: TicketState) -> Answered:
    whom = tickets.answerers(question)
    facts = say.TicketOpenedFacts(
        kind=again.kept.fact.kind.value,
        number=again.kept.fact.number,
        who=whom.names,
        own=whom.own,
        again=True,
        answer_time=question.office.answer_time,
    )
    return finish(say.human(facts, asked.words), Outcome(), **still(question))


def _facts(opening: Opening, kind: TicketKind, answer_time: str = "") -> say.TicketOpenedFacts:
    return say.TicketOpenedFacts(
        kind=kind.value,
        number=opening.number,
        who=opening.answerers.names,
        own=opening.answerers.own,
        told=bool(opening.answerers.accounts),
        answer_time=answer_time,
    )


def _outcome(opening: Opening) -> Outcome:
    # The card on which HUMAN was pressed is not settled by it.
    return Outcome(does=opening.does, decides=False, data={"ticket": opening.number})


def who_answers(question: Question, asked: Asked) -> Answered:
    """The name, and nothing is opened."""
    facts = say_about.HumanFacts(coordinator=coordinator(question, asked))
    return finish(say_about.human(facts, asked.words), Outcome(), **still(question))


def feedback(question: Question, asked: Asked) -> Answered:
    """What somebody thinks of Rollcall, kept with where they wrote it."""
    text = asked.slot("words")
    if not isinstance(text, str) or not text or question.office.asked_at is not None:
        return finish(say.feedback(None, asked.words), Outcome(), **still(question))
    opening = tickets.opening(question, TicketKind.FEEDBACK, text, asked.words)
    facts = _facts(opening, TicketKind.FEEDBACK)
    return finish(say.feedback(facts, asked.words), _outcome(opening), **still(question))


def opened_for(question: Question, asked: Asked, about: str) -> Opening | None:
    """A ticket for what was asked in somebody's own words and cannot be answered yet; None for anything else."""
    typed = asked.understood.command is None and not asked.understood.clarify and bool(asked.text.strip())
    if not typed or asked.value or question.office.asked_at is not None or tickets.has_too_many(question):
        return None
    return tickets.opening(question, TicketKind.QUESTION, asked.text, asked.words, about=about)


def waiting(question: Question, asked: Asked) -> Answered:
    """What waits for somebody who answers."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    facts = say.TicketsFacts(
        waiting=tuple(_ticket(question, each) for each in tickets.shown(question, tickets.waiting(question))),
        page=page,
        lines=lines_for(question.channel),
    )
    kept = replace(facts, waiting=tuple(say.without_words(each) for each in facts.waiting))
    answered = finish(say.tickets(facts, asked.words), Outcome(), page=page, pages_of="tickets")
    return replace(answered, kept=say.tickets(kept, asked.words))


def one(question: Question, asked: Asked) -> Answered:
    """One ticket with the conversation before it; to whoever asked, their own."""
    state = _meant(question, asked)
    if state is None:
        return _done(asked, say.TicketDoneFacts(code="none"))
    if state.kept.fact.person_id == question.asker.person_id:
        return my_own(question, asked)
    found = tickets.shown(question, (state,), with_talk=True)
    if not found:
        return _done(asked, say.TicketDoneFacts(code="none"))
    facts = _ticket(question, found[0])
    outcome = Outcome(looked_at=(state.kept.fact.person_id,), data={"ticket": facts.number})
    answered = finish(say.ticket(facts, asked.words), outcome, ticket=facts.number)
    return replace(answered, kept=say.ticket(say.without_words(facts), asked.words))


def _ticket(question: Question, found: ShownTicket) -> say.TicketFacts:
    fact = found.state.kept.fact
    return say.TicketFacts(
        number=fact.number,
        kind=fact.kind.value,
        who=tickets.name_of(found),
        badge=found.asker.employment.fact.badge_number,
        at=tickets.opened_at(question, found.state),
        words=found.words,
        said=tickets.lines_of(question, found),
        answers=tuple(zip(found.answered_by, found.answers, strict=True)),
        is_open=found.state.ended_by is None,
    )


def _meant(question: Question, asked: Asked) -> TicketState | None:
    written = asked.value or str(asked.slot("ticket") or "")
    figures = written.casefold().removeprefix("h").lstrip("- ")
    if not (figures.isascii() and figures.isdecimal()) or len(figures) > len("999999999"):
        return None
    return tickets.found(question, int(figures))


def answer(question: Question, asked: Asked) -> Answered:
    """An answer as it was typed or entered; without its words, the form for it."""
    if asked.form is not None:
        return _submitted(question, asked)
    state = _meant(question, asked)
    text = asked.slot("words")
    if state is None:
        return _done(asked, say.TicketDoneFacts(code="none"))
    refused = _refused(question, state)
    if refused is not None:
        return _done(asked, refused)
    if not isinstance(text, str) or not text:
        return _form(question, asked, say.AnswerFormFacts(choices=(), number=state.kept.fact.number))
    if len(text) > tickets.MOST_CHARACTERS:
        return _done(asked, say.TicketDoneFacts(code="too-long", number=state.kept.fact.number))
    return _answered(question, asked, state, text, closes=True)


def _submitted(question: Question, asked: Asked) -> Answered:
    form = asked.form or {}
    choices = {str(each.number): each for each in _choices(question)}
    number = read_choice(form.get("ticket", ()), [*choices, *form.get("ticket", ())])
    text = read_words(form.get("words", ()), most=tickets.MOST_CHARACTERS)
    after = read_choice(form.get("after", ()), (say.CLOSES, say.STAYS_OPEN))
    state = None if number.value is None else _meant(question, asked.with_value(number.value))
    if number.value is not None and state is None:
        return _done(asked, say.TicketDoneFacts(code="none"))
    if state is not None and (refused := _refused(question, state)) is not None:
        return _done(asked, refused)
    problems = {"ticket": number.problem, "words": text.problem, "after": after.problem}
    errors = {
        name: FieldError(code=problem.value, limit=text.limit if name == "words" else None)
        for name, problem in problems.items()
        if problem is not None
    }
    if errors or state is None or text.value is None:
        entered = say.AnswerFormFacts(
            choices=(),
            number=None if state is None else state.kept.fact.number,
            words=text.value or "",
            after=after.value or say.CLOSES,
            errors=errors,
        )
        return _form(question, asked, entered)
    return _answered(question, asked, state, text.value, closes=after.value == say.CLOSES)


def _form(question: Question, asked: Asked, entered: say.AnswerFormFacts) -> Answered:
    facts = replace(entered, choices=_choices(question, entered.number))
    shown = say.answer_form(facts, asked.words)
    # What was entered is in the exchange already.
    kept = say.answer_form(replace(facts, words=""), asked.words)
    return replace(finish(shown, Outcome(), **still(question)), kept=kept)


def _choices(question: Question, first: int | None = None) -> tuple[say.ChoiceFacts, ...]:
    listed = sorted(tickets.waiting(question), key=lambda each: each.kept.fact.number != first)
    return tuple(
        say.ChoiceFacts(number=each.state.kept.fact.number, who=tickets.name_of(each))
        for each in tickets.shown(question, listed[:MOST_CHOICES])
    )


def _refused(question: Question, state: TicketState) -> say.TicketDoneFacts | None:
    """Why this answer is not taken; None when it is."""
    fact: Ticket = state.kept.fact
    if fact.person_id == question.asker.person_id:
        return say.TicketDoneFacts(code="own", number=fact.number)
    ended = state.ended_by
    if ended is None:
        return None
    (found,) = tickets.shown(question, (state,)) or (None,)
    by = found.answered_by[-1] if found is not None and found.answered_by else ""
    at = ended.recorded_at.astimezone(question.at.tzinfo)
    return say.TicketDoneFacts(code="closed", number=fact.number, who=by, at=at)


def _answered(question: Question, asked: Asked, state: TicketState, text: str, *, closes: bool) -> Answered:
    fact = state.kept.fact
    if question.office.asked_at is not None:
        return _done(asked, say.TicketDoneFacts(code="none"))
    does = tickets.answers(question, state, text, asked.words, closes=closes)
    whom = tickets.shown(question, (state,))
    facts = say.TicketDoneFacts(
        code="sent" if fact.address else "kept",
        number=fact.number,
        who=tickets.name_of(whom[0]) if whom else "",
    )
    return _done(asked, facts, Outcome(does=does))


def _done(asked: Asked, facts: say.TicketDoneFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.done(facts, asked.words), outcome or Outcome())


def my_own(question: Question, asked: Asked) -> Answered:
    """What one asked oneself, with every answer."""
    return _own_page(question, asked, page=1)


def _own_page(question: Question, asked: Asked, page: int) -> Answered:
    found = tickets.shown(question, tickets.mine(question))
    facts = say.TicketsFacts(
        waiting=tuple(_ticket(question, each) for each in found), page=page, lines=lines_for(question.channel)
    )
    kept = replace(
        facts, waiting=tuple(replace(say.without_words(each), answers=()) for each in facts.waiting)
    )
    # A text has no room to show an answer whole: there it stays to be shown.
    seen = () if question.channel in TEXT_DOORS else tickets.news(question).facts
    outcome = Outcome(facts=seen, decides=False)
    answered = finish(say.mine(facts, asked.words), outcome, page=page, pages_of="my-tickets")
    return replace(answered, kept=say.mine(kept, asked.words))


ROUTES = (
    Route(name="human", handle=human, may_use=everyone, intents=("human_help",), menu="human"),
    Route(name="feedback", handle=feedback, may_use=everyone, commands=("feedback",)),
    Route(name="who-answers", handle=who_answers, may_use=everyone, commands=("who-answers",)),
    Route(
        name="my-tickets",
        handle=my_own,
        may_use=everyone,
        commands=("my-tickets",),
        next_page=following(_own_page),
    ),
    Route(
        name="tickets",
        handle=waiting,
        may_use=answers_tickets,
        commands=("tickets",),
        menu="tickets",
        shows=True,
        next_page=following(_page),
    ),
    Route(name="ticket", handle=one, may_use=everyone, commands=("ticket",)),
    Route(
        name="answer-ticket",
        handle=answer,
        may_use=answers_tickets,
        commands=("answer-ticket",),
        has_form=True,
    ),
)
