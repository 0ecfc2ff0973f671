"""What does a door show beside the talk? Hours, topics, deadlines, the overall percentage, and the time line."""

from messages.answer import short_answer
from messages.kinds import MessageKind
from messages.model import Message
from messages.replies import Reply, buttons, reply_clause
from messages.status import closing_notes, status_parts
from messages.timeline import CycleFacts, time_line
from messages.words import Words


def home(facts: CycleFacts, words: Words) -> Message:
    """The parts of the status in their order, then the time line where there is one."""
    answer = short_answer(facts.status, words)
    line = time_line(facts, words)
    replies = (Reply.WHY, Reply.MISSING, Reply.PICTURE, Reply.MENU)
    return Message(
        kind=MessageKind.HOME,
        title=answer.opening,
        body=(
            *status_parts(facts.status, answer, words, mine=True),
            *([] if line is None else [line]),
            *closing_notes(facts.status, words),
        ),
        sms=(*answer.in_order, reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=facts.status.standing.word.value,
    )
