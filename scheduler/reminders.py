"""Who is reminded of what today? Planned for every agency, on the day it is where the agency is."""

from db.queries import agencies
from db.unit_of_work import reading
from messages.words import load
from scheduler.jobs import Work
from training.reminders.planning import plan_agency


def plan_reminders(work: Work) -> int:
    """Whatever standings and the day ask for; about how many people something is said."""
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    words, told = load(), 0
    for agency_id in numbers:
        if work.stopping():
            break
        told += plan_agency(work.office, agency_id, words, stopping=work.stopping)
    return told
