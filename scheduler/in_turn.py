"""How does a job go through the agencies? One after the other, and no further once the process is about to end."""

from collections.abc import Callable

from db.queries import agencies
from db.records.facts import AgencyId
from db.unit_of_work import reading
from scheduler.jobs import Work


def in_turn(work: Work, does: Callable[[AgencyId], int]) -> int:
    """The same for every agency; how much was done in all."""
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    return sum(does(each) for each in numbers if not work.stopping())
