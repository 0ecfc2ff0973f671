"""What follows the approval of a request because time passes, for every agency?"""

from db.queries import agencies
from db.unit_of_work import reading
from messages.words import load
from scheduler.jobs import Work
from training.requests.by_the_clock import follow_up


def follow_approved(work: Work) -> int:
    """Free seats, classes that are near or over, certificates that do not come; how many messages are planned."""
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    words = load()
    return sum(
        follow_up(work.office, each, words, stopping=work.stopping) for each in numbers if not work.stopping()
    )
