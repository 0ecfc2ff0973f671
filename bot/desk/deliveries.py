"""How does something that is said later reach a pane of the desk? By the ledger, within this process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.desk.clock import Happening
from bot.desk.seats import CHANNELS, Talk
from db.queries import reminders
from db.records.facts import AgencyId
from db.records.ledger import Destination, Way
from db.unit_of_work import reading
from messages.daybreak import Turn
from scheduler.delivery import deliver_what_is_due
from scheduler.digests import SHIFTS
from scheduler.jobs import Work
from scheduler.table import JOBS
from scheduler.tick import run_all, run_due
from training.digests.roll_call import A_MOMENT, beginning
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.ledger.routes import DESK
from training.log.register import unattended
from training.office import Office
from training.reminders.rules import in_force

ONE_DAY = timedelta(days=1)
Hears = Callable[[Parcel], None]


def talk_of(route: Destination) -> Talk:
    """The talk to which a way leads."""
    return Talk(route.place, route.channel)


def back_to(talk: Talk) -> Destination:
    """Where an answer goes that comes later: to the pane in which it was asked for."""
    return Destination(channel=talk.channel, address=DESK, place=talk.badge, account=talk.badge)


class DeskCarrier(Carrier):
    """The way into a talk; ``hears`` puts it there, or in the place of what it changes, from whatever thread.

    What is said here is found again by its attempt.
    """

    def __init__(self, hears: Hears) -> None:
        self._hears = hears

    def send(self, parcel: Parcel) -> TryOutcome:
        """It is there at once, and nowhere else: what is shown ends with this process."""
        self._hears(parcel)
        return TryOutcome(fate=Fate.HANDED_OVER, ref=parcel.attempt_id)

    def find(self, parcel: Parcel) -> Found:
        """A talk that ended leaves no trace; an update may be repeated."""
        is_update = parcel.route.way is Way.UPDATE
        return Found(trace=Trace.NOT_THERE if is_update else Trace.CANNOT_TELL)


class Schedule:
    """A service's scheduler, as a desk needs it: sooner than by its table, and at each stop of a clock that moves."""

    def __init__(self, office: Office, hears: Hears) -> None:
        carrier = DeskCarrier(hears)
        self._work = Work(unattended(office), lambda: False, dict.fromkeys(CHANNELS.values(), carrier))

    def run(self) -> None:
        """Whatever is due by the table; what is done at each tick is done at each call. In a worker thread."""
        run_due(JOBS, self._work)

    def stop_at(self) -> None:
        """Everything there is to do at an instant to which the clock was moved, what is planned by it included."""
        run_all(JOBS, self._work)
        deliver_what_is_due(self._work)


@dataclass(frozen=True, slots=True)
class Scheduled(Happening):
    """What the scheduler does by the clock alone: a reminder that falls due, in the hours of its person."""

    office: Office
    agency_id: AgencyId
    zone: ZoneInfo
    schedule: Schedule

    def next_after(self, at: datetime) -> datetime | None:
        """The beginning of a day on which somebody is to be reminded, the instant at which something is sent, or the
        hour of a summary."""
        today = at.astimezone(self.zone).date()
        with reading(self.office.engine) as conn:
            digests = in_force(conn, self.agency_id).digests
            day = reminders.next_day(conn, self.agency_id, today)
            sending = reminders.next_sending(conn, self.agency_id, at)
            before = timedelta(minutes=digests.roll_call_minutes_before)
            shifts = beginning(
                self.office, conn, SHIFTS, self.agency_id, at + before + A_MOMENT, at + before + ONE_DAY
            )
        found = [each.at - before for each in shifts]
        found += [
            datetime.combine(each, digests.coordinator_at, self.zone) for each in (today, today + ONE_DAY)
        ]
        found += [] if day is None else [datetime.combine(day, time.min, self.zone)]
        found += [] if sending is None else [sending]
        return min(each for each in found if each > at)

    def happen(self, at: datetime) -> Sequence[Turn]:  # noqa: ARG002  the record's clock stands at this instant
        """Whatever is due by now; what it writes is in the record, and no turn of a standing."""
        self.schedule.stop_at()
        return ()
