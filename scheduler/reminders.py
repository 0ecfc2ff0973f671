"""Who is reminded of what today, and which reminders go on: whose next way has its turn?"""

from db.queries import agencies
from db.unit_of_work import reading
from messages.words import load
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
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    words, told = load(), 0
    for agency_id in numbers:
        if work.stopping():
            break
        told += plan_agency(work.office, agency_id, words, stopping=work.stopping)
    return told


def next_ways(work: Work) -> int:
    """Messages that are said in turns and of which nothing says that they arrived."""
    return turns.go_on(work.office, limit=AT_ONCE)


def check_reminders(work: Work) -> int:
    """What should have moved and did not? It reads what the other jobs wrote, and rests on none of them."""
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    words = load()
    return sum(audit_agency(work.office, each, words) for each in numbers if not work.stopping())


def roll_of_reach(work: Work) -> int:
    """Whom does nothing reach? Told to whoever coordinates: a lost reminder on its day, and the roll once a day."""
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    words = load()
    return sum(tell_agency(work.office, each, words) for each in numbers if not work.stopping())
