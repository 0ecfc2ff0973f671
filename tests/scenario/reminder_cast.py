"""An agency whose clock is moved a day or an hour at a time, with everything the scheduler does for reminders."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from db.queries import ledger, reminders
from db.records.ledger import Delivery, Way
from db.records.reminders import ReminderCase, ReminderRulesEntry
from messages.model import Message
from messages.plain import plain_text
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from scheduler.reminders import plan_reminders
from scheduler.standings import judge_again
from tests.scenario.cast import Agency
from tests.scenario.duty_cast import nobodys_shifts_are_known
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.ledger.routes import DESK_CHANNEL, TEXTS
from training.log.register import unattended
from training.reminders.rules import shipped_words
from training.sealed.sealing import keep_text

COORDINATOR = "902"


def other_rules(agency: Agency, **changed: Mapping[str, object]) -> None:
    """The agency's rules from now on: the shipped ones with these values in these parts."""
    words = dict(shipped_words())
    for part, values in changed.items():
        words[part] = {**words[part], **values}
    with agency.writing() as writer:
        who = agency.id_of(COORDINATOR)
        writer.record(
            ReminderRulesEntry(
                version=2,
                rules=json.loads(json.dumps(words, default=str)),
                item_id=keep_text(writer, agency.office.keys, who, "So that the story has it."),
            )
        )
        reminders.plan_again(writer.conn, agency.agency_id)


def says_nothing_by_itself(agency: Agency) -> None:
    """No reminder and no summary comes in between: what is said in a story answers somebody."""
    other_rules(
        agency,
        ladder={"days_before": [], "overdue_every": 0},
        digests={"coordinator_at": "23:59", "only_if_not_empty": ["roll-call", "lieutenant", "chief"]},
    )
    nobodys_shifts_are_known(agency)


@dataclass
class Panes(Carrier):
    """The desk's panes: whatever is put there is read there, and what takes the place of something is read in it.

    ``read`` are message and person, with the instant; ``hears_later``: a carrier says later whether it arrived.
    """

    agency: Agency
    read: list[tuple[datetime, int | None, Message]] = field(default_factory=list)
    hears_later: bool = False

    def send(self, parcel: Parcel) -> TryOutcome:
        if parcel.route.way is Way.UPDATE:
            place = int(parcel.route.target) - 1
            at, person_id, _ = self.read[place]
            self.read[place] = (at, person_id, parcel.message)
            return TryOutcome(fate=Fate.HANDED_OVER, ref=parcel.route.target)
        self.read.append((self.agency.clock.at, parcel.person_id, parcel.message))
        return TryOutcome(fate=Fate.HANDED_OVER, ref=str(len(self.read)), hears_later=self.hears_later)

    def find(self, parcel: Parcel) -> Found:
        there = any(message == parcel.message for _, _, message in self.read)
        return Found(trace=Trace.THERE if there else Trace.NOT_THERE)


@dataclass
class Desk:
    """An agency with a local desk, and what people read there; the hours of the day hold unless shifts are known."""

    agency: Agency
    by_shift: bool = False

    def __post_init__(self) -> None:
        if not self.by_shift:
            nobodys_shifts_are_known(self.agency)
        self.agency.office = replace(self.agency.office, local_desk=True)
        self.panes = Panes(self.agency)

    def tick(self) -> int:
        """What the scheduler does in one tick; about how many people something was planned."""
        judge_again(self.work)
        planned = plan_reminders(self.work)
        self.deliver()
        return planned

    @property
    def work(self) -> Work:
        """What the scheduler gives to its jobs."""
        return Work(
            unattended(self.agency.office), lambda: False, {DESK_CHANNEL: self.panes, TEXTS: self.panes}
        )

    def deliver(self) -> int:
        """What is due is put into the panes."""
        return deliver_what_is_due(self.work)

    def until(self, wall_clock: str, *, hours: int = 12) -> "Desk":
        """Time goes on, with a tick every so many hours, up to this moment and with it."""
        clock = self.agency.clock
        began = clock.at
        end = self.agency.at(wall_clock).clock.at
        clock.at = began
        while clock.at < end:
            clock.at = min(clock.at + timedelta(hours=hours), end)
            self.tick()
        return self

    def heard(self, badge: str) -> list[tuple[date, str]]:
        """What somebody read, by its day, as plain text."""
        who = self.agency.id_of(badge)
        return [
            (at.date(), plain_text(message, DESK_CHANNEL))
            for at, person_id, message in self.panes.read
            if person_id == who
        ]

    def cases(self, badge: str) -> tuple[ReminderCase, ...]:
        """Somebody's cases."""
        who = self.agency.id_of(badge)
        with self.agency.reading() as conn:
            return reminders.cases(conn, self.agency.agency_id, [who]).get(who, ())

    def deliveries(self) -> tuple[Delivery, ...]:
        """Every attempt as it stands."""
        with self.agency.reading() as conn:
            return ledger.deliveries(conn, self.agency.agency_id)
