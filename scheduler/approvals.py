"""Which requests for training wait, and for whom?"""

from db.queries import agencies
from db.unit_of_work import reading
from messages.words import load
from scheduler.jobs import Work
from training.requests import waiting


def follow_requests(work: Work) -> int:
    """Cards, reminders and what waits too long, for every agency; how much was planned."""
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    words, planned = load(), 0
    for agency_id in numbers:
        if work.stopping():
            break
        planned += waiting.go_on(work.office, agency_id, words, stopping=work.stopping)
    return planned
