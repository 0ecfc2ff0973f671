"""What do the doors have done from time to time? Jobs of the same table, for whatever only a door can do."""

from datetime import timedelta
from time import monotonic

from bot.graph.aside import Aside
from bot.graph.opening import calendars_of, directory_of
from bot.service.hall import Hall
from bot.service.inbox import work_on
from scheduler.jobs import Job, Work
from scheduler.table import EVERY_TICK
from training import inbox
from training.directory.in_calendars import keep_calendars
from training.directory.waiting import tell_what_waits

# A tick has other work as well; what is left is there at the next one.
BUDGET = timedelta(seconds=8)
# As many as are surely worked on within the lease.
AT_ONCE = 5


def jobs_of(hall: Hall) -> tuple[Job, ...]:
    """The jobs of the doors that are set up; none without one."""
    by_name = {staff.name: staff for staff in hall.staff}
    looks = (*_looks_at_the_directory(hall), *_keeps_calendars(hall))
    if not by_name:
        return looks

    def finish_what_waits(work: Work) -> int:
        """What is to be tried again, and what a process that is gone left behind."""
        done, end = 0, monotonic() + BUDGET.total_seconds()
        # One thing of each conversation at a time; what fails waits, so this comes to its end.
        while monotonic() < end and not work.stopping():
            left = inbox.left_over(work.office, AT_ONCE, by_name.keys())
            for each in left:
                work_on(work.office, by_name[each.channel], each)
            done += len(left)
            if not left:
                break
        return done

    def follow_what_changed(work: Work) -> int:
        """Pages that stand open at people's."""
        return sum(staff.follow(work) for staff in by_name.values())

    return (
        Job("inbox", EVERY_TICK, finish_what_waits),
        Job("pages", EVERY_TICK, follow_what_changed),
        *looks,
    )


def _looks_at_the_directory(hall: Hall) -> tuple[Job, ...]:
    """Where the roster follows the directory; nothing of its kit is loaded before the first look."""
    directory = directory_of(hall.settings)
    if directory is None:
        return ()
    look = Aside(
        hall.settings.teams.tenant_id or "",
        lambda work, agency_id: tell_what_waits(work.office, agency_id, directory, hall.words),
    )
    return (Job("directory", timedelta(minutes=30), look),)


def _keeps_calendars(hall: Hall) -> tuple[Job, ...]:
    """Where approved training is entered in the officers' own calendars."""
    calendars = calendars_of(hall.settings)
    if calendars is None:
        return ()
    keeping = Aside(
        hall.settings.teams.tenant_id or "",
        lambda work, agency_id: keep_calendars(
            work.office, agency_id, calendars, hall.words, stopping=work.stopping
        ),
    )
    return (Job("calendars", timedelta(minutes=5), keeping),)
