"""Examples of everything that is said while a question waits for a person."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import get_args

from messages import tickets as say
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words
from tests.unit import standing_cast as cast

OPENED = say.TicketOpenedFacts(kind="question", number=12, who=("P. Nair",), told=True)
HUMAN = replace(OPENED, kind="human")
TICKET = say.TicketFacts(
    number=12,
    kind="question",
    who="Ofc. Ruiz",
    badge="214",
    at=cast.AT,
    words="can i get a seat in the autism class on mar 18",
    said=(
        say.SaidFacts(
            at=cast.AT - timedelta(minutes=3), asked="am i good", answered="NOT YET. 6 h of topics are open."
        ),
    ),
)
BARE = say.TicketFacts(number=13, kind="human", who="Sgt. Okafor", badge="77", at=cast.AT)
CHOICES = (say.ChoiceFacts(number=12, who="Ofc. Ruiz"), say.ChoiceFacts(number=13, who="Sgt. Okafor"))
ANSWER = say.AnswerFacts(number=12, who="P. Nair", words="You have the seat. Bring your duty belt.")
ANSWERED = replace(TICKET, said=(), answers=(("P. Nair", ANSWER.words),), is_open=False)

EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "human-opened": lambda words: say.human(HUMAN, words),
    "human-opened-in-time": lambda words: say.human(
        replace(HUMAN, answer_time="by the end of the next working day"), words
    ),
    "human-again": lambda words: say.human(replace(HUMAN, again=True), words),
    "human-listed": lambda words: say.human(replace(HUMAN, told=False, who=("P. Nair", "J. Moss")), words),
    "human-nobody": lambda words: say.human(replace(HUMAN, who=(), told=False), words),
    "human-own": lambda words: say.human(replace(HUMAN, who=(), told=False, own="P. Solo"), words),
    "human-distress": lambda words: say.human(replace(HUMAN, kind="distress"), words),
    "feedback": lambda words: say.feedback(replace(OPENED, kind="feedback"), words),
    "feedback-nobody": lambda words: say.feedback(replace(OPENED, kind="feedback", who=()), words),
    "feedback-how": lambda words: say.feedback(None, words),
    "ticket": lambda words: say.ticket(TICKET, words),
    "ticket-distress": lambda words: say.ticket(replace(BARE, kind="distress"), words),
    "ticket-answered": lambda words: say.ticket(ANSWERED, words),
    "ticket-form": lambda words: say.answer_form(say.AnswerFormFacts(choices=CHOICES, number=12), words),
    "ticket-form-errors": lambda words: say.answer_form(
        say.AnswerFormFacts(choices=CHOICES, number=13, errors={"words": FieldError(code="empty")}), words
    ),
    "tickets": lambda words: say.tickets(say.TicketsFacts(waiting=(TICKET, BARE)), words),
    "tickets-none": lambda words: say.tickets(say.TicketsFacts(waiting=()), words),
    "tickets-notice": lambda words: say.with_waiting(say.feedback(None, words), 2, words),
    "ticket-answer": lambda words: say.answer(ANSWER, words),
    "ticket-answer-stays": lambda words: say.answer(replace(ANSWER, closes=False), words),
    "ticket-news": lambda words: say.with_answers(say.feedback(None, words), (ANSWER,), words),
    "ticket-news-hint": lambda words: say.with_hint(say.feedback(None, words), words),
    **{
        f"ticket-answered-{code}": lambda words, code=code: say.done(  # type: ignore[misc]  # a lambda with a default has no type
            say.TicketDoneFacts(code=code, number=12, who="P. Nair", at=cast.AT), words
        )
        for code in get_args(say.TicketCode)
    },
    "my-tickets": lambda words: say.mine(say.TicketsFacts(waiting=(ANSWERED, BARE)), words),
    "my-tickets-none": lambda words: say.mine(say.TicketsFacts(waiting=()), words),
}
