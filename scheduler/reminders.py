"""Who is reminded of what today, and which reminders go on: whose next way has its turn?"""

from messages.words import load
from scheduler.in_turn import in_turn
from scheduler.jobs import Work
from training.reminders import turns
from training.reminders.planning import plan_agency
from training.reminders.reach import tell_agency
from training.reminders.selfcheck import audit_agency

# A tick has other work as well; what is left is looked at by the next one.
AT_ONCE = 100


def plan_reminders(work: Work) -> int:
    """For every agency, on the day it is where the agency is: whatever standings and the day ask for.

    It gives back about how many people something is said.
    """
    words = load()
    return in_turn(work, lambda each: plan_agency(work.office, each, words, stopping=work.stopping))


def next_ways(work: Work) -> int:
    """Messages that are said in turns and of which nothing says that they arrived."""
    return turns.go_on(work.office, limit=AT_ONCE)


def check_reminders(work: Work) -> int:
    """What should have moved and did not? It reads what the other jobs wrote, and rests on none of them."""
    words = load()
    return in_turn(work, lambda each: audit_agency(work.office, each, words))


def roll_of_reach(work: Work) -> int:
    """Whom does nothing reach? Told to whoever coordinates: a lost reminder on its day, and the roll once a day."""
    words = load()
    return in_turn(work, lambda each: tell_agency(work.office, each, words))
