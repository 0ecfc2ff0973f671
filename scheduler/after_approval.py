"""What follows the approval of a request because time passes, for every agency?"""

from messages.words import load
from scheduler.in_turn import in_turn
from scheduler.jobs import Work
from training.requests.by_the_clock import follow_up


def follow_approved(work: Work) -> int:
    """Free seats, classes that are near or over, certificates that do not come; how many messages are planned."""
    words = load()
    return in_turn(work, lambda each: follow_up(work.office, each, words, stopping=work.stopping))
