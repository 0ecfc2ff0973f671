"""Which requests for training wait, and for whom?"""

from messages.words import load
from scheduler.in_turn import in_turn
from scheduler.jobs import Work
from training.requests import waiting


def follow_requests(work: Work) -> int:
    """Cards, reminders and what waits too long, for every agency; how much was planned."""
    words = load()
    return in_turn(work, lambda each: waiting.go_on(work.office, each, words, stopping=work.stopping))
