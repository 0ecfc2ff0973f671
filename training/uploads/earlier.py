"""Which words, written a moment before a file came without any, are about it?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reading.certificates.in_hand import tells_of_a_class
from training.asking import Question
from training.exchanges import last_exchanges
from training.office import local_day

# A text and its photo are sent one after the other; what was written before that was about something else.
WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was written, and when, where the asker is."""

    text: str
    at: datetime


def words_before(question: Question) -> Earlier | None:
    """The asker's last words here, if they tell of a class; None while the talk is about a certificate already."""
    if any(name in question.remembered() for name in ("upload", "uploads", "same_file")):
        return None
    asker = question.asker
    said = last_exchanges(question, asker.person_id, question.channel, ())
    if not said or asker.now - said[-1].at > WITHIN:
        return None
    text, at = said[-1].asked, said[-1].at
    today = local_day(at, question.asker.time_zone)
    if not tells_of_a_class(text, channel=question.channel, today=today):
        return None
    return Earlier(text, at.astimezone(question.at.tzinfo))
