"""Which requests for training were begun and never sent?"""

from messages.words import load
from scheduler.jobs import Work
from training.requests import late

# A tick has other work as well.
MOST_REMINDED = 50


def remind_of_requests(work: Work) -> int:
    """Requests that wait for their asker's word for days."""
    return late.remind(work.office, load(), limit=MOST_REMINDED)
