"""Which summaries are due? For every agency, each once; what could not be said in time is somebody's line tomorrow."""

import logging
from collections.abc import Callable

from db.records.facts import AgencyId
from messages.words import load
from rules.errors import PackError, UnknownPackError
from scheduler.in_turn import in_turn
from scheduler.jobs import Work
from training.digests import by_the_calendar, roll_call
from training.digests.shifts import ShiftCalendar, Shifts

log = logging.getLogger(__name__)

SHIFTS: Shifts = ShiftCalendar()


def prepare_roll_calls(work: Work) -> int:
    """Shifts that begin within the agency's minutes."""
    words = load()
    return _for_each(work, lambda agency_id: roll_call.prepare(work.office, words, SHIFTS, agency_id))


def say_summaries(work: Work) -> int:
    """The coordinators' day, the lieutenants' week and the chief's month."""
    words = load()
    return _for_each(
        work, lambda agency_id: by_the_calendar.say_what_is_due(work.office, words, SHIFTS, agency_id)
    )


def _for_each(work: Work, does: Callable[[AgencyId], int]) -> int:
    def one(agency_id: AgencyId) -> int:
        try:
            return does(agency_id)
        except (PackError, UnknownPackError) as error:
            # The job of the standings names the agency and ends in failure; the others are told.
            log.error("agency-left-out", extra={"agency": agency_id, "error": type(error).__name__})  # noqa: TRY400  a trace says nothing more
            return 0

    return in_turn(work, one)
