"""Which reminders go on: whose next way has its turn?"""

from scheduler.jobs import Work
from training.reminders import turns

# A tick has other work as well; what is left is looked at by the next one.
AT_ONCE = 100


def next_ways(work: Work) -> int:
    """Messages that are said in turns and of which nothing says that they arrived."""
    return turns.go_on(work.office, limit=AT_ONCE)
