"""Which files wait to be read, and which drafts were forgotten?"""

from messages.words import load
from scheduler.jobs import Work
from training.uploads import late

# A tick has other work as well; what is left is claimed by the next one.
AT_ONCE = 3
MOST_REMINDED = 50


def read_what_waits(work: Work) -> int:
    """Files that took longer than their sender waited."""
    return late.read_waiting(work.office, load(), limit=AT_ONCE)


def remind_of_drafts(work: Work) -> int:
    """Certificates that wait for their sender's word for days."""
    return late.remind(work.office, load(), limit=MOST_REMINDED)
