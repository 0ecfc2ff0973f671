"""What is said beside an answer: what its reader would hear nowhere else, and what waits for them."""

from db.records.facts import Fact
from messages import openings as say_openings
from messages import tickets as say_tickets
from messages.kinds import MessageKind
from messages.model import Message
from messages.pages import TEXT_DOORS
from messages.words import Words
from training import tickets
from training.asking import Question
from training.openings import unseen

# Answers beside which nobody is asked for anything.
SAID_ALONE = frozenset(
    {
        MessageKind.EMERGENCY,
        MessageKind.SPILL,
        MessageKind.MY_TICKETS,
        MessageKind.TICKET,
        MessageKind.TICKET_ANSWERED,
        MessageKind.TICKETS,
    }
)


def beside(question: Question, message: Message, words: Words) -> tuple[Message, tuple[Fact, ...]]:
    """The answer with its notices, and the facts that say that they were shown."""
    opened = len(unseen(question))
    shown: tuple[Fact, ...] = ()
    if message.kind not in SAID_ALONE:
        message, shown = _with_answers(question, message, words)
        waiting = len(tickets.waiting(question))
        message = say_tickets.with_waiting(message, waiting, words) if waiting else message
    return with_openings(message, opened, words), shown


def _with_answers(question: Question, message: Message, words: Words) -> tuple[Message, tuple[Fact, ...]]:
    """Answers that no channel carried. A text has no room for them, and says that they are there."""
    news = tickets.news(question)
    if not news.answers:
        return message, ()
    if question.channel in TEXT_DOORS:
        return say_tickets.with_hint(message, words), ()
    return say_tickets.with_answers(message, news.answers, words), news.facts


def with_openings(message: Message, waiting: int, words: Words) -> Message:
    """Until a custodian has signed, every answer to them says that records were opened; the list itself does."""
    if not waiting or message.kind is MessageKind.OPENINGS:
        return message
    return say_openings.with_notice(message, waiting, words)
